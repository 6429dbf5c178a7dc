/** Building objects: a class that is called, PyTorch's layers with what they store, containers with what they hold. */
import { construct } from "../../ops/apply";
import { isRefusal } from "../../ops/call";
import { refuseUnbound } from "./refusedByPython";
import { type Operation } from "../../ops/define";
import { bind } from "../../ops/signature";
import { isRest } from "../../shape/shape";
import { type TensorValue, tensorOf, unknown } from "../../ops/value";
import { buildChildren } from "../modules/children";
import {
  classAttribute,
  decoratedUnknown,
  hasUnknownBase,
  layerOperation,
  linearised,
  loseTrack,
  membersName,
  metaclassName,
  newInstance,
} from "../classes/classes";
import { ofType } from "../modules/moduleTypes";
import { type Arguments, type Machine, type Site, withReceiver } from "../machine";
import { dictMethod, namespaces } from "../classes/dictObjects";
import { buildDerivedTuple, buildNamedTuple, tupleBase } from "../library/collections";
import { memberWith } from "../library/enum";
import { holdOpen } from "../modules/containers";
import { keptArguments } from "../modules/layerSettings";
import { itemsFrom, elementsOf } from "../collections/elements";
import { setPart, storedTensor } from "../modules/stored";
import { fromOpValue, toOpValue } from "../tensors/opValues";
import {
  type ClassValue,
  type ExternalValue,
  type InstanceValue,
  type Layer,
  type PartialValue,
  type Value,
  external,
} from "../values/value";

/** Calls a class of the program, as its metaclass says if that has a way of its own. */
export function instantiate(machine: Machine, type: ClassValue, args: Arguments, site: Site): Value {
  const metaclass = classAttribute(linearised(type), metaclassName);
  const own = metaclass?.kind === "class" ? classAttribute(linearised(metaclass), "__call__") : undefined;
  return own?.kind === "function"
    ? machine.call(own, withReceiver(type, args), site)
    : makeObject(machine, type, args, site);
}

/** Makes an object and runs `__init__`. */
export function makeObject(machine: Machine, type: ClassValue, args: Arguments, site: Site): Value {
  const order = linearised(type);
  if (order.some((base) => base.kind === "external" && base.name === "typing.NamedTuple"))
    return buildNamedTuple(type, args);
  const tuple = tupleBase(type);
  if (tuple) return newTuple(machine, tuple, type, args, site);
  if (type.attributes.has(membersName)) return memberWith(type, args.positional[0], machine.facts);
  const unknownDecorator = classAttribute(order, decoratedUnknown) !== undefined;
  const initialise = classAttribute(order, "__init__");
  const maker = classAttribute(order, "__new__");
  const hidden = hasUnknownBase(type) || (maker !== undefined && maker.kind !== "function");
  if (initialise ? !isInitialiser(initialise) : unknownDecorator || hidden)
    return unknown(`how ${type.name} is built is not known`);
  const instance =
    maker?.kind === "function" ? machine.call(maker, withReceiver(type, args), site) : newInstance(machine, type, site);
  // What is made may be of another class, which is no affair of this one.
  if (instance.kind !== "instance" || instance.type !== type) return instance;
  if (hidden) loseTrack(instance, "a base class is not known");
  if (initialise) {
    const done = machine.call(initialise, withReceiver(instance, args), site);
    if (done.kind === "unknown") loseTrack(instance, done.reason);
  } else if (dictMethod(instance, "update")) {
    machine.call(dictMethod(instance, "update")!, args, site);
  } else if (namesKeeper(order)) {
    const callee = external(`${namesKeeper(order)!.name}.__init__`);
    machine.call({ kind: "method", receiver: instance, callee }, args, site);
  } else {
    const operation = layerOperation(type);
    if (operation && !buildLayer(machine, instance, operation, args, site))
      return unknown(`${type.name} cannot be built`);
  }
  return instance;
}

/** An object of a class that derives from a named tuple: by the class's own `__new__`, or of the fields. */
function newTuple(machine: Machine, tuple: PartialValue, type: ClassValue, args: Arguments, site: Site): Value {
  const own = type.attributes.get("__new__");
  if (own?.kind === "function") return machine.call(own, withReceiver(type, args), site);
  return own ? unknown(`how ${type.name} is built is not known`) : buildDerivedTuple(machine, tuple, type, args, site);
}

/** The base whose objects have what their constructor's keywords say. */
function namesKeeper(order: readonly (ClassValue | ExternalValue)[]): ExternalValue | undefined {
  return order.find((base): base is ExternalValue => base.kind === "external" && namespaces.has(base.name));
}

/** A function of the program, or one that a decorator made. */
function isInitialiser(value: Value): boolean {
  return value.kind === "function" || value.kind === "partial";
}

/** Makes an object a layer of PyTorch: its arguments are bound, its parameters registered. False where it is refused. */
export function buildLayer(
  machine: Machine,
  instance: InstanceValue,
  operation: Operation,
  args: Arguments,
  site: Site,
): boolean {
  const keywords = new Map([...args.keywords].map(([name, value]) => [name, toOpValue(value)]));
  const bound = bind(
    operation.signature,
    args.positional.map((value) => toOpValue(value)),
    keywords,
  );
  const { rest } = args;
  const isChain = rest && args.positional.length === 0 && args.keywords.size === 0;
  if (isChain && operation.qualifiedName === "torch.nn.Sequential") {
    loseTrack(instance, "how many layers it has is not known");
    instance.layer.set("layer", { operation, call: { values: new Map(), given: new Set() }, built: new Map() });
    holdOpen(instance, rest);
    return true;
  }
  if (typeof bound === "string" || args.open) {
    if (!args.open) machine.record.raise("TypeError");
    refuseUnbound(machine, operation.qualifiedName, operation.signature, args, site);
    loseTrack(instance, "the arguments of its constructor are not known");
    return false;
  }
  const call = { name: operation.signature.name, values: bound.values, given: bound.given, facts: machine.facts };
  const stored = construct(operation, call);
  if (isRefusal(stored)) {
    machine.record.refuse(operation.qualifiedName, stored, site, instance);
    loseTrack(instance, "it cannot be built like this");
    return false;
  }
  const layer: Layer = { operation, call: bound, built: stored.parameters };
  instance.layer.set("layer", layer);
  // What a derived class has set before is written over.
  for (const name of keptArguments(layer)) if (instance.attributes.has(name)) instance.attributes.delete(name);
  for (const { shape } of stored.parameters.values()) {
    machine.facts.noteNumbers(shape);
    for (const axis of shape) if (!isRest(axis)) machine.facts.assumeSize(axis);
  }
  const type = keywords.get("dtype");
  const isTyped = type !== undefined && type.kind !== "none";
  const inType = (value: TensorValue): TensorValue =>
    isTyped ? tensorOf(value.shape, type.kind === "dtype" ? type.dtype : undefined, undefined, undefined) : value;
  for (const [name, value] of stored.parameters)
    instance.attributes.set(name, storedTensor(inType(value), "parameter"));
  for (const [name, value] of stored.buffers)
    instance.attributes.set(
      name,
      storedTensor((value.dtype ?? "").includes("float") ? inType(value) : value, "buffer"),
    );
  for (const [name, value] of stored.attributes) instance.attributes.set(name, fromOpValue(value));
  if (operation.becomes) loseTrack(instance, "its sizes are known when it is called first");
  if (!stored.complete) loseTrack(instance, "how many layers it stacks is not known");
  fillContainer(machine, instance, operation, args);
  if (!buildChildren(machine, instance, operation, bound, args, site))
    loseTrack(instance, "the layers inside of it are not known");
  if (isTyped) ofType(instance, type.kind === "dtype" ? type.dtype : undefined);
  return true;
}

/** The layers handed to a container become its children, by number or by name. */
function fillContainer(machine: Machine, instance: InstanceValue, operation: Operation, args: Arguments): void {
  const name = operation.signature.name;
  if (!["nn.Sequential", "nn.ModuleList", "nn.ModuleDict", "nn.ParameterList", "nn.ParameterDict"].includes(name))
    return;
  const [given] = [args.positional[0], ...args.keywords.values()].filter((value) => value !== undefined);
  const first = given?.kind === "none" ? undefined : given;
  if (first?.kind === "dict") {
    for (const { key, value, maybe } of first.entries.values()) {
      if (key.kind === "str" && key.value !== undefined && !maybe) setPart(instance, key.value, value);
      else loseTrack(instance, "the layers of the container are not known");
    }
    return;
  }
  const children = name === "nn.Sequential" ? args.positional : first ? elementsOf(machine, first) : [];
  if (children && name.endsWith("Dict")) {
    for (const pair of children) setPair(machine, instance, pair);
    return;
  }
  if (!children) {
    loseTrack(instance, "the layers of the container are not known");
    if (first) holdOpen(instance, itemsFrom(machine, first));
    return;
  }
  children.forEach((child, index) => {
    setPart(instance, String(index), child);
  });
}

/** Puts a layer under its name into a container. */
export function setPair(machine: Machine, container: InstanceValue, pair: Value): void {
  const [key, child] = elementsOf(machine, pair) ?? [];
  if (key?.kind === "str" && key.value !== undefined && child) setPart(container, key.value, child);
  else loseTrack(container, "the layers of the container are not known");
}

/** Calls a class of PyTorch that is a layer. */
export function instantiateLayer(
  machine: Machine,
  type: ExternalValue,
  operation: Operation,
  args: Arguments,
  site: Site,
): Value {
  const instance = newInstance(machine, type, site);
  // Of a layer with arguments that are not known it is known all the same that it is one.
  return buildLayer(machine, instance, operation, args, site) || args.open
    ? instance
    : unknown(`${operation.signature.name} cannot be built like this`);
}
