/**
 * `argparse` (https://docs.python.org/3/library/argparse.html): what a program's options are when it runs without
 * arguments. A parser's attributes are the defaults of its options, by the name under which they are kept.
 */
import { bool, none, str, unknown } from "../../ops/value";
import { forgetObject, newInstance } from "../classes/classes";
import { type Arguments, type Machine, type Site, args } from "../machine";
import { elementsOf } from "../collections/elements";
import { truthOf } from "../values/truth";
import { type InstanceValue, type Value, external } from "../values/value";
import { declare, declaredIn, declaredName, readWords } from "./commandLine";
import { type Builtin, type Functions, argument, textIn } from "./given";

/** A method of a parser gets it as its first argument. */
function onParser(run: (parser: InstanceValue, given: Arguments, machine: Machine, site: Site) => Value): Builtin {
  return (machine, given, site) => {
    const [parser, ...positional] = given.positional;
    return parser?.kind === "instance"
      ? run(parser, { ...given, positional }, machine, site)
      : unknown("the parser is not known");
  };
}

const adding = (usual?: Value): Builtin =>
  onParser((parser, { positional, keywords }, machine, site) => {
    const names = positional.map(textIn);
    const name = textIn(keywords.get("dest")) ?? destination(names);
    if (name === undefined || positional.length === 0) {
      forgetObject(parser);
      return none;
    }
    const isOption = names.every((flag) => flag?.startsWith("-"));
    declare(machine, parser, {
      name,
      flags: flagsOf(
        names.map((flag) => flag!),
        keywords,
      ),
      keywords,
    });
    const isLeftOut = isSuppressed(keywords.get("default") ?? usual ?? parser.attributes.get(usualDefault));
    const value = isLeftOut ? undefined : defaultOf(name, isOption, keywords, machine, site);
    // Of several options under one name the first one's default counts.
    if (value && !parser.attributes.has(name)) parser.attributes.set(name, value);
    return none;
  });

/** A switch that can be turned off, too, has a second flag for that. */
function flagsOf(names: readonly string[], keywords: ReadonlyMap<string, Value>): readonly string[] {
  const action = keywords.get("action");
  const isSwitch = action?.kind === "external" && action.name === "argparse.BooleanOptionalAction";
  return isSwitch ? [...names, ...names.map((flag) => flag.replace(/^--/, "--no-"))] : names;
}

/** Where a parser keeps what options have that name no default. */
const usualDefault = "<argument default>";

/** An option that is not there unless it is given. */
function isSuppressed(value: Value | undefined): boolean {
  return value?.kind === "external" && value.name === "argparse.SUPPRESS";
}

/** `latent_dim` of `-l`, `--latent-dim`: the first long option, else the first short one, else the name itself. */
function destination(names: readonly (string | undefined)[]): string | undefined {
  if (names.includes(undefined)) return undefined;
  const name = names.find((flag) => flag!.startsWith("--")) ?? names[0];
  return name?.startsWith("-") ? name.replace(/^-+/, "").replaceAll("-", "_") : name;
}

/** Undefined for options that keep nothing. */
function defaultOf(
  name: string,
  isOption: boolean,
  keywords: ReadonlyMap<string, Value>,
  machine: Machine,
  site: Site,
): Value | undefined {
  const action = textIn(keywords.get("action")) ?? (keywords.has("action") ? "own" : "store");
  const given = keywords.get("default");
  if (action === "help" || action === "version") return undefined;
  const nargs = textIn(keywords.get("nargs"));
  const isRequired = isOption
    ? truthOf(keywords.get("required") ?? bool(false)) !== false
    : nargs !== "*" && nargs !== "?";
  if (isRequired || action === "own") {
    return action === "own" && !isRequired && given
      ? given
      : { kind: "unknown", reason: `the option ${name} has no default`, name };
  }
  if (given) return isText(given) ? converted(given, keywords.get("type"), machine, site) : given;
  if (action === "store_true" || action === "store_false") return bool(action === "store_false");
  return !isOption && nargs === "*" ? machine.newList([]) : none;
}

const isText = (value: Value): boolean => value.kind === "str" || value.kind === "unknown";

/** Only texts are converted. */
function converted(value: Value, type: Value | undefined, machine: Machine, site: Site): Value {
  return type ? machine.call(type, args(value), site) : value;
}

const setDefaults = onParser((parser, { keywords }) => {
  for (const [name, value] of keywords) parser.attributes.set(name, value);
  return none;
});

/** Those behind the program's name; none where nobody says with which words it is run. */
function wordsOfRun(machine: Machine): (string | undefined)[] | undefined {
  const words = machine.commandLine && elementsOf(machine, machine.commandLine);
  return machine.commandLine ? words?.slice(1).map(textIn) : [];
}

/** The options of a run: with the words that the program hands over, else with those of the command line. */
const parsing = (others?: string[]): Builtin =>
  onParser((parser, given, machine, site) => {
    const made = newInstance(machine, external("argparse.Namespace"), site);
    for (const [name, value] of parser.attributes.items())
      if (name !== declaredName && name !== usualDefault) made.attributes.set(name, value);
    const list = argument(given, 0, "args");
    const words = list && list.kind !== "none" ? elementsOf(machine, list)?.map(textIn) : wordsOfRun(machine);
    const isKnown = words?.every((word) => word !== undefined);
    const found = isKnown ? readWords(machine, parser, words, site, others) : undefined;
    if (!found) forgetObject(made);
    for (const [name, value] of found ?? []) made.attributes.set(name, value);
    if (given.positional.length > 1 || given.keywords.has("namespace")) forgetObject(made);
    return made;
  });

/** Beside the options it gives the words that are none. */
const parseKnown: Builtin = (machine, given, site) => {
  const others: string[] = [];
  const made = parsing(others)(machine, given, site);
  const isKnown = made.kind === "instance" && !made.attributes.has("?");
  return { kind: "tuple", items: [made, machine.newList(isKnown ? others.map(str) : undefined)] };
};

const newParser: Builtin = (machine, given, site) => {
  const parser = newInstance(machine, external("argparse.ArgumentParser"), site);
  const usual = given.keywords.get("argument_default");
  if (isSuppressed(usual)) parser.attributes.set(usualDefault, usual!);
  const parents = given.keywords.get("parents");
  const known = parents ? elementsOf(machine, parents) : [];
  if (!known?.every((parent) => isParser(parent) && inherit(machine, parser, parent))) forgetObject(parser);
  if (usual && !isSuppressed(usual)) forgetObject(parser);
  return parser;
};

const isParser = (value: Value): value is InstanceValue =>
  value.kind === "instance" && value.type.kind === "external" && value.type.name === "argparse.ArgumentParser";

/** Takes over the options of another parser; false where they are not all known. */
function inherit(machine: Machine, parser: InstanceValue, parent: InstanceValue): boolean {
  for (const option of declaredIn(parent)) declare(machine, parser, option);
  for (const [name, value] of parent.attributes.items())
    if (name !== declaredName && name !== usualDefault) parser.attributes.set(name, value);
  return !parent.attributes.has("?");
}

/** Groups only order the help text: what is added to them is added to the parser; one may have a default of its own. */
const group = onParser((parser, { keywords }) => {
  const usual = keywords.get("argument_default");
  if (usual && !isSuppressed(usual)) return unknown("the default of the group's options is not modelled");
  return usual ? { ...parser, type: external(suppressingGroup) } : parser;
});

/** What a group adds is there only where it is given. */
const suppressingGroup = "argparse.<suppressing group>";

export const argparseFunctions: Functions = [
  ["argparse.ArgumentParser", newParser],
  ["argparse.ArgumentParser.add_argument", adding()],
  [`${suppressingGroup}.add_argument`, adding(external("argparse.SUPPRESS"))],
  [`${suppressingGroup}.add_mutually_exclusive_group`, onParser((parser) => parser)],
  ["argparse.ArgumentParser.add_argument_group", group],
  ["argparse.ArgumentParser.add_mutually_exclusive_group", group],
  ["argparse.ArgumentParser.set_defaults", setDefaults],
  ["argparse.ArgumentParser.parse_args", parsing()],
  ["argparse.ArgumentParser.parse_intermixed_args", parsing()],
  ["argparse.ArgumentParser.parse_known_args", parseKnown],
  [
    "argparse.ArgumentParser.get_default",
    onParser((parser, { positional: [name] }) => parser.attributes.get(textIn(name) ?? "?") ?? none),
  ],
  ["argparse.ArgumentParser.print_help", () => none],
  ["argparse.ArgumentParser.print_usage", () => none],
];
