/** Adam with a learning rate at which its steps, whose size is the rate itself, jump about. */
import { type Inference } from "../../infer/analysis";
import { type CallRecord } from "../../infer/record";
import { argumentExpression, argumentOf, callAt, numberOf } from "../reading/calls";
import { type Finding, type Rule, type Thresholds } from "../define";

const optimizers = /^torch\.optim\.(adamw?\.)?(Adam|AdamW|NAdam|RAdam|Adamax|SparseAdam)$/;

// Of 267 literal rates in 34 well-known repositories, one outside their tests is this high; 0.01 is common.
const thresholds = { highest: { default: 0.05, says: "the lowest learning rate that is reported" } };
const usual = "0.001";

function* check(
  { record, source }: Inference,
  { highest = thresholds.highest.default }: Thresholds,
): Iterable<Finding> {
  for (const call of record.calls) {
    if (!optimizers.test(call.operation) || call.origin.path !== source.path || fitsNumbers(call)) continue;
    const rate = argumentOf(call, "lr", 1);
    const value = numberOf(rate);
    if (value === undefined || value < highest) continue;
    yield { ...describe(call, value), ...mend(call, rate) };
  }
}

/** Plain tensors, such as the pixels of an image: their steps are a matter of their scale, not of a network's weights. */
function fitsNumbers(call: CallRecord): boolean {
  const parameters = argumentOf(call, "params", 0);
  const items = parameters?.kind === "list" ? parameters.contents.get("items") : undefined;
  return items?.some((item) => item.kind === "tensor" && !item.stored) ?? false;
}

function describe(call: CallRecord, value: number): Finding {
  const node = callAt(call.origin.span);
  const name = call.operation.split(".").at(-1)!;
  return {
    span: (node && argumentExpression(node, "lr", 1)) ?? call.origin.span,
    message: `A learning rate of ${value} is far too high for ${name}: every step moves each weight by about ${value}, however small its gradient. Usual rates lie between 0.0001 and 0.001.`,
  };
}

/** Changes the literal that the rate comes from, through variables and defaults. */
function mend(call: CallRecord, rate: ReturnType<typeof argumentOf>): Pick<Finding, "fix" | "related"> {
  const origin = rate?.kind === "float" || rate?.kind === "int" ? rate.origin : undefined;
  if (origin?.path !== call.origin.path) return {};
  const { start, end } = call.origin.span;
  const isElsewhere = origin.span.start < start || origin.span.end > end;
  return {
    fix: { title: `Set the learning rate to ${usual}`, edits: [{ span: origin.span, text: usual }] },
    ...(isElsewhere && { related: [{ span: origin.span, message: "The rate is set here." }] }),
  };
}

export const adamLearningRateTooHigh: Rule = {
  id: "adam-learning-rate-too-high",
  summary: "Adam's learning rate is far out of range.",
  category: "optimisation",
  severity: "error",
  confidence: "likely",
  preset: "recommended",
  needs: "dataflow",
  fix: "suggested",
  thresholds,
  check,
};
