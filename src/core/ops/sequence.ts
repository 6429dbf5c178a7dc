/** Inputs that are sequences of vectors, (L, N, E), (N, L, E) or without a batch: how layers read their shapes. */
import { type Dim, newSymbol } from "../shape/dim";
import { printDim } from "../shape/notation";
import { type Rest, isRest, knownDims, restIndex } from "../shape/shape";
import { tensorArgument } from "./arguments";
import { type OperationCall, type Refusal, refuse } from "./call";
import { type SizeValue } from "./sizes";

/** Where the batch and the sequence stand; without a batch, the sequence comes first. */
export interface SequenceAxes {
  readonly batch: number | undefined;
  readonly sequence: number;
}

export function sequenceAxes(rank: number, batchFirst: boolean): SequenceAxes {
  if (rank === 2) return { batch: undefined, sequence: 0 };
  return batchFirst ? { batch: 0, sequence: 1 } : { batch: 1, sequence: 0 };
}

/**
 * The sizes of an argument whose last dimension must be `width`; an input that nobody described is a batch of
 * sequences. Undefined where they are not known.
 */
export function sequenceArgument(
  call: OperationCall,
  name: string,
  width: Dim | undefined,
  batchFirst: boolean | undefined,
): readonly Dim[] | Refusal | undefined {
  const value = tensorArgument(call, name);
  if (!value) return undefined;
  describeSequence(call, value.shape, batchFirst);
  const shape = call.facts.resolveShape(value.shape);
  const own = shape.at(-1);
  if (own && !isRest(own) && width && call.facts.equate(own, width) === "no")
    return refuse(`expects ${printDim(width)} features in its ${name}`, own, value, shape.length - 1);
  return knownDims(call.facts.resolveShape(shape));
}

function describeSequence(
  { facts }: OperationCall,
  given: Parameters<typeof restIndex>[0],
  batchFirst?: boolean,
): void {
  const shape = facts.resolveShape(given);
  const index = restIndex(shape);
  const missing = 3 - (shape.length - 1);
  if (index < 0 || missing < 0 || batchFirst === undefined) return;
  const names = [...(batchFirst ? ["B", "T"] : ["T", "B"]), "C"].slice(index, index + missing);
  facts.describe(
    shape[index] as Rest,
    names.map((name) => newSymbol(name, "free")),
  );
}

/** Whether a refusal came instead of sizes. */
export function isRefused(value: readonly Dim[] | Refusal | undefined): value is Refusal {
  return value !== undefined && "kind" in value;
}

/** Sizes of a value that an expression looks at, where all are known. */
export function knownSizes(value: SizeValue): readonly Dim[] | undefined {
  return Array.isArray(value) ? knownDims(value as readonly Dim[]) : undefined;
}
