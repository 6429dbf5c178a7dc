/** What assigning to an attribute does: storing it, registering it as PyTorch does, running a property, changing a tensor. */
import { forgetLayout } from "../../ops/strides";
import { type TensorValue, type UnknownValue, none } from "../../ops/value";
import { isArray } from "../tensors/arrays";
import { candidatesOf, changeOneOf } from "../values/candidates";
import { alternativesOf } from "../values/choices";
import { classAttribute, forgetObject, isModuleClass, layerOperation, linearised } from "./classes";
import { setByClass } from "./directWrites";
import { storeAsEntry } from "./dictObjects";
import { noteCallbacks } from "../calls/callbacks";
import { callFunction } from "../calls/functions";
import { patch } from "./patches";
import { replaceClass, replaceObject, withoutShape } from "../values/identity";
import { type Machine, type Site, args } from "../machine";
import { markTensor } from "../values/kindNames";
import { setTrainable } from "../modules/moduleMethods";
import { note } from "../calls/operationCalls";
import { setPart } from "../modules/stored";
import { forgetNumbers } from "../tensors/tensorNumbers";
import { type Frame } from "../memory/scope";
import { setMember } from "../values/unknowns";
import { type InstanceValue, type Value } from "../values/value";

export function storeAttribute(machine: Machine, value: Value, name: string, stored: Value, site: Site): void {
  if (value.kind === "unknown" || value.kind === "tensor")
    [value, stored].forEach((part) => {
      forgetNumbers(part);
    });
  if (value.kind === "tensor") markTensor(value);
  if (name === "grad") note(machine, "Tensor.grad=", undefined, args(stored), none, site, value);
  if (isArray(value)) for (const one of [value, ...candidatesOf(value).filter(isArray)]) forgetObject(one);
  else if (value.kind === "instance") setOnInstance(machine, value, name, stored, site);
  else if (value.kind === "unknown") setOnUnknown(machine, value, name, stored, site);
  else if (value.kind === "class") value.attributes.set(name, stored);
  else if (value.kind === "file") value.scope.names.set(name, stored);
  else if (value.kind === "function" || value.kind === "external") patch(machine, value, name, stored);
  else if (value.kind === "tensor" && name === "requires_grad") setTrainable(machine, value, stored);
  else if (value.kind === "tensor" && name === "data")
    forgetLayout(replaceObject(machine, value, withData(value, stored)));
}

/** Which of several objects has been changed, nobody knows. */
function setOnUnknown(machine: Machine, value: UnknownValue, name: string, stored: Value, site: Site): void {
  for (const one of alternativesOf(value) ?? []) if (one.value.kind === "instance") forgetObject(one.value);
  changeOneOf(
    machine,
    value,
    (one) => {
      machine.setAttribute(one, name, stored, site);
    },
    site.scope,
  );
  setMember(machine, value, name, stored);
  noteCallbacks(machine, args(stored), site);
}

function setOnInstance(machine: Machine, value: InstanceValue, name: string, stored: Value, site: Site): void {
  if (name === "__class__") {
    setClass(machine, value, stored, site.scope.frame);
    return;
  }
  if (setByClass(machine, value, name, stored, site)) return;
  const setter = classAttribute(linearised(value.type), "__setattr__");
  if (!setter && isParameterOf(value, name) && stored.kind === "tensor" && !stored.stored)
    machine.record.raise("TypeError");
  if (storeAsEntry(value, name, stored, setter)) return;
  if (setter?.kind === "function")
    callFunction(machine, setter, args(value, { kind: "str", value: name }, stored), site);
  else setPart(value, name, stored);
}

/** PyTorch wants nothing in the place of a parameter but another one, or None. */
function isParameterOf({ attributes, type }: InstanceValue, name: string): boolean {
  const part = isModuleClass(type) ? attributes.get(name) : undefined;
  return part?.kind === "tensor" && part.stored?.kind === "parameter";
}

/** An object that becomes another layer of PyTorch was not built as one; what a constructor makes of its own is not followed. */
function setClass(machine: Machine, value: InstanceValue, type: Value, from: Frame): void {
  for (let frame: Frame | undefined = from; frame; frame = frame.caller) {
    const { receiver } = frame.method ?? {};
    const isOwn = receiver?.kind === "instance" && receiver.attributes === value.attributes;
    if (isOwn && frame.name.endsWith("__init__")) {
      forgetObject(value);
      return;
    }
  }
  const layer = type.kind === "class" ? layerOperation(type) : undefined;
  const isSameLayer = !layer || value.layer.get("layer")?.operation === layer;
  if (type.kind === "class" && isSameLayer) replaceClass(machine, value, type);
  else forgetObject(value);
}

/** `value.data = data`. */
function withData(value: TensorValue, data: Value): TensorValue {
  return data.kind === "tensor" ? { ...value, shape: data.shape, dtype: data.dtype } : withoutShape(value);
}
