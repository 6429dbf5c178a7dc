/** Scores without any softmax where NLLLoss wants logarithms of probabilities: the loss has no lower bound. */
import { type Inference } from "../../infer/analysis";
import { type Finding, type Rule } from "../define";
import { nameOf } from "../reading/activations";
import { lossCalls, renamedLoss, scaleOfInput } from "../reading/losses";

function* check(inference: Inference): Iterable<Finding> {
  for (const loss of lossCalls(inference, "nll")) {
    const scale = scaleOfInput(loss);
    if (scale?.kind !== "logits" && scale?.kind !== "activation") continue;
    yield {
      span: loss.call.origin.span,
      message: `${loss.name} wants logarithms of probabilities, but gets what ${nameOf(scale.producer)} gives, with no log-softmax on the way: the loss falls without end as the scores grow.`,
      related: relatedIn(inference, scale.producer.origin, "The scores are computed here."),
      ...renamedLoss(loss, { layer: "CrossEntropyLoss", function: "cross_entropy" }, inference),
    };
  }
}

function relatedIn(
  { source }: Inference,
  { path, span }: { readonly path: string; readonly span: Finding["span"] },
  message: string,
): NonNullable<Finding["related"]> {
  return path === source.path ? [{ span, message }] : [];
}

export const logitsToNllLoss: Rule = {
  id: "logits-to-nll-loss",
  summary: "NLLLoss is given scores on which no log-softmax was taken.",
  category: "loss",
  severity: "error",
  confidence: "certain",
  preset: "recommended",
  needs: "dataflow",
  fix: "suggested",
  check,
};
