/** Whether an object or a class surely lacks an attribute, which is what `hasattr` asks and a `try` may wait for. */
import {
  classAttribute,
  decoratedUnknown,
  hasUnknownBase,
  isModuleClass,
  linearised,
  membersName,
  sameClass,
} from "./classes";
import { isPerhapsNone } from "../tensors/gradients";
import { kindHas } from "../values/kindNames";
import { mayHoldName, namespaces } from "./dictObjects";
import { isNameOfLayerClass, mayLayerHave } from "../modules/layerClasses";
import { moduleMethods } from "../modules/moduleMethods";
import { findOperation } from "../../ops/registry";
import {
  type ClassValue,
  type ExternalValue,
  type InstanceValue,
  type TupleValue,
  type Value,
  external,
} from "../values/value";

export type AnyClass = ClassValue | ExternalValue;

export const isPlainBase = (base: AnyClass): boolean =>
  isModuleClass(base) || sameClass(base, external("builtins.object"));

/** Names that every object, or every module of PyTorch, has. */
const everywhere =
  /^(__\w+__|_(parameters|buffers|modules|non_persistent\w*|\w*hooks?|version|apply|call_impl|\w*state_dict\w*|named_members|get_\w+|register\w*|replicate\w*|is_full\w*|compiled\w*|wrapped\w*|slow_forward|maybe_warn\w*|infer\w*)|training|forward|T_destination|dump_patches|call_super_init|type|bfloat16|ipu|xpu|get_\w+|set_\w+|register_\w+|named_\w+|buffers|parameters|modules|children|to_empty|extra_repr|compile)$/;

/** Whether the object surely has no such attribute; `isAsked` where its own `__getattribute__` is what asks. */
export function surelyLacks(value: InstanceValue, name: string, isAsked = false): boolean {
  const { type, attributes } = value;
  const order = linearised(type);
  if (name.startsWith("__") || classAttribute(order, "__init_subclass__")) return false;
  if (attributes.has(name) || attributes.has("?") || classAttribute(order, name) || mayHoldName(value, name))
    return false;
  if (order.some((base) => base.kind === "class" && announces(base, name))) return false;
  if (type.kind === "external" && namespaces.has(type.name)) return !name.startsWith("__");
  if (classAttribute(order, "__getattr__") || (!isAsked && classAttribute(order, "__getattribute__"))) return false;
  if (type.kind === "class" && hasUnknownBase(type)) return false;
  const layer = value.layer.get("layer")?.operation;
  const isBare = type.kind === "external" && type.name === "torch.nn.Module";
  if (isBare) return !(everywhere.test(name) || moduleMethods.has(name));
  if (layer ? layer.parameters.has(name) || layer.buffers.has(name) : type.kind === "external") return false;
  if (isModuleClass(type) && (everywhere.test(name) || moduleMethods.has(name))) return false;
  // Which layer of PyTorch keeps what is not listed; containers keep nothing but their layers.
  if (!layer || /(Sequential|ModuleList|ModuleDict)$/.test(layer.qualifiedName)) return true;
  const isArgument = value.layer.get("layer")!.call.values.has(name);
  return !isArgument && (isParameterName(name, layer.qualifiedName) || !mayLayerHave(name));
}

/** `heads: int` in the body of a class says that something else sets it. */
function announces({ node }: ClassValue, name: string): boolean {
  return node.body.some(
    (part) => part.kind === "AnnAssign" && !part.value && part.target.kind === "Name" && part.target.id === name,
  );
}

/** Whether a value has an attribute: what `hasattr` asks. */
export function has(value: Value, name: string): boolean | undefined {
  if (isPerhapsNone(value)) return undefined;
  if (value.kind === "external" && libraryHas(value.name, name)) return true;
  if (value.kind === "class" || value.kind === "external")
    return classAttribute(linearised(value), name) ? true : classLacks(value, name) ? false : undefined;
  if (value.kind === "tuple" && value.names) return tupleHas(value, name);
  if (value.kind !== "instance") return kindHas(value, name);
  const own = value.attributes.get(name);
  if ((own && own.kind !== "unknown") || classAttribute(linearised(value.type), name)) return true;
  return surelyLacks(value, name) ? false : undefined;
}

/** A named tuple has its fields, what its class has, and what every tuple has. */
function tupleHas({ names, type }: TupleValue, name: string): boolean | undefined {
  if (names?.includes(name) || (type && classAttribute(linearised(type), name))) return true;
  const isOwn = name.startsWith("_") || ["count", "index"].includes(name);
  return isOwn || (type && hasUnknownBase(type)) ? undefined : false;
}

/** What newer versions of PyTorch have may be missing. */
function libraryHas(library: string, name: string): boolean {
  const operation = findOperation(`${library}.${name}`);
  return operation !== undefined && operation.since === undefined;
}

/** A name that nothing but a parameter would have; recurrent layers and attention have several of them. */
function isParameterName(name: string, layer: string): boolean {
  return /^(weight|bias)(_\w+)?$/.test(name) && !/(RNN|LSTM|GRU|Cell\w*|Attention)$/.test(layer);
}

/** Whether a class surely has no such attribute: its own and its bases' are known, those of PyTorch's layers by name. */
export function classLacks(type: AnyClass, name: string): boolean {
  const order = linearised(type);
  if (name.startsWith("__") || classAttribute(order, name) || classAttribute(order, decoratedUnknown)) return false;
  if (type.kind === "class" && (hasUnknownBase(type) || type.attributes.has(membersName))) return false;
  const isElsewhere = everywhere.test(name) || moduleMethods.has(name) || isNameOfLayerClass(name);
  return order.every((base) => base.kind === "class" || isPlainBase(base)) && !isElsewhere;
}
