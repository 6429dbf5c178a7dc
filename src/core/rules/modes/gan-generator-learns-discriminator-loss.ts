/** The discriminator's loss leaves gradients in the generator, and the generator's optimizer steps on them. */
import { type Inference } from "../../infer/analysis";
import { type Finding, type Rule } from "../define";
import { undetached } from "../reading/adversaries";

function* check(inference: Inference): Iterable<Finding> {
  for (const { argument, made, judged, isStepped, fix } of undetached(inference)) {
    if (!isStepped) continue;
    const maker = made.name || "the generator";
    yield {
      span: argument,
      message: `The loss of ${judged.name || "the discriminator"} leaves its gradients in ${maker} too, and nothing clears them before ${maker} is stepped: it learns to be found out. detach() the batch.`,
      ...(fix && { fix }),
    };
  }
}

export const ganGeneratorLearnsDiscriminatorLoss: Rule = {
  id: "gan-generator-learns-discriminator-loss",
  summary: "The generator is stepped on gradients of the discriminator's loss.",
  category: "modes",
  severity: "error",
  confidence: "certain",
  preset: "recommended",
  needs: "dataflow",
  fix: "suggested",
  check,
};
