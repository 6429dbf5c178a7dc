/** Weight decay of the size that AdamW takes, given to Adam, where it is something else. */
import { type Inference } from "../../infer/analysis";
import { type CallRecord } from "../../infer/record/part";
import { type Finding, type Rule, type Thresholds } from "../define";
import { callAt, callsOf } from "../reading/calls";
import { settingsOf } from "../reading/rates";

function* check(inference: Inference, { lowest }: Thresholds): Iterable<Finding> {
  for (const call of callsOf(inference, "torch.optim.Adam", "torch.optim.adam.Adam")) {
    const decoupled = call.keywords.get("decoupled_weight_decay");
    const [decay] = settingsOf(call, "weight_decay", 4).filter(({ value }) => value >= lowest!);
    if (!decay || decoupled) continue;
    yield {
      span: decay.span,
      message: `Adam adds weight_decay=${decay.value} to the gradient and then divides by the gradient's size: weights with large gradients are hardly decayed. If decay is meant, AdamW takes it off the weights directly.`,
      ...mend(call),
    };
  }
}

/** Only where the class is called by its own name: `optim.Adam(…)`. */
function mend(call: CallRecord): Pick<Finding, "fix"> {
  const callee = callAt(call.origin.span)?.callee;
  if (callee?.kind !== "Attribute" || callee.attribute.name !== "Adam") return {};
  return { fix: { title: "Use AdamW", edits: [{ span: callee.attribute, text: "AdamW" }] } };
}

export const adamWithL2Decay: Rule = {
  id: "adam-with-l2-decay",
  summary: "Adam's weight decay is not the decoupled one.",
  category: "optimisation",
  severity: "information",
  confidence: "likely",
  preset: "teaching",
  needs: "dataflow",
  fix: "suggested",
  thresholds: {
    lowest: { default: 0.01, says: "Decay from here on is reported; smaller values are common as L2 terms." },
  },
  check,
};
