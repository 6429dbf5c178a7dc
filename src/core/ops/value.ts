/** The values that an operation can take and give: the part of the interpreter's values that has to do with tensors. */
import { type Dim, constant, newSymbol, unknownInteger } from "../shape/dim";
import { type Shape, isRest, unknownShape } from "../shape/shape";
import { type Span } from "../text/source";
import { type DType } from "./dtype";

/** Where a literal stands that a number came from, through variables and defaults. */
export interface Origin {
  readonly path: string;
  readonly span: Span;
}

/** What a tensor was computed by: a node of the data-flow graph. */
export interface Producer {
  /** The operation's qualified name, `torch.tanh` or `torch.nn.Tanh`. */
  readonly operation: string;
  readonly inputs: readonly TensorValue[];
  readonly origin: Origin;
  /** The layer object that was called, where it was one. */
  readonly layer?: object;
  /** The arguments, bound to the operation's signature. */
  readonly values?: ReadonlyMap<string, OpValue>;
  /** False where it was computed without a graph, under `no_grad`; undefined where that is not known; else absent. */
  readonly grad?: boolean | undefined;
}

export interface TensorValue {
  readonly kind: "tensor";
  readonly shape: Shape;
  readonly dtype: DType | undefined;
  readonly producer: Producer | undefined;
  /** The stored tensor that this one is, or shares its memory with: a parameter or buffer of a layer. */
  readonly stored?: StoredTensor;
}

/**
 * A tensor of these parts. A spread of another tensor would make an object of a form of its own, which is slow to make and
 * to read, and tensors are made by the thousand.
 */
export function tensorOf(
  shape: Shape,
  dtype: DType | undefined,
  producer: Producer | undefined,
  stored: StoredTensor | undefined,
): TensorValue {
  return stored ? { kind: "tensor", shape, dtype, producer, stored } : { kind: "tensor", shape, dtype, producer };
}

/**
 * A parameter or buffer: compared by identity, so that a shared one counts once. `perhaps`: it may be one, nobody knows
 * which, or neither.
 */
export interface StoredTensor {
  readonly kind: "parameter" | "buffer" | "perhaps";
  readonly id: number;
}

export interface UnknownValue {
  readonly kind: "unknown";
  readonly reason: string;
  /** What the author called it: a parameter without a value, or an attribute of one. */
  readonly name?: string;
  /** What it is an attribute of. */
  readonly owner?: UnknownValue;
  /** What it is where it is used as a size. */
  readonly size?: Dim;
  /** What it was computed from: a number if all of them turn out to be numbers. */
  readonly from?: readonly Dim[];
  /** Whatever it is, it is no layer and no parameter. */
  readonly isData?: true;
}

/** A value that is no tensor, number or the like, and that an operation can only refuse or pass by. */
export interface OtherValue {
  readonly kind: "other";
}

/** `measured`: it comes from a tensor's shape. */
export interface IntValue {
  readonly kind: "int";
  readonly value: Dim;
  readonly origin?: Origin;
  readonly measured?: true;
}

export interface FloatValue {
  readonly kind: "float";
  readonly value: number | undefined;
  /** Where it is not known which number it is: what it is not below and not above. */
  readonly between?: readonly [low: number, high: number];
  /** One of NumPy's numbers, or perhaps one: a tensor made of it counts in float64. */
  readonly ofNumpy?: true | "perhaps";
  readonly origin?: Origin;
}

/** Undefined where only the type is known. */
export interface BoolValue {
  readonly kind: "bool";
  readonly value: boolean | undefined;
}

export interface StringValue {
  readonly kind: "str";
  readonly value: string | undefined;
  /** What a text that is not known was made of: two texts made alike are the same. */
  readonly madeOf?: string;
}

export type OpValue =
  | { readonly kind: "none" }
  | BoolValue
  | IntValue
  | FloatValue
  | StringValue
  | { readonly kind: "dtype"; readonly dtype: DType }
  | TupleOf<OpValue>
  | TensorValue
  | UnknownValue
  | OtherValue;

export interface TupleOf<T> {
  readonly kind: "tuple";
  readonly items: readonly T[];
  /** Of a named tuple, such as the `values` and `indices` of a maximum. */
  readonly names?: readonly string[];
  /** Surely a `torch.Size`, as `x.shape` is. */
  readonly isSize?: true;
}

export const none = { kind: "none" } as const;

export function int(value: number | Dim, origin?: Origin): IntValue {
  const size = typeof value === "number" ? constant(value) : value;
  return origin ? { kind: "int", value: size, origin } : { kind: "int", value: size };
}

export function bool(value: boolean | undefined): BoolValue {
  return { kind: "bool", value };
}

export function str(value: string | undefined): StringValue {
  return { kind: "str", value };
}

/** A number with a fraction; what is too large for one is not known. */
export function numberLike(value: number | undefined, ofNumpy?: FloatValue["ofNumpy"]): FloatValue {
  const known = value !== undefined && Number.isFinite(value) ? value : undefined;
  return ofNumpy ? { kind: "float", value: known, ofNumpy } : { kind: "float", value: known };
}

export function unknown(reason: string): UnknownValue {
  return { kind: "unknown", reason };
}

/** A number, a text, an array or the like, nobody knows which: no part of a model. */
export function unknownData(reason: string): UnknownValue {
  return { kind: "unknown", reason, isData: true };
}

/** A tensor without history; the interpreter adds the producer. Of a shape put together of two open ones nothing is known. */
export function tensor(shape: Shape, dtype: DType | undefined): TensorValue {
  const isOpenTwice = shape.filter(isRest).length > 1;
  return { kind: "tensor", shape: isOpenTwice ? unknownShape() : shape, dtype, producer: undefined };
}

const namedSizes = new WeakMap<UnknownValue, Dim>();

/** The symbol that stands for an unknown value used as an integer: named as its author named it, always the same one. */
export function sizeNamed(value: UnknownValue): Dim {
  const known = value.size ?? namedSizes.get(value);
  if (known) return known;
  const symbol = value.name === undefined ? unknownInteger() : newSymbol(value.name, "given", -Infinity);
  namedSizes.set(value, symbol);
  return symbol;
}
