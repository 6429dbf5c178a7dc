/** Texts that hold something: lines, parts between marks, values written as JSON. */
import { bool, int, none, str, unknown } from "../../ops/value";
import { iterator } from "../collections/iterators";
import { type Machine } from "../machine";
import { type DictEntry, type Value } from "../values/value";
import { type Builtin, type Functions, numberIn, textIn } from "./given";

/** Longer texts are not followed. */
const longest = 20_000;

/** Three texts: what is before the mark, the mark, and what is behind it. */
function partition(text: string, mark: string, fromBehind: boolean): string[] {
  const at = fromBehind ? text.lastIndexOf(mark) : text.indexOf(mark);
  if (at >= 0) return [text.slice(0, at), mark, text.slice(at + mark.length)];
  return fromBehind ? ["", "", text] : [text, "", ""];
}

const parted =
  (fromBehind: boolean): Builtin =>
  (_, { positional: [value, separator] }) => {
    const [text, mark] = [textIn(value), textIn(separator)];
    const parts = text === undefined || !mark ? [undefined, undefined, undefined] : partition(text, mark, fromBehind);
    return { kind: "tuple", items: parts.map(str) };
  };

/** Python has more marks between lines than files have. */
const rareMarks = /[\v\f\x1c-\x1e\x85\u2028\u2029]/;

function linesOf(text: string, keepsEnds: boolean): string[] {
  const lines = text.match(/[^\r\n]*(?:\r\n|\r|\n)|[^\r\n]+/g) ?? [];
  return keepsEnds ? lines : lines.map((line) => line.replace(/[\r\n]+$/, ""));
}

const splitLines: Builtin = (machine, { positional: [value, ends], keywords }) => {
  const text = textIn(value);
  const keeps = ends ?? keywords.get("keepends") ?? bool(false);
  const isKnown =
    text !== undefined &&
    text.length <= longest &&
    !rareMarks.test(text) &&
    keeps.kind === "bool" &&
    keeps.value !== undefined;
  return machine.newList(isKnown ? linesOf(text, keeps.value).map(str) : undefined);
};

/** A file in memory is read line by line. */
const stringFile: Builtin = (machine, { positional: [value] }) => {
  const text = textIn(value);
  return text === undefined || text.includes("\r")
    ? unknown("the text is not known")
    : iterator(machine, linesOf(text, true).map(str));
};

/** `textwrap.dedent`: what all lines that are not empty have in front is taken away. */
const dedent: Builtin = (_, { positional: [value] }) => {
  const text = textIn(value)?.replace(/^[ \t]+$/gm, "");
  if (text === undefined) return str(undefined);
  const margins = (text.match(/^[ \t]*(?=[^ \t\n])/gm) ?? []).sort();
  const [first = "", last = ""] = [margins[0], margins.at(-1)];
  let common = 0;
  while (common < first.length && first[common] === last[common]) common++;
  return str(text.replaceAll(new RegExp(`^[ \\t]{${common}}`, "gm"), ""));
};

/** How a number with a point is marked among those without, which JavaScript does not tell apart. */
const pointed = "?float";

const loadJson: Builtin = (machine, { positional: [value, ...others], keywords }) => {
  const text = textIn(value);
  // JavaScript has no word for infinity here, and puts keys that are numbers first.
  const isOther = text === undefined || /NaN|Infinity|"\d+"\s*:/.test(text);
  if (isOther || text.length > longest || others.length > 0 || keywords.size > 0)
    return unknown("what the text holds is not known");
  const marked = text.replace(/"(?:[^"\\]|\\.)*"|-?\d+(?:\.\d+)?(?:[eE][-+]?\d+)?/g, (token) =>
    !token.startsWith('"') && /[.eE]/.test(token) ? `{"${pointed}":${token}}` : token,
  );
  let parsed: unknown;
  try {
    parsed = JSON.parse(marked);
  } catch {
    machine.record.raise("ValueError");
    return unknown("the text is no JSON");
  }
  return fromJson(machine, parsed);
};

function fromJson(machine: Machine, value: unknown): Value {
  if (value === null || value === undefined) return none;
  if (typeof value === "boolean") return bool(value);
  if (typeof value === "string") return str(value);
  if (typeof value === "number") return int(value);
  if (Array.isArray(value)) return machine.newList(value.map((item) => fromJson(machine, item)));
  const held = Object.entries(value);
  if (held[0]?.[0] === pointed) return { kind: "float", value: held[0][1] as number };
  const entries = machine.newTable<DictEntry>();
  for (const [name, item] of held) entries.set(`s${name}`, { key: str(name), value: fromJson(machine, item) });
  return { kind: "dict", entries };
}

/** `ljust` and its like: a text that is made as long as that. */
const filled =
  (place: "front" | "back" | "both"): Builtin =>
  (_, { positional: [value, width, fill] }) => {
    const [text, mark] = [textIn(value), fill ? textIn(fill) : " "];
    const length = numberIn(width);
    if (text === undefined || mark?.length !== 1 || length === undefined || length > longest) return str(undefined);
    if (place === "front") return str(text.padStart(length, mark));
    if (place === "back") return str(text.padEnd(length, mark));
    const missing = Math.max(0, length - text.length);
    // Python puts the odd one in front where the width is odd.
    const before = Math.floor(missing / 2) + (missing & length & 1);
    return str(mark.repeat(before) + text + mark.repeat(missing - before));
  };

const withZeros: Builtin = (_, { positional: [value, width] }) => {
  const [text, length] = [textIn(value), numberIn(width)];
  if (text === undefined || length === undefined || length > longest) return str(undefined);
  const sign = /^[-+]/.exec(text)?.[0] ?? "";
  return str(sign + text.slice(sign.length).padStart(length - sign.length, "0"));
};

export const textFunctions: Functions = [
  ["str.partition", parted(false)],
  ["str.rpartition", parted(true)],
  ["str.splitlines", splitLines],
  ["str.rjust", filled("front")],
  ["str.ljust", filled("back")],
  ["str.center", filled("both")],
  ["str.zfill", withZeros],
  ["io.StringIO", stringFile],
  ["textwrap.dedent", dedent],
  ["json.loads", loadJson],
  ["json.dumps", () => str(undefined)],
];
