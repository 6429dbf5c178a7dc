/** The discriminator's step goes back through the generator as well, for gradients that are thrown away. */
import { type Inference } from "../../infer/analysis";
import { type Finding, type Rule } from "../define";
import { undetached } from "../reading/adversaries";

function* check(inference: Inference): Iterable<Finding> {
  for (const { argument, made, judged, isStepped, isUsedAgain, fix } of undetached(inference)) {
    if (isStepped) continue;
    const maker = made.name || "the generator";
    yield {
      span: argument,
      message: isUsedAgain
        ? `${judged.name || "The discriminator"} is trained here, but backward() goes on through ${maker}, whose graph is gone then: the next backward() on this batch stops with an error. detach() the batch.`
        : `${judged.name || "The discriminator"} is trained here, but backward() goes on through ${maker} and computes gradients that are cleared unused. detach() the batch.`,
      ...(fix && { fix }),
    };
  }
}

export const ganFakeNotDetached: Rule = {
  id: "gan-fake-not-detached",
  summary: "The discriminator's step also computes gradients of the generator.",
  category: "modes",
  severity: "warning",
  confidence: "certain",
  preset: "recommended",
  needs: "dataflow",
  fix: "suggested",
  check,
};
