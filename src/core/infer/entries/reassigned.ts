/**
 * What a method may find on its object that was not there when the object was built: `fit` leaves what `predict` reads, and
 * nobody knows in which order they are called.
 */
import { unknown } from "../../ops/value";
import type { Expression, FunctionDef } from "../../python/syntax";
import { type AnyNode, children, isKind, walk } from "../../python/visit";
import { linearised } from "../classes/classes";
import { type Machine } from "../machine";
import { type InstanceValue, type Value } from "../values/value";

/**
 * Nothing is known of what another method sets, or a function of the file, nor of what a class that derives from the object's
 * has in its place; and nothing at all, where any of them may set anything, for who has to be certain.
 */
export function loosen(
  { record }: Machine,
  { type, attributes }: InstanceValue,
  others: readonly Value[],
  isCertain: boolean,
): void {
  const methods = methodsOf(linearised(type));
  const heirs = others.filter((one) => one.kind === "class" && one !== type && linearised(one).includes(type));
  const functions = others.flatMap((one) =>
    one.kind === "function" && one.node.kind === "FunctionDef" ? one.node : [],
  );
  for (const method of [...methods, ...methodsOf(heirs), ...functions]) record.part.read.add(method);
  const later = setLater(methods);
  const names = new Set([
    ...later.names,
    ...heirs.flatMap(namesOfHeir),
    ...functions.flatMap((one) => setIn(one).names),
  ]);
  if (later.isAny && isCertain) for (const name of attributes.keys()) names.add(name);
  for (const name of later.filled) if (isFilled(attributes.get(name))) names.add(name);
  for (const name of names) attributes.set(name, unknown(`nobody knows whether something else has set ${name}`));
}

/** Who puts something into a tensor does not change its shape. */
const isFilled = (value: Value | undefined): boolean => value?.kind === "dict" || value?.kind === "list";

/** What a class has for itself that derives from another one. */
function namesOfHeir(heir: Value): string[] {
  const own = heir.kind === "class" ? heir.attributes.keys().filter((name) => !/^__\w+__$/.test(name)) : [];
  return [...own, ...methodsOf([heir]).flatMap((method) => setIn(method).names)];
}

function methodsOf(classes: readonly Value[]): FunctionDef[] {
  const values = classes.flatMap((base) => (base.kind === "class" ? base.attributes.values() : []));
  return values
    .flatMap((value) => (value.kind === "function" ? [value, value.setter] : []))
    .flatMap((method) => (method?.node.kind === "FunctionDef" ? [method.node] : []));
}

interface Names {
  readonly names: readonly string[];
  /** Those into which something is put. */
  readonly filled: readonly string[];
  /** Any may be set, by names that are computed. */
  readonly isAny: boolean;
}

/** The attributes that methods set which the constructor does not run, or does not run alone. */
function setLater(methods: readonly FunctionDef[]): Names {
  const isOf = (names: ReadonlySet<string>) => (method: FunctionDef) => names.has(method.name.name);
  const first = new Set(["__init__", "__post_init__"]);
  const byConstructor = reached(methods.filter(isOf(first)), methods);
  const others = methods.filter((method) => !isOf(byConstructor)(method));
  const later = methods.filter(isOf(reached(others, methods))).filter((method) => !isOf(first)(method));
  const all = later.map(setIn);
  return {
    names: all.flatMap(({ names }) => names),
    filled: all.flatMap(({ filled }) => filled),
    isAny: all.some(({ isAny }) => isAny),
  };
}

/** Their names, and those of the methods that they call. */
function reached(start: readonly FunctionDef[], methods: readonly FunctionDef[]): Set<string> {
  const found = new Set<string>();
  const rest = [...start];
  for (let method = rest.pop(); method; method = rest.pop()) {
    if (found.has(method.name.name)) continue;
    found.add(method.name.name);
    const { called } = setIn(method);
    rest.push(...methods.filter(({ name }) => called.has(name.name)));
  }
  return found;
}

/** By their bodies: a function that is edited stays the same node with another body. */
const known = new WeakMap<FunctionDef["body"], Names & { readonly called: ReadonlySet<string> }>();

/** What a method sets, and the methods that it calls. */
function setIn(method: FunctionDef): Names & { readonly called: ReadonlySet<string> } {
  const before = known.get(method.body);
  if (before) return before;
  const names: string[] = [];
  const filled: string[] = [];
  const called = new Set<string>();
  let isAny = false as boolean;
  walk(method, (part) => {
    const targets = targetsOf(part);
    names.push(...targets.flatMap(attributesIn));
    for (const target of targets) if (target.kind === "Subscript") filled.push(...attributesIn(target.value));
    if (isKind(part, "Call") && part.callee.kind === "Attribute") {
      called.add(part.callee.attribute.name);
      if (/^(resize_|set_)$/.test(part.callee.attribute.name)) names.push(...attributesIn(part.callee.value));
    }
    isAny ||= isKind(part, "Attribute")
      ? part.attribute.name === "__dict__"
      : isKind(part, "Name") && part.id === "setattr";
    return undefined;
  });
  const found = { names, filled, isAny, called };
  known.set(method.body, found);
  return found;
}

function targetsOf(part: AnyNode): readonly Expression[] {
  if (isKind(part, "Assign")) return part.targets;
  if (isKind(part, "AugAssign") || isKind(part, "AnnAssign") || isKind(part, "For")) return [part.target];
  if (isKind(part, "With")) return part.items.flatMap(({ target }) => target ?? []);
  return [];
}

/** `self.mean, (self.std, _)`, and `self.weight.data`. */
function attributesIn(target: AnyNode): string[] {
  if (isKind(target, "Attribute"))
    return target.attribute.name === "data" ? ["data", ...attributesIn(target.value)] : [target.attribute.name];
  return isKind(target, "Tuple") || isKind(target, "List") || isKind(target, "Starred")
    ? [...children(target)].flatMap(attributesIn)
    : [];
}
