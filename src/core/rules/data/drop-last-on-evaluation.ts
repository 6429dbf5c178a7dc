/** An evaluation that leaves out the samples of the last, smaller batch. */
import { type Inference } from "../../infer/analysis";
import { type Finding, type Rule } from "../define";
import { argumentOf, callAt } from "../reading/calls";
import { loaderLoops, truth } from "../reading/data";

function* check(inference: Inference): Iterable<Finding> {
  const loops = loaderLoops(inference);
  const others = new Set(loops.filter(({ evaluates }) => !evaluates).map(({ loader }) => loader));
  for (const { loader, evaluates } of loops) {
    const { call } = loader;
    const drops = argumentOf(call, "drop_last", 8);
    if (!evaluates || others.has(loader) || drops?.kind !== "bool" || !truth(drops)) continue;
    const given = callAt(call.origin.span)?.keywords.find(({ name }) => name?.name === "drop_last");
    if (call.origin.path !== inference.source.path || !given) continue;
    yield {
      span: given,
      message:
        "The model is evaluated on this loader, and drop_last leaves out the samples of the last batch: up to a batch of the data is never looked at.",
      fix: { title: "Keep the last batch", edits: [{ span: given.value, text: "False" }] },
    };
  }
}

export const dropLastOnEvaluation: Rule = {
  id: "drop-last-on-evaluation",
  summary: "Evaluation leaves out the last batch.",
  category: "data",
  severity: "warning",
  confidence: "likely",
  preset: "strict",
  needs: "dataflow",
  fix: "suggested",
  check,
};
