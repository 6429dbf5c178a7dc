/** Two linear layers, or two convolutions, with nothing nonlinear between: together they can do no more than one. */
import { type Inference } from "../../infer/analysis";
import { type InstanceValue } from "../../infer/values/value";
import { type Producer } from "../../ops/value";
import { type Dim, constantValue } from "../../shape/dim";
import { type Finding, type Rule } from "../define";
import { nameOfLibrary, parentCall } from "../reading/edits";
import { callAt } from "../reading/calls";
import { nameOf } from "../reading/activations";
import {
  activationOf,
  behind,
  callAround,
  flowOf,
  isDropout,
  isLayout,
  isWeightLayer,
  layerOf,
  placeOf,
  settingOf,
  sizeOf,
  wholeNumber,
} from "../reading/layers";
import { rootOf } from "../reading/roots";

function* check(inference: Inference): Iterable<Finding> {
  const flow = flowOf(inference);
  for (const second of flow.producers) {
    if (second.origin.path !== inference.source.path || !isWeightLayer(second)) continue;
    const input = second.inputs[0];
    const first = behind(input, isDropout, isLayout, isBatchNorm);
    if (!input || first?.operation !== second.operation || first.layer === second.layer) continue;
    if (!collapse(layerOf(first), layerOf(second), first.operation)) continue;
    if (![first, second].every((one) => isWritten(one, inference))) continue;
    // Who normalises wants to train something deep.
    const isNormalised = behind(input, isDropout, isLayout) !== first;
    if (!isNormalised && !isNonlinearElsewhere(first, second, inference)) continue;
    if (!isOnlyPath(input.producer, first, inference) || !areInOneCall(first, second, inference)) continue;
    if (!areInOneModel(layerOf(first), layerOf(second), inference)) continue;
    yield describe(first, second, isNormalised, inference);
  }
}

function isBatchNorm({ operation }: Producer): boolean {
  return /\.(BatchNorm\dd|batch_norm)$/.test(operation);
}

/** The program itself builds the layer: what stands between the layers inside of a transformer of PyTorch is not seen. */
function isWritten(producer: Producer, { source }: Inference): boolean {
  const layer = layerOf(producer);
  if (layer?.origin.path !== source.path) return false;
  const call = callAt(layer.origin.span);
  return call !== undefined && source.slice(call.callee).split(".").at(-1) === layer.type.name.split(".").at(-1);
}

/** The network has an activation before or behind the two: one without any is linear on purpose, or only shows shapes. */
function isNonlinearElsewhere(first: Producer, second: Producer, inference: Inference): boolean {
  if (isBehindNonlinear(first)) return true;
  const flow = flowOf(inference);
  let next: Producer | undefined = second;
  for (let steps = 0; next && steps < 8; steps++) {
    const call = flow.callOf(next);
    next = call?.result.kind === "tensor" ? flow.readersOf(call.result)[0] : undefined;
    if (next && isNonlinear(next)) return true;
  }
  return false;
}

const behindNonlinear = new WeakMap<Producer, boolean>();

/** Whether an activation stands anywhere before. Many layers have the same ones before them, which are looked at once. */
function isBehindNonlinear(producer: Producer): boolean {
  const passed = [producer];
  let answer = false;
  for (let at = producer.inputs[0]?.producer; at; at = at.inputs[0]?.producer) {
    const known = isNonlinear(at) ? true : behindNonlinear.get(at);
    if (known !== undefined) {
      answer = known;
      break;
    }
    passed.push(at);
  }
  for (const one of passed) behindNonlinear.set(one, answer);
  return answer;
}

/** Also what divides by a sum, a spread or a gate of the inputs: attention, normalisation of each example, cells. */
function isNonlinear(producer: Producer): boolean {
  return (
    activationOf(producer) !== undefined ||
    /\.(softmax|Softmax|LayerNorm|layer_norm|RMSNorm|GroupNorm|MultiheadAttention|scaled_dot_product_attention|LSTM|GRU|RNN)$/.test(
      producer.operation,
    )
  );
}

/** What the first layer gives goes nowhere but into the second. */
function isOnlyPath(last: Producer | undefined, first: Producer, inference: Inference): boolean {
  const flow = flowOf(inference);
  for (let at = last; at; at = at === first ? undefined : at.inputs[0]?.producer) {
    const call = flow.callOf(at);
    if (call?.result.kind !== "tensor" || flow.readersOf(call.result).length !== 1 || flow.isReturned(at)) return false;
  }
  return true;
}

/** What a generator gives a discriminator is the data that it makes. */
function areInOneModel(
  first: InstanceValue | undefined,
  second: InstanceValue | undefined,
  inference: Inference,
): boolean {
  if (!first || !second) return false;
  const [a, b] = [first, second].map((layer) => rootOf(inference, layer));
  return a!.attributes === b!.attributes || (a === first && b === second);
}

/** A layer that ends one block and another that begins the next may be what they are for other users of the blocks. */
function areInOneCall(first: Producer, second: Producer, inference: Inference): boolean {
  const [a, b] = [first, second].map((one) => flowOf(inference).callOf(one));
  return a !== undefined && b !== undefined && callAround(a.region) === callAround(b.region);
}

/** Whether one layer could do what both do: nothing narrower in between, and no convolution of a special form. */
function collapse(first: InstanceValue | undefined, second: InstanceValue | undefined, operation: string): boolean {
  const isLinear = operation.endsWith("Linear");
  const names = isLinear ? ["in_features", "out_features"] : ["in_channels", "out_channels"];
  const [input, middle] = names.map((name) => sizeOf(settingOf(first, name)));
  const output = sizeOf(settingOf(second, names[1]!));
  const isNarrow = !middle || !(isAtLeast(middle, input) || isAtLeast(middle, output));
  if (isNarrow) return false;
  return isLinear || [first, second].every(isPlainConvolution);
}

/** Known to be as large, whatever the sizes are. */
function isAtLeast(size: Dim, other: Dim | undefined): boolean {
  const [a, b] = [constantValue(size), other && constantValue(other)];
  return a !== undefined && b !== undefined ? a >= b : size.key === other?.key;
}

/** Square, of more than one pixel, without groups and steps: not depthwise, pointwise or split into rows and columns. */
function isPlainConvolution(layer: InstanceValue | undefined): boolean {
  const [kernel, groups, stride] = ["kernel_size", "groups", "stride"].map((name) =>
    wholeNumber(settingOf(layer, name)),
  );
  return (kernel ?? 1) > 1 && (groups ?? 1) === 1 && (stride ?? 1) === 1;
}

function describe(first: Producer, second: Producer, isNormalised: boolean, inference: Inference): Finding {
  const title = nameOf(second);
  const place = placeOf(second, inference);
  const isLinear = title === "Linear";
  const what = isLinear
    ? "W₂(W₁x + b₁) + b₂ is again one linear layer"
    : "two convolutions in a row are one with a larger kernel";
  const layer = layerOf(second);
  const parent = layer?.origin.span === place.span ? parentCall(inference.module, place.span) : undefined;
  const library = nameOfLibrary(inference, "torch.nn");
  const edit = { span: { start: place.span.start, end: place.span.start }, text: `${library ?? ""}.ReLU(), ` };
  return {
    span: place.span,
    message: `Nothing nonlinear stands between this ${title} and the one before it: ${what}, so the second adds parameters but no power${isNormalised ? " (BatchNorm only scales and shifts)" : ""}. Put an activation between them.`,
    related: [{ span: placeOf(first, inference).span, message: `The ${title} before it.` }],
    ...(parent && library !== undefined && { fix: { title: "Put a ReLU between them", edits: [edit] } }),
  };
}

export const noNonlinearity: Rule = {
  id: "no-nonlinearity",
  summary: "Two linear layers or convolutions follow each other with nothing nonlinear between.",
  category: "model",
  severity: "warning",
  confidence: "likely",
  preset: "recommended",
  needs: "dataflow",
  fix: "suggested",
  check,
};
