/** Which optimizer holds whose parameters, and which parameters a loss was computed with. */
import { type Inference } from "../../infer/analysis";
import { namedTensors } from "../../infer/modules/moduleState";
import { type CallRecord } from "../../infer/record/part";
import { knownItems } from "../../infer/collections/lists";
import { type InstanceValue, type Value } from "../../infer/values/value";
import { type Producer, type TensorValue } from "../../ops/value";
import { argumentOf } from "./calls";
import { mayStop } from "./graph";
import { type Step, stepsOf } from "./training";

/** An optimizer and what it was given. */
export interface Optimizer {
  readonly object: Value;
  /** The call that made it. */
  readonly call: CallRecord;
  /** The parameters it holds; undefined where some of them are not known. */
  readonly parameters: ReadonlySet<number> | undefined;
  /** It holds tensors that belong to no module, such as the pixels of an image. */
  readonly holdsPlainTensors: boolean;
}

const known = new WeakMap<Inference["record"], readonly Optimizer[]>();

/** The optimizers of a run in the order in which they were made. */
export function optimizersOf(inference: Inference): readonly Optimizer[] {
  const found = known.get(inference.record) ?? readOptimizers(inference);
  known.set(inference.record, found);
  return found;
}

/** The optimizer that a step acts on. */
export function optimizerOf(inference: Inference, step: Step): Optimizer | undefined {
  const { object } = step;
  return object && optimizersOf(inference).find((optimizer) => isSame(optimizer.object, object));
}

export function isSame(one: Value, other: Value): boolean {
  return one.kind === "instance" && other.kind === "instance" ? one.attributes === other.attributes : one === other;
}

function readOptimizers(inference: Inference): Optimizer[] {
  const added = inference.record.calls.filter(({ operation }) => operation === "Optimizer.add_param_group");
  return stepsOf(inference)
    .filter(({ kind }) => kind === "build-optimizer")
    .map(({ call }): Optimizer => {
      const held: TensorValue[] = [];
      const groups = added.filter(({ receiver }) => receiver && isSame(receiver, call.result));
      const given = [argumentOf(call, "params", 0), ...groups.map((group) => argumentOf(group, "param_group", 1))];
      const isKnown = given.every((value) => collect(value as Value | undefined, held));
      const ids = held.flatMap(({ stored }) => (stored ? [stored.id] : []));
      return {
        object: call.result,
        call,
        parameters: isKnown ? new Set(ids) : undefined,
        holdsPlainTensors: held.some(({ stored }) => !stored),
      };
    });
}

/** The tensors in what an optimizer was given: a list, or groups of them. False where something in it is not known. */
function collect(value: Value | undefined, into: TensorValue[]): boolean {
  if (value?.kind === "tensor") {
    into.push(value);
    return true;
  }
  if (value?.kind === "dict") {
    const group = value.entries.get("sparams");
    return group !== undefined && !group.maybe && collect(group.value, into);
  }
  const items = value && knownItems(value);
  return items?.every((item) => collect(item, into)) ?? false;
}

/** A parameter that a tensor depends on, and the layer that it belongs to. */
export interface Dependence {
  readonly layer: InstanceValue;
  readonly id: number;
}

/** The layers' parameters that a tensor's gradient reaches, as far as it is known what the tensor was computed from. */
export function parametersBehind(tensor: TensorValue): readonly Dependence[] {
  const found = new Map<number, Dependence>();
  for (const { layer } of producersBehind(tensor)) {
    if (!layer || !("attributes" in layer)) continue;
    const owner = layer as InstanceValue;
    for (const [, { stored }] of namedTensors(owner, "parameter"))
      if (stored && !found.has(stored.id)) found.set(stored.id, { layer: owner, id: stored.id });
  }
  return [...found.values()];
}

const mostProducers = 20_000;

/** What computed a tensor, and what computed that, as far back as gradients surely go. */
export function producersBehind(tensor: TensorValue): ReadonlySet<Producer> {
  const producers = new Set<Producer>();
  const waiting = [tensor];
  for (let next = waiting.pop(); next && producers.size < mostProducers; next = waiting.pop()) {
    const { producer } = next;
    if (!producer || producers.has(producer) || mayStop(producer)) continue;
    producers.add(producer);
    waiting.push(...producer.inputs);
  }
  return producers;
}
