/** A causal mask whose triangle begins at the wrong diagonal: it hides a position from itself, or shows it the next one. */
import { type Inference } from "../../infer/analysis";
import { type Producer, type StoredTensor, type TensorValue } from "../../ops/value";
import { type Finding, type Rule } from "../define";
import { softmaxesOf } from "../reading/attention";
import { buffersOf } from "../reading/buffers";
import { argumentExpression, callAt, numberOf } from "../reading/calls";
import { behind, isDropout, isLayout } from "../reading/layers";

/** Where the ones of a triangular matrix stand: from the diagonal `at` upwards or downwards. */
interface Triangle {
  readonly producer: Producer;
  readonly side: "upper" | "lower";
  readonly at: number;
}

function* check(inference: Inference): Iterable<Finding> {
  const buffers = buffersOf(inference);
  for (const softmax of softmaxesOf(inference)) {
    const masking = behind(softmax.inputs[0], isLayout, isDropout);
    const isAdded = masking !== undefined && /\.add_?$/.test(masking.operation);
    if (!masking || !(isAdded || /\.masked_fill_?$/.test(masking.operation))) continue;
    const value = isAdded ? -Infinity : valueOf(masking, inference);
    const hidden = isAdded
      ? masking.inputs.map((input) => infinite(input, buffers, inference)).find((one) => one !== undefined)
      : hiddenBy(masking.inputs[1], buffers, 8);
    if (!hidden || value === undefined || value > -10 || hidden.producer.origin.path !== inference.source.path)
      continue;
    const message = problemOf(hidden, value);
    if (message !== undefined)
      yield {
        span: hidden.producer.origin.span,
        message,
        related: [{ span: masking.origin.span, message: "The scores are masked here." }],
      };
  }
}

/** A triangle of minus infinity in a matrix of zeros, which is added to the scores. */
function infinite(
  mask: TensorValue | undefined,
  buffers: ReadonlyMap<StoredTensor, TensorValue>,
  inference: Inference,
): Triangle | undefined {
  const producer = mask?.producer ?? (mask?.stored && buffers.get(mask.stored)?.producer);
  if (!producer) return undefined;
  const { operation, inputs, values } = producer;
  if (/\.(to|view|unsqueeze|__getitem__)$/.test(operation)) return infinite(inputs[0], buffers, inference);
  const filled = inputs[0]?.producer;
  if (!operation.endsWith(".triu") || filled?.operation !== "torch.full" || !isSquare(inputs[0]!)) return undefined;
  const call = filled.origin.path === inference.source.path ? callAt(filled.origin.span) : undefined;
  const written = call && argumentExpression(call, "fill_value", 1);
  const at = numberOf(values?.get("diagonal"));
  return at !== undefined && written && infinity.test(inference.source.slice(written).replace(/\s/g, ""))
    ? { producer, side: "upper", at }
    : undefined;
}

const infinity = /^(float\(["']-inf(inity)?["']\)|-float\(["']inf(inity)?["']\)|-((torch|math|np|numpy)\.)?inf)$/i;

/** What hidden scores become; infinity is no number that the interpreter computes with, so it is read as it is written. */
function valueOf({ operation, origin, values }: Producer, { source }: Inference): number | undefined {
  const call = origin.path === source.path ? callAt(origin.span) : undefined;
  const written = call && argumentExpression(call, "value", operation.startsWith("Tensor.") ? 1 : 2);
  const text = written ? source.slice(written).replace(/\s/g, "") : "";
  if (infinity.test(text)) return -Infinity;
  return numberOf(values?.get("value"));
}

/** The positions that a mask hides: those where it is true. */
function hiddenBy(
  mask: TensorValue | undefined,
  buffers: ReadonlyMap<StoredTensor, TensorValue>,
  left: number,
): Triangle | undefined {
  const producer = mask?.producer ?? (mask?.stored && buffers.get(mask.stored)?.producer);
  if (!producer || left === 0) return undefined;
  const { operation, inputs, values } = producer;
  if (/\.(tril|triu)$/.test(operation)) {
    const at = numberOf(values?.get("diagonal"));
    const isOfOnes = inputs[0]?.producer?.operation === "torch.ones" && isSquare(inputs[0]);
    return at !== undefined && isOfOnes
      ? { producer, side: operation.endsWith("triu") ? "upper" : "lower", at }
      : undefined;
  }
  const inner = hiddenBy(inputs[0], buffers, left - 1);
  if (!inner) return undefined;
  if (/\.(bool|to|view|unsqueeze|__getitem__)$/.test(operation)) return inner;
  if (/\.(logical_not|bitwise_not|__invert__)$/.test(operation)) return opposite(inner);
  if (!operation.endsWith(".eq")) return undefined;
  const other = numberOf(values?.get("other"));
  return other === 1 ? inner : other === 0 ? opposite(inner) : undefined;
}

function isSquare({ shape }: TensorValue): boolean {
  const [rows, columns] = shape.slice(-2);
  return rows !== undefined && columns !== undefined && "key" in rows && "key" in columns && rows.key === columns.key;
}

/** What is not on or below the diagonal `at` is above it. */
function opposite({ producer, side, at }: Triangle): Triangle {
  return side === "lower" ? { producer, side: "upper", at: at + 1 } : { producer, side: "lower", at: at - 1 };
}

/** Hidden should be what comes later: all from the first diagonal above the main one. */
function problemOf({ side, at }: Triangle, value: number): string | undefined {
  if (side === "lower") {
    return at >= 0 && value === -Infinity
      ? "This mask hides the past and shows the future: its triangle is the wrong way round, and the last position sees nothing, which gives NaN."
      : undefined;
  }
  if (at > 1) {
    const steps = at === 2 ? "the next position" : `the next ${at - 1} positions`;
    return `This mask begins ${at} diagonals above the main one, so each position sees ${steps}: a language model reads the answer from its input. It should begin one above.`;
  }
  return at <= 0 && value === -Infinity
    ? "This mask hides each position from itself as well: the first one sees nothing, and softmax of nothing but -inf is NaN. It should begin one diagonal above the main one."
    : undefined;
}

export const causalMaskOffByOne: Rule = {
  id: "causal-mask-off-by-one",
  summary: "A causal mask begins at the wrong diagonal.",
  category: "model",
  severity: "error",
  confidence: "certain",
  preset: "recommended",
  needs: "dataflow",
  fix: "none",
  check,
};
