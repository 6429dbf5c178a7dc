/** The words of a command line that a program hands to `parse_args` itself, read by the options that were declared. */
import { bool, none, str } from "../../ops/value";
import { type Machine, type Site, args } from "../machine";
import { knownItems, setItems } from "../lists";
import { type InstanceValue, type ListValue, type Value } from "../value";
import { numberIn, textIn } from "./given";

/** Where a parser keeps what was declared; its other attributes are the defaults. */
export const declaredName = "<declared>";

interface Option {
  readonly name: string;
  readonly flags: readonly string[];
  readonly keywords: ReadonlyMap<string, Value>;
}

const options = new WeakMap<Value, Option>();

export function declare(machine: Machine, parser: InstanceValue, option: Option): void {
  const known = parser.attributes.get(declaredName);
  const list: ListValue = known?.kind === "list" ? known : machine.newList([]);
  const one: Value = { kind: "tuple", items: [str(option.name)] };
  options.set(one, option);
  setItems(list, [...(knownItems(list) ?? []), one]);
  parser.attributes.set(declaredName, list);
}

/** What the words set, by name; undefined where they are not understood. */
export function readWords(
  machine: Machine,
  parser: InstanceValue,
  words: readonly string[],
  site: Site,
): Map<string, Value> | undefined {
  const declared = (knownItems(parser.attributes.get(declaredName) ?? none) ?? []).flatMap(
    (one) => options.get(one) ?? [],
  );
  const found = new Map<string, Value>();
  const left = words.flatMap((word) => (/^--[^=]+=/.test(word) ? splitAtEquals(word) : [word]));
  while (left.length > 0) {
    const flag = left.shift()!;
    const option = declared.find(({ flags }) => flags.includes(flag));
    const value = option && valueOf(machine, option, left, site);
    if (!option || !value) return undefined;
    found.set(option.name, value);
  }
  return found;
}

const splitAtEquals = (word: string): string[] => [word.slice(0, word.indexOf("=")), word.slice(word.indexOf("=") + 1)];

/** Takes the words of an option. */
function valueOf(machine: Machine, { keywords }: Option, left: string[], site: Site): Value | undefined {
  const action = keywords.has("action") ? textIn(keywords.get("action")) : "store";
  if (action === "store_true" || action === "store_false") return bool(action === "store_true");
  if (action === "store_const") return keywords.get("const");
  if (action !== "store") return undefined;
  const type = keywords.get("type");
  const read = (word: string): Value => (type ? machine.call(type, args(str(word)), site) : str(word));
  const nargs = keywords.get("nargs");
  const count = nargs ? numberIn(nargs) : 1;
  const open = /^[+*]$/.test(textIn(nargs) ?? "");
  if (count === undefined && !open) return undefined;
  const behind = left.findIndex((word) => /^-(?!\d)/.test(word));
  const there = behind < 0 ? left.length : behind;
  if (!open && there < count!) return undefined;
  const taken = left.splice(0, open ? there : count).map(read);
  return nargs ? machine.newList(taken) : taken[0];
}
