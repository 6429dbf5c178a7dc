/** The layers and operations that a tensor went through: what stands behind and before each, in whatever form it is written. */
import { type Inference } from "../../infer/analysis";
import { type CallRecord } from "../../infer/record/part";
import { type Region, regionsAround } from "../../infer/record/trace";
import { knownItems } from "../../infer/collections/lists";
import { type InstanceValue, type Value } from "../../infer/values/value";
import { type OpValue, type Producer, type TensorValue, sizeNamed } from "../../ops/value";
import { type Dim, constantValue } from "../../shape/dim";
import { type Span } from "../../text/source";
import { functionName } from "./flow";
import { callAt } from "./calls";

/** The data flow of a whole run, as a graph. */
export interface Flow {
  /** Everything that computed a tensor which a recorded call has seen. */
  readonly producers: readonly Producer[];
  /** What reads a tensor. */
  readonly readersOf: (tensor: TensorValue) => readonly Producer[];
  /** The recorded call of an operation; undefined for operators and for what ran without a record. */
  readonly callOf: (producer: Producer) => CallRecord | undefined;
  /** Whether a function of the program or a model gives the tensor back. */
  readonly isReturned: (producer: Producer) => boolean;
}

const known = new WeakMap<Inference["record"], Flow>();

export function flowOf(inference: Inference): Flow {
  const found = known.get(inference.record) ?? readFlow(inference);
  known.set(inference.record, found);
  return found;
}

function readFlow({ record }: Inference): Flow {
  const producers = new Set<Producer>();
  const readers = new Map<object, Producer[]>();
  const calls = new Map<Producer, CallRecord>();
  const returned = new Set<Producer>();
  const waiting: Producer[] = [];
  const reach = (value: Value | OpValue): void => {
    if (value.kind === "tensor" && value.producer) waiting.push(value.producer);
    else if (value.kind === "tuple") value.items.forEach(reach);
  };
  for (const call of record.calls) {
    reach(call.result);
    call.positional.forEach(reach);
    for (const producer of producersIn(call.result)) if (!calls.has(producer)) calls.set(producer, call);
  }
  for (const { module, output } of record.moduleCalls) {
    reach(output);
    if (module.type.kind === "class") for (const producer of producersIn(output)) returned.add(producer);
  }
  for (let producer = waiting.pop(); producer; producer = waiting.pop()) {
    if (producers.has(producer)) continue;
    producers.add(producer);
    for (const input of producer.inputs) {
      const same = readers.get(keyOf(input));
      if (same) same.push(producer);
      else readers.set(keyOf(input), [producer]);
      if (input.producer) waiting.push(input.producer);
    }
  }
  return {
    producers: [...producers],
    readersOf: (tensor) => readers.get(keyOf(tensor)) ?? [],
    callOf: (producer) => calls.get(producer),
    isReturned: (producer) => returned.has(producer),
  };
}

/** A tensor is the one result of its operation; one without a history is known by the value itself. */
function keyOf(tensor: TensorValue): object {
  return tensor.producer ?? tensor;
}

function producersIn(value: Value): Producer[] {
  if (value.kind === "tensor") return value.producer ? [value.producer] : [];
  return (knownItems(value) ?? []).flatMap((item) => (item.kind === "tensor" && item.producer ? [item.producer] : []));
}

/** The innermost call of a function of the program that something happens in. */
export function callAround(region: Region | undefined): Region | undefined {
  for (const at of regionsAround(region)) if (at.kind === "call") return at;
  return undefined;
}

/** Layers with a weight that every output sums over: what is linear in its input. */
export function isWeightLayer({ operation }: Producer): boolean {
  return /^torch\.nn\.(Linear|Conv\dd)$/.test(operation);
}

const activations =
  /^(tanh|sigmoid|log_sigmoid|softsign|hardtanh|hardsigmoid|hardswish|elu|selu|celu|prelu|re_lu6?|relu6?|r_re_lu|leaky_re_lu|leaky_relu|gelu|si_lu|silu|swish|mish|softplus|p_re_lu)_?$/;

/** A nonlinear function of each number by itself: `relu` for `nn.ReLU`, `F.relu` and `x.relu_()`. */
export function activationOf({ operation }: Producer): string | undefined {
  const name = functionName(operation);
  return activations.test(name) ? name.replace(/_$/, "").replaceAll("_", "") : undefined;
}

export function isBatchNorm({ operation }: Producer): boolean {
  return /\.(Sync)?BatchNorm(\dd)?$/.test(operation);
}

export function isDropout({ operation }: Producer): boolean {
  return /\.(Alpha|Feature)?Dropout\w*$|\.(alpha_|feature_)?dropout\w*$/.test(operation);
}

/** Operations that keep every number as it is and change only how they are laid out. */
export function isLayout({ operation }: Producer): boolean {
  return /\.(view|reshape|flatten|Flatten|squeeze|unsqueeze|contiguous|Identity)$/.test(operation);
}

/** The first thing behind a tensor that is none of those to be passed over. */
export function behind(
  tensor: TensorValue | undefined,
  ...passing: readonly ((producer: Producer) => boolean)[]
): Producer | undefined {
  let producer = tensor?.producer;
  while (producer && passing.some((passes) => passes(producer!))) producer = producer.inputs[0]?.producer;
  return producer;
}

export function layerOf({ layer }: Producer): InstanceValue | undefined {
  return layer as InstanceValue | undefined;
}

/** An argument that a layer was built with. */
export function settingOf(layer: InstanceValue | undefined, name: string): OpValue | undefined {
  return layer?.layer.get("layer")?.call.values.get(name);
}

/** An integer, also one of which only the name is known, or a tuple of equal ones. */
export function sizeOf(value: OpValue | undefined): Dim | undefined {
  if (value?.kind === "int") return value.value;
  if (value?.kind === "unknown" && value.name !== undefined) return sizeNamed(value);
  if (value?.kind !== "tuple") return undefined;
  const [first, ...rest] = value.items.map(sizeOf);
  return first && rest.every((other) => other?.key === first.key) ? first : undefined;
}

export function wholeNumber(value: OpValue | undefined): number | undefined {
  const size = sizeOf(value);
  return size && constantValue(size);
}

/** Where a layer is called by itself, there; where its container is called, the place where it is built. */
export function placeOf(producer: Producer, { record, source }: Inference): { path: string; span: Span } {
  const layer = layerOf(producer);
  if (layer?.origin.path !== source.path) return producer.origin;
  const call = callAt(producer.origin.span);
  const called = call && record.seenAt(call.callee);
  const isItself = called?.some(({ value }) => value.kind === "instance" && value.attributes === layer.attributes);
  return isItself ? producer.origin : layer.origin;
}
