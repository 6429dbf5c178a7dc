/** What stands behind a dot: attributes of objects, classes, libraries and tensors. */
import {
  type IntValue,
  type StringValue,
  type TensorValue,
  type UnknownValue,
  int,
  str,
  unknown,
} from "../../ops/value";
import { dtypeOf } from "../../ops/dtype";
import { findOperation } from "../../ops/registry";
import { classAttribute, linearised } from "./classes";
import { cacheClearer } from "../calls/cachedCalls";
import { attributeOfAlternatives } from "../calls/alternatives";
import { moduleName, ofClass } from "./classMembers";
import { type Machine, type Site, args } from "../machine";
import { dictOfNames } from "./dictObjects";
import { attributeOfMember, enumerationOf } from "./enumMembers";
import { attributeOfFile, submoduleOf } from "../imports/imports";
import { ofTensor } from "../tensors/tensorAttributes";
import { kindHas } from "../values/kindNames";
import { candidatesOf, oneAmong } from "../values/candidates";
import { bindMethod, instanceAttribute, superAttribute } from "./instanceAttributes";
import { boundOf } from "../collections/lists";
import { patchOf } from "./patches";
import { memberOf, partOfUnknown } from "../values/unknowns";
import { constantsOfLibraries, libraryFunctions } from "../imports/libraries";
import { sizeOfImage } from "../library/images";
import { isPicture } from "../library/pictures";
import {
  type DataValue,
  type FunctionValue,
  type ListValue,
  type PartialValue,
  type TupleValue,
  type Value,
  external,
} from "../values/value";

export function attributeOf(machine: Machine, value: Value, name: string, site: Site): Value {
  if (machine.record.waitsFor("AttributeError") && kindHas(value, name) === false)
    machine.record.raise("AttributeError");
  switch (value.kind) {
    case "instance":
      return instanceAttribute(machine, value, name, site);
    case "class":
      return ofClass(value, name);
    case "super":
      return superAttribute(machine, value, name, site);
    case "external":
      return (
        patchOf(machine, value, name) ??
        submoduleOf(machine, value.name, name, site.scope.frame.path) ??
        ofLibrary(machine, value.name, name)
      );
    case "file":
      return attributeOfFile(machine, value, name);
    case "tensor":
      return methodOfTensors(machine, value, name) ?? ofTensor(machine, value, name, site);
    case "unknown":
      return ofUnknown(machine, value, name, site);
    case "str":
    case "int":
      return ofMember(machine, value, name, site);
    case "list":
      if (name === "maxlen") return lengthLimit(value);
      return { kind: "method", receiver: value, callee: external(`list.${name}`) };
    case "dict":
      if (name === "default_factory") return value.missing ?? unknown("what makes missing items is not known");
      return { kind: "method", receiver: value, callee: external(`${value.kind}.${name}`) };
    case "tuple":
      return ofTuple(machine, value, name, site);
    case "size":
      return { kind: "method", receiver: value, callee: external(`tuple.${name}`) };
    case "function":
      return ofFunction(machine, value, name, site);
    case "partial":
      return ofPartial(machine, value, name);
    case "data":
      return ofData(value, name);
    default:
      return unknown(`${name} is not known here`);
  }
}

/** Of a queue; one without a limit is not told from a list. */
function lengthLimit(list: ListValue): Value {
  const most = boundOf(list)?.most;
  return most === undefined ? unknown("the limit of the queue is not known") : int(most);
}

/** What a program has put into the class of all tensors. */
function methodOfTensors(machine: Machine, receiver: TensorValue, name: string): Value | undefined {
  const own = patchOf(machine, external("torch.Tensor"), name);
  return own?.kind === "function" ? { kind: "method", receiver, callee: own } : own;
}

/** Of a text or a number, which may be a member of an enumeration. */
function ofMember(machine: Machine, value: StringValue | IntValue, name: string, site: Site): Value {
  const type = enumerationOf(value);
  const found = type && classAttribute(linearised(type), name);
  if (type && found?.kind === "function")
    return found.decorator === "property"
      ? machine.call(found, args(value), site)
      : bindMethod(machine, value, type, found, site);
  const own = attributeOfMember(value, name) ?? found;
  if (own) return own;
  return value.kind === "str"
    ? { kind: "method", receiver: value, callee: external(`str.${name}`) }
    : unknown(`${name} is not known here`);
}

/** What one of several objects has under the name, nobody knows of which. */
function ofUnknown(machine: Machine, value: UnknownValue, name: string, site: Site): Value {
  const held = candidatesOf(value).flatMap((one) => (one.kind === "instance" ? (one.attributes.get(name) ?? []) : []));
  const part =
    value.name === undefined
      ? (attributeOfAlternatives(machine, value, name, site) ?? partOfUnknown(value))
      : memberOf(machine, value, name);
  return held.length > 0 ? oneAmong(part, held) : part;
}

/** A field of a named tuple, what its class has, or a method of tuples. */
function ofTuple(machine: Machine, value: TupleValue, name: string, site: Site): Value {
  const item = value.items[value.names?.indexOf(name) ?? -1];
  if (item) return item;
  if (value.names && name === "_fields") return { kind: "tuple", items: value.names.map(str) };
  const found = value.type && classAttribute(linearised(value.type), name);
  if (found?.kind === "function") return bindMethod(machine, value, value.type!, found, site);
  if (value.names && name.startsWith("_") && !libraryFunctions.has(`tuple.${name}`))
    return unknown(`${name} is not known here`);
  return found ?? { kind: "method", receiver: value, callee: external(`tuple.${name}`) };
}

function ofFunction(machine: Machine, value: FunctionValue, name: string, site: Site): Value {
  const own = patchOf(machine, value, name);
  if (own) return own;
  if (name === "cache_clear" && value.keeps !== undefined)
    return { kind: "method", receiver: value, callee: external(cacheClearer) };
  if (name === "__wrapped__" && value.wrapped) return value.wrapped;
  if (name === "__name__") return value.wrapped ? machine.attribute(value.wrapped, name, site) : str(value.name);
  if (name === "__module__") return moduleName(value.scope) ?? str(undefined);
  if (name === "__qualname__") return str(qualifiedName(value));
  if (name === "__doc__") return str(undefined);
  if (name === "__get__")
    return { kind: "partial", callee: external("types.MethodType"), positional: [value], keywords: new Map() };
  return value.decorator === "property" && ["setter", "getter", "deleter"].includes(name)
    ? { kind: "method", receiver: value, callee: external(`property.${name}`) }
    : unknown(`${name} of a function is not known`);
}

/** `Net.forward`; of what stands inside a function or another class it is not told. */
function qualifiedName({ name, scope, owner, wrapped }: FunctionValue): string | undefined {
  const type = owner();
  const home = type && scope.kind === "class" ? scope.parent : scope;
  if (wrapped || home?.kind !== "module") return undefined;
  return type ? `${type.name}.${name}` : name;
}

/** What an image is asked for. */
function ofData(value: DataValue, name: string): Value {
  if (value.data.is === "stream" && value.data.dataset && name === "dataset") return value.data.dataset;
  if (value.data.is === "dataset" && value.data.tensors && name === "tensors") return value.data.tensors;
  if (!isPicture(value)) return unknown(`${name} is not known here`);
  return name === "size"
    ? sizeOfImage(value.data)
    : { kind: "method", receiver: value, callee: external(`PIL.Image.Image.${name}`) };
}

function ofPartial(machine: Machine, value: PartialValue, name: string): Value {
  if (name === "func") return value.callee;
  if (name === "keywords") return dictOfNames(machine, value.keywords);
  return name === "args" ? { kind: "tuple", items: value.positional } : unknown(`${name} is not known here`);
}

function ofLibrary(machine: Machine, library: string, name: string): Value {
  if (library === "sys" && name === "argv" && machine.commandLine) return machine.commandLine;
  if (name === "__name__" && findOperation(library)?.kind === "module") return str(library.split(".").at(-1));
  // Where a tensor lies is not modelled.
  if (library === "torch.cuda" && name.endsWith("Tensor")) return external(`torch.${name}`);
  const dtype = library === "torch" ? dtypeOf(name) : undefined;
  if (dtype !== undefined) return { kind: "dtype", dtype };
  // Which device a tensor type is for makes no difference to shapes: `cuda.FloatTensor if cuda else FloatTensor` is one.
  const owner = library === "torch.cuda" && tensorTypeName.test(name) ? "torch" : library;
  // `nn.modules.batchnorm.BatchNorm2d` is the class that `torch.nn` exports.
  const isClass = /^torch\.nn\.modules(\.\w+)?$/.test(owner) && findOperation(`torch.nn.${name}`)?.kind === "module";
  return constantsOfLibraries.get(`${owner}.${name}`) ?? external(`${isClass ? "torch.nn" : owner}.${name}`);
}

const tensorTypeName = /^[A-Z][a-z0-9]+Tensor$/;
