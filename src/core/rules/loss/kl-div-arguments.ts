/** The KL divergence with probabilities where it wants logarithms, or the other way round. */
import { type Inference } from "../../infer/analysis";
import { type Finding, type Rule } from "../define";
import { nameOf, takeLogarithm } from "../reading/activations";
import { type LossCall, lossCalls, scaleOfInput } from "../reading/losses";
import { type Scale, scaleOf } from "../reading/scales";

function* check(inference: Inference): Iterable<Finding> {
  for (const loss of lossCalls(inference, "kl-div")) {
    const input = scaleOfInput(loss);
    const target = loss.target?.kind === "tensor" ? scaleOf(loss.target) : undefined;
    const problem = ofInput(loss, input) ?? ofTarget(loss, target);
    if (!problem) continue;
    const fix = input?.kind === "probabilities" ? takeLogarithm(input.producer, inference) : {};
    yield { span: loss.call.origin.span, message: problem, ...fix };
  }
}

function ofInput({ name }: LossCall, scale: Scale | undefined): string | undefined {
  if (!scale || scale.kind === "log-probabilities") return undefined;
  const given = scale.kind === "probabilities" ? "the probabilities themselves" : "raw scores";
  return `${name} wants logarithms of probabilities as its first argument, but ${nameOf(scale.producer)} gives ${given}: what it computes is no divergence, and it can fall below 0.`;
}

function ofTarget({ name, call }: LossCall, scale: Scale | undefined): string | undefined {
  const flag = call.values.get("log_target");
  if (!scale || flag?.kind !== "bool" || flag.value === undefined) return undefined;
  const { kind, producer } = scale;
  if (flag.value && kind === "probabilities")
    return `${name} was told by log_target=True that its target holds logarithms, but ${nameOf(producer)} gives the probabilities themselves.`;
  if (!flag.value && kind !== "probabilities")
    return `${name} wants probabilities as its second argument, but gets ${kind === "log-probabilities" ? "logarithms of them" : "raw scores"} from ${nameOf(producer)}; with log_target=True it takes logarithms.`;
  return undefined;
}

export const klDivArguments: Rule = {
  id: "kl-div-arguments",
  summary: "The KL divergence gets probabilities where it wants logarithms, or the other way round.",
  category: "loss",
  severity: "error",
  confidence: "certain",
  preset: "recommended",
  needs: "dataflow",
  fix: "suggested",
  check,
};
