/** What is known of a value that may be one of two: the same where they agree, less where they do not. */
import { eitherStored } from "../modules/stored";
import { type Dim, isUnknown, unknownInteger, unknownSize } from "../../shape/dim";
import { type Axis, isRest, sameAxis, sameShape } from "../../shape/shape";
import { type Facts } from "../../shape/facts";
import {
  type Producer,
  type StoredTensor,
  type TensorValue,
  type UnknownValue,
  numberLike,
  tensorOf,
} from "../../ops/value";
import { candidatesOf, isAmong, oneAmong } from "./candidates";
import { alternativesOf, choice } from "./choices";
import { type Sides, commonSize } from "../statements/conditions";
import { joinedOf, writesOf } from "./identity";
import { knownItems, setItems } from "../collections/lists";
import { type Agreement, joinShapes } from "./joinShapes";
import { numbersOfArray } from "../tensors/arrayNumbers";
import { arrayBeside, isArray, tensorInArray } from "../tensors/arrays";
import { areHeldAlike } from "../tensors/tensorNumbers";
import { joinDoubts } from "./doubts";
import { deviceOfTensor } from "./texts";
import { type ImportValue, type InstanceValue, type Picture, type Stream, type Value } from "./value";

/** Whether two values are the same as far as anybody can tell. */
export function same(a: Value, b: Value): boolean {
  if (a === b) return true;
  if (a.kind !== b.kind) return false;
  switch (a.kind) {
    case "none":
      return true;
    case "unknown":
      return a.name === undefined && (b as typeof a).name === undefined;
    case "float": {
      const [own, other] = [a.between, (b as typeof a).between];
      const areAlike = own?.[0] === other?.[0] && own?.[1] === other?.[1] && a.ofNumpy === (b as typeof a).ofNumpy;
      return a.value === (b as typeof a).value && areAlike;
    }
    case "bool":
      return a.value === (b as typeof a).value;
    case "str":
      return a.value === (b as typeof a).value && a.madeOf === (b as typeof a).madeOf;
    case "int":
      return a.value.key === (b as typeof a).value.key;
    case "dtype":
      return a.dtype === (b as typeof a).dtype;
    case "instance":
      return isDevice(a) && isDevice(b as typeof a) && isOfTensor(a) === isOfTensor(b as typeof a);
    case "external":
      return a.name === (b as typeof a).name;
    case "import":
      return importKey(a) === importKey(b as typeof a);
    case "tensor":
      return sameTensor(a, b as typeof a);
    case "tuple": {
      const others = (b as typeof a).items;
      return a.items.length === others.length && a.items.every((item, i) => same(item, others[i]!));
    }
    default:
      return false;
  }
}

/** Nothing is modelled of a device but that it is one. */
function isDevice({ type }: InstanceValue): boolean {
  return type.kind === "external" && type.name === "torch.device";
}

function isOfTensor({ attributes }: InstanceValue): boolean {
  return attributes.has(deviceOfTensor);
}

function importKey({ module, from, name }: ImportValue): string {
  return [from, module.level, module.name, name].join("|");
}

function sameTensor(a: TensorValue, b: TensorValue): boolean {
  const isOfOneKind = a.dtype === b.dtype && a.producer === b.producer && a.stored === b.stored;
  return isOfOneKind && sameShape(a.shape, b.shape) && areHeldAlike(a, b);
}

/** The value after two branches, with what is known of their shapes by `facts` and what the test says of the two sides. */
export function join(a: Value, b: Value, facts?: Facts, sides?: Sides): Value {
  // Of two things that are not known it is not known either which one it is.
  if (a.kind === "unknown" && b.kind === "unknown" && a !== b && same(a, b))
    return choice(a, b, differs.reason, sides) ?? oneAmong({ ...a }, [a, b]);
  if (a.kind === "bool" && b.kind === "bool" && a.value === undefined && b.value === undefined && a !== b)
    return { kind: "bool", value: undefined };
  if (same(a, b)) return a;
  if (a.kind === "tensor" && b.kind === "tensor") {
    const [x, y] = facts ? [resolved(a, facts), resolved(b, facts)] : [a, b];
    const joined = joinTensors(x, y, undefined, sides);
    return joined.kind === "tensor" ? joinDoubts(joinedOf(joined, a, b), a, b) : joined;
  }
  if (a.kind === "int" && b.kind === "int")
    return { kind: "int", value: (sides && commonSize(a.value, b.value, sides)) ?? unknownInteger() };
  if (a.kind === "float" && b.kind === "float")
    return numberLike(undefined, a.ofNumpy === b.ofNumpy ? a.ofNumpy : "perhaps");
  if (a.kind === "bool" && b.kind === "bool") return { kind: "bool", value: undefined };
  if (a.kind === "str" && b.kind === "str") return { kind: "str", value: undefined };
  if (a.kind === "tuple" && b.kind === "tuple" && a.items.length === b.items.length) {
    return { kind: "tuple", items: a.items.map((item, i) => join(item, b.items[i]!, facts, sides)) };
  }
  if (a.kind === "instance" && b.kind === "instance" && isDevice(a) && isDevice(b)) return isOfTensor(a) ? b : a;
  if (a.kind === "data" && b.kind === "data") {
    if (a.data.is === "picture" && b.data.is === "picture") return joinPictures(a.data, b.data);
    if (a.data.is === "stream" && b.data.is === "stream") return joinStreams(a.data, b.data, facts);
  }
  if (isArray(a) && isArray(b)) return joinArrays(a, b, sides) ?? different(a, b);
  return choice(a, b, differs.reason, sides) ?? different(a, b);
}

/** Something is known of neither; who changes it changes one of the two. */
function different(a: Value, b: Value): UnknownValue {
  if (standsFor(a, b)) return a;
  if (standsFor(b, a)) return b;
  const made = oneAmong([a, b].map(withoutName).find((value) => value !== undefined) ?? { ...differs }, [a, b]);
  return candidatesOf(made).length > 0 || made.reason !== differs.reason ? made : differs;
}

/** An array that is one of two: who writes into it writes into one of them. */
function joinArrays(a: InstanceValue, b: InstanceValue, sides?: Sides): Value | undefined {
  const [own, other] = [tensorInArray(a), tensorInArray(b)];
  const joined = own && other && joinTensors(own, other, undefined, sides);
  return joined?.kind === "tensor" ? oneAmong(arrayBeside(a, joined), [a, b]) : undefined;
}

function joinPictures(a: Picture, b: Picture): Value {
  const common = (x: Dim, y: Dim): Dim => (x.key === y.key ? x : unknownSize());
  const [channels, height, width] = [
    common(a.channels, b.channels),
    common(a.height, b.height),
    common(a.width, b.width),
  ];
  return { kind: "data", data: { is: "picture", channels, height, width } };
}

/** What both give; how often, nobody counts. */
function joinStreams(a: Stream, b: Stream, facts?: Facts): Value {
  return { kind: "data", data: { is: "stream", each: joinBatches(a.each, b.each, facts) } };
}

/** A batch is a list of its own each time: of two of them another one stands for both. */
export function joinBatches(a: Value, b: Value, facts?: Facts): Value {
  const [own, other] = [a, b].map((value) => (value.kind === "list" ? knownItems(value) : undefined));
  if (a.kind !== "list" || !own || own.length !== other?.length) return join(a, b, facts);
  const made: Value = { kind: "list", contents: a.contents.beside() };
  setItems(
    made,
    own.map((item, i) => joinBatches(item, other[i]!, facts)),
  );
  return made;
}

function saysNoMoreOfBatches(a: Value, b: Value): boolean {
  const [own, other] = [a, b].map((value) => (value.kind === "list" ? knownItems(value) : undefined));
  if (!own || own.length !== other?.length) return saysNoMore(a, b);
  return own.every((item, i) => saysNoMoreOfBatches(item, other[i]!));
}

/** The same tensor with what has been learnt of its shape. */
function resolved(value: TensorValue, facts: Facts): TensorValue {
  const shape = facts.resolveShape(value.shape);
  return shape === value.shape ? value : tensorOf(shape, value.dtype, value.producer, value.stored);
}

const differs: UnknownValue = { kind: "unknown", reason: "it differs between the branches before" };

/** Whether something of which nothing is known may be the other as well: a join of the two would be another one like it. */
function standsFor(a: Value, b: Value): a is UnknownValue {
  const isPlain = a.kind === "unknown" && a.name === undefined && !a.isData && !a.owner && !alternativesOf(a);
  return isPlain && isAmong(b, a);
}

/** The reason of a value that is not known; a name would say that it is always the same one. */
function withoutName(value: Value): UnknownValue | undefined {
  return value.kind === "unknown" ? { kind: "unknown", reason: value.reason } : undefined;
}

/** Which of two operations computed it is not known then, nor which parameter it is. */
function joinTensors(a: TensorValue, b: TensorValue, agree?: Agreement, sides?: Sides): Value {
  const areOfOneKind = a.stored?.kind === b.stored?.kind;
  const stored = !areOfOneKind ? perhapsStored : a.stored && b.stored ? eitherStored(a.stored, b.stored) : undefined;
  const producer = a.producer === b.producer ? a.producer : (writtenTo(a, b) ?? writtenTo(b, a));
  const dtype = a.dtype === b.dtype ? a.dtype : undefined;
  return tensorOf(joinShapes(a.shape, b.shape, agree, sides), dtype, producer, stored);
}

const perhapsStored: StoredTensor = { kind: "perhaps", id: -1 };

/** Where one is the other with parts written, it is taken to be written. */
function writtenTo({ producer }: TensorValue, before: TensorValue): Producer | undefined {
  for (const { inputs } of writesOf(producer)) if (inputs[0]?.producer === before.producer) return producer;
  return undefined;
}

/** The join of what was seen of a place: over thousands of rounds, a record need not know which objects it may be. */
export function joinSeen(a: Value, b: Value, agree: Agreement): Value {
  return a.kind === "tensor" && b.kind === "tensor" ? joinTensors(a, b, agree) : join(a, b);
}

/** Whether one value says no more than the other: nothing new comes of writing `b` over `a`. */
export function saysNoMore(a: Value, b: Value): boolean {
  if (same(a, b)) return true;
  if (a.kind === "unknown" && b.kind === "unknown") return a.name === undefined;
  if (a.kind !== b.kind) return false;
  switch (a.kind) {
    case "int":
      return isUnknown(a.value) && isUnknown((b as typeof a).value);
    case "tensor": {
      const other = b as typeof a;
      const known = a.dtype === other.dtype && a.producer === other.producer && a.stored === other.stored;
      return known && a.shape.length === other.shape.length && a.shape.every((axis, i) => vague(axis, other.shape[i]!));
    }
    case "tuple": {
      const others = (b as typeof a).items;
      return a.items.length === others.length && a.items.every((item, i) => saysNoMore(item, others[i]!));
    }
    case "data": {
      const [own, other] = [a.data, (b as typeof a).data];
      const areStreams = own.is === "stream" && other.is === "stream" && !own.count && !own.batches && !own.dataset;
      return areStreams && saysNoMoreOfBatches(own.each, other.each);
    }
    case "instance": {
      const [own, other] = isArray(a) && isArray(b) ? [tensorInArray(a), tensorInArray(b)] : [];
      // Who writes into the one need not forget what is in the other where nothing is known of that.
      return own !== undefined && other !== undefined && !numbersOfArray(b) && saysNoMore(own, other);
    }
    default:
      return false;
  }
}

function vague(a: Axis, b: Axis): boolean {
  if (isRest(a) || isRest(b)) return sameAxis(a, b) || (isRest(a) && isRest(b) && a.origin === "unknown");
  return a.key === b.key || (isUnknown(a) && isUnknown(b));
}
