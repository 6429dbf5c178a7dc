/** Indexing tensors, and assigning to what an index picks (https://pytorch.org/docs/stable/tensor_view.html, NumPy's rules). */
import { replaceObject, writesOf, writing } from "../values/identity";
import { type Refusal, isRefusal, refuse } from "../../ops/call";
import { categoryOf } from "../../ops/dtype";
import { type TensorValue, tensor, unknown } from "../../ops/value";
import { broadcast } from "../../shape/broadcast";
import { atMost, equals, rangeOf } from "../../shape/bounds";
import { type Dim, add, constant, constantValue, subtract, unknownSize } from "../../shape/dim";
import { ceilDivide, maximum, minimum } from "../../shape/division";
import { printDim, printShape } from "../../shape/notation";
import { type Axis, type Shape, isRest, knownDims, unknownShape } from "../../shape/shape";
import { type Machine, type Site } from "../machine";
import { assumedTensor } from "../values/doubts";
import { isUndescribed } from "../values/usedAsTensors";
import { type Choice, type Part, consumedBy, keptAxes, partsOf } from "./indexParts";
import { pickNumbers, writeNumbers } from "./indexNumbers";
import { shareNumbers } from "./tensorNumbers";
import { type SliceValue, type Value } from "../values/value";

/** `x[0]`, `x[:, 1:]`, `x[..., None]`, `x[mask]`, `x[rows, columns]`. */
export function indexTensor(machine: Machine, value: TensorValue, index: Value, site: Site): Value {
  if (index.kind !== "tuple" && isUndescribed(machine.facts.resolveShape(value.shape))) {
    // What was only assumed to be a tensor may be a list of tensors, whose shapes have nothing to do with each other.
    return index.kind === "int" ? assumedTensor() : unknown("it may be a list");
  }
  const shape = indexedShape(machine, value, index);
  if (isRefusal(shape)) {
    machine.record.refuse("indexing", shape, site);
    return unknown("the index does not fit");
  }
  const values = keptAxes(machine, index, value.shape.length);
  const part = machine.produced(tensor(shape, value.dtype), "Tensor.__getitem__", [value], site, { values });
  pickNumbers(value, index, part);
  return part;
}

/** `x[index] = stored`: what is stored must fit into what the index picks. */
export function storeInTensor(machine: Machine, value: TensorValue, index: Value, stored: Value, site: Site): void {
  const after = writeNumbers(machine, value, index, stored);
  if (index.kind !== "tuple" && isUndescribed(machine.facts.resolveShape(value.shape))) return;
  const shape = indexedShape(machine, value, index);
  const problem = isRefusal(shape) ? shape : stored.kind === "tensor" ? misfit(machine, shape, stored) : undefined;
  if (problem) machine.record.refuse("indexing", problem, site);
  else writeInto(machine, after, stored.kind === "tensor" ? [stored] : [], site);
}

/**
 * From now on the tensor was computed from what was stored in it too. A line that runs again and again is noted once: what it
 * stores is computed alike.
 */
function writeInto(machine: Machine, value: TensorValue, stored: readonly TensorValue[], site: Site): void {
  if (value.stored || machine.record.grad !== true || ![value, ...stored].some(({ producer }) => producer)) return;
  for (const write of writesOf(value.producer)) if (write.origin.span === site.node) return;
  const [base] = value.producer?.operation === "Tensor.data" ? value.producer.inputs : [];
  for (const one of base ? [base, value] : [value])
    shareNumbers(replaceObject(machine, one, machine.produced(one, writing, [one, ...stored], site)), one);
}

/** Dimensions of 1 in front of what is stored are dropped; the rest is broadcast to the place. */
function misfit({ facts }: Machine, place: Shape, stored: TensorValue): Refusal | undefined {
  const [dims, own] = [knownDims(facts.resolveShape(place)), knownDims(facts.resolveShape(stored.shape))];
  if (!dims || !own) return undefined;
  const isOne = (size: Dim): boolean => equals(size, constant(1)) !== "no";
  const surplus = Math.max(0, own.length - dims.length);
  const fits =
    own.slice(0, surplus).every(isOne) &&
    own.slice(surplus).every((size, i, rest) => {
      const wanted = dims[dims.length - rest.length + i]!;
      return isOne(size) || equals(size, wanted) !== "no";
    });
  return fits
    ? undefined
    : refuse(`assigns to a place of ${printShape(dims)} and`, `cannot take ${printShape(own)}`, stored);
}

/** Fractions pick nothing. */
function refusedIndex(index: Value): Refusal | undefined {
  const parts = index.kind === "tuple" ? index.items : [index];
  const wrong = parts.find((part) => part.kind === "tensor" && part.dtype !== undefined && categoryOf(part.dtype) >= 2);
  if (wrong?.kind !== "tensor") return undefined;
  return { ...refuse("expects whole numbers or truth values as an index", wrong.dtype!, wrong), about: "types" };
}

function indexedShape(machine: Machine, value: TensorValue, index: Value): Shape | Refusal {
  const mixed = refusedIndex(index);
  if (mixed) return mixed;
  const parts = partsOf(machine, index);
  if (!parts) return unknownShape();
  const total = (some: readonly Part[]): number => some.map(consumedBy).reduce((a, b) => a + b, 0);
  const ellipsis = parts.findIndex(({ kind }) => kind === "ellipsis");
  const [consumed, before] = [total(parts), total(ellipsis < 0 ? parts : parts.slice(0, ellipsis))];
  let shape = machine.facts.exposeFront(value.shape, before);
  shape = shape && machine.facts.exposeBack(shape, consumed - before);
  if (!shape) return unknownShape();
  if (knownDims(shape) && shape.length < consumed)
    return refuse(`expects at least ${consumed} dimensions`, printShape(shape), value);
  return put(machine, parts, shape, shape.length - (consumed - before), value);
}

/** The dimensions that are left, and the place and shape of what index tensors pick. */
interface Picked {
  readonly axes: Axis[];
  /** Where in `axes` the index tensors stand. */
  readonly places: number[];
  shape: Shape | undefined;
}

function put(
  machine: Machine,
  parts: readonly Part[],
  shape: Shape,
  behindEllipsis: number,
  value: TensorValue,
): Shape | Refusal {
  const picked: Picked = { axes: [], places: [], shape: undefined };
  let at = 0;
  for (const part of parts) {
    if (part.kind === "new") picked.axes.push(constant(1));
    else if (part.kind === "ellipsis") {
      picked.axes.push(...shape.slice(at, behindEllipsis));
      at = behindEllipsis;
    } else if (part.kind === "int") {
      if (part.at && isOutside(shape[at] as Dim, part.at))
        return refuse(`finds no item ${printDim(part.at)} at dimension ${at} of`, printShape(shape), value);
      at++;
    } else if (part.kind === "slice") picked.axes.push(slicedSize(shape[at++] as Dim, part.slice));
    else {
      const problem = pick(machine, part, shape, at, picked, value);
      if (problem) return problem;
      at += consumedBy(part);
    }
  }
  const axes = [...picked.axes, ...shape.slice(at)];
  if (!picked.shape) return axes;
  // Index tensors that stand side by side give their dimensions there, others in front of all.
  const [first] = picked.places as [number];
  const isTogether = picked.places.every((place) => place === first);
  const place = isTogether ? first : 0;
  return [...axes.slice(0, place), ...picked.shape, ...axes.slice(place)];
}

function pick(
  machine: Machine,
  part: Choice,
  shape: Shape,
  at: number,
  picked: Picked,
  value: TensorValue,
): Refusal | undefined {
  if (part.kind === "mask") {
    const wrong = part.shape.findIndex((size, i) => machine.facts.equate(size, shape[at + i] as Dim) === "no");
    if (wrong >= 0)
      return refuse(
        `is picked from by a mask of ${printShape(part.shape)}, which does not fit`,
        printShape(shape),
        value,
      );
  }
  const beyond =
    part.kind === "places" ? part.numbers.find((n) => isOutside(shape[at] as Dim, constant(n))) : undefined;
  // Where nothing is picked, nobody looks where from.
  const isEmpty = picked.axes.some((axis) => !isRest(axis) && constantValue(axis) === 0);
  if (beyond !== undefined && !isEmpty)
    return refuse(`finds no item ${beyond} at dimension ${at} of`, printShape(shape), value);
  const own = part.kind === "mask" ? [part.count] : part.shape;
  const common = broadcast(picked.shape ?? [], own, machine.facts);
  if (common.kind === "mismatch")
    return refuse(`cannot broadcast index tensors of ${printDim(common.left)} and`, common.right, value);
  picked.shape = common.shape;
  picked.places.push(picked.axes.length);
  return undefined;
}

/** An index that the size surely does not have; PyTorch refuses it. */
function isOutside(size: Dim, index: Dim): boolean {
  return atMost(size, index) === "yes" || atMost(add(size, index), constant(-1)) === "yes";
}

function slicedSize(size: Dim, slice: SliceValue): Dim {
  const step = slice.step.kind === "none" ? 1 : slice.step.kind === "int" ? constantValue(slice.step.value) : undefined;
  const lower = endOf(slice.lower, size, constant(0));
  const upper = endOf(slice.upper, size, size);
  if (!lower || !upper || step === undefined || step < 1) return unknownSize();
  const end = minimum(upper, size);
  // Nothing that counts from the front is below zero, sizes neither.
  const length = constantValue(lower) === 0 ? end : maximum(subtract(end, lower), constant(0));
  return step === 1 ? length : ceilDivide(length, constant(step));
}

/** A bound of a slice; negative ones count from the end. */
function endOf(bound: Value, size: Dim, otherwise: Dim): Dim | undefined {
  if (bound.kind === "none") return otherwise;
  if (bound.kind !== "int") return undefined;
  const { min, max } = rangeOf(bound.value);
  if (max < 0) return maximum(add(size, bound.value), constant(0));
  return min >= 0 ? bound.value : undefined;
}
