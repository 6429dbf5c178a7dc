/** A constant tensor as a plain attribute of a model: it stays on the CPU when the model moves. */
import { type Inference } from "../../infer/analysis";
import { type Producer } from "../../ops/value";
import { isKind } from "../../python/visit";
import { isRest } from "../../shape/shape";
import { type Finding, type Rule } from "../define";
import { type ModelClass, isUsedLater, methodOf, modelClasses } from "../reading/classes";
import { parentOf } from "../reading/syntax";

const moves = /^(to|cuda|cpu|type_as|device|new_tensor|xpu|numpy|tolist|item|shape|size|dtype)$/;

function* check(inference: Inference): Iterable<Finding> {
  for (const model of modelClasses(inference)) {
    if (["_apply", "to", "cuda"].some((name) => methodOf(model, name))) continue;
    for (const { attributes } of model.objects) {
      for (const [name, value] of attributes.items()) {
        const isPlain = value.kind === "tensor" && !value.stored && value.producer && isConstant(value.producer);
        if (!isPlain || value.shape.length === 0 || value.shape.some(isRest)) continue;
        const writes = model.uses.filter((use) => use.name === name && use.written);
        const [write] = writes;
        if (writes.length !== 1 || write?.method.name.name !== "__init__" || !isUsedLater(model, name)) continue;
        if (isMoved(model, name, inference)) continue;
        const { source } = inference;
        const written = write.written!;
        yield {
          span: written,
          message: `self.${name} is a plain tensor: model.to(device) leaves it on the CPU, where it meets tensors of the GPU in forward, and state_dict() leaves it out. Register it with register_buffer.`,
          ...(written.targets.length === 1 && {
            fix: {
              title: "Register it as a buffer",
              edits: [{ span: written, text: `self.register_buffer("${name}", ${source.slice(written.value)})` }],
            },
          }),
        };
      }
    }
  }
}

/** Made of numbers, on no particular device and without a gradient. */
function isConstant({ operation, values, inputs }: Producer): boolean {
  const device = values?.get("device");
  const wantsGradient = values?.get("requires_grad");
  if (!/^(torch|Tensor)\./.test(operation) || /\.(to|cuda|requires_grad_)$/.test(operation)) return false;
  if ((device && device.kind !== "none") || (wantsGradient?.kind === "bool" && wantsGradient.value !== false))
    return false;
  return inputs.every((input) => !input.stored && input.producer !== undefined && isConstant(input.producer));
}

/** Used as an index, which may stay on the CPU, or brought along by hand. */
function isMoved({ uses }: ModelClass, name: string, inference: Inference): boolean {
  return uses.some((use) => {
    const parent = use.name === name && !use.written ? parentOf(inference, use.node) : undefined;
    if (!parent) return false;
    if (isKind(parent, "Attribute")) return moves.test(parent.attribute.name);
    const above = isKind(parent, "Tuple") ? parentOf(inference, parent) : undefined;
    if (above && isKind(above, "Subscript")) return above.index === parent;
    if (isKind(parent, "Subscript")) return parent.index === use.node || isMovedItem(parent, inference);
    return isKind(parent, "AugAssign") && parent.target === use.node;
  });
}

/** `self.mask[:n].to(x.device)`. */
function isMovedItem(item: Parameters<typeof parentOf>[1], inference: Inference): boolean {
  const parent = parentOf(inference, item);
  return parent !== undefined && isKind(parent, "Attribute") && moves.test(parent.attribute.name);
}

export const unregisteredBuffer: Rule = {
  id: "unregistered-buffer",
  summary: "A constant tensor of a model is no buffer, so it does not move with the model.",
  category: "model",
  severity: "warning",
  confidence: "likely",
  preset: "strict",
  needs: "dataflow",
  fix: "suggested",
  check,
};
