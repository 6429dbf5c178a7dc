/** The highest score looked for among the examples of a batch instead of the classes, for an accuracy that means nothing. */
import { type Inference } from "../../infer/analysis";
import { type CallRecord } from "../../infer/record/part";
import { type Value } from "../../infer/values/value";
import { type OpValue } from "../../ops/value";
import { type Finding, type Rule } from "../define";
import { argumentExpression, callAt, callsOf, numberOf } from "../reading/calls";
import { lossCalls } from "../reading/losses";
import { knownRank, outputAxis } from "../reading/softmaxes";
import { idOf, plain } from "../reading/terms";

const searches = ["torch.argmax", "Tensor.argmax", "torch.max", "Tensor.max"];

function* check(inference: Inference): Iterable<Finding> {
  for (const call of callsOf(inference, ...searches)) {
    const input = call.values.get("input");
    if (input?.kind !== "tensor" || numberOf(call.values.get("dim")) !== 0) continue;
    const rank = knownRank(input, inference);
    const output = outputAxis(input, inference);
    if (!output || (rank !== undefined && rank < 2)) continue;
    const isBatch =
      rank !== undefined ||
      lossCalls(inference, "cross-entropy", "nll").some(
        (loss) => loss.input?.kind === "tensor" && idOf(loss.input) === idOf(input),
      );
    if (!isBatch || !isCompared(call, inference)) continue;
    const node = callAt(call.origin.span);
    const dim = node && argumentExpression(node, "dim", call.operation.startsWith("Tensor.") ? 0 : 1);
    const wanted = output.axis === -1 ? "-1" : "1";
    yield {
      span: call.origin.span,
      message: `Over dimension 0 this finds for each class the example with the highest score, not for each example its class: what is compared with the targets is no prediction. The classes lie along dimension ${wanted}.`,
      ...(dim && { fix: { title: `Use dimension ${wanted}`, edits: [{ span: dim, text: wanted }] } }),
    };
  }
}

/** What was found is compared with something, as for an accuracy. */
function isCompared({ result }: CallRecord, inference: Inference): boolean {
  const places = (result.kind === "tuple" ? result.items : [result]).flatMap((value) => placeOf(value) ?? []);
  return callsOf(inference, "torch.eq", "Tensor.eq").some(({ values }) =>
    ["input", "other"].some((side) => places.includes(placeOf(values.get(side)) ?? -1)),
  );
}

function placeOf(value: Value | OpValue | undefined): number | undefined {
  return value?.kind === "tensor" ? plain(value).producer?.origin.span.start : undefined;
}

export const argmaxOverBatch: Rule = {
  id: "argmax-over-batch",
  summary: "The predicted class is looked for along the batch.",
  category: "loss",
  severity: "warning",
  confidence: "likely",
  preset: "recommended",
  needs: "shapes",
  fix: "suggested",
  check,
};
