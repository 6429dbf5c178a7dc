/** How the weights of layers start: what was written into each last, and how that fits what stands around the layer. */
import { type Inference } from "../../infer/analysis";
import { type CallRecord } from "../../infer/record/part";
import { type InstanceValue } from "../../infer/values/value";
import { type StoredTensor, type TensorValue } from "../../ops/value";
import { constantValue } from "../../shape/dim";
import { argumentOf, numberOf } from "./calls";
import { functionName } from "./flow";

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

/** Behind these the signal has its size again, whatever the weights: the path begins anew. */
const normalising = "norm";
/** Operations that keep the signal's size, as far as these rules are concerned. */
const neutral =
  /^(flatten|view|reshape|dropout\w*|contiguous|log_softmax|softmax|squeeze|unsqueeze|max_pool\w*|avg_pool\w*|adaptive_\w+|to|float)$/;

export interface WeightLayer {
  readonly weight: TensorValue & { readonly stored: StoredTensor };
  readonly fanIn: number;
  readonly fanOut: number;
  /** The product of the gains of what stands behind it. */
  readonly gain: number;
  /** The activation behind it, as `functionName` writes it. */
  readonly activation: string | undefined;
}

export interface Draw {
  readonly std: number;
  readonly call: CallRecord;
}

const knownWrites = new WeakMap<Inference["record"], ReadonlyMap<StoredTensor, CallRecord>>();

/** The last call that wrote into each parameter or buffer: `nn.init.normal_(p)`, `p.data.fill_(0)`. */
export function lastWrites(inference: Inference): ReadonlyMap<StoredTensor, CallRecord> {
  const found =
    knownWrites.get(inference.record) ?? new Map(writesOf(inference).map(({ stored, call }) => [stored, call]));
  knownWrites.set(inference.record, found);
  return found;
}

export interface Write {
  readonly stored: StoredTensor;
  readonly call: CallRecord;
  /** Its place in the order of the run. */
  readonly index: number;
}

/** All such calls in the order of the run. */
export function writesOf({ record }: Inference): readonly Write[] {
  return record.calls.flatMap((call, index) => {
    if (!call.operation.endsWith("_")) return [];
    const target = call.receiver?.kind === "tensor" ? call.receiver : call.positional[0];
    return target?.kind === "tensor" && target.stored ? [{ stored: target.stored, call, index }] : [];
  });
}

/** The number that a call writes everywhere; undefined for one that draws, copies or computes. */
export function constantWritten(call: CallRecord): number | undefined {
  const { operation } = call;
  if (/\.(zeros_|zero_)$/.test(operation)) return 0;
  if (operation.endsWith(".ones_")) return 1;
  if (!/\.(constant_|fill_)$/.test(operation)) return undefined;
  return numberOf(argumentOf(call, operation.endsWith("constant_") ? "val" : "value", 1));
}

/** How each stored tensor was last drawn; undefined in the map for any other way than from a normal or uniform law. */
export function lastDraws(inference: Inference): ReadonlyMap<StoredTensor, Draw | undefined> {
  const draws = new Map<StoredTensor, Draw | undefined>();
  for (const [stored, call] of lastWrites(inference)) {
    draws.set(stored, drawOf(call));
  }
  return draws;
}

function drawOf(call: CallRecord): Draw | undefined {
  if (/\.(trunc_)?normal_$/.test(call.operation)) return { std: numberOf(argumentOf(call, "std", 2)) ?? 1, call };
  if (!call.operation.endsWith(".uniform_")) return undefined;
  const isMethod = call.operation.startsWith("Tensor.");
  const [low, high] = [argumentOf(call, isMethod ? "from" : "a", 1), argumentOf(call, isMethod ? "to" : "b", 2)];
  const [from, to] = [low === undefined ? 0 : numberOf(low), high === undefined ? 1 : numberOf(high)];
  // A mean that is not 0 makes the signal larger still.
  return from === undefined || to === undefined || to <= from ? undefined : { std: (to - from) / Math.sqrt(12), call };
}

/** The weight layers on the one path from an input to a tensor; undefined where paths meet or something is not understood. */
export function chainTo(output: TensorValue, inference: Inference): WeightLayer[] | undefined {
  const layers: WeightLayer[] = [];
  let gain = 1;
  let activation: string | undefined;
  let current = output;
  while (current.producer) {
    const { operation, inputs } = current.producer;
    const layer = current.producer.layer as InstanceValue | undefined;
    const name = functionName(operation);
    const weight = layer && weightOf(layer, inference);
    // What is made of numbers, such as a batch drawn at random, is where the path begins.
    if (inputs.length === 0) break;
    if (name.includes(normalising)) break;
    if (inputs.length !== 1) return undefined;
    if (weight) {
      layers.unshift({ ...weight, gain, activation });
      gain = 1;
      activation = undefined;
    } else if (name in activationGains) {
      gain *= activationGains[name]!;
      activation = name;
    } else if (!neutral.test(name)) return undefined;
    current = inputs[0]!;
  }
  return layers;
}

export function weightOf(
  layer: InstanceValue,
  { facts }: Inference,
): Omit<WeightLayer, "gain" | "activation"> | undefined {
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
