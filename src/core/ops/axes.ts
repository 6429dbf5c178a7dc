/** Finds the dimensions that a call means in the shape of its input. */
import { type Dim, constantValue, newSymbol } from "../shape/dim";
import { printShape } from "../shape/notation";
import { type Shape, isRest, knownDims, nameOfPlace } from "../shape/shape";
import { axisIndex, integerArgument, isAxisOfNumber } from "./arguments";
import { type OperationCall, type Outcome, type Refusal, isRefusal, refuse } from "./call";
import { type DType } from "./dtype";
import { type OpValue, type TensorValue, type UnknownValue, tensor, unknown } from "./value";

export const noTensor = unknown("the input is not known to be a tensor");
export const noRank = unknown("the rank of the input is not known");

/** The first argument, where it is a tensor. */
export function inputOf(call: OperationCall): TensorValue | undefined {
  const [first] = call.values.values();
  return first?.kind === "tensor" ? first : undefined;
}

/** The shape with the dimensions that these indices mean described, where an input that nobody described may have them. */
export function exposeAll({ facts }: OperationCall, input: TensorValue, dims: readonly number[]): Shape {
  let shape = facts.resolveShape(input.shape);
  for (const dim of dims) {
    shape = (dim >= 0 ? facts.exposeFront(shape, dim + 1) : facts.exposeBack(shape, -dim)) ?? shape;
  }
  return shape;
}

/** The shape with `rank` dimensions, where an input that nobody described may take them. */
export function describeRank({ facts }: OperationCall, input: TensorValue, rank: number): Shape | undefined {
  const shape = facts.resolveShape(input.shape);
  const rest = shape.find(isRest);
  if (!rest) return shape;
  const at = shape.indexOf(rest);
  const added = Array.from({ length: rank - shape.length + 1 }, (_, i) => newSymbol(nameOfPlace(at + i), "free"));
  return shape.length <= rank && facts.describe(rest, added) ? facts.resolveShape(shape) : undefined;
}

export interface Place {
  readonly kind: "place";
  readonly input: TensorValue;
  readonly shape: Shape;
  /** -1 where the input is a single number, which has the dimensions 0 and -1 as well. */
  readonly axis: number;
  /** The size of the dimension; undefined for a single number. */
  readonly size: Dim | undefined;
}

/** The dimension `dim` of a tensor; a refusal where the tensor has no such dimension. */
export function placeOf(
  call: OperationCall,
  input: TensorValue | undefined,
  dim: number,
): Place | Refusal | UnknownValue {
  if (!input) return noTensor;
  const shape = exposeAll(call, input, [dim]);
  if (isAxisOfNumber(shape, dim)) return { kind: "place", input, shape, axis: -1, size: undefined };
  const axis = axisIndex(shape, dim);
  if (axis === undefined)
    return knownDims(shape) ? refuse(`has no dimension ${dim} in`, printShape(shape), input) : noRank;
  return { kind: "place", input, shape, axis, size: shape[axis] as Dim };
}

/** The dimension that an argument of the call names. */
export function placeArgument(call: OperationCall, name = "dim"): Place | Refusal | UnknownValue {
  const dim = integerArgument(call, name);
  return dim === undefined ? unknown("the dimension is not known") : placeOf(call, inputOf(call), dim);
}

/** A result function that needs one dimension of the input. */
export function along(
  result: (place: Place, call: OperationCall) => Outcome,
  name = "dim",
): (call: OperationCall) => Outcome {
  return (call) => {
    const place = placeArgument(call, name);
    return place.kind === "place" ? result(place, call) : place;
  };
}

/** Likewise one that needs the last dimension. */
export function alongLast(result: (place: Place, call: OperationCall) => Outcome): (call: OperationCall) => Outcome {
  return (call) => {
    const place = placeOf(call, inputOf(call), -1);
    return place.kind === "place" ? result(place, call) : place;
  };
}

/** The place's shape with other sizes instead of the dimension's. */
export function withSizes({ shape, axis }: Place, ...sizes: readonly Dim[]): Shape {
  return axis < 0 ? shape : [...shape.slice(0, axis), ...sizes, ...shape.slice(axis + 1)];
}

/** The input's shape and type, where some condition on the call holds. */
export function keep(
  check: (call: OperationCall, input: TensorValue, shape: Shape) => Refusal | UnknownValue | undefined = () =>
    undefined,
): (call: OperationCall) => Outcome {
  return (call) => {
    const input = inputOf(call);
    if (!input) return noTensor;
    const shape = call.facts.resolveShape(input.shape);
    return check(call, input, shape) ?? tensor(call.facts.resolveShape(input.shape), input.dtype);
  };
}

/** A copy of the input, of which `part` is written anew with a source that must have the part's shape. */
export function written(call: OperationCall, part: Outcome): Outcome {
  const [input, source] = [inputOf(call), call.values.get("src")];
  if (isRefusal(part) || part.kind !== "tensor") return part;
  if (!input || source?.kind !== "tensor") return noTensor;
  const [wanted, given] = [part, source].map(({ shape }) => knownDims(call.facts.resolveShape(shape)));
  if (!wanted || !given) return noRank;
  const fits = wanted.length === given.length && wanted.every((size, i) => call.facts.equate(size, given[i]!) !== "no");
  if (!fits) return refuse(`needs a source of shape ${printShape(wanted)}, not`, printShape(given), source);
  return tensor(call.facts.resolveShape(input.shape), input.dtype);
}

/** Several values at once, or the first that is no tensor. */
export function several(...outcomes: readonly Outcome[]): Outcome {
  const other = outcomes.find((outcome) => isRefusal(outcome) || outcome.kind === "unknown");
  return other ?? { kind: "tuple", items: outcomes as readonly OpValue[] };
}

/** Values and where they stand, which PyTorch gives as a tuple with names. */
export function named(names: readonly string[], ...outcomes: readonly Outcome[]): Outcome {
  const tuple = several(...outcomes);
  return tuple.kind === "tuple" ? { ...tuple, names } : tuple;
}

/** The integers of an argument that is one integer or several, all known. */
export function knownIntegers(sizes: readonly (Dim | undefined)[] | undefined): number[] | undefined {
  const values = sizes?.map((size) => size && constantValue(size));
  return values && !values.includes(undefined) ? (values as number[]) : undefined;
}

/** The input's shape with another type. */
export function mapped(dtype: (input: DType | undefined) => DType | undefined): (call: OperationCall) => Outcome {
  return (call) => {
    const input = inputOf(call);
    return input ? tensor(call.facts.resolveShape(input.shape), dtype(input.dtype)) : noTensor;
  };
}
