/** Weights drawn with a standard deviation under which the signal dies out from layer to layer. */
import { type Inference } from "../../infer/analysis";
import { type CallRecord } from "../../infer/record";
import { type InstanceValue } from "../../infer/value";
import { type StoredTensor, type TensorValue } from "../../ops/value";
import { constantValue } from "../../shape/dim";
import { type Span } from "../../text/source";
import { argumentExpression, argumentOf, callAt, numberOf } from "../reading/calls";
import { type Finding, type Rule } from "../define";
import { nameOfLibrary } from "../reading/edits";
import { functionName } from "../reading/flow";

/** What is left of the signal's size behind an activation, for small signals: its slope, or for ReLU its root mean square. */
const activationGains: Readonly<Record<string, number>> = {
  tanh: 1,
  softsign: 1,
  hardtanh: 1,
  identity: 1,
  elu: 1,
  selu: 1.05,
  re_lu: Math.SQRT1_2,
  relu: Math.SQRT1_2,
  leaky_re_lu: Math.SQRT1_2,
  leaky_relu: Math.SQRT1_2,
  gelu: 0.5,
  si_lu: 0.5,
  silu: 0.5,
  sigmoid: 0.25,
};

/** Behind these the signal has its size again, whatever the weights. */
const normalising = "norm";
/** Operations that keep the signal's size, as far as this rule is concerned. */
const neutral =
  /^(flatten|view|reshape|dropout\w*|contiguous|log_softmax|softmax|squeeze|unsqueeze|max_pool\w*|avg_pool\w*|adaptive_\w+|to|float)$/;

const fewestLayers = 3;
const leastSignal = 0.1;

interface WeightLayer {
  readonly weight: TensorValue & { readonly stored: StoredTensor };
  readonly fanIn: number;
  readonly fanOut: number;
  /** The activation behind it. */
  readonly gain: number;
}

interface Draw {
  readonly std: number;
  readonly call: CallRecord;
}

function* check(inference: Inference): Iterable<Finding> {
  const draws = lastDraws(inference);
  if (draws.size === 0) return;
  const reported = new Set<Span>();
  for (const { output, module } of inference.record.moduleCalls) {
    if (module.type.kind !== "class" || output.kind !== "tensor") continue;
    const layers = chainTo(output, inference);
    const drawn = layers?.map((layer) => draws.get(layer.weight.stored));
    if (!layers || !drawn || layers.length < fewestLayers || drawn.includes(undefined)) continue;
    const left = layers.reduce((signal, layer, i) => signal * drawn[i]!.std * Math.sqrt(layer.fanIn) * layer.gain, 1);
    const { call, std } = drawn[0]!;
    if (left >= leastSignal || reported.has(call.origin.span) || call.origin.path !== inference.source.path) continue;
    reported.add(call.origin.span);
    yield describe(call, std, left, layers, inference);
  }
}

/** How each stored tensor was last drawn; undefined in the map for any other way than a normal one. */
function lastDraws({ record }: Inference): Map<StoredTensor, Draw | undefined> {
  const draws = new Map<StoredTensor, Draw | undefined>();
  for (const call of record.calls) {
    const target = call.receiver?.kind === "tensor" ? call.receiver : call.positional[0];
    if (target?.kind !== "tensor" || !target.stored || !call.operation.endsWith("_")) continue;
    const std = /\.(trunc_)?normal_$/.test(call.operation) ? (numberOf(argumentOf(call, "std", 2)) ?? 1) : undefined;
    draws.set(target.stored, std === undefined ? undefined : { std, call });
  }
  return draws;
}

/** The weight layers on the one path from an input to a tensor; undefined where paths meet or something is not understood. */
function chainTo(output: TensorValue, inference: Inference): WeightLayer[] | undefined {
  const layers: WeightLayer[] = [];
  let gain = 1;
  let current = output;
  while (current.producer) {
    const { operation, inputs } = current.producer;
    const layer = current.producer.layer as InstanceValue | undefined;
    const name = functionName(operation);
    const weight = layer && weightOf(layer, inference);
    if (name.includes(normalising) || inputs.length !== 1) return undefined;
    if (weight) {
      layers.unshift({ ...weight, gain });
      gain = 1;
    } else if (name in activationGains) gain *= activationGains[name]!;
    else if (!neutral.test(name)) return undefined;
    current = inputs[0]!;
  }
  return layers;
}

function weightOf(layer: InstanceValue, { facts }: Inference): Omit<WeightLayer, "gain"> | undefined {
  const weight = layer.attributes.get("weight");
  if (
    weight?.kind !== "tensor" ||
    !weight.stored ||
    !/\.(Linear|Conv\dd)$/.test(layer.layer.get("layer")?.operation.qualifiedName ?? "")
  )
    return undefined;
  const sizes = facts.resolveShape(weight.shape).map((axis) => ("terms" in axis ? constantValue(axis) : undefined));
  if (sizes.includes(undefined)) return undefined;
  const [out, ...window] = sizes as number[];
  const fanIn = window.reduce((a, b) => a * b, 1);
  return { weight: { ...weight, stored: weight.stored }, fanIn, fanOut: (out! * fanIn) / window[0]! };
}

function describe(
  call: CallRecord,
  std: number,
  left: number,
  layers: readonly WeightLayer[],
  inference: Inference,
): Finding {
  const node = callAt(call.origin.span);
  const { name, wanted } = properStds(layers);
  const percent = left * 100 >= 1 ? Math.round(left * 100).toString() : (left * 100).toPrecision(1);
  const shown = wanted.slice(0, 4).map((value) => value.toFixed(3));
  return {
    span: (node && argumentExpression(node, "std", isMethod(call) ? 1 : 2)) ?? call.origin.span,
    message: `A std of ${std} is far too small: over ${layers.length} layers only ${percent} % of the signal is left. ${name} would draw them with ${shown.join(", ")}${wanted.length > 4 ? ", …" : ""}.`,
    ...mend(call, name, inference),
  };
}

/** `p.normal_(…)`, in contrast to `nn.init.normal_(p, …)`. */
function isMethod(call: CallRecord): boolean {
  return call.operation.startsWith("Tensor.");
}

/** Kaiming's √(2 / fan_in) for ReLU and its kin, else Xavier's √(2 / (fan_in + fan_out)). */
function properStds(layers: readonly WeightLayer[]): { name: "Kaiming" | "Xavier"; wanted: number[] } {
  const isRelu = layers.slice(0, -1).every((layer) => layer.gain < 1);
  const wanted = layers.map(({ fanIn, fanOut }) => Math.sqrt(2 / (isRelu ? fanIn : fanIn + fanOut)));
  return { name: isRelu ? "Kaiming" : "Xavier", wanted };
}

/** `p.data.normal_(std=…)` becomes `nn.init.xavier_normal_(p)`. */
function mend(call: CallRecord, name: "Kaiming" | "Xavier", inference: Inference): Pick<Finding, "fix"> {
  const node = callAt(call.origin.span);
  const library = nameOfLibrary(inference, "torch.nn");
  if (!node || library === undefined) return {};
  const target = isMethod(call) && node.callee.kind === "Attribute" ? node.callee.value : node.args[0];
  if (!target) return {};
  const tensor = inference.source.slice(target).replace(/\.data$/, "");
  const text =
    name === "Xavier"
      ? `${library}.init.xavier_normal_(${tensor})`
      : `${library}.init.kaiming_normal_(${tensor}, nonlinearity="relu")`;
  return { fix: { title: `Draw the weights as ${name} does`, edits: [{ span: node, text }] } };
}

export const initStdTooSmall: Rule = {
  id: "init-std-too-small",
  summary: "The weights start so small that the signal dies out from layer to layer.",
  category: "initialisation",
  severity: "warning",
  confidence: "likely",
  preset: "recommended",
  needs: "shapes",
  fix: "suggested",
  check,
};
