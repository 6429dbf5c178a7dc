/**
 * Functions that compute numbers and texts of numbers and texts, such as `make_divisible(v, 8)`: called with the same ones
 * again in an entry, they are not run again. All other calls make or change objects, which differ from call to call.
 */
import { constantValue, isUnknown } from "../../shape/dim";
import { type AnyNode, children, isKind } from "../../python/visit";
import type { Expression, FunctionDef, Name } from "../../python/syntax";
import { isPatched } from "../classes/patches";
import { type Arguments, type Machine } from "../machine";
import { type Scope } from "../memory/scope";
import { type FunctionValue, type Value } from "../values/value";

/** Runs a call, unless one like it is known. */
export function oncePlain(machine: Machine, callee: FunctionValue, given: Arguments, run: () => Value): Value {
  const { node } = callee;
  if (node.kind === "Lambda" || node.isAsync || callee.around) return run();
  const key = keyOf({ ...given, keywords: new Map([...callee.defaults, ...given.keywords]) });
  if (key === undefined || !isPlain(machine, callee, node)) return run();
  const { results } = machine.record.part;
  const known = results.get(node) ?? new Map<string, Value>();
  results.set(node, known);
  const before = known.get(key);
  if (before) return before;
  const result = run();
  if (textOf(result) !== undefined) known.set(key, result);
  return result;
}

/** Undefined where an argument is no number or text of which nothing else is known. */
function keyOf({ positional, keywords, open }: Arguments): string | undefined {
  if (open || positional.length + keywords.size > mostArguments) return undefined;
  const texts: string[] = [];
  for (const value of positional) {
    const text = textOf(value);
    if (text === undefined) return undefined;
    texts.push(text);
  }
  for (const [name, value] of keywords) {
    const text = textOf(value);
    if (text === undefined) return undefined;
    texts.push(`${name}=${text}`);
  }
  return texts.join(",");
}

const mostArguments = 8;

/** A number or text of which all is known, in letters, or a tuple of such; one with a place of its own only if `anywhere`. */
export function textOf(value: Value, anywhere = false): string | undefined {
  if (value.kind === "none") return "None";
  if (value.kind === "tuple") {
    const texts = value.items.map((item) => textOf(item, anywhere));
    return texts.includes(undefined) || value.type ? undefined : `(${texts.join(",")})`;
  }
  if (!anywhere && "origin" in value && value.origin) return undefined;
  if (value.kind === "int") {
    const size = value.measured || isUnknown(value.value) ? undefined : constantValue(value.value);
    return size === undefined ? undefined : String(size);
  }
  if (value.kind === "float") return value.value === undefined || value.ofNumpy ? undefined : `${value.value}f`;
  if (value.kind === "bool" && value.value !== undefined) return value.value ? "True" : "False";
  return value.kind === "str" && value.value !== undefined ? JSON.stringify(value.value) : undefined;
}

/** Whether a function does nothing but compute, by its text and by what the names outside of it are now. */
function isPlain(machine: Machine, callee: FunctionValue, node: FunctionDef): boolean {
  if (callee.defaults.size > 0 && [...callee.defaults.values()].some((value) => textOf(value) === undefined))
    return false;
  return outsideNames(node)?.every((name) => isAsEver(machine, callee, name)) ?? false;
}

function isAsEver(machine: Machine, callee: FunctionValue, name: string): boolean {
  const value = lookUp(callee.scope, name);
  if (value === undefined) return plainBuiltins.has(name);
  return value.kind === "function"
    ? value.node === callee.node
    : value.kind === "external" && value.name === "math" && name === "math" && !isPatched(machine, value);
}

function lookUp(scope: Scope | undefined, name: string): Value | undefined {
  return scope && (scope.names.get(name) ?? lookUp(scope.parent, name));
}

const plainBuiltins: ReadonlySet<string> = new Set(
  "int float round abs min max range len isinstance tuple bool str divmod sum enumerate zip sorted reversed pow".split(
    " ",
  ),
);

const plainKinds: ReadonlySet<string> = new Set(
  (
    "Return Assign AugAssign If While For Pass Break Continue ExpressionStatement Constant Name BinaryOperation " +
    "UnaryOperation BooleanOperation Compare Conditional Tuple Call Subscript Slice"
  ).split(" "),
);

const known = new WeakMap<FunctionDef["body"], readonly string[] | undefined>();

/** The names that it reads and does not bind; undefined where it may do more than compute. */
function outsideNames({ body, parameters }: FunctionDef): readonly string[] | undefined {
  if (known.has(body)) return known.get(body);
  const own = new Set(parameters.map(({ name }) => name.name));
  const named = new Set<string>();
  const visit = (node: AnyNode): boolean => {
    if (!("kind" in node)) return children(node).every(visit);
    if (node.kind === "Attribute") {
      named.add("math");
      return isKind(node.value, "Name") && node.value.id === "math";
    }
    if (node.kind === "Name") named.add(node.id);
    for (const target of targetsOf(node)) for (const { id } of namesIn(target)) own.add(id);
    return plainKinds.has(node.kind) && children(node).every(visit);
  };
  const names = body.every(visit) ? [...named].filter((name) => !own.has(name)) : undefined;
  known.set(body, names);
  return names;
}

function targetsOf(node: AnyNode): readonly Expression[] {
  if (isKind(node, "Assign")) return node.targets;
  return isKind(node, "AugAssign") || isKind(node, "For") ? [node.target] : [];
}

function namesIn(target: Expression): readonly Name[] {
  if (target.kind === "Name") return [target];
  return target.kind === "Tuple" ? target.elements.flatMap(namesIn) : [];
}
