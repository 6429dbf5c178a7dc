/**
 * What a method may find on its object that was not there when the object was built: `fit` leaves what `predict` reads, and
 * nobody knows in which order they are called.
 */
import { unknown } from "../../ops/value";
import type { FunctionDef, Module } from "../../python/syntax";
import { linearised } from "../classes/classes";
import { knownItems } from "../collections/lists";
import { holdsParts, isToBeFilled } from "../modules/containers";
import { type Machine } from "../machine";
import { type Scope } from "../memory/scope";
import { type Writes, writesOf } from "./writes";
import { type InstanceValue, type Value, knownEntries } from "../values/value";

/**
 * Nothing is known of what another method sets, or a function of the file, nor of what a class that derives from the object's
 * has in its place. For who has to be certain nothing is known either of what they change a part of, of lists and `None` that
 * are there to be filled, of what its parts may have set themselves, and of anything at all where any of them may set anything.
 */
export function loosen(
  machine: Machine,
  object: InstanceValue,
  others: readonly Value[],
  isCertain: boolean,
  depth = 0,
): void {
  const { type, attributes } = object;
  if (isCertain && depth < deepest)
    for (const part of attributes.values())
      if (part.kind === "instance" && part !== object) loosen(machine, part, others, true, depth + 1);
  const own = methodsOf(linearised(type));
  const heirs = others.filter((one) => one.kind === "class" && one !== type && linearised(one).includes(type));
  const ofHeirs = methodsOf(heirs);
  const functions = others.flatMap((one) =>
    one.kind === "function" && one.node.kind === "FunctionDef" ? one.node : [],
  );
  for (const method of [...own, ...methodsOf(others), ...functions]) machine.record.part.read.add(method);
  const later = calledLater(own);
  const all = [...later, ...ofHeirs, ...functions].map(writesOf);
  const names = new Set(all.flatMap((one) => [...one.names]));
  const strangers = others.filter((one) => one.kind === "class" && one !== type && !heirs.includes(one));
  for (const method of methodsOf(strangers)) for (const name of writesOf(method).namesOfOthers) names.add(name);
  for (const heir of heirs) for (const name of namesOfHeir(heir)) names.add(name);
  if (isCertain) {
    const isAny = later.some((method) => writesOf(method).isAny);
    const changed = new Set([...all.flatMap((one) => [...one.changed, ...one.filled]), ...handedOver(all, functions)]);
    for (const [name, value] of attributes.items())
      if (isAny || isEmpty(value) || (changed.has(name) && hasParts(value))) names.add(name);
  }
  for (const name of names) attributes.set(name, unknown(`nobody knows whether something else has set ${name}`));
  loosenCollections(machine, object);
}

/** Parts of parts are not looked at any further down. */
const deepest = 4;

/**
 * Nothing is known of what is in a collection into which another method puts something, or which is there to be filled. Gives
 * what the object had there.
 */
export function loosenCollections(
  { record }: Machine,
  { type, attributes }: InstanceValue,
): readonly (readonly [name: string, value: Value])[] {
  const methods = methodsOf(linearised(type));
  for (const method of methods) record.part.read.add(method);
  const filled = new Set(calledLater(methods).flatMap((method) => [...writesOf(method).filled]));
  const open = attributes
    .items()
    .filter(([name, value]) =>
      filled.has(name) ? isCollection(value) : value.kind === "instance" && isToBeFilled(value),
    );
  for (const [name] of open) attributes.set(name, unknown(`nobody knows whether something else has filled ${name}`));
  return open;
}

/**
 * For who has to be certain nothing is known of the names of a file that one of its functions binds anew, or of what these stand
 * for where one of them changes it, nor of what is there to be filled.
 */
export function loosenNames({ record }: Machine, { names }: Scope, { body }: Module): void {
  for (const [name, value] of names.items())
    if (isEmpty(value)) names.set(name, unknown(`nobody knows whether something else has filled ${name}`));
  const functions = body.flatMap((one) => (one.kind === "ClassDef" ? one.body : [one]));
  for (const one of functions) {
    if (one.kind !== "FunctionDef") continue;
    record.part.read.add(one);
    for (const name of writesOf(one).outer)
      if (names.has(name)) names.set(name, unknown(`nobody knows whether ${one.name.name} has changed ${name}`));
  }
}

/** The attributes that are given to a function which changes what it gets. */
function handedOver(all: readonly Writes[], functions: readonly FunctionDef[]): string[] {
  const changing = functions.filter((one) => writesOf(one).changesArguments);
  return changing.flatMap(({ name }) => all.flatMap(({ called }) => called.get(name.name) ?? []));
}

/** Who puts something into a tensor does not change its shape. */
const isCollection = (value: Value): boolean =>
  value.kind === "dict" || value.kind === "list" || (value.kind === "instance" && holdsParts(value));

/** What has parts of its own that may be changed; those of a tensor do not change its shape. */
const hasParts = (value: Value): boolean => isCollection(value) || value.kind === "instance";

/** What stands for something that comes later. */
const isEmpty = (value: Value): boolean =>
  value.kind === "none" ||
  (value.kind === "list" && knownItems(value)?.every(isEmpty) === true) ||
  (value.kind === "dict" && knownEntries(value)?.length === 0);

/** What a class has for itself that derives from another one. */
function namesOfHeir(heir: Value): string[] {
  return heir.kind === "class" ? heir.attributes.keys().filter((name) => !/^__\w+__$/.test(name)) : [];
}

function methodsOf(classes: readonly Value[]): FunctionDef[] {
  const values = classes.flatMap((base) => (base.kind === "class" ? base.attributes.values() : []));
  return values
    .flatMap((value) => (value.kind === "function" ? [value, value.setter] : []))
    .flatMap((method) => (method?.node.kind === "FunctionDef" ? [method.node] : []));
}

/** The methods which the constructor does not run, or does not run alone. */
function calledLater(methods: readonly FunctionDef[]): FunctionDef[] {
  const isOf = (names: ReadonlySet<string>) => (method: FunctionDef) => names.has(method.name.name);
  const first = new Set(["__init__", "__post_init__"]);
  const byConstructor = reached(methods.filter(isOf(first)), methods);
  const others = methods.filter((method) => !isOf(byConstructor)(method));
  return methods.filter(isOf(reached(others, methods))).filter((method) => !isOf(first)(method));
}

/** Their names, and those of the methods that they call. */
function reached(start: readonly FunctionDef[], methods: readonly FunctionDef[]): Set<string> {
  const found = new Set<string>();
  const rest = [...start];
  for (let method = rest.pop(); method; method = rest.pop()) {
    if (found.has(method.name.name)) continue;
    found.add(method.name.name);
    const { called } = writesOf(method);
    rest.push(...methods.filter(({ name }) => called.has(name.name)));
  }
  return found;
}
