/** Calls: functions of the program, objects, classes, and everything outside the program. */
import { apply } from "../ops/apply";
import { isRefusal } from "../ops/call";
import { type Operation } from "../ops/define";
import { findOperation } from "../ops/registry";
import { type BoundCall, bind, parseSignature } from "../ops/signature";
import { type OpValue, type TensorValue, tensor, unknown } from "../ops/value";
import { newRest } from "../shape/shape";
import {
  buildLayer,
  classAttribute,
  instantiate,
  instantiateLayer,
  isModuleClass,
  layerOperation,
  linearised,
  loseTrack,
} from "./classes";
import { callFunction } from "./functions";
import { maybeObject, replaceObject, sameObject, withoutShape } from "./identity";
import { libraryFunctions } from "./libraries";
import { type Arguments, type Machine, type ProducedBy, type Site, args } from "./machine";
import { methods } from "./methods";
import { changesNothing, handOver } from "./handOver";
import { sameShape } from "./join";
import { hookedBefore, hookedBehind } from "./containerMethods";
import { moduleMethods } from "./moduleMethods";
import { childrenOf } from "./sequences";
import {
  type ExternalValue,
  type InstanceValue,
  type Layer,
  type Value,
  external,
  forget,
  fromOpValue,
  toOpValue,
} from "./value";

export function callValue(machine: Machine, callee: Value, given: Arguments, site: Site): Value {
  switch (callee.kind) {
    case "function":
      return callFunction(machine, callee, given, site);
    case "method":
      return callMethod(machine, callee, given, site);
    case "class":
      return instantiate(machine, callee, given, site);
    case "instance":
      return callInstance(machine, callee, given, site);
    case "external":
      return callExternal(machine, callee, given, site);
    case "unknown":
      handOver(given);
      return { kind: "unknown", reason: callee.reason };
    default:
      return unknown("it cannot be called");
  }
}

function withReceiver(receiver: Value, given: Arguments): Arguments {
  return { ...given, positional: [receiver, ...given.positional] };
}

function callMethod(
  machine: Machine,
  { receiver, callee }: Value & { kind: "method" },
  given: Arguments,
  site: Site,
): Value {
  if (callee.kind === "function") return callFunction(machine, callee, withReceiver(receiver, given), site);
  const name = callee.name.split(".").at(-1)!;
  if (receiver.kind === "instance" && isModuleClass(receiver.type))
    return callModuleMethod(machine, receiver, callee.name, name, given, site);
  const changes = (receiver.kind === "list" || receiver.kind === "dict") && !readingMethods.has(name);
  if (changes && (given.open || !methods.has(callee.name))) forget(receiver);
  const value = callExternal(machine, callee, withReceiver(receiver, given), site, receiver);
  if (receiver.kind !== "tensor") return value;
  if (perhapsItself.test(name) && value.kind === "tensor") return maybeObject({ ...value }, value, receiver);
  return name.endsWith("_") && !name.endsWith("__") ? inPlace(name, receiver, value) : value;
}

/** Methods of lists and dicts that change nothing. */
const readingMethods = new Set(["index", "count", "copy", "keys", "values", "items", "get"]);

/** Methods of `nn.Module`, and those of PyTorch's layers that a class calls through `super()`. */
function callModuleMethod(
  machine: Machine,
  receiver: InstanceValue,
  qualified: string,
  name: string,
  given: Arguments,
  site: Site,
): Value {
  const operation = findOperation(qualified.slice(0, -name.length - 1));
  if (name === "__init__" && operation?.kind === "module") {
    buildLayer(machine, receiver, operation, given, site);
    return { kind: "none" };
  }
  if ((name === "forward" || name === "__call__") && operation)
    return runLayer(machine, receiver, operation, given, site);
  const method = given.open ? undefined : moduleMethods.get(name);
  if (!method && receiver.type.kind === "external") loseTrack(receiver, `what ${name} does to it is not modelled`);
  return method ? method(machine, receiver, given, site) : unknown(`the method ${name} is not modelled`);
}

/** Methods that change the tensor's shape in place. */
const reshaping = new Set([
  "resize_",
  "resize_as_",
  "t_",
  "transpose_",
  "squeeze_",
  "unsqueeze_",
  "swapaxes_",
  "swapdims_",
  "set_",
  "as_strided_",
  "movedim_",
]);

/** Methods that give the tensor itself back where it is as they would make it. */
const perhapsItself =
  /^(contiguous|to|type|type_as|float|double|half|bfloat16|long|int|bool|cpu|cuda|positive|resolve_conj)$/;

/** `x.relu_()` gives its own tensor back. */
function inPlace(name: string, receiver: Value & { kind: "tensor" }, value: Value): Value {
  if (reshaping.has(name) || value.kind !== "tensor") return value;
  return sameObject({ ...receiver, producer: value.producer }, receiver);
}

// Objects

function callInstance(machine: Machine, instance: InstanceValue, given: Arguments, site: Site): Value {
  if (!isModuleClass(instance.type)) {
    const callee = classAttribute(linearised(instance.type), "__call__");
    return callee?.kind === "function"
      ? callFunction(machine, callee, withReceiver(instance, given), site)
      : unknown("what calling the object does is not known");
  }
  const ownCall = classAttribute(linearised(instance.type), "__call__");
  if (ownCall?.kind === "function") return callFunction(machine, ownCall, withReceiver(instance, given), site);
  if (isFedByUnknowns(machine, instance, given)) return assumedOutput(machine, instance, given, site);
  if (instance.attributes.has(hookedBefore)) return unknown("a hook may change the input");
  machine.record.running.push(instance);
  const forwarded = runModuleForward(machine, instance, given, site);
  const output = instance.attributes.has(hookedBehind) ? unknown("a hook may change the output") : forwarded;
  machine.record.running.pop();
  const origin = { path: site.scope.frame.path, span: site.node };
  const inputs = [...given.positional, ...given.keywords.values()];
  if (machine.record.muted === 0) machine.record.moduleCalls.push({ module: instance, inputs, output, origin });
  return output;
}

/** The program calls its model with what a data loader gave, say. */
function isFedByUnknowns({ record }: Machine, instance: InstanceValue, given: Arguments): boolean {
  const inputs = [...given.positional, ...given.keywords.values()];
  const isOpen = given.open || inputs.length === 0 || inputs.some(({ kind }) => kind !== "unknown");
  return !isOpen && instance.type.kind === "class" && record.running.length === 0 && record.muted === 0;
}

/**
 * The output for inputs of which nothing is assumed but that they are tensors. The call leaves no record: as far as the
 * record goes, the model is still to be run, with such inputs, outside of every branch and loop.
 */
function assumedOutput(machine: Machine, instance: InstanceValue, given: Arguments, site: Site): Value {
  machine.record.muted++;
  const assumed: Arguments = {
    positional: given.positional.map(anyTensor),
    keywords: new Map([...given.keywords.keys()].map((name) => [name, anyTensor()])),
    open: false,
  };
  const output = callInstance(machine, instance, assumed, site);
  machine.record.muted--;
  return output;
}

function anyTensor(): TensorValue {
  return tensor([newRest("free")], undefined);
}

/** The `forward` of the program's class, else that of the layer it is or derives from. */
function runModuleForward(machine: Machine, instance: InstanceValue, given: Arguments, site: Site): Value {
  const forward = classAttribute(linearised(instance.type), "forward") ?? instance.attributes.get("forward");
  if (forward?.kind === "function") return callFunction(machine, forward, withReceiver(instance, given), site);
  const operation = layerOperation(instance.type);
  return operation
    ? runLayer(machine, instance, operation, given, site)
    : unknown("what calling the module does is not known");
}

const forwardOfOne = parseSignature("forward(input)");

/** Runs PyTorch's own `forward` of a layer. */
function runLayer(
  machine: Machine,
  instance: InstanceValue,
  operation: Operation,
  given: Arguments,
  site: Site,
): Value {
  if (operation.signature.name === "nn.Sequential") return runSequential(machine, instance, given, site);
  const layer = instance.layer.get("layer");
  if (!layer || given.open) return unknown("the layer's arguments are not known");
  if (isAltered(machine, instance, layer)) return unknown("a parameter of the layer was replaced");
  const bound = bindValues(operation.forward ?? forwardOfOne, given);
  if (typeof bound === "string") return unknown(bound);
  const merged: BoundCall = { ...layer.call, values: new Map([...layer.call.values, ...bound.values]) };
  return runOperation(machine, operation, merged, [...bound.values.values()], given, site, instance);
}

/** Whether a parameter has not the shape any more that the layer's arguments say. */
function isAltered({ facts }: Machine, { attributes }: InstanceValue, { built }: Layer): boolean {
  return [...built].some(([name, { shape }]) => {
    const own = attributes.get(name);
    if (own?.kind === "none") return false;
    return own?.kind !== "tensor" || !sameShape(facts.resolveShape(own.shape), facts.resolveShape(shape));
  });
}

function runSequential(machine: Machine, instance: InstanceValue, given: Arguments, site: Site): Value {
  const children = childrenOf(instance);
  if (!children) return unknown("the layers of the container are not known");
  const run = (input: Arguments, child: Value): Arguments => args(machine.call(child, input, site));
  return children.reduce(run, given).positional[0] ?? unknown("it gets no input");
}

// Outside the program

function callExternal(machine: Machine, callee: ExternalValue, given: Arguments, site: Site, receiver?: Value): Value {
  const [first, ...others] = given.positional;
  const method = /^torch\.nn\.[A-Z]\w*\.(\w+)$/.exec(callee.name)?.[1];
  if (method && !receiver && first?.kind === "instance" && isModuleClass(first.type))
    return callModuleMethod(machine, first, callee.name, method, { ...given, positional: others }, site);
  // `list.append(items, 5)` is `items.append(5)`.
  const name = callee.name.replace(/^builtins\.(list|dict|str)\.(?=\w+$)/, "$1.");
  const result = externalResult(machine, name, given, site);
  if (!result && !receiver && !changesNothing(name)) handOver(given);
  const value = result ?? unknown(`${callee.name} is not modelled`);
  if (!findOperation(callee.name)) note(machine, callee.name, undefined, given, value, site, receiver);
  return value;
}

function externalResult(machine: Machine, name: string, given: Arguments, site: Site): Value | undefined {
  const known = machine.functions.get(name) ?? libraryFunctions.get(name) ?? methods.get(name);
  if (known) return given.open ? unknown("the arguments are not known") : known(machine, given, site);
  const operation = findOperation(name);
  if (operation?.kind === "module") return instantiateLayer(machine, external(name), operation, given, site);
  if (operation) return callOperation(machine, operation, given, site);
  return name === "torch.nn.Module" ? undefined : inPlaceOperation(machine, name, given, site);
}

/** `Tensor.relu_`, `torch.nn.init.normal_`: the tensor itself, with what its out-of-place twin computes noted. */
function inPlaceOperation(machine: Machine, name: string, given: Arguments, site: Site): Value | undefined {
  const [first] = given.positional;
  const isInPlace = /^(torch\.|Tensor\.).*[^_]_$/.test(name) && first?.kind === "tensor";
  if (!isInPlace) return undefined;
  const method = name.split(".").at(-1)!;
  if (reshaping.has(method)) return reshapedInPlace(machine, first, method, given, site);
  const result = machine.produced(first, name.slice(0, -1), [first], site);
  return sameObject(first.stored ? { ...result, stored: first.stored } : result, first);
}

/** What the out-of-place twin gives is from now on what every variable holds that held the tensor. */
function reshapedInPlace(
  machine: Machine,
  receiver: TensorValue,
  method: string,
  given: Arguments,
  site: Site,
): TensorValue {
  const twin = findOperation(`Tensor.${method.slice(0, -1)}`);
  const result = twin && callOperation(machine, twin, given, site);
  const stored = receiver.stored && { stored: receiver.stored };
  const after = result?.kind === "tensor" ? { ...result, ...stored } : withoutShape(receiver);
  return replaceObject(machine, receiver, after);
}

function callOperation(machine: Machine, operation: Operation, given: Arguments, site: Site): Value {
  if (given.open) return unknown("the arguments are not known");
  const bound = bindValues(operation.signature, given);
  if (typeof bound === "string") return unknown(bound);
  const inputs = [...bound.values.values()];
  return runOperation(machine, operation, bound, inputs, given, site);
}

function bindValues(signature: Operation["signature"], given: Arguments): BoundCall | string {
  return bind(
    signature,
    given.positional.map((value) => toOpValue(value)),
    new Map([...given.keywords].map(([name, value]) => [name, toOpValue(value)])),
  );
}

function runOperation(
  machine: Machine,
  operation: Operation,
  bound: BoundCall,
  inputs: readonly OpValue[],
  given: Arguments,
  site: Site,
  layer?: InstanceValue,
): Value {
  const name = operation.qualifiedName;
  const { outcome, macs } = apply(
    operation,
    { name: operation.signature.name, ...bound, facts: machine.facts },
    inputs,
  );
  if (isRefusal(outcome)) {
    machine.record.refuse(name, outcome, { path: site.scope.frame.path, span: site.node }, layer);
    return unknown("the shapes do not fit");
  }
  const tensors = [...given.positional, ...given.keywords.values()];
  const value = fromOpValue(outcome);
  const output = history(machine, value, name, tensors, site, { layer, values: bound.values });
  machine.record.count(macs);
  note(machine, name, bound.values, given, output, site, layer ?? given.positional[0]);
  return output;
}

function history(
  machine: Machine,
  value: Value,
  name: string,
  inputs: readonly Value[],
  site: Site,
  by: ProducedBy,
): Value {
  if (value.kind === "tensor") return machine.produced(value, name, inputs, site, by);
  if (value.kind === "tuple")
    return { kind: "tuple", items: value.items.map((item) => history(machine, item, name, inputs, site, by)) };
  return value;
}

function note(
  machine: Machine,
  operation: string,
  values: ReadonlyMap<string, OpValue> | undefined,
  given: Arguments,
  result: Value,
  site: Site,
  receiver: Value | undefined,
): void {
  if (machine.record.muted > 0) return;
  machine.record.calls.push({
    operation,
    values: values ?? new Map(),
    positional: given.positional,
    keywords: given.keywords,
    receiver,
    result,
    origin: { path: site.scope.frame.path, span: site.node },
  });
}
