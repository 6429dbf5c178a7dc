/** An optimizer whose learning rate nobody has chosen. */
import { type Inference } from "../../infer/analysis";
import { knownItems } from "../../infer/collections/lists";
import { type Finding, type Rule } from "../define";
import { argumentOf, callAt } from "../reading/calls";
import { stepsOf } from "../reading/training";
import { type Value } from "../../infer/values/value";

/** What PyTorch takes then, by the optimizer's class. */
const defaults: Readonly<Record<string, number>> = {
  Adam: 0.001,
  AdamW: 0.001,
  Adamax: 0.002,
  NAdam: 0.002,
  RAdam: 0.001,
  SGD: 0.001,
  ASGD: 0.01,
  RMSprop: 0.01,
  Adagrad: 0.01,
  Rprop: 0.01,
};

function* check(inference: Inference): Iterable<Finding> {
  for (const { kind, call } of stepsOf(inference)) {
    if (kind !== "build-optimizer" || call.origin.path !== inference.source.path) continue;
    const name = call.operation.split(".").at(-1)!;
    const rate = defaults[name];
    const spreads = callAt(call.origin.span)?.keywords.some((keyword) => !keyword.name) ?? true;
    const [first] = knownItems((argumentOf(call, "params", 0) ?? call.result) as Value) ?? [];
    // Groups may have rates of their own.
    if (rate === undefined || spreads || first?.kind === "dict" || argumentOf(call, "lr", 1)) continue;
    yield {
      span: call.origin.span,
      message: `${name} runs with its default learning rate of ${rate}. It is the number that matters most in training: write it down, and try others.`,
    };
  }
}

export const implicitLearningRate: Rule = {
  id: "implicit-learning-rate",
  summary: "An optimizer is left with its default learning rate.",
  category: "optimisation",
  severity: "information",
  confidence: "certain",
  preset: "none",
  needs: "dataflow",
  fix: "none",
  check,
};
