/** What `isinstance` and `issubclass` ask: whether a value is an object of a class, and whether a class derives from one. */
import { namesOfMaker } from "./collections";
import { findOperation } from "../../ops/registry";
import { type AnyClass, isPlainBase } from "../classes/absence";
import { alternativesOf } from "../values/choices";
import { hasUnknownBase, isModuleClass, linearised, sameClass } from "../classes/classes";
import { dictBases, namespaces } from "../classes/dictObjects";
import { enumerationOf } from "../classes/enumMembers";
import { isAbstractLayer, layerDerives } from "../modules/layerClasses";
import { isPerhapsNone } from "../tensors/gradients";
import { type Value } from "../values/value";

/** Whether the value is an object of one of the classes; undefined where that is not known. */
export function isInstance(value: Value, type: Value): boolean | undefined {
  if (type.kind === "tuple") {
    const answers = type.items.map((item) => isInstance(value, item));
    return answers.includes(true) ? true : answers.includes(undefined) ? undefined : false;
  }
  const all = alternativesOf(value)?.map((one) => isInstance(one.value, type));
  if (all) return all.every((answer) => answer === all[0]) ? all[0] : undefined;
  if (isPerhapsNone(value)) return undefined;
  const fields = namesOfMaker(type);
  if (fields) return isOfFields(value, fields);
  if (type.kind === "none") return value.kind === "unknown" ? undefined : value.kind === "none";
  if (value.kind === "unknown" || (type.kind !== "class" && type.kind !== "external")) return undefined;
  if (value.kind === "instance") return isOfClass(value.type, type);
  // An iterator is none of Python's containers, nor of its numbers and texts.
  if (value.kind === "list" && value.reading)
    return value.reading === "once" && /^builtins\.(int|float|bool|str|tuple|list|dict|set)$/.test(type.name)
      ? false
      : undefined;
  if (value.kind === "tuple" && value.type && type.kind === "class") return isOfClass(value.type, type);
  const enumeration = type.kind === "class" ? enumerationOf(value) : undefined;
  if (enumeration) return isOfClass(enumeration, type);
  if (value.kind === "tuple" && value.names)
    return type.kind === "external" && type.name === "builtins.tuple" ? true : undefined;
  if (type.kind === "external" && /^torch\.nn\.(parameter\.)?Parameter$/.test(type.name)) return isParameter(value);
  const names = typeOfOperation(value) ?? classesOf(value);
  // A class of the program may be of a class of the program, too.
  if (!names || type.kind === "class") return names && value.kind !== "class" ? false : undefined;
  if (names.includes(type.name)) return true;
  if (iterables.test(type.name))
    return names.includes("collections.abc.Iterable") ? undefined : scalars.has(value.kind) ? false : undefined;
  return decided.test(type.name) ? false : undefined;
}

/** Whether a value is a tuple of the class with these fields; one of a class that derives from it may be. */
function isOfFields(value: Value, fields: readonly string[]): boolean | undefined {
  if (value.kind === "tuple") return value.type ? undefined : value.names === fields;
  return value.kind === "unknown" || value.kind === "instance" ? undefined : false;
}

/** What was computed is none, what a layer or a program registered is one; where a tensor comes from nobody knows, it may be. */
function isParameter(value: Value): boolean | undefined {
  if (value.kind !== "tensor") return false;
  if (value.stored) return value.stored.kind === "perhaps" ? undefined : value.stored.kind === "parameter";
  return value.producer ? false : undefined;
}

/** PyTorch's layers are classes, its other operations functions. */
function typeOfOperation(value: Value): readonly string[] | undefined {
  const operation = value.kind === "external" ? findOperation(value.name) : undefined;
  return operation && [operation.kind === "module" ? "builtins.type" : "builtins.function", "builtins.object"];
}

const iterables = /^(collections\.abc|typing)\.(Iterable|Sequence|Mapping|Sized|Container|Collection)$/;
const scalars = new Set<Value["kind"]>(["int", "float", "bool", "none"]);

/** Types of which it is known what belongs to them; a named tuple may be a tuple, a size of a tensor is one. */
const decided =
  /^(builtins\.(int|float|bool|str|tuple|list|dict|set)|torch\.Tensor|torch\.nn\.\w+|torch\.nn\.utils\.rnn\.PackedSequence|functools\.partial|numpy\.ndarray)$/;

export const typeNames: Partial<Record<Value["kind"], readonly string[]>> = {
  int: ["builtins.int", "numbers.Number", "numbers.Integral", "numbers.Real", "builtins.object"],
  float: ["builtins.float", "numbers.Number", "numbers.Real", "builtins.object"],
  bool: ["builtins.bool", "builtins.int", "numbers.Number", "numbers.Integral", "numbers.Real", "builtins.object"],
  str: ["builtins.str", "collections.abc.Iterable", "collections.abc.Sequence", "builtins.object"],
  tuple: ["builtins.tuple", "typing.Tuple", "collections.abc.Iterable", "collections.abc.Sequence", "builtins.object"],
  list: ["builtins.list", "typing.List", "collections.abc.Iterable", "collections.abc.Sequence", "builtins.object"],
  dict: [
    "builtins.dict",
    "typing.Dict",
    "collections.abc.Iterable",
    "collections.abc.Mapping",
    "typing.Mapping",
    "builtins.object",
  ],
  tensor: ["torch.Tensor", "builtins.object"],
  partial: ["functools.partial", "builtins.object"],
  function: ["types.FunctionType", "builtins.object"],
  class: ["builtins.type", "builtins.object"],
  none: ["builtins.object"],
};

/** The classes of a value, its own one first. */
export function classesOf(value: Value): readonly string[] | undefined {
  const own = value.kind === "list" || value.kind === "dict" ? value.type : undefined;
  const names = typeNames[value.kind];
  if (own === undefined) return names;
  const isSequence = own === "builtins.range" || own === "builtins.tuple";
  const shared = (names ?? []).filter((name) => isSequence || !name.endsWith("Sequence"));
  return value.kind === "dict" ? [own, ...shared] : [own, ...shared.filter((name) => !/\.[lL]ist$/.test(name))];
}

/** Layers whose bases are known; two schedulers of different names are different. */
const leaf = /^torch\.(nn|optim\.lr_scheduler(?!\._?LRScheduler$))\.\w+$/;

export function isOfClass(own: AnyClass, type: AnyClass): boolean | undefined {
  if (linearised(own).some((base) => sameClass(base, type) || derives(base, type))) return true;
  if (own.kind === "class" && hasUnknownBase(own)) return undefined;
  const isBare = own.kind === "external" && own.name === "builtins.object";
  if (isBare && (type.kind === "class" || decided.test(type.name))) return false;
  if (type.kind === "external" && type.name === "torch.nn.Module") return isModuleClass(own);
  if (type.kind === "class" || isAbstractLayer(type.name)) return false;
  if (decided.test(type.name) && type.name.startsWith("builtins.")) return isBuiltIn(own, type.name);
  return leaf.test(type.name) && !type.name.includes("._") ? false : undefined;
}

/** Whether an object of a class whose bases are known is a list, a number and so on. */
function isBuiltIn(own: AnyClass, name: string): boolean | undefined {
  const outside = linearised(own).filter((base) => base.kind === "external");
  if (outside.some((base) => dictBases.test(base.name))) return name === "builtins.dict";
  return outside.every((base) => isPlainBase(base) || namespaces.has(base.name)) ? false : undefined;
}

function derives(own: AnyClass, type: AnyClass): boolean {
  return own.kind === "external" && type.kind === "external" && layerDerives(own.name, type.name);
}
