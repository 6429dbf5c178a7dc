/** Methods of strings, and the three ways in which Python puts values into texts. */
import { bool, int, str, unknown } from "../../ops/value";
import { unknownInteger, unknownSize } from "../../shape/dim";
import { elementsOf } from "../collections/elements";
import { asText, textOf } from "../values/texts";
import { asNumber } from "../values/truth";
import { type Value } from "../values/value";
import { type Builtin, type Functions, numberIn, textIn } from "./given";

/** Longer texts are not followed. */
const longest = 10_000;

/** A value in a text, by the part of Python's format language that fills up texts and integers; else undefined. */
export function formatValue(value: Value, format: string): string | undefined {
  const text = textOf(value);
  const digits = /^\.(\d{1,2})f$/.exec(format)?.[1];
  if (digits !== undefined) return withDigits(value, Number(digits));
  if (format === "" || text === undefined) return text;
  const parts = /^(?:(.)?([<>^]))?(0)?(\d{1,3})?([ds])?$/.exec(format);
  if (!parts) return undefined;
  const [, fill = " ", align, zero, width = "0", type] = parts;
  const isInteger = value.kind === "int";
  if ((type === "d" && !isInteger) || (type === "s" && value.kind !== "str")) return undefined;
  if (!isInteger && (value.kind !== "str" || zero)) return undefined;
  const missing = Math.max(0, Number(width) - text.length);
  if (zero && !align)
    return text.startsWith("-") ? `-${"0".repeat(missing)}${text.slice(1)}` : "0".repeat(missing) + text;
  const before = { "<": 0, ">": missing, "^": Math.floor(missing / 2) }[align ?? (isInteger ? ">" : "<")] ?? 0;
  return fill.repeat(before) + text + fill.repeat(missing - before);
}

/** `{x:.2f}`; what lies in the middle between two numbers, Python rounds to the even one. */
function withDigits(value: Value, digits: number): string | undefined {
  const number = asNumber(value);
  const scaled = number === undefined ? NaN : number * 10 ** digits;
  return number !== undefined &&
    !Object.is(number, -0) &&
    Math.abs(number) < 1e15 &&
    Math.abs((Math.abs(scaled) % 1) - 0.5) > 1e-6
    ? number.toFixed(digits)
    : undefined;
}

/** `"layer{}_{name}".format(1, name="a")`, without attributes and items in the braces. */
const format: Builtin = (_, { positional: [template, ...positional], keywords }) => {
  const text = textIn(template);
  if (text === undefined || text.length > longest) return str(undefined);
  let next = 0;
  const unfilled: string[] = [];
  const filled = text.replace(
    /\{\{|\}\}|\{(\w*)(?::([^{}]*))?\}|[{}]/g,
    (match, name: string | undefined, how = "") => {
      if (match === "{{" || match === "}}") return match[0]!;
      const value =
        name === undefined
          ? undefined
          : name === ""
            ? positional[next++]
            : /^\d+$/.test(name)
              ? positional[Number(name)]
              : keywords.get(name);
      const piece = value && formatValue(value, how as string);
      if (piece === undefined) unfilled.push(match);
      return piece ?? "";
    },
  );
  return str(unfilled.length === 0 && filled.length <= longest ? filled : undefined);
};

/** `"layer%d" % i`, `"%s_%s" % (a, b)`. */
export function percentFormat(template: Value, given: Value): Value {
  const text = textIn(template);
  const values = given.kind === "tuple" ? given.items : [given];
  if (text === undefined || given.kind === "dict") return str(undefined);
  let next = 0;
  const unfilled: string[] = [];
  const filled = text.replace(
    /%(0?)(\d*)([a-zA-Z%])|%/g,
    (match, zero: string, width: string, type: string | undefined) => {
      if (match === "%%") return "%";
      const value = values[next++];
      const isKnown = value && ((type === "d" && value.kind === "int") || type === "s");
      const right = value?.kind === "int" ? "" : ">";
      const piece =
        isKnown && (type === "d" || !zero) ? formatValue(value, width && `${zero || right}${width}`) : undefined;
      if (piece === undefined) unfilled.push(match);
      return piece ?? "";
    },
  );
  return str(unfilled.length === 0 && next === values.length && filled.length <= longest ? filled : undefined);
}

/** Where the text is not known, what comes of it is still of a kind: most often a text. */
function onString(run: (text: string, rest: readonly Value[]) => Value, otherwise = anyText): Builtin {
  return (_, { positional: [value, ...rest] }) => {
    const text = textIn(value);
    return text === undefined ? otherwise() : run(text, rest);
  };
}

const anyText = (): Value => str(undefined);
const anyTruth = (): Value => bool(undefined);
const anyInteger = (): Value => int(unknownInteger());

/** Other alphabets have rules of their own. */
const isPlainText = (text: string): boolean => /^[\x00-\x7f]*$/.test(text);

/** Methods that give a text for a text without arguments. */
const plain: Record<string, (text: string) => string> = {
  lower: (text) => text.toLowerCase(),
  upper: (text) => text.toUpperCase(),
  casefold: (text) => text.toLowerCase(),
  title: (text) => text.toLowerCase().replace(/[a-z]+/g, (word) => word[0]!.toUpperCase() + word.slice(1)),
  swapcase: (text) => text.replace(/[a-zA-Z]/g, (one) => (one < "a" ? one.toLowerCase() : one.toUpperCase())),
  capitalize: (text) => text.slice(0, 1).toUpperCase() + text.slice(1).toLowerCase(),
};

const tests: Record<string, RegExp> = {
  isdigit: /^\d+$/,
  isnumeric: /^\d+$/,
  isdecimal: /^\d+$/,
  isidentifier: /^[A-Za-z_]\w*$/,
  isalpha: /^[A-Za-z]+$/,
  isalnum: /^[A-Za-z0-9]+$/,
  isspace: /^\s+$/,
  isupper: /^[^a-z]*[A-Z][^a-z]*$/,
  islower: /^[^A-Z]*[a-z][^A-Z]*$/,
};

/** What a method looks at that is told where to start and to end. */
function partOf(text: string | undefined, start: Value | undefined, end: Value | undefined): string | undefined {
  const [from, to] = [start, end].map((bound) => (!bound || bound.kind === "none" ? null : numberIn(bound)));
  return text === undefined || from === undefined || to === undefined || (from ?? 0) > text.length
    ? undefined
    : text.slice(from ?? 0, to ?? text.length);
}

/** `startswith`, `endswith`: with one text or several. */
function onEnds(test: (text: string, part: string) => boolean): Builtin {
  return (_, { positional: [value, part, start, end] }) => {
    const text = partOf(textIn(value), start, end);
    const parts = (part?.kind === "tuple" ? part.items : [part]).map(textIn);
    return bool(text === undefined || parts.includes(undefined) ? undefined : parts.some((item) => test(text, item!)));
  };
}

/** `strip` and its like: white space, or the characters given. */
function strip(front: boolean, back: boolean): Builtin {
  return onString((text, [characters]) => {
    const given = characters && characters.kind !== "none" ? textIn(characters) : " \t\n\r\f\v";
    if (given === undefined) return str(undefined);
    let [start, end] = [0, text.length];
    while (front && start < end && given.includes(text[start]!)) start++;
    while (back && end > start && given.includes(text[end - 1]!)) end--;
    return str(text.slice(start, end));
  });
}

const split =
  (fromBehind: boolean): Builtin =>
  (machine, { positional: [value, separator, most], keywords }) => {
    const [text, between] = [textIn(value), separator ?? keywords.get("sep")];
    const limit = most ?? keywords.get("maxsplit");
    const isKnown = text !== undefined && (!between || between.kind === "none" || textIn(between) !== undefined);
    if (!isKnown) return machine.newList(undefined);
    const mark = textIn(between);
    if (mark === "") return machine.newList(undefined);
    const parts = mark === undefined ? text.split(/\s+/).filter(Boolean) : text.split(mark);
    const count = limit ? numberIn(limit) : -1;
    if (count === undefined || (count >= 0 && mark === undefined)) return machine.newList(undefined);
    if (count < 0 || parts.length <= count + 1) return machine.newList(parts.map(str));
    const cut = fromBehind ? parts.length - count : count;
    const [first, last] = [parts.slice(0, cut), parts.slice(cut)];
    return machine.newList((fromBehind ? [first.join(mark), ...last] : [...first, last.join(mark)]).map(str));
  };

const join: Builtin = (machine, { positional: [separator, value] }) => {
  const [mark, parts] = [textIn(separator), (value && elementsOf(machine, value))?.map(textIn)];
  const text = mark === undefined || !parts || parts.includes(undefined) ? undefined : parts.join(mark);
  return str(text !== undefined && text.length <= longest ? text : undefined);
};

const replace = onString((text, given) => {
  const [from, to] = given.slice(0, 2).map(textIn);
  const most = given[2] ? numberIn(given[2]) : -1;
  const isKnown = from && to !== undefined && most !== undefined && text.length * Math.max(1, to.length) <= longest;
  if (!isKnown) return str(undefined);
  const parts = text.split(from);
  const count = most < 0 ? parts.length - 1 : Math.min(most, parts.length - 1);
  return str([...parts.slice(0, count), parts.slice(count).join(from)].join(to));
});

const find = (fromBehind: boolean): Builtin =>
  onString((text, [part, start, end]) => {
    const [wanted, whole] = [textIn(part), partOf(text, start, end)];
    if (wanted === undefined || whole === undefined) return anyInteger();
    const first = start && start.kind !== "none" ? numberIn(start)! : 0;
    const offset = Math.max(0, first < 0 ? first + text.length : first);
    const found = fromBehind ? whole.lastIndexOf(wanted) : whole.indexOf(wanted);
    return int(found < 0 ? -1 : found + offset);
  }, anyInteger);

/** `index`: as `find`, but what is not there is an error. */
const place: Builtin = (machine, given, site) => {
  const found = find(false)(machine, given, site);
  if (numberIn(found) !== -1) return found;
  machine.record.raise("ValueError");
  return unknown("the text has no such part");
};

const count = onString((text, [part, start, end]) => {
  const [wanted, whole] = [textIn(part), partOf(text, start, end)];
  return wanted && whole !== undefined ? int(whole.split(wanted).length - 1) : anyInteger();
}, anyInteger);

const withoutEnd = (atFront: boolean): Builtin =>
  onString((text, [part]) => {
    const end = textIn(part);
    if (end === undefined) return str(undefined);
    if (atFront) return str(text.startsWith(end) ? text.slice(end.length) : text);
    return str(end !== "" && text.endsWith(end) ? text.slice(0, -end.length) : text);
  });

const letterOf = (code: number | undefined): string | undefined =>
  code !== undefined && code >= 0 && code < 0x110000 ? String.fromCodePoint(code) : undefined;

export const stringFunctions: Functions = [
  ["builtins.str", (_, { positional: [value] }) => (value ? asText(value) : str(""))],
  ["builtins.ord", (_, { positional: [letter] }) => int(textIn(letter)?.codePointAt(0) ?? unknownSize())],
  ["builtins.chr", (_, { positional: [code] }) => str(letterOf(numberIn(code)))],
  ["builtins.format", (_, { positional: [value, how] }) => str(value && formatValue(value, textIn(how) ?? ""))],
  ["builtins.repr", (_, { positional: [value] }) => str(value && value.kind !== "str" ? textOf(value) : undefined)],
  ["str.format", format],
  ["str.join", join],
  ["str.split", split(false)],
  ["str.rsplit", split(true)],
  ["str.strip", strip(true, true)],
  ["str.lstrip", strip(true, false)],
  ["str.rstrip", strip(false, true)],
  ["str.startswith", onEnds((text, part) => text.startsWith(part))],
  ["str.endswith", onEnds((text, part) => text.endsWith(part))],
  ["str.replace", replace],
  ["str.find", find(false)],
  ["str.rfind", find(true)],
  ["str.index", place],
  ["str.count", count],
  ["str.removeprefix", withoutEnd(true)],
  ["str.removesuffix", withoutEnd(false)],
  ...Object.entries(plain).map(
    ([name, run]) => [`str.${name}`, onString((text) => str(isPlainText(text) ? run(text) : undefined))] as const,
  ),
  ...Object.entries(tests).map(
    ([name, test]) =>
      [
        `str.${name}`,
        onString((text) => bool(/^[\x00-\x7f]*$/.test(text) ? test.test(text) : undefined), anyTruth),
      ] as const,
  ),
];
