/**
 * What a method may find on its object that was not there when the object was built: `fit` leaves what `predict` reads, and
 * nobody knows in which order they are called.
 */
import { unknown } from "../../ops/value";
import type { FunctionDef, Module } from "../../python/syntax";
import { isKind, walk } from "../../python/visit";
import { classAttribute, linearised } from "../classes/classes";
import { knownItems } from "../collections/lists";
import { holdsParts, isToBeFilled } from "../modules/containers";
import { type Machine } from "../machine";
import { type Scope } from "../memory/scope";
import { heirsOf } from "./openClasses";
import { type Writes, writesOf } from "./writes";
import { type InstanceValue, type Value, knownEntries } from "../values/value";

/**
 * Nothing is known of what another method sets, or a function of the file, nor of what a class that derives from the object's
 * has in its place. For who has to be certain nothing is known either of what they change a part of, of lists and `None` that
 * are there to be filled, of what its parts may have set themselves, and of anything at all where any of them may set anything.
 */
export function loosen(machine: Machine, object: InstanceValue, others: readonly Value[], isCertain: boolean): void {
  const functions = others.flatMap((one) =>
    one.kind === "function" && one.node.kind === "FunctionDef" ? one.node : [],
  );
  for (const one of [...methodsOf(others), ...functions]) machine.record.part.read.add(one);
  const known = new Map<InstanceValue["type"], Changes>();
  const changesOf = (type: InstanceValue["type"]): Changes => {
    const found = known.get(type) ?? changesTo(type, others, functions);
    known.set(type, found);
    return found;
  };
  for (const [one, depth] of isCertain ? withParts(object) : [[object, 0] as const]) {
    loosenObject(one, changesOf(one.type), isCertain, depth);
    loosenCollections(machine, one);
  }
}

/** An object and its parts, the innermost first, with how deep they stand in it. */
function withParts(object: InstanceValue): readonly (readonly [InstanceValue, number])[] {
  const seen = new Set([object.attributes]);
  const found: (readonly [InstanceValue, number])[] = [[object, 0]];
  for (const [one, depth] of found)
    for (const part of depth < deepest ? one.attributes.values() : [])
      if (part.kind === "instance" && !seen.has(part.attributes)) {
        seen.add(part.attributes);
        found.push([part, depth + 1]);
      }
  return found.reverse();
}

/** What may be changed of the objects of a class. */
interface Changes {
  /** The attributes that may be others. */
  readonly names: ReadonlySet<string>;
  /** Those of which a part may be another one. */
  readonly changed: ReadonlySet<string>;
  readonly isAny: boolean;
}

function changesTo(type: InstanceValue["type"], others: readonly Value[], functions: readonly FunctionDef[]): Changes {
  const own = methodsOf(linearised(type));
  const heirs: readonly Value[] = heirsOf(type, others);
  const strangers = others.filter((one) => one.kind === "class" && one !== type && !heirs.includes(one));
  const later = calledLater(own);
  const all = [...later, ...methodsOf(heirs), ...functions].map(writesOf);
  const byStrangers = methodsOf(strangers).flatMap((method) => [...writesOf(method).namesOfOthers]);
  const parts = all.flatMap((one) => [...one.changed, ...one.filled, ...hookedIn(one, own)]);
  return {
    names: new Set([...all.flatMap((one) => [...one.names]), ...byStrangers, ...heirs.flatMap(namesOfHeir)]),
    changed: new Set([...parts, ...handedOver(all, functions)]),
    isAny: later.some((method) => writesOf(method).isAny),
  };
}

function loosenObject(object: InstanceValue, changes: Changes, isCertain: boolean, depth: number): void {
  const { attributes } = object;
  const { names, changed, isAny } = changes;
  const isOpen = ([name, value]: [string, Value]): boolean =>
    isAny || isEmpty(value) || (changed.has(name) && hasParts(value));
  const open = isCertain ? attributes.items().filter(isOpen) : [];
  for (const name of [...names, ...open.map(([own]) => own)])
    if (mayHave(object, name, depth))
      attributes.set(name, unknown(`nobody knows whether something else has set ${name}`));
}

/** A part has what it has; in a container of layers every attribute is one of them. */
function mayHave({ type, attributes, layer }: InstanceValue, name: string, depth: number): boolean {
  const isPlain = depth === 0 && layer.get("layer") === undefined;
  return isPlain || attributes.has(name) || classAttribute(linearised(type), name) !== undefined;
}

/** The attributes with a hook that may give something else: a method that gives nothing leaves the result as it is. */
function hookedIn({ hooked }: Writes, methods: readonly FunctionDef[]): readonly string[] {
  const isSilent = (name: string | undefined): boolean =>
    methods.some((method) => method.name.name === name && !givesSomething(method));
  return hooked.flatMap(({ owners, by }) => (isSilent(by) ? [] : owners));
}

function givesSomething(method: FunctionDef): boolean {
  let found = false as boolean;
  walk(method, (part) => {
    found ||= isKind(part, "Return") && part.value !== undefined;
    return undefined;
  });
  return found;
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
      if (isData(names.get(name)))
        names.set(name, unknown(`nobody knows whether ${one.name.name} has changed ${name}`));
  }
}

/** Who sets something on a library, as `torch.backends.cudnn.benchmark`, leaves its functions as they are. */
const isData = (value: Value | undefined): boolean =>
  value !== undefined && !["import", "external", "file", "function", "class", "method"].includes(value.kind);

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
