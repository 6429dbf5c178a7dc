/** A softmax over the first dimension of scores that a batch lies along: the examples compete instead of the classes. */
import { type Inference } from "../../infer/analysis";
import { type Producer } from "../../ops/value";
import { type Finding, type Rule } from "../define";
import { nameOf, writtenCall } from "../reading/activations";
import { argumentExpression } from "../reading/calls";
import { valueProducer } from "../reading/flow";
import { lossCalls, scaleOfInput } from "../reading/losses";
import { type SoftmaxCall, knownRank, outputAxis, sizeAt, softmaxCalls } from "../reading/softmaxes";

function* check(inference: Inference): Iterable<Finding> {
  for (const softmax of softmaxCalls(inference)) {
    const { call, input, dim } = softmax;
    const output = input && outputAxis(input, inference);
    if (!output || call.result.kind !== "tensor") continue;
    const rank = knownRank(input, inference);
    if ((dim !== 0 && (dim === undefined || dim !== -(rank ?? 0))) || (rank ?? 2) < 2) continue;
    if (sizeAt(input, output.axis, inference) === 1 || !isPrediction(softmax, rank, inference)) continue;
    yield {
      span: call.origin.span,
      message: `Over dimension ${dim} the probabilities of a class sum to 1 over the batch, not those of an example over its classes: what an example gets depends on which others are with it.`,
      ...overClasses(call.result.producer, output.axis, inference),
    };
  }
}

/** What a loss reads, or of a batch for certain what a model gives. Weights inside of a model may run over any dimension. */
function isPrediction({ call }: SoftmaxCall, rank: number | undefined, inference: Inference): boolean {
  const isHere = (producer: Producer | undefined): boolean => producer?.origin.span === call.origin.span;
  const losses = lossCalls(inference, "cross-entropy", "nll", "bce", "kl-div", "regression");
  if (losses.some((loss) => isHere(scaleOfInput(loss)?.producer))) return true;
  return (
    rank !== undefined &&
    inference.record.moduleCalls.some(
      ({ module, output }) => module.type.kind === "class" && output.kind === "tensor" && isHere(valueProducer(output)),
    )
  );
}

function overClasses(producer: Producer | undefined, axis: number, inference: Inference): Pick<Finding, "fix"> {
  const written = producer && writtenCall(producer, inference);
  if (!written) return {};
  const isMethod = producer.operation.startsWith("Tensor.");
  const dim = argumentExpression(written, "dim", producer.layer || isMethod ? 0 : 1);
  const wanted = axis === -1 ? "-1" : "1";
  const title = `Let ${nameOf(producer)} run over the classes`;
  return dim ? { fix: { title, edits: [{ span: dim, text: wanted }] } } : {};
}

export const softmaxOverBatch: Rule = {
  id: "softmax-over-batch",
  summary: "The softmax runs over the examples of a batch instead of the classes.",
  category: "loss",
  severity: "error",
  confidence: "likely",
  preset: "recommended",
  needs: "shapes",
  fix: "suggested",
  check,
};
