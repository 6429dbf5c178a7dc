/** The KL divergence averaged over the classes too: it is too small by the number of classes. */
import { type Inference } from "../../infer/analysis";
import type { Call } from "../../python/syntax";
import { type Finding, type Rule } from "../define";
import { writtenCall } from "../reading/activations";
import { withArgument } from "../reading/edits";
import { lossCalls } from "../reading/losses";
import { sizeAt } from "../reading/softmaxes";

function* check(inference: Inference): Iterable<Finding> {
  for (const { call, input, name } of lossCalls(inference, "kl-div")) {
    const { values, result } = call;
    const reduction = values.get("reduction");
    if (reduction?.kind !== "str" || reduction.value !== "mean") continue;
    if (["size_average", "reduce"].some((flag) => (values.get(flag)?.kind ?? "none") !== "none")) continue;
    const classes = input?.kind === "tensor" ? sizeAt(input, -1, inference) : undefined;
    const written = result.kind === "tensor" && result.producer ? writtenCall(result.producer, inference) : undefined;
    yield {
      span: call.origin.span,
      message: `With reduction="mean" ${name} divides by the number of classes${classes ? `, ${classes},` : ""} as well as by the batch, so the divergence is too small. reduction="batchmean" divides by the batch alone.`,
      ...(written && { fix: { title: 'Use reduction="batchmean"', edits: [perExample(written)] } }),
    };
  }
}

function perExample(call: Call): ReturnType<typeof withArgument> {
  const given = call.keywords.find(({ name }) => name?.name === "reduction");
  return given ? { span: given.value, text: '"batchmean"' } : withArgument(call, 'reduction="batchmean"');
}

export const klDivMeanReduction: Rule = {
  id: "kl-div-mean-reduction",
  summary: "The KL divergence is averaged over the classes too.",
  category: "loss",
  severity: "warning",
  confidence: "likely",
  preset: "strict",
  needs: "dataflow",
  fix: "suggested",
  check,
};
