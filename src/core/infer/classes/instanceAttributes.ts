/** What an object, or the class behind the one whose method is running, has behind a dot. */
import { surelyLacks } from "./absence";
import { type Operation } from "../../ops/define";
import { type OpValue, bool, none, str, unknown } from "../../ops/value";
import { findOperation } from "../../ops/registry";
import { beside, forgotten, classAttribute, hasUnknownBase, isModule, isModuleClass, linearised } from "./classes";
import { attributeOfArray } from "../tensors/arrayAttributes";
import { objectMaker, ofEveryObject } from "./classMembers";
import { type Machine, type Site, args } from "../machine";
import { dictBases, dictMethod, entryAsAttribute, namespaces } from "./dictObjects";
import { followImport } from "../imports/imports";
import { dictOfObject } from "./objectDicts";
import { ownMethod } from "./specialMethods";
import { namedTupleNew, tupleBase } from "../library/collections";
import { lightningMethod } from "../library/lightning";
import { trainingMethod } from "../library/training";
import { moduleMethods } from "../modules/moduleMethods";
import { type Frame } from "../memory/scope";
import { libraryFunctions } from "../imports/libraries";
import { fromOpValue } from "../tensors/opValues";
import {
  type ClassValue,
  type ExternalValue,
  type FunctionValue,
  type InstanceValue,
  type SuperValue,
  type Value,
  external,
} from "../values/value";

const isPlainData = ({ kind }: Value): boolean =>
  ["int", "float", "bool", "str", "none", "tuple", "list", "dict", "tensor"].includes(kind);

/** Set on the object, else found in its class; a property is run, and goes before what was set. */
export function instanceAttribute(machine: Machine, value: InstanceValue, name: string, site: Site): Value {
  const asked = classAttribute(linearised(value.type), "__getattribute__");
  if (asked?.kind === "function" && !name.startsWith("__") && !isAsking(asked, value, site.scope.frame))
    return machine.call(asked, args(value, str(name)), site);
  const own = value.attributes.get(name);
  const found = classAttribute(linearised(value.type), name);
  if (own?.kind === "import")
    return machine.nested(() => followImport(machine, own)) ?? unknown("it is nested too deeply");
  const descriptor = found && ownMethod(found, "__get__");
  if (descriptor && !(own && !ownMethod(found, "__set__")))
    return machine.call(descriptor, args(found, value, value.type), site);
  const isProperty = found?.kind === "function" && found.decorator === "property";
  if (own && !(isProperty && !found.isKept)) return own;
  if (isProperty && found.isKept) {
    const kept = machine.call(found, args(value), site);
    // A module keeps it beside its parts: what it would register is made anew.
    const isPart = isModule(kept) || (kept.kind === "tensor" && kept.stored !== undefined);
    if (!isPart || !isModuleClass(value.type)) value.attributes.set(name, kept);
    return kept;
  }
  if (found?.kind === "function") return bindMethod(machine, value, value.type, found, site);
  // Something unknown may have set it on the object, in front of what the class has.
  if (found && isPlainData(found) && value.attributes.has(forgotten)) return value.attributes.get(forgotten)!;
  const hidden = found ?? value.attributes.get(beside(name));
  if (hidden) return hidden;
  const layer = value.layer.get("layer");
  if (layer?.operation.parameters.has(name) || layer?.operation.buffers.has(name)) return none;
  const argument = layer?.call.values.get(name);
  if (argument && argument.kind !== "other") return fromOpValue(spread(argument, name, layer!.operation));
  const method = trainingMethod(value, name) ?? lightningMethod(value, name);
  if (method) return method;
  if (name === "training") return bool(isBuilding(site.scope.frame) ? true : undefined);
  const dict = dictOfObject(machine, value, name);
  if (dict) return dict;
  const ofArray = attributeOfArray(machine, value, name, site);
  if (ofArray) return ofArray;
  if (name === "__class__") return value.type;
  if (name === "__delattr__")
    return { kind: "method", receiver: value, callee: external("builtins.object.__delattr__") };
  if (value.type.kind === "external" && libraryFunctions.has(`${value.type.name}.${name}`))
    return { kind: "method", receiver: value, callee: external(`${value.type.name}.${name}`) };
  if (moduleMethods.has(name) && isModuleClass(value.type)) {
    return { kind: "method", receiver: value, callee: external(`Module.${name}`) };
  }
  const layerClass = name === "forward" ? linearised(value.type).find(isLayerClass) : undefined;
  if (layerClass) return { kind: "method", receiver: value, callee: external(`${layerClass.name}.forward`) };
  const entry = dictMethod(value, name);
  if (entry) return entry;
  const fallback = classAttribute(linearised(value.type), "__getattr__");
  const held = entryAsAttribute(machine, value, name, fallback, site);
  if (held) return held;
  const isWhole = !value.attributes.has("?") && !(value.type.kind === "class" && hasUnknownBase(value.type));
  if (fallback?.kind === "function" && isWhole && !name.startsWith("__"))
    return machine.call(fallback, args(value, str(name)), site);
  if (machine.record.waitsFor("AttributeError") && surelyLacks(value, name, asked?.kind === "function"))
    machine.record.raise("AttributeError");
  const why =
    value.type.kind === "class" && hasUnknownBase(value.type) ? "a base class is not known" : `nothing sets ${name}`;
  return unknown(why);
}

/** Whether an object's own `__getattribute__` runs, which asks for its attributes in the plain way. */
function isAsking(own: FunctionValue, object: InstanceValue, from: Frame): boolean {
  for (let frame: Frame | undefined = from; frame; frame = frame.caller) {
    const receiver = frame.node === own.node ? frame.method?.receiver : undefined;
    if (receiver?.kind === "instance" && receiver.attributes === object.attributes) return true;
  }
  return false;
}

const isLayerClass = (type: ClassValue | ExternalValue): boolean =>
  type.kind === "external" && findOperation(type.name)?.kind === "module";

/** While a module is built, it and all modules on which nobody has called `eval()` are in training mode. */
function isBuilding(from: Frame): boolean {
  for (let frame: Frame | undefined = from; frame; frame = frame.caller) {
    const receiver =
      frame.node?.kind === "FunctionDef" && frame.node.name.name === "__init__" && frame.method?.receiver;
    if (receiver && receiver.kind === "instance" && isModuleClass(receiver.type)) return true;
  }
  return false;
}

/** A convolution keeps one number for each axis. */
function spread(argument: OpValue, name: string, { qualifiedName }: Operation): OpValue {
  if (name === "normalized_shape" && argument.kind === "int") return { kind: "tuple", items: [argument] };
  const axes = /^torch\.nn\.Conv\w*(\d)d$/.exec(qualifiedName)?.[1];
  const isPerAxis = ["kernel_size", "stride", "padding", "dilation", "output_padding"].includes(name);
  if (!axes || !isPerAxis || argument.kind !== "int") return argument;
  return { kind: "tuple", items: Array.from({ length: Number(axes) }, () => argument) };
}

/** What a method, a class method or a property is on the object that it is asked for. */
export function bindMethod(
  machine: Machine,
  receiver: Value,
  type: ClassValue | ExternalValue,
  callee: FunctionValue,
  site: Site,
): Value {
  if (callee.decorator === "static") return callee;
  if (callee.decorator === "property") return machine.call(callee, args(receiver), site);
  return { kind: "method", receiver: callee.decorator === "class" ? type : receiver, callee };
}

/** The next class behind the one whose method is running. */
export function superAttribute(machine: Machine, value: SuperValue, name: string, site: Site): Value {
  const type = value.receiver.kind === "instance" ? value.receiver.type : value.receiver;
  const order = linearised(type);
  const place = order.indexOf(value.after);
  if (place < 0 && (name === "__call__" || name === "__init__") && isMetaclass(value.after))
    return { kind: "method", receiver: value.receiver, callee: external(`builtins.type.${name}`) };
  if (place < 0) return unknown("the class that super starts from is not known");
  for (const next of order.slice(place + 1)) {
    if (next.kind === "external") {
      const entry =
        dictBases.test(next.name) && value.receiver.kind === "instance" ? dictMethod(value.receiver, name) : undefined;
      if (entry) return entry;
      if (name === "__new__" || name === "__init_subclass__") continue;
      if (!isModuleClass(next) && !(namespaces.has(next.name) && name === "__init__")) continue;
      return { kind: "method", receiver: value.receiver, callee: external(`${next.name}.${name}`) };
    }
    const found = next.attributes.get(name);
    if (found?.kind === "function" && value.receiver.kind === "instance")
      return bindMethod(machine, value.receiver, value.receiver.type, found, site);
    if (found?.kind === "function") return { kind: "method", receiver: value.receiver, callee: found };
    // A constructor that a decorator made gets the object as a function of the program does.
    if (found?.kind === "partial" && name === "__init__")
      return { kind: "partial", callee: found, positional: [value.receiver], keywords: new Map() };
    if (found) return found;
  }
  if (name === "__new__" && isMetaclass(value.after)) return external("builtins.type.__new__");
  const tuple = name === "__new__" ? tupleBase(value.after) : undefined;
  if (name === "__new__" && !tuple && !hasUnknownBase(value.after)) return external(objectMaker);
  if (tuple) return { kind: "partial", callee: external(namedTupleNew), positional: [tuple], keywords: new Map() };
  return ofEveryObject.has(name)
    ? { kind: "method", receiver: value.receiver, callee: external(`builtins.object.${name}`) }
    : unknown("the base class is not known");
}

const isMetaclass = (type: ClassValue): boolean =>
  linearised(type).some((base) => base.kind === "external" && /^builtins\.type$|^abc\.ABCMeta$/.test(base.name));
