/** Attention as programs write it: a softmax over products of queries and keys, whatever stands between the two. */
import { type Inference } from "../../infer/analysis";
import { type Producer, type TensorValue } from "../../ops/value";
import { flowOf, isDropout, isLayout } from "./layers";

export interface Attention {
  readonly softmax: Producer;
  /** The matrix product of queries and keys. */
  readonly scores: Producer;
  /** What happens to the scores before the softmax, the last first. */
  readonly between: readonly Producer[];
}

const known = new WeakMap<Inference, readonly Attention[]>();

export function attentionsOf(inference: Inference): readonly Attention[] {
  const found = known.get(inference) ?? findAttentions(inference);
  known.set(inference, found);
  return found;
}

function findAttentions(inference: Inference): Attention[] {
  return softmaxesOf(inference).flatMap((softmax) => {
    const path = pathToProduct(softmax.inputs[0], 12);
    const scores = path?.at(-1);
    return path && scores ? [{ softmax, scores, between: path.slice(0, -1) }] : [];
  });
}

export function softmaxesOf(inference: Inference): readonly Producer[] {
  return flowOf(inference).producers.filter(
    ({ operation, origin }) => /\.(softmax|Softmax)$/.test(operation) && origin.path === inference.source.path,
  );
}

export function isMatrixProduct({ operation }: Producer): boolean {
  return /\.(matmul|bmm|baddbmm|einsum)$/.test(operation);
}

/** Scales, masks and biases of scores. */
const onScores = /\.(masked_fill_?|add_?|sub_?|mul_?|div_?|where|float|to|type_as|clamp|tril|triu|__getitem__)$/;

function pathToProduct(tensor: TensorValue | undefined, left: number): Producer[] | undefined {
  const producer = tensor?.producer;
  if (!producer || left === 0) return undefined;
  if (isMatrixProduct(producer)) return [producer];
  if (!onScores.test(producer.operation) && !isLayout(producer) && !isDropout(producer)) return undefined;
  for (const input of producer.inputs) {
    const path = pathToProduct(input, left - 1);
    if (path) return [producer, ...path];
  }
  return undefined;
}
