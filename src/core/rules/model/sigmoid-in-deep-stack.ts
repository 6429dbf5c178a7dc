/** Sigmoids or tanhs between many layers: gradients shrink from layer to layer on their way back. */
import { type Inference } from "../../infer/analysis";
import { type Producer, type TensorValue } from "../../ops/value";
import { type Finding, type Rule, type Thresholds } from "../define";
import { nameOf } from "../reading/activations";
import { activationOf, flowOf, isDropout, isLayout, isWeightLayer, placeOf } from "../reading/layers";

function* check(inference: Inference, { sigmoids, tanhs }: Thresholds): Iterable<Finding> {
  for (const last of flowOf(inference).producers) {
    if (!isWeightLayer(last)) continue;
    for (const [name, most] of [
      ["sigmoid", sigmoids!],
      ["tanh", tanhs!],
    ] as const) {
      const found = stackOf(last.inputs[0], name);
      const first = found.at(-1);
      // The stack is reported once, at its first activation, when the last layer asks.
      if (!first || found.length <= most || isInside(last, name, inference)) continue;
      if (first.origin.path !== inference.source.path) continue;
      yield describe(first, found.length, name, inference);
    }
  }
}

/** The activations of one kind on the only path to a tensor, the last first, with nothing but weight layers between. */
function stackOf(tensor: TensorValue | undefined, name: string): Producer[] {
  const found: Producer[] = [];
  for (let producer = tensor?.producer; producer; producer = producer.inputs[0]?.producer) {
    if (activationOf(producer) === name) found.push(producer);
    else if (!isWeightLayer(producer) && !isLayout(producer) && !isDropout(producer) && !isPooling(producer)) break;
    if (producer.inputs.length !== 1) break;
  }
  return found;
}

function isPooling({ operation }: Producer): boolean {
  return /pool(ing)?\dd?$/i.test(operation);
}

/** Whether a longer stack follows. */
function isInside(layer: Producer, name: string, inference: Inference): boolean {
  return flowOf(inference).producers.some(
    (one) =>
      isWeightLayer(one) &&
      one !== layer &&
      stackOf(one.inputs[0], name).some(({ inputs }) => inputs[0]?.producer === layer),
  );
}

function describe(first: Producer, count: number, name: "sigmoid" | "tanh", inference: Inference): Finding {
  const shrink = (0.25 ** count).toPrecision(1);
  const why =
    name === "sigmoid"
      ? `the slope of a sigmoid is at most 1/4, so they leave at most ${shrink} of the gradient for the first layer`
      : "the slope of a tanh is below 1 wherever its input is not 0, so the gradient shrinks with every one of them";
  return {
    span: placeOf(first, inference).span,
    message: `${count} times ${nameOf(first)} between layers: ${why}. Use ReLU or GELU, normalisation, or shortcuts.`,
  };
}

export const sigmoidInDeepStack: Rule = {
  id: "sigmoid-in-deep-stack",
  summary: "Many layers are joined by sigmoids or tanhs, under which gradients vanish.",
  category: "model",
  severity: "warning",
  confidence: "likely",
  preset: "teaching",
  needs: "dataflow",
  fix: "none",
  thresholds: {
    sigmoids: { default: 2, says: "How many sigmoids in a row, with layers between, are not reported." },
    tanhs: { default: 4, says: "How many tanhs in a row, with layers between, are not reported." },
  },
  check,
};
