/** A model that divides its features by a number taken over the whole batch: every example depends on the others. */
import { type Inference } from "../../infer/analysis";
import { type OpValue, type Producer, type TensorValue } from "../../ops/value";
import { isRest } from "../../shape/shape";
import { type Finding, type Rule } from "../define";
import { functionName, handsOn } from "../reading/flow";
import { flowOf } from "../reading/layers";
import { isWithin } from "../reading/scopes";
import { nodesOf } from "../reading/syntax";

function* check(inference: Inference): Iterable<Finding> {
  const forwards = nodesOf(inference, "FunctionDef").filter(({ name }) => name.name === "forward");
  const seen = new Set<number>();
  for (const producer of flowOf(inference).producers) {
    const { origin, inputs } = producer;
    const [scaled, scale] = inputs;
    if (origin.path !== inference.source.path || seen.has(origin.span.start) || inputs.length !== 2) continue;
    if (!/^div_?$/.test(functionName(producer.operation)) || !scaled || !scale) continue;
    const reduction = reductionIn(scale);
    const whole = reduction?.inputs[0];
    // Only what is divided by a number of its own: `x / x.norm()`, `(x - x.mean()) / x.std()`.
    if (!reduction || !whole || !haveOneRoot(whole, scaled) || rankOf(whole, inference) < 2) continue;
    if (!forwards.some((forward) => isWithin(origin.span, forward))) continue;
    seen.add(origin.span.start);
    yield {
      span: origin.span,
      message: `This divides by one number for the whole tensor, batch included: ${functionName(reduction.operation)}() is told no dimension. What comes out for an example depends on those that happen to be in its batch. Say dim=-1, or the dimensions of one example, and keepdim=True.`,
    };
  }
}

const reductions = /^(norm|vector_norm|sum|std|var|max|amax|mean)$/;

/** The reduction to a single number that a divisor is, a small number added or a root taken. */
function reductionIn(tensor: TensorValue, depth = 0): Producer | undefined {
  const { producer } = tensor;
  if (!producer || depth > 4 || producer.inputs.length !== 1) return undefined;
  const name = functionName(producer.operation);
  if (reductions.test(name)) return isOverAll(producer) ? producer : undefined;
  if (!/^(add|clamp|clamp_min|sqrt|item)_?$/.test(name) && !handsOn(producer)) return undefined;
  return producer.inputs[0] && reductionIn(producer.inputs[0], depth + 1);
}

function isOverAll({ values }: Producer): boolean {
  const isMissing = (value: OpValue | undefined): boolean => value === undefined || value.kind === "none";
  return values !== undefined && isMissing(values.get("dim")) && isMissing(values.get("axis"));
}

/** The tensor that some numbers are those of, but for their size, sign and mean. */
function rootOf(tensor: TensorValue): TensorValue {
  const { producer } = tensor;
  const [first] = producer?.inputs ?? [];
  const isOwn =
    producer !== undefined &&
    (/^(abs|square|pow|sub|detach)_?$/.test(functionName(producer.operation)) || handsOn(producer));
  return isOwn && first ? rootOf(first) : tensor;
}

/** Both come from one tensor, which is no weight. */
function haveOneRoot(one: TensorValue, other: TensorValue): boolean {
  const [a, b] = [rootOf(one), rootOf(other)];
  return !a.stored && (a.producer ?? a) === (b.producer ?? b);
}

function rankOf({ shape }: TensorValue, { facts }: Inference): number {
  const dims = facts.resolveShape(shape);
  return dims.some(isRest) ? 0 : dims.length;
}

export const scaledByWholeBatch: Rule = {
  id: "scaled-by-whole-batch",
  summary: "A model scales its features by a number of the whole batch.",
  category: "model",
  severity: "warning",
  confidence: "likely",
  preset: "strict",
  needs: "shapes",
  fix: "none",
  check,
};
