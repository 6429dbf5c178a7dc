/** `re`: patterns that Python and JavaScript read alike, on texts that are searched in no time. */
import { knownItems } from "../collections/lists";
import { type Value, external } from "../values/value";
import { int, none, str, unknown } from "../../ops/value";
import { newInstance } from "../classes/classes";
import { type Machine, type Site } from "../machine";
import { dictKey } from "../values/texts";
import { type Builtin, type Functions, numberIn, textIn } from "./given";

const longestPattern = 100;
const mostSteps = 2e8;

/** The ways to begin a search in the text and to end each of its repetitions there, one behind the other. */
function stepsOfSearch(text: string, pattern: string): number {
  const ends = (pattern.match(/[+*]|\{\d*,\d*\}/g)?.length ?? 0) + 1;
  return Array.from({ length: ends }, (_, i) => text.length / (i + 1)).reduce((a, b) => a * b, 1);
}

/** What is different in JavaScript, or may search for long: a repeated group with a repetition or a choice in it. */
const unlike =
  /\\[AZGk1-9]|\(\?(?!:|P<\w+>|=|!)|\[\[|[+*?}]\+|\((?:[^()\\]|\\.)*[+*|{](?:[^()\\]|\\.)*\)[+*{]|\)\)[+*{]/;

/** The pattern for JavaScript; undefined where it may not mean the same there, or may search such a text for long. */
function patternOf(given: Value | undefined, text: string, flags: string): RegExp | undefined {
  const source = textIn(given);
  if (source === undefined || source.length > longestPattern || unlike.test(source)) return undefined;
  if (stepsOfSearch(text, source) > mostSteps) return undefined;
  try {
    return new RegExp(source.replaceAll("(?P<", "(?<"), flags);
  } catch {
    return undefined;
  }
}

interface Search {
  readonly source: Value | undefined;
  readonly text: string;
  readonly rest: readonly Value[];
}

/** The pattern as text, also where it was compiled before, and the text to search at its place among the arguments. */
function searchIn(given: Parameters<Builtin>[1], textAt: number): Search | undefined {
  const [first, ...rest] = given.positional;
  const source = first?.kind === "instance" ? first.attributes.get(sourceName) : first;
  const text = textIn(rest[textAt]);
  const isPlain = text !== undefined && /^[\x20-\x7e]*$/.test(text);
  return isPlain && given.keywords.size === 0 ? { source, text, rest: rest.filter((_, i) => i !== textAt) } : undefined;
}

/** Where a compiled pattern keeps its text, and a match its groups and their names. */
const sourceName = "<source>";
const groupsName = "<groups>";
const namesName = "<names>";

const compile: Builtin = (machine, { positional: [source, ...flags], keywords }, site) => {
  if (textIn(source) === undefined || flags.length > 0 || keywords.size > 0) return unknown("the pattern is not known");
  const made = newInstance(machine, external("re.Pattern"), site);
  made.attributes.set(sourceName, source!);
  return made;
};

const textOrNone = (text: string | undefined): Value => (text === undefined ? none : str(text));

function matchOf(machine: Machine, found: RegExpExecArray, site: Site): Value {
  const made = newInstance(machine, external("re.Match"), site);
  made.attributes.set(groupsName, { kind: "tuple", items: Array.from(found, textOrNone) });
  const named = Object.entries(found.groups ?? {}).map(([name, text]): Value => {
    return { kind: "tuple", items: [str(name), textOrNone(text)] };
  });
  made.attributes.set(namesName, { kind: "tuple", items: named });
  return made;
}

/** `match`, `search` and `fullmatch`: the pattern between two ends. */
const match =
  (before: string, behind: string): Builtin =>
  (machine, given, site) => {
    const search = searchIn(given, 0);
    const whole =
      search?.source && patternOf(search.source, search.text, "") && `${before}(?:${textIn(search.source)!})${behind}`;
    const pattern = whole && patternOf(str(whole), search.text, "");
    if (!search || !pattern || search.rest.length > 0) return unknown("what the pattern matches is not known");
    const found = pattern.exec(search.text);
    return found ? matchOf(machine, found, site) : none;
  };

const split: Builtin = (machine, given) => {
  const search = searchIn(given, 0);
  const pattern = search && patternOf(search.source, search.text, "");
  if (!pattern || search.rest.length > 0 || pattern.test("")) return unknown("how the text is split is not known");
  return machine.newList((search.text.split(pattern) as (string | undefined)[]).map(textOrNone));
};

const findAll: Builtin = (machine, given) => {
  const search = searchIn(given, 0);
  const pattern = search && patternOf(search.source, search.text, "g");
  if (!pattern || search.rest.length > 0 || pattern.test("")) return unknown("what the pattern matches is not known");
  const found = [...search.text.matchAll(pattern)].map(([all, ...groups]: (string | undefined)[]): Value => {
    const parts = groups.map((group) => str(group ?? ""));
    return parts.length > 1 ? { kind: "tuple", items: parts } : (parts[0] ?? str(all));
  });
  return machine.newList(found);
};

const substitute: Builtin = (_, given) => {
  const search = searchIn(given, 1);
  const pattern = search && patternOf(search.source, search.text, "g");
  const by = textIn(search?.rest[0]);
  const isPlain = by !== undefined && !/\\[^1-9]|\\[1-9]\d/.test(by);
  if (!pattern || !isPlain || search.rest.length > 1 || pattern.test("")) return str(undefined);
  return str(search.text.replace(pattern, by.replaceAll("$", "$$$$").replace(/\\([1-9])/g, "$$$1")));
};

/** `m.group()`, `m.group(1)`, `m.group("name")`, `m[1]`. */
const group: Builtin = (_, { positional: [found, ...wanted] }) => {
  const groups = found?.kind === "instance" ? found.attributes.get(groupsName) : undefined;
  const names = found?.kind === "instance" ? found.attributes.get(namesName) : undefined;
  const parts = (wanted.length > 0 ? wanted : [int(0)]).map((which): Value => {
    const pairs = (names && knownItems(names)) ?? [];
    const named = pairs.map((pair) => knownItems(pair)!).find(([name]) => textIn(name) === (textIn(which) ?? ""));
    const at = numberIn(which);
    const numbered = at === undefined ? undefined : (groups && knownItems(groups))?.[at];
    return named?.[1] ?? numbered ?? unknown("the group is not known");
  });
  return parts.length === 1 ? parts[0]! : { kind: "tuple", items: parts };
};

const groups: Builtin = (_, { positional: [found, ...rest] }) => {
  const all = found?.kind === "instance" ? found.attributes.get(groupsName) : undefined;
  const items = all && knownItems(all);
  return items && rest.length === 0 ? { kind: "tuple", items: items.slice(1) } : unknown("the groups are not known");
};

const namedGroups: Builtin = (machine, { positional: [found, ...rest] }) => {
  const names = found?.kind === "instance" ? found.attributes.get(namesName) : undefined;
  const pairs = names && knownItems(names)?.map((pair) => knownItems(pair)!);
  if (!pairs || rest.length > 0) return unknown("the groups are not known");
  const entries = machine.newTable<{ key: Value; value: Value }>();
  for (const [key, value] of pairs) entries.set(dictKey(key!)!, { key: key!, value: value! });
  return { kind: "dict", entries };
};

const searches: readonly (readonly [string, Builtin])[] = [
  ["match", match("^", "")],
  ["search", match("", "")],
  ["fullmatch", match("^", "$")],
  ["split", split],
  ["findall", findAll],
  ["sub", substitute],
];

export const regularExpressionFunctions: Functions = [
  ["re.compile", compile],
  [
    "re.escape",
    (_, { positional: [text] }) => str(textIn(text)?.replace(/[()[\]{}?*+\-|^$\\.&~# \t\n\r\v\f]/g, "\\$&")),
  ],
  ...searches.flatMap(([name, run]) => [[`re.${name}`, run] as const, [`re.Pattern.${name}`, run] as const]),
  ["re.Match.group", group],
  ["re.Match.__getitem__", group],
  ["re.Match.groups", groups],
  ["re.Match.groupdict", namedGroups],
];
