/** What Python refuses before PyTorch is asked: an attribute that nothing sets, arguments that a call lacks or that nobody takes. */
import { type Refusal } from "../../ops/call";
import { type Signature, lackingIn, strangeIn } from "../../ops/signature";
import { refusedKinds } from "../../ops/tensorsWanted";
import { type OpValue } from "../../ops/value";
import { findOperation } from "../../ops/registry";
import { type Arguments, type Machine, type Site } from "../machine";
import type { Call, Expression } from "../../python/syntax";
import { moduleMethods } from "../modules/moduleMethods";
import { surelyLacks } from "../classes/absence";
import { classAttribute, isModuleClass, linearised } from "../classes/classes";
import { isDoubtful } from "../values/doubts";
import { similar } from "../values/similar";
import { askedAsTensor, isToTell } from "./takenForTensors";
import { meantBy } from "./misspelt";
import {
  type ClassValue,
  type ExternalValue,
  type FunctionValue,
  type InstanceValue,
  type Value,
} from "../values/value";

/**
 * Puts on record that an object of the program, PyTorch, a tensor or what is taken for one surely has no such attribute.
 * `found` is what the attribute is taken for: nothing that is known, or something of a library.
 */
export function refuseAttribute(machine: Machine, value: Value, name: string, found: Value, site: Site): void {
  if (machine.record.uncertainty > 0) return;
  if (value.kind === "instance" && found.kind === "unknown")
    (value.type.kind === "class" ? refuseOfObject : refuseOfLayer)(machine, value, name, site);
  const isOutside = found.kind === "unknown" || found.kind === "external" || found.kind === "method";
  const meant = isOutside && !isDoubtful(value) ? meantBy(value, name) : undefined;
  if (meant) machine.record.refuse(meant.owner, lacks(name, meant.name), site);
  const plain = isOutside ? askedAsTensor(value, name) : undefined;
  if (plain !== undefined && isToTell(value, site)) machine.record.refuse(plain, lacks(name, undefined), site);
}

/** `fc2` beside `fc` and `convs` beside `conv` are no slips of the pen: a class that derives from this one may have them. */
function isOneOfMany(name: string, other: string): boolean {
  const stem = (text: string): string => text.replace(/_?\d+$|e?s$/, "");
  return stem(name) === stem(other);
}

/** Of a layer of PyTorch only a slip of the pen; what a normalisation of its weight adds is none. */
function refuseOfLayer(machine: Machine, value: InstanceValue, name: string, site: Site): void {
  const layer = value.layer.get("layer");
  if (!layer || /^(weight|bias)_/.test(name) || !surelyLacks(value, name)) return;
  const best = similar(name, [...value.attributes.keys(), ...layer.call.values.keys(), ...methodsLike(name)]);
  if (best !== undefined) machine.record.refuse(layer.operation.signature.name, lacks(name, best), site);
}

/** The methods of modules that a name may mean: what a wrapper holds as its `module` is asked for as well. */
const methodsLike = (name: string): readonly string[] => (name === "module" ? [] : [...moduleMethods.keys()]);

/** Of other objects than modules only a slip of the pen is told, and none where nobody says of which class they are. */
function refuseOfObject(machine: Machine, value: InstanceValue, name: string, site: Site): void {
  const { type } = value;
  if (type.kind !== "class" || !linearised(type).every(isFollowed) || !surelyLacks(value, name)) return;
  const best = similar(name, [...namesOf(value), ...(isModuleClass(type) ? methodsLike(name) : [])]);
  if (!isModuleClass(type) && (best === undefined || site.scope.frame.entered)) return;
  if (site.scope.frame.entered && best !== undefined && isOneOfMany(name, best)) return;
  // Where nobody calls the method, who does may be of a class that derives from this one, or set the attribute before.
  const isBase = linearised(type).filter(({ kind }) => kind === "class").length > 1;
  if (site.scope.frame.entered && (best === undefined || isBase)) return;
  machine.record.refuse(type.name, lacks(name, best), site);
}

/** Frameworks and PyTorch's layers have many names that are not listed. */
const isFollowed = (base: ClassValue | ExternalValue): boolean =>
  base.kind === "class" ||
  /^(torch\.nn(\.modules(\.module)?)?\.Module|builtins\.object|abc\.ABC|typing\.Generic|torch\.utils\.data\.Dataset)$/.test(
    base.name,
  );

const isOfPyTorch = (base: ClassValue | ExternalValue): boolean =>
  isFollowed(base) || (base.kind === "external" && findOperation(base.name)?.kind === "module");

const lacks = (name: string, best: string | undefined): Refusal => ({
  ...refused("has no attribute:", withSimilar(name, best)),
  about: "attributes",
  name,
});

/** Likewise that the arguments of a call are not those of the program's function, class or model. */
export function refuseArguments(machine: Machine, callee: Value, given: Arguments, site: Site): void {
  const target = given.open ? undefined : targetOf(callee);
  const refusal = target && misfit(target.run, given, target.receivers);
  if (refusal) refuseCall(machine, target.name, refusal, site);
}

/**
 * And that a layer or a function of PyTorch lacks an argument, which it has no default for, or is given one that looks like
 * another by a slip of the pen: newer versions have more of them.
 */
export function refuseUnbound(
  machine: Machine,
  name: string,
  signature: Signature,
  { positional, keywords, open }: Arguments,
  site: Site,
): void {
  if (open || severalForms.test(name)) return;
  const named = [...keywords.keys()];
  const lacking = lackingIn(signature, positional.length, named, isLayer.test(name));
  if (lacking !== undefined) refuseLacking(machine, name, lacking, site);
  const others = signature.parameters.map((parameter) => parameter.name).filter((one) => !keywords.has(one));
  for (const given of strangeIn(signature, named)) {
    const best = given.length < shortestName ? undefined : similar(given, others);
    if (best !== undefined) refuseCall(machine, name, refused("has no argument:", withSimilar(given, best)), site);
  }
}

/** Written in Python, with the one signature that they have. */
const isLayer = /^torch\.nn\.[A-Z]/;

/** Functions that are called in several ways, of which a signature says one. */
const severalForms = /^torch\.(isin|result_type|can_cast|atleast_\dd|sparse_\w+|repeat_interleave|range|normal)$/;

/** Of short names many look alike. */
const shortestName = 3;

/** Likewise that it is given something else where it wants a tensor. */
export function refuseKinds(machine: Machine, name: string, values: ReadonlyMap<string, OpValue>, site: Site): boolean {
  const refusal = refusedKinds(name, values);
  if (refusal) refuseCall(machine, name, refusal, site);
  return refusal !== undefined;
}

/** That a call lacks a value for a parameter. */
export function refuseLacking(machine: Machine, name: string, parameter: string, site: Site): void {
  refuseCall(machine, name, refused(`expects a value for ${parameter}`, "none"), site);
}

/** That nobody takes one of the named arguments. */
export function refuseStrange(
  machine: Machine,
  name: string,
  given: string,
  taken: readonly string[],
  site: Site,
): void {
  refuseCall(machine, name, refused("has no argument:", withSimilar(given, similar(given, taken))), site);
}

function refuseCall({ record }: Machine, name: string, refusal: Refusal, site: Site): void {
  if (record.uncertainty === 0 && isAsWritten(site)) record.refuse(name, { ...refusal, about: "arguments" }, site);
}

/** Of what nobody calls it is not known what it hands on: `super().__init__(*args, **kwargs)`. */
function isAsWritten({ node, scope, entry }: Site): boolean {
  if (!entry && !scope.frame.entered) return true;
  const call = node as Partial<Call>;
  const isWhole = call.kind === "Call" && call.keywords!.every(({ name }) => name !== undefined);
  return isWhole && call.args!.every(({ kind }) => kind !== "Starred");
}

interface Target {
  readonly run: FunctionValue;
  readonly name: string;
  /** How many arguments come in front of those that are written. */
  readonly receivers: 0 | 1;
}

function targetOf(callee: Value): Target | undefined {
  if (callee.kind === "function") return targetAt(callee, callee.name, 0);
  if (callee.kind === "method" && callee.callee.kind === "function")
    return targetAt(callee.callee, callee.callee.name, 1);
  if (callee.kind === "class") return constructorOf(callee);
  if (callee.kind !== "instance") return undefined;
  return isModuleClass(callee.type) ? forwardOf(callee) : calledOf(callee);
}

/** Functions that decorators stand in front of may be given other arguments. */
function targetAt(run: FunctionValue, name: string, receivers: 0 | 1): Target | undefined {
  const isPlain = run.node.kind === "FunctionDef" && run.node.decorators.every(keepsArguments) && !run.wrapped;
  return isPlain ? { run, name, receivers } : undefined;
}

/** `@staticmethod`, `@torch.no_grad()`. */
function keepsArguments(decorator: Expression): boolean {
  const called = decorator.kind === "Call" ? decorator.callee : decorator;
  const name = called.kind === "Attribute" ? called.attribute.name : called.kind === "Name" ? called.id : "";
  return /^(static|class)method$/.test(name)
    ? decorator === called
    : /^(no_grad|enable_grad|inference_mode)$/.test(name);
}

function constructorOf(type: ClassValue): Target | undefined {
  const order = linearised(type);
  const isPlain = order.every(isOfPyTorch) && type.node.decorators.length === 0;
  if (
    !isPlain ||
    type.node.keywords.length > 0 ||
    ["__new__", "__class_getitem__"].some((name) => classAttribute(order, name))
  )
    return undefined;
  const run = classAttribute(order, "__init__");
  return run?.kind === "function" ? targetAt(run, type.name, 1) : undefined;
}

/** The `__call__` of an object that is no module. */
function calledOf({ type }: InstanceValue): Target | undefined {
  const order = linearised(type);
  const run = order.every(isFollowed) ? classAttribute(order, "__call__") : undefined;
  return run?.kind === "function" ? targetAt(run, type.name, 1) : undefined;
}

function forwardOf(model: InstanceValue): Target | undefined {
  const { type, attributes } = model;
  const order = linearised(type);
  if (type.kind !== "class" || !isModuleClass(type) || !order.every(isOfPyTorch)) return undefined;
  if (["__call__", "__getattribute__"].some((name) => classAttribute(order, name))) return undefined;
  const isOwn = attributes.has("forward") || attributes.keys().some((name) => name.startsWith("?"));
  const run = isOwn ? undefined : classAttribute(order, "forward");
  return run?.kind === "function" ? targetAt(run, `${type.name}.forward`, 1) : undefined;
}

/** How the arguments differ from what a function takes; undefined where they do not. */
function misfit({ node, defaults }: FunctionValue, given: Arguments, receivers: 0 | 1): Refusal | undefined {
  const { parameters } = node;
  const count = given.positional.length + receivers;
  const byPlace = parameters.filter(({ kind }) => kind === "positional-only" || kind === "ordinary");
  const named = parameters.filter(({ kind }) => kind === "ordinary" || kind === "keyword-only");
  const names = named.map(({ name }) => name.name);
  const strange = [...given.keywords.keys()].find((name) => !names.includes(name));
  if (strange !== undefined && !parameters.some(({ kind }) => kind === "keywords"))
    return refused("has no argument:", withSimilar(strange, similar(strange, names)));
  if (count > byPlace.length && !parameters.some(({ kind }) => kind === "variadic")) {
    const most = byPlace.length - receivers;
    return refused(`expects at most ${most} ${most === 1 ? "argument" : "arguments"}`, String(given.positional.length));
  }
  const isGiven = ({ name }: (typeof parameters)[number], place: number): boolean =>
    (place >= 0 && place < count) || given.keywords.has(name.name) || defaults.has(name.name);
  const lacking = [...byPlace, ...named].find((one) => !isGiven(one, byPlace.indexOf(one)));
  return lacking && refused(`expects a value for ${lacking.name.name}`, "none");
}

const refused = (expects: string, gets: string): Refusal => ({ kind: "refused", expects, gets });

/** `fc3 (it has fc2)`. */
function withSimilar(name: string, best: string | undefined): string {
  return best === undefined ? name : `${name} (it has ${best})`;
}

function namesOf({ type, attributes }: InstanceValue): string[] {
  const ofClasses = linearised(type).flatMap((base) => (base.kind === "class" ? base.attributes.keys() : []));
  return [...attributes.keys(), ...ofClasses].filter((name) => /^[a-z]\w*$/i.test(name));
}
