/** The logarithm of the variance used as that of the standard deviation where the latent code is drawn. */
import { type Inference } from "../../infer/analysis";
import { type Producer, type TensorValue } from "../../ops/value";
import type { Expression } from "../../python/syntax";
import { type Finding, type Rule } from "../define";
import { callAt } from "../reading/calls";
import { divergenceIn } from "../reading/divergence";
import { functionName, stepsBehind } from "../reading/flow";
import { objectivesOf } from "../reading/objectives";
import { idOf, plain, termsOf } from "../reading/terms";
import { pathOf } from "../reading/training";

function* check(inference: Inference): Iterable<Finding> {
  const objectives = objectivesOf(inference);
  const known = objectives.flatMap(({ terms }) => divergenceIn(terms) ?? []);
  const logVariances = new Set(
    known.flatMap(({ spread, spreadIs }) => (spreadIs === "log-variance" ? [idOf(spread)] : [])),
  );
  const others = new Set(known.flatMap(({ spread, spreadIs }) => (spreadIs === "log-variance" ? [] : [idOf(spread)])));
  for (const { operation, inputs, origin } of stepsBehind(roots(inference))) {
    if (functionName(operation).replace(/_$/, "") !== "mul" || inputs.length !== 2 || !inputs.some(isNoise)) continue;
    const scale = inputs.find((input) => !isNoise(input));
    const [term, ...more] = scale ? termsOf(scale) : [];
    if (!scale || !term || more.length > 0 || term.base.kind === "one" || term.base.kind === "log") continue;
    const { base } = term;
    const id = idOf(base.of);
    if (others.has(id) || base.kind === "square") continue;
    const at = plain(scale).producer;
    const isRaw = base.kind === "tensor";
    if (base.kind === "exp" && base.times !== 1) continue;
    if (!logVariances.has(id) && (isRaw || !at || !isCalledLogVariance(at))) continue;
    const place = !isRaw && at ? at.origin : origin;
    if (place.path !== inference.source.path) continue;
    yield {
      span: place.span,
      message: isRaw
        ? "The noise is multiplied with the logarithm of the variance itself. The standard deviation is exp(0.5 * logvar)."
        : "exp(logvar) is the variance, and noise is multiplied with the standard deviation, exp(0.5 * logvar).",
      ...halved(place.span, inference),
    };
  }
}

/** What is minimised, and what models give: where a model draws its code the loss may be computed elsewhere. */
function roots(inference: Inference): TensorValue[] {
  const outputs = inference.record.moduleCalls.flatMap(({ module, output }) =>
    module.type.kind !== "class" ? [] : output.kind === "tuple" ? output.items : [output],
  );
  return [
    ...objectivesOf(inference).map(({ loss }) => loss),
    ...outputs.flatMap((output) => (output.kind === "tensor" ? [output] : [])),
  ];
}

function isNoise(tensor: TensorValue): boolean {
  const { producer } = plain(tensor);
  return producer !== undefined && /^(randn(_like)?|normal_?)$/.test(functionName(producer.operation));
}

/** Where the loss does not say what it is, the name does. */
function isCalledLogVariance({ origin }: Producer): boolean {
  const operand = operandOf(origin.span);
  return (
    operand !== undefined && /(^|[._])(log_?var(iance)?|ln_?var|log_?sigma_?(sq|2)|logv)(_\w+)?$/i.test(pathOf(operand))
  );
}

function operandOf(span: Finding["span"]): Expression | undefined {
  const call = callAt(span);
  return call?.args[0] ?? (call?.callee.kind === "Attribute" ? call.callee.value : undefined);
}

function halved(span: Finding["span"], { source }: Inference): Pick<Finding, "fix"> {
  const operand = operandOf(span);
  if (!operand || (operand.kind !== "Name" && operand.kind !== "Attribute")) return {};
  const call = callAt(span);
  const text = `0.5 * ${source.slice(operand)}`;
  const isMethod = call?.args.length === 0;
  return {
    fix: { title: "Take half of the logarithm", edits: [{ span: operand, text: isMethod ? `(${text})` : text }] },
  };
}

export const vaeLogVarianceAsStd: Rule = {
  id: "vae-log-variance-as-std",
  summary: "The variance is used as the standard deviation where the latent code is drawn.",
  category: "loss",
  severity: "error",
  confidence: "likely",
  preset: "recommended",
  needs: "dataflow",
  fix: "suggested",
  check,
};
