/** The same activation twice in a row. */
import { type Inference } from "../../infer/analysis";
import { type Finding, type Rule } from "../define";
import { nameOf } from "../reading/activations";
import { activationOf, behind, flowOf, isDropout, isLayout, placeOf } from "../reading/layers";

/** Those that change nothing the second time. */
const idempotent = new Set(["relu", "relu6", "hardtanh"]);

function* check(inference: Inference): Iterable<Finding> {
  for (const second of flowOf(inference).producers) {
    const name = activationOf(second);
    if (name === undefined || second.origin.path !== inference.source.path) continue;
    const first = behind(second.inputs[0], isDropout, isLayout);
    if (!first || activationOf(first) !== name) continue;
    const isHarmless = idempotent.has(name);
    const title = nameOf(second);
    yield {
      span: placeOf(second, inference).span,
      message: isHarmless
        ? `What comes here has been through ${title} already, and a second one changes nothing. A layer may be missing between them.`
        : `${title} is applied twice in a row: the second squeezes values that are squeezed already. A layer may be missing between them.`,
      related: [{ span: placeOf(first, inference).span, message: "The first one." }],
      ...(isHarmless && { severity: "information" as const }),
    };
  }
}

export const doubleActivation: Rule = {
  id: "double-activation",
  summary: "The same activation is applied twice in a row.",
  category: "model",
  severity: "warning",
  confidence: "likely",
  preset: "teaching",
  needs: "dataflow",
  fix: "none",
  check,
};
