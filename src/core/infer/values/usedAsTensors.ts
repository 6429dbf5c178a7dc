/** Parameters that nothing describes, but that a function asks for what only a tensor has, or that a model gets. */
import type { TensorValue } from "../../ops/value";
import type { FunctionDef, Lambda } from "../../python/syntax";
import { type Shape, isRest, newRest } from "../../shape/shape";
import { type Value } from "./value";
import { isKind, walk } from "../../python/visit";

/** Methods that nothing but a tensor has. */
const surely: ReadonlySet<string> = new Set(
  (
    "view view_as unsqueeze permute expand_as contiguous masked_fill masked_fill_ softmax log_softmax bmm new_zeros " +
    "new_ones new_full new_tensor type_as is_contiguous index_select"
  ).split(" "),
);

/** Likewise methods that neither arrays nor lists, images, tables or layers have. */
const ofTensorsOnly = new Set([...surely, ..."size dim numel expand sigmoid relu tanh chunk matmul detach".split(" ")]);

/** By their bodies: a function that is edited stays the same node with another body. */
const known = new WeakMap<FunctionDef["body"] | Lambda["body"], ReadonlySet<string>>();

/** The names of those on which such a method is called, anywhere in the function. */
export function usedAsTensors(node: FunctionDef | Lambda): ReadonlySet<string> {
  const before = known.get(node.body);
  if (before) return before;
  const names = new Set<string>();
  walk(node, (part) => {
    if (!isKind(part, "Call") || part.callee.kind !== "Attribute" || part.callee.value.kind !== "Name")
      return undefined;
    if (ofTensorsOnly.has(part.callee.attribute.name)) names.add(part.callee.value.id);
    return undefined;
  });
  known.set(node.body, names);
  return names;
}

export function anyTensor(): TensorValue {
  return { kind: "tensor", shape: [newRest("free")], dtype: undefined, producer: undefined };
}

/** Tensors that nobody has said are any: a model may get a dict, a text or another model as well. */
const assumed = new WeakSet<TensorValue>();

/** Those of them that something has taken as tensors since, by what computed them. */
const confirmed = new WeakSet<object>();

const identityOf = (value: TensorValue): object => value.producer ?? value;

export function assumedTensor(): TensorValue {
  const value = anyTensor();
  assumed.add(value);
  return value;
}

/** What may be one of two values is as doubtful as either. */
export function joinDoubts(joined: TensorValue, ...values: readonly TensorValue[]): TensorValue {
  if (values.some((value) => isDoubtful(value))) assumed.add(joined);
  return joined;
}

/** What is computed by methods and operators of something else is something else as well. */
const ofAnyKind =
  /^Tensor\.|^torch\.nn\.Identity$|^torch\.(add|sub|mul|div|true_divide|floor_divide|remainder|pow|neg|bitwise_\w+)$/;

/** Longer chains of methods are not looked through. */
const longest = 30;

/** Whether a value was only assumed to be a tensor, or comes of such values alone, and nothing has taken it as one so far. */
export function isDoubtful(value: Value | undefined, depth = 0): boolean {
  if (value?.kind !== "tensor" || confirmed.has(identityOf(value))) return false;
  if (assumed.has(value) || depth > longest) return true;
  const { producer } = value;
  if (!producer || !ofAnyKind.test(producer.operation) || producer.inputs.length === 0) return false;
  return producer.inputs.every((input) => isDoubtful(input, depth + 1));
}

/** Likewise that is asked for such a method. */
export function isDoubtfulFor(method: string, value: Value | undefined): boolean {
  if (value && surely.has(method)) confirmTensors([value]);
  return isDoubtful(value);
}

/** A layer, or a function like one, has got the values. */
export function confirmTensors(values: readonly Value[]): void {
  for (const value of values) if (value.kind === "tensor") confirmed.add(identityOf(value));
}

/** Nobody has asked for a dimension. */
export function isUndescribed(shape: Shape): boolean {
  const [only] = shape;
  return shape.length === 1 && only !== undefined && isRest(only) && only.origin === "free";
}
