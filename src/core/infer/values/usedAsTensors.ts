/** Parameters that nothing describes, but that a function asks for what only a tensor has, or that a model gets. */
import type { TensorValue } from "../../ops/value";
import type { FunctionDef, Lambda } from "../../python/syntax";
import { type Shape, isRest, newRest } from "../../shape/shape";
import { isKind, walk } from "../../python/visit";

/** Methods that nothing but a tensor has. */
export const methodsOfTensorsOnly: ReadonlySet<string> = new Set(
  (
    "view view_as unsqueeze permute expand_as contiguous masked_fill masked_fill_ softmax log_softmax bmm new_zeros " +
    "new_ones new_full new_tensor type_as is_contiguous index_select"
  ).split(" "),
);

/** Likewise methods that neither arrays nor lists, images, tables or layers have. */
const ofTensorsOnly = new Set([
  ...methodsOfTensorsOnly,
  ..."size dim numel expand sigmoid relu tanh chunk matmul detach".split(" "),
]);

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

/** Nobody has asked for a dimension. */
export function isUndescribed(shape: Shape): boolean {
  const [only] = shape;
  return shape.length === 1 && only !== undefined && isRest(only) && only.origin === "free";
}
