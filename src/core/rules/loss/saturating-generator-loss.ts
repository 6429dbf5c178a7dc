/** A generator that minimises log(1 - D(G(z))): while the discriminator tells its examples apart, it has hardly a gradient. */
import { type Inference } from "../../infer/analysis";
import { type TensorValue } from "../../ops/value";
import { type Finding, type Rule } from "../define";
import { functionName, valueProducer } from "../reading/flow";
import { reachOf } from "../reading/graph";
import { termsOf } from "../reading/terms";
import { type Update, parametersHeld, updatesOf } from "../reading/updates";

function* check(inference: Inference): Iterable<Finding> {
  for (const update of updatesOf(inference))
    for (const { object } of update.losses) {
      if (object?.kind !== "tensor") continue;
      for (const { base, factor } of termsOf(object)) {
        const logarithm = factor > 0 && base.kind === "tensor" ? base.of : undefined;
        const judged = logarithm && judgedIn(logarithm);
        const origin = logarithm?.producer?.origin;
        if (!judged || origin?.path !== inference.source.path || !isOfAnother(judged, update, inference)) continue;
        yield {
          span: origin.span,
          message:
            "The generator minimises log(1 − D(G(z))). As long as the discriminator is sure of the fakes this is almost flat: its slope is D itself, which is near 0. Minimise −log D(G(z)) instead, whose slope is then near 1.",
        };
      }
    }
}

/** The probability `p` of `log(1 - p)`, or the logits `a` of `logsigmoid(-a)`, which is the same. */
function judgedIn({ producer }: TensorValue): TensorValue | undefined {
  const name = producer && functionName(producer.operation);
  const inside = producer?.inputs[0];
  if (inside && /^log_?sigmoid$/.test(name!)) {
    const [only, ...others] = termsOf(inside);
    return others.length === 0 && only?.factor === -1 && only.base.kind === "tensor" ? only.base.of : undefined;
  }
  return inside && name === "log" ? rejectedIn(inside) : undefined;
}

function rejectedIn(inside: TensorValue): TensorValue | undefined {
  const terms = termsOf(inside);
  const [one, rest] = [terms.find(({ base }) => base.kind === "one"), terms.find(({ base }) => base.kind === "tensor")];
  if (terms.length !== 2 || one?.factor !== 1 || rest?.factor !== -1 || rest.base.kind !== "tensor") return undefined;
  const last = valueProducer(rest.base.of);
  return last && functionName(last.operation) === "sigmoid" ? rest.base.of : undefined;
}

/** The optimizer that steps holds the network that made the examples, and not the one that judges them. */
function isOfAnother(judged: TensorValue, { steps }: Update, inference: Inference): boolean {
  const [step] = steps;
  const held = parametersHeld(step?.object, inference);
  const reached = [...reachOf(judged).parameters];
  return (
    held !== undefined &&
    reached.some((id) => held.has(id)) &&
    reached.some((id) => !held.has(id)) &&
    steps.length === 1
  );
}

export const saturatingGeneratorLoss: Rule = {
  id: "saturating-generator-loss",
  summary: "The generator minimises log(1 - D(G(z))), which is flat where it is bad.",
  category: "loss",
  severity: "warning",
  confidence: "likely",
  preset: "teaching",
  needs: "dataflow",
  fix: "none",
  check,
};
