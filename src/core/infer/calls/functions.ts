/** Calls of the program's own functions: binding arguments, running the body, joining what it returns. */
import { none, unknown } from "../../ops/value";
import type { FunctionDef, Lambda, Parameter } from "../../python/syntax";
import { joinExit } from "../statements/branches";
import { dictOfNames } from "../classes/dictObjects";
import { isRemade } from "../classes/patches";
import { join, joinBatches } from "../values/join";
import { madeAnew, streamOf } from "../collections/iterators";
import { type Arguments, type Machine, type Site } from "../machine";
import { type Completion, type Frame, type Scope, ends, lookup } from "../memory/scope";
import { isKind, walk } from "../../python/visit";
import { handOver } from "./handOver";
import { runLater } from "./later";
import { withoutReturn } from "./takenForTensors";
import { onceCached } from "./cachedCalls";
import { oncePlain } from "./plainCalls";
import { type FunctionValue, type ListValue, type Value } from "../values/value";
import { containsYield, keepsNames } from "./yields";
import { eachIn, extended, itemsOf, knownItems, setItems } from "../collections/lists";

const deepest = 48;
/** How often a function may be inside of itself, and how often it may be called from there at all. */
const mostOfOne = 12;
const mostRecursions = 300;

/** Whether one more call of a function from inside of itself is worth its steps: two calls in each call are exponential. */
function mayRecur(machine: Machine, node: FunctionValue["node"], frame: Frame): boolean {
  const inside = countOf(node, frame);
  if (inside === 0) return true;
  const { recursions } = machine.record.part;
  const count = (recursions.get(node) ?? 0) + 1;
  recursions.set(node, count);
  return inside < mostOfOne && count < mostRecursions;
}

function countOf(node: FunctionValue["node"], frame: Frame | undefined): number {
  let count = 0;
  for (let current = frame; current; current = current.caller) if (current.node === node) count++;
  return count;
}

/** What a call that is not run may have done: to what it was given, and to what it reads from outside. */
function forgetWritten({ node, scope }: FunctionValue, given: Arguments): void {
  const names = new Set<string>();
  for (const part of [node.body].flat())
    walk(part, (inner) => {
      if (isKind(inner, "Name")) names.add(inner.id);
      if (isKind(inner, "Global") || isKind(inner, "Nonlocal"))
        for (const name of inner.names) rebind(scope, name.name);
      return undefined;
    });
  const read = [...names].flatMap((name) => lookup(scope, name) ?? []);
  const held = read.filter(({ kind }) => kind === "list" || kind === "dict" || kind === "instance");
  handOver({ ...given, positional: [...given.positional, ...held] });
}

function rebind(scope: Scope | undefined, name: string): void {
  for (let at = scope; at; at = at.parent)
    if (at.names.has(name)) {
      at.names.set(name, unknown("the calls that write it are nested too deeply"));
      return;
    }
}

export function callFunction(machine: Machine, callee: FunctionValue, given: Arguments, site: Site): Value {
  machine.record.part.read.add(callee.node);
  if (isRemade(machine, callee)) return unknown("its defaults were changed");
  if (callee.isContext)
    return given.open
      ? unknown("the arguments are not known")
      : { kind: "partial", callee: { ...callee, isContext: false }, ...given };
  if (callee.node.kind === "Lambda" || !containsYield(callee.node))
    return (callee.keeps === undefined ? oncePlain : onceCached)(machine, callee, given, () =>
      runFunction(machine, callee, given, site),
    );
  // A generator is run to its end at once; what it yields can be read one after the other.
  let result = none as Value;
  let each: Value | undefined;
  const items = runLater(machine, site.scope, () => {
    const list: ListValue = { ...machine.newList([]), reading: "once" };
    const keep = (value: Value): void => {
      setItems(list, extended(itemsOf(list), [value]));
      // Behind a loop without an end nothing is left of what was made in it.
      machine.trail.apart(() => {
        const own = madeAnew(machine, value);
        each = each ? joinBatches(each, own, machine.facts) : own;
      });
    };
    result = machine.record.asHeld(() => runFunction(machine, callee, given, site, keep));
    return list;
  });
  if (callee.node.isAsync) return unknown("asynchronous generators are not modelled");
  if (result.kind === "unknown" && result.reason !== neverReturns) return result;
  // Of batches that an open loop yields, which are lists, it is known what they have in common.
  const isLost = items && !knownItems(items) && eachIn(items) === undefined;
  return isLost && each && each.kind !== "unknown" ? streamOf(each) : items!;
}

const neverReturns = "it never returns";

/** Runs the body; what it yields is handed to `yielded`. */
export function runFunction(
  machine: Machine,
  callee: FunctionValue,
  given: Arguments,
  site: Site,
  yielded?: Frame["yielded"],
): Value {
  const { node } = callee;
  if (site.scope.frame.depth >= deepest || !mayRecur(machine, node, site.scope.frame)) {
    forgetWritten(callee, given);
    return unknown("the calls are nested too deeply");
  }
  machine.record.noteCalled(node);
  const owner = callee.owner();
  const receiver = given.positional[0];
  const frame: Frame = {
    returns: [],
    exits: [],
    name: qualifiedName(callee),
    path: callee.scope.frame.path,
    method: receiver ? { owner, receiver } : undefined,
    depth: site.scope.frame.depth + 1,
    node,
    caller: site.scope.frame,
    sizeNames: undefined,
    ...(yielded && { yielded }),
    calledAt: { path: site.scope.frame.path, span: site.node },
    entered: site.entry ? { node, kind: site.entry } : site.scope.frame.entered,
  };
  // Methods do not see the names of their class, only those around it.
  const scope: Scope = {
    kind: "function",
    names: machine.newTable("local"),
    parent: callee.scope,
    frame,
    elsewhere: undefined,
  };
  if (!bindParameters(machine, callee, given, scope)) {
    machine.record.raise("TypeError");
    return unknown(`${callee.name} cannot be called with these arguments`);
  }
  if (node.kind === "Lambda") {
    const result = machine.evaluate(node.body, scope);
    scope.names.isOver = !keepsNames(node);
    return result;
  }
  const around = callee.around ?? [];
  const region = { kind: "call", node, name: frame.name, at: site.node } as const;
  const body = (): Completion => machine.execute(node.body, scope);
  const completion = machine.record.within(region, frame.path, () => inContexts(machine, around, site, body));
  scope.names.isOver = !keepsNames(node);
  for (const exit of frame.exits) joinExit(machine, exit, (change) => change.table.use !== "local");
  if (node.isAsync) return unknown("coroutines are not modelled");
  const results = completion & ends.normally ? [...frame.returns, nothingFrom(node)] : frame.returns;
  return results.length === 0
    ? unknown(yielded ? neverReturns : `${callee.name} never returns`)
    : results.reduce((a, b) => join(a, b, machine.facts));
}

/** What a body gives that comes to its end; one that says nothing is there for others to fill in. */
function nothingFrom({ body }: FunctionDef): Value {
  const isEmpty = body.every(
    (statement) =>
      statement.kind === "Pass" || (statement.kind === "ExpressionStatement" && statement.value.kind === "Constant"),
  );
  return isEmpty ? none : withoutReturn();
}

/** Runs a body in the contexts of its function's decorators. */
function inContexts(machine: Machine, names: readonly string[], site: Site, body: () => Completion): Completion {
  const [name, ...rest] = names;
  if (name === undefined) return body();
  const region = { kind: "context", node: site.node, name } as const;
  return machine.record.within(region, site.scope.frame.path, () => inContexts(machine, rest, site, body));
}

/** `Net.forward`; functions inside functions are named by their own name. */
function qualifiedName(callee: FunctionValue): string {
  const owner = callee.owner();
  return owner ? `${owner.name}.${callee.name}` : callee.name;
}

/** Binds as Python does; false where a required argument is missing for certain. */
function bindParameters(machine: Machine, callee: FunctionValue, given: Arguments, scope: Scope): boolean {
  const { positional, keywords, open } = given;
  const named = namesForKeywords(callee);
  let next = 0;
  for (const parameter of callee.node.parameters) {
    const name = parameter.name.name;
    const value = parameterValue(machine, callee, parameter, given, next);
    if (takesPosition(parameter) && next < positional.length) next++;
    if (parameter.kind === "variadic") next = positional.length;
    if (!value && !open) return false;
    const bound = value ?? unknown("the arguments are not known");
    scope.names.set(name, bound);
    machine.remember(parameter.name, bound, scope);
  }
  return (
    open ||
    (next >= positional.length && [...keywords.keys()].every((name) => named.has(name) || acceptsAny(callee.node)))
  );
}

function takesPosition(parameter: Parameter): boolean {
  return parameter.kind === "ordinary" || parameter.kind === "positional-only";
}

/** The parameters that a keyword can mean: `*names` and `**options` are none of them. */
function namesForKeywords({ node }: FunctionValue): ReadonlySet<string> {
  const named = node.parameters.filter(({ kind }) => kind === "ordinary" || kind === "keyword-only");
  return new Set(named.map(({ name }) => name.name));
}

function acceptsAny(node: FunctionDef | Lambda): boolean {
  return node.parameters.some((parameter) => parameter.kind === "keywords");
}

function parameterValue(
  machine: Machine,
  callee: FunctionValue,
  parameter: Parameter,
  { positional, keywords, open, rest, perhaps }: Arguments,
  next: number,
): Value | undefined {
  const name = parameter.name.name;
  if (parameter.kind === "variadic")
    return open && !perhaps
      ? machine.newList(rest && extended(positional.slice(next), rest))
      : { kind: "tuple", items: positional.slice(next) };
  if (parameter.kind === "keywords") {
    if (open && !perhaps) return unknown("the keyword arguments are not known");
    const names = namesForKeywords(callee);
    const others = (given: Arguments["keywords"] | undefined): [string, Value][] =>
      [...(given ?? [])].filter(([key]) => !names.has(key));
    return dictOfNames(machine, others(keywords), others(perhaps));
  }
  const byPosition = takesPosition(parameter) ? positional[next] : undefined;
  const byName = parameter.kind === "positional-only" ? undefined : keywords.get(name);
  const byDefault = callee.defaults.get(name);
  if (byPosition ?? byName) return byPosition ?? byName;
  if (!open) return byDefault;
  if (!perhaps || parameter.kind === "positional-only") return undefined;
  const another = perhaps.get(name);
  return another && byDefault ? join(byDefault, another, machine.facts) : (another ?? byDefault);
}
