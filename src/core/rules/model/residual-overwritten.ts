/** A residual block whose first activation works in place: what is added is not its input any more. */
import { type Inference } from "../../infer/analysis";
import { type Producer, type TensorValue } from "../../ops/value";
import { type Finding, type Rule } from "../define";
import { removeKeyword } from "../reading/edits";
import { callAt } from "../reading/calls";
import { nameOf } from "../reading/activations";
import { activationOf, flowOf, layerOf, placeOf } from "../reading/layers";

/** What is not negative stays as it is in a ReLU. */
const notNegative = new Set(["relu", "relu6", "sigmoid", "softplus", "hardsigmoid"]);

function* check(inference: Inference): Iterable<Finding> {
  const flow = flowOf(inference);
  for (const activation of flow.producers) {
    if (activation.origin.path !== inference.source.path || !isInPlace(activation)) continue;
    const [input] = activation.inputs;
    if (!input || (input.producer && notNegative.has(activationOf(input.producer) ?? ""))) continue;
    const sum = flow.readersOf(input).find((reader) => isSum(reader) && addsResultOf(activation, reader, input));
    // A block that ends with a ReLU reads what another such block gave: that is not negative.
    if (!sum || (!input.producer && endsWithActivation(sum, inference))) continue;
    const place = placeOf(activation, inference);
    const call = callAt(layerOf(activation)?.origin.span ?? activation.origin.span);
    const flag = call?.keywords.find(({ name }) => name?.name === "inplace");
    yield {
      span: place.span,
      message: `${nameOf(activation)} works in place here, on the very tensor that is added further down: the shortcut carries its result and not the input. Leave inplace=True out.`,
      related: [{ span: sum.origin.span, message: "The input is added here." }],
      ...(call && flag && { fix: { title: "Leave inplace=True out", edits: [removeKeyword(call, flag)] } }),
    };
  }
}

function isInPlace(producer: Producer): boolean {
  if (activationOf(producer) === undefined) return false;
  const flag = producer.values?.get("inplace");
  return producer.operation.endsWith("_") || (flag?.kind === "bool" && flag.value === true);
}

function isSum({ operation }: Producer): boolean {
  return /\.add_?$/.test(operation);
}

/** The other side of the sum was computed from what the activation gave. */
function addsResultOf(activation: Producer, sum: Producer, input: TensorValue): boolean {
  return sum.inputs.some(
    (side) => side !== input && side.producer !== input.producer && reaches(side.producer, activation),
  );
}

/** Whether something was computed from something else; each step is looked at once. */
function reaches(from: Producer | undefined, to: Producer, seen = new Set<Producer>()): boolean {
  if (!from || seen.has(from)) return false;
  seen.add(from);
  return from === to || from.inputs.some(({ producer }) => reaches(producer, to, seen));
}

function endsWithActivation(sum: Producer, inference: Inference): boolean {
  return flowOf(inference).producers.some((one) => one.inputs[0]?.producer === sum && activationOf(one) !== undefined);
}

export const residualOverwritten: Rule = {
  id: "residual-overwritten",
  summary: "An activation in place changes the input of a residual block before it is added.",
  category: "model",
  severity: "warning",
  confidence: "likely",
  preset: "recommended",
  needs: "dataflow",
  fix: "suggested",
  check,
};
