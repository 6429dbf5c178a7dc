/** The words of a command line that a program hands to `parse_args` itself, read by the options that were declared. */
import { bool, int, none, str } from "../../ops/value";
import { add, constant } from "../../shape/dim";
import { type Machine, type Site, args } from "../machine";
import { knownItems, setItems } from "../collections/lists";
import { type InstanceValue, type ListValue, type Value } from "../values/value";
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

export function declaredIn(parser: InstanceValue): readonly Option[] {
  const list = knownItems(parser.attributes.get(declaredName) ?? none) ?? [];
  return list.flatMap((one) => options.get(one) ?? []);
}

/** What the words set, by name; undefined where they are not understood. Those of no option go to `others`, where it is given. */
export function readWords(
  machine: Machine,
  parser: InstanceValue,
  words: readonly string[],
  site: Site,
  others?: string[],
): Map<string, Value> | undefined {
  const declared = declaredIn(parser);
  const found = new Map<string, Value>();
  const left = words.flatMap((word) => (/^--[^=]+=/.test(word) ? splitAtEquals(word) : [word]));
  const isFlag = (word: string): boolean => declared.some(({ flags }) => flags.includes(word));
  const inTheirPlaces = declared.filter(({ flags }) => !flags[0]!.startsWith("-"));
  while (left.length > 0) {
    if (others && inTheirPlaces.length === 0 && !isFlag(left[0]!)) {
      // It may be short for one, or several in one.
      if (declared.some(({ flags }) => flags.some((flag) => isShortFor(left[0]!, flag)))) return undefined;
      others.push(left.shift()!);
      continue;
    }
    const option = isFlag(left[0]!) ? declared.find(({ flags }) => flags.includes(left[0]!)) : inTheirPlaces.shift();
    const flag = option && isFlag(left[0]!) ? left.shift()! : undefined;
    const before = option && (found.get(option.name) ?? parser.attributes.get(option.name));
    const value = option && valueOf(machine, option, flag, before, left, site);
    if (!value) return undefined;
    found.set(option.name, value);
  }
  // What takes any number of words has its default where none is left.
  return inTheirPlaces.every(({ keywords }) => /^[*?]$/.test(textIn(keywords.get("nargs")) ?? "")) ? found : undefined;
}

const isShortFor = (word: string, flag: string): boolean =>
  word.startsWith("--") ? flag.startsWith(word) : /^-[^-]/.test(word) && !flag.startsWith("--");

const splitAtEquals = (word: string): string[] => [word.slice(0, word.indexOf("=")), word.slice(word.indexOf("=") + 1)];

/** Takes the words of an option, or of a name without a flag; `before` is what it had so far. */
function valueOf(
  machine: Machine,
  { keywords }: Option,
  flag: string | undefined,
  before: Value | undefined,
  left: string[],
  site: Site,
): Value | undefined {
  const given = keywords.get("action");
  const action = given ? (textIn(given) ?? (given.kind === "external" ? given.name : undefined)) : "store";
  if (action === "store_true" || action === "store_false") return bool(action === "store_true");
  if (action === "store_const") return keywords.get("const");
  if (action === "argparse.BooleanOptionalAction") return bool(!flag?.startsWith("--no-"));
  if (action === "count") return before?.kind === "int" ? int(add(before.value, constant(1))) : int(1);
  const isAppended = action === "append";
  if (action !== "store" && !isAppended) return undefined;
  const one = wordsOf(machine, keywords, left, site);
  if (!one || !isAppended) return one;
  const items = before?.kind === "list" ? knownItems(before) : [];
  return items && machine.newList([...items, one]);
}

/** One word, or as many as the option takes, each made what the option is of. */
function wordsOf(
  machine: Machine,
  keywords: ReadonlyMap<string, Value>,
  left: string[],
  site: Site,
): Value | undefined {
  const type = keywords.get("type");
  const read = (word: string): Value => (type ? machine.call(type, args(str(word)), site) : str(word));
  const nargs = keywords.get("nargs");
  const count = nargs ? numberIn(nargs) : 1;
  const open = /^[+*]$/.test(textIn(nargs) ?? "");
  const behind = left.findIndex((word) => /^-(?!\d)/.test(word));
  const there = behind < 0 ? left.length : behind;
  if (textIn(nargs) === "?") return there > 0 ? read(left.shift()!) : (keywords.get("const") ?? none);
  if (count === undefined && !open) return undefined;
  if (!open && there < count!) return undefined;
  const taken = left.splice(0, open ? there : count).map(read);
  return nargs ? machine.newList(taken) : taken[0];
}
