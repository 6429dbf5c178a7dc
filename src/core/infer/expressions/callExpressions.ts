/** Evaluates calls: what is called, the object it is a method of, and the arguments with what is unpacked into them. */
import { isModule } from "../classes/classes";
import { changeOneOf } from "../values/candidates";
import { unknown } from "../../ops/value";
import type { Call, Expression } from "../../python/syntax";
import { dictIn } from "../classes/dictObjects";
import { iterator } from "../collections/iterators";
import { columnsOf } from "../library/openLists";
import { type OpenItems, isOpenItems } from "../collections/lists";
import { elementsOf, itemsFrom } from "../collections/elements";
import { type Arguments, type Machine, type Site, noKeywords } from "../machine";
import { type Scope } from "../memory/scope";
import { type Value, knownEntries } from "../values/value";
import { note } from "../calls/operationCalls";
import { confirmTensors, isDoubtful } from "../values/doubts";
import { methodsOfTensorsOnly } from "../values/usedAsTensors";
import { noteBackward } from "../calls/backwardHooks";
import { refuseArguments, refuseAttribute } from "../calls/refusedByPython";

export function evaluateCall(machine: Machine, node: Call, scope: Scope): Value {
  const site: Site = { node, scope };
  const { receiver, callee } = calleeOf(machine, node.callee, scope);
  const rows =
    callee.kind === "external" && callee.name === "builtins.zip" ? unzipped(machine, node, scope) : undefined;
  if (rows?.columns) return rows.columns;
  const given = rows?.given ?? argumentsOf(machine, node, scope);
  if (receiver) callOnOneOf(machine, receiver, methodName(node), given, site);
  if (receiver) noteBackward(machine, methodName(node), given, site);
  refuseArguments(machine, callee, given, site);
  const run = (): Value => machine.call(callee, given, site);
  // A text has a `split` as well, and a model a `float`.
  if (receiver && methodsOfTensorsOnly.has(methodName(node))) confirmTensors([receiver]);
  const result = isDoubtful(receiver) ? machine.record.asGuarded(run) : run();
  // What is not known is recorded all the same: it may be the method of an optimizer that nobody passes.
  if (callee.kind === "unknown")
    note(machine, receiver ? `?.${methodName(node)}` : "?", undefined, given, result, site, receiver);
  return result;
}

/** A method of something that is one of several may change any of them. */
function callOnOneOf(machine: Machine, receiver: Value, name: string, given: Arguments, site: Site): void {
  const run = (one: Value): unknown => isFollowed(one) && machine.call(machine.attribute(one, name, site), given, site);
  if (!reading.has(name)) changeOneOf(machine, receiver, run, site.scope);
}

/** Of the objects of libraries only modules change in ways that are followed. */
const isFollowed = (one: Value): boolean => one.kind !== "instance" || one.type.kind === "class" || isModule(one);

const reading = new Set(
  "get keys values items copy index count size dim numel parameters children modules named_parameters".split(" "),
);

/** `zip(*batch)`, also of a list of unknown length whose items are all alike. */
function unzipped(
  machine: Machine,
  { args, keywords }: Call,
  scope: Scope,
): { readonly columns?: Value; readonly given?: Arguments } | undefined {
  const [only, ...others] = args;
  if (only?.kind !== "Starred" || others.length > 0 || keywords.length > 0) return undefined;
  const rows = machine.evaluate(only.value, scope);
  const columns = columnsOf(machine, rows);
  if (columns) return { columns: iterator(machine, columns) };
  const items = elementsOf(machine, rows);
  return { given: { positional: items ?? [], keywords: noKeywords, open: items === undefined } };
}

/** Most calls are plain: no unpacking, no keywords. */
function argumentsOf(machine: Machine, node: Call, scope: Scope): Arguments {
  if (node.keywords.length === 0 && !node.args.some(({ kind }) => kind === "Starred"))
    return { positional: node.args.map((arg) => machine.evaluate(arg, scope)), keywords: noKeywords, open: false };
  const positional: Value[] = [];
  const keywords = new Map<string, Value>();
  let open = false;
  let rest: OpenItems | undefined;
  for (const arg of node.args) {
    const given = machine.evaluate(arg.kind === "Starred" ? arg.value : arg, scope);
    const items = arg.kind === "Starred" ? itemsFrom(machine, given) : [given];
    // Behind an unknown number of arguments nobody knows where the others go.
    if (!isOpenItems(items) && !open) positional.push(...items);
    else {
      rest = !open && isOpenItems(items) && items.each?.kind !== "unknown" ? items : undefined;
      open = true;
    }
  }
  const perhaps = new Map<string, Value>();
  let isListed = !open;
  for (const { name, value } of node.keywords) {
    const given = machine.evaluate(value, scope);
    const argument = name ? given : (dictIn(given) ?? given);
    if (name) keywords.set(name.name, argument);
    else {
      open ||= argument.kind !== "dict" || knownEntries(argument) === undefined;
      isListed = addEntries(keywords, perhaps, argument) && isListed;
    }
  }
  return { positional, keywords, open, rest, perhaps: open && isListed ? perhaps : undefined };
}

/** What is called, and the object that it is a method of. */
function calleeOf(machine: Machine, node: Expression, scope: Scope): { callee: Value; receiver: Value | undefined } {
  if (node.kind !== "Attribute") return { callee: machine.evaluate(node, scope), receiver: undefined };
  machine.step();
  const receiver = machine.evaluate(node.value, scope);
  const callee =
    machine.nested(() => machine.attribute(receiver, node.attribute.name, { node, scope })) ??
    unknown("it is nested too deeply");
  refuseAttribute(machine, receiver, node.attribute.name, callee, { node, scope });
  machine.remember(node, callee, scope);
  return { callee, receiver };
}

function methodName({ callee }: Call): string {
  return callee.kind === "Attribute" ? callee.attribute.name : "";
}

/** Adds what a `**options` gives, or may give; false where it may give others as well. */
function addEntries(keywords: Map<string, Value>, perhaps: Map<string, Value>, options: Value): boolean {
  if (options.kind !== "dict") return false;
  let isListed = true;
  for (const { key, value, maybe } of options.entries.values())
    if (key.kind === "str" && key.value !== undefined) (maybe ? perhaps : keywords).set(key.value, value);
    else isListed = false;
  return isListed;
}
