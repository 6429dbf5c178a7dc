/** Embeddings that have a row for padding: what is computed of them is padded. */
import { type InstanceValue } from "../../infer/values/value";
import { type TensorValue } from "../../ops/value";
import { numberOf } from "./calls";

export interface Padded {
  readonly layer: InstanceValue;
  /** The token that stands for nothing. */
  readonly padding: number;
  readonly words: number;
  /** What it gave. */
  readonly embedded: TensorValue;
}

const most = 4000;

/** The embedding with padding that a tensor was computed by. */
export function paddedEmbedding(tensor: TensorValue): Padded | undefined {
  const seen = new Set<TensorValue>();
  const waiting = [tensor];
  for (let at = waiting.pop(); at && seen.size < most; at = waiting.pop()) {
    if (seen.has(at)) continue;
    seen.add(at);
    const layer = at.producer?.layer as InstanceValue | undefined;
    const built = layer?.layer.get("layer")?.call.values;
    const padding = at.producer?.operation.endsWith(".Embedding") ? numberOf(built?.get("padding_idx")) : undefined;
    const words = numberOf(built?.get("num_embeddings"));
    if (layer && padding !== undefined && words !== undefined) return { layer, padding, words, embedded: at };
    waiting.push(...(at.producer?.inputs ?? []));
  }
  return undefined;
}
