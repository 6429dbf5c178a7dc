/** `torch.Tensor(3)`: not a tensor that holds 3, but three numbers of which nobody knows what they are. */
import { type Inference } from "../../infer/analysis";
import { isKind } from "../../python/visit";
import { type Finding, type Rule } from "../define";
import { callAt, callsOf } from "../reading/calls";
import { parentOf } from "../reading/syntax";
import { pathOf } from "../reading/training";

const constructors = ["Tensor", "FloatTensor", "DoubleTensor", "LongTensor", "IntTensor"];

function* check(inference: Inference): Iterable<Finding> {
  for (const call of callsOf(inference, ...constructors.map((name) => `torch.${name}`))) {
    const node = callAt(call.origin.span);
    const sizes = call.positional;
    if (!node || sizes.length === 0 || !sizes.every(({ kind }) => kind === "int")) continue;
    const parent = parentOf(inference, node);
    // Parameters are drawn afterwards, and so is what is filled at once: `torch.Tensor(3).normal_()`.
    const isFilled =
      parent && ((isKind(parent, "Attribute") && parent.attribute.name.endsWith("_")) || isParameter(parent));
    if (isFilled) continue;
    const written = inference.source.slice(node);
    yield {
      span: node,
      message: `${written} is a tensor of that size with whatever is in its memory, not one that holds the number. Use torch.tensor for a value, torch.zeros or torch.empty for a size.`,
    };
  }
}

function isParameter(node: object): boolean {
  const call = node as Parameters<typeof isKind>[0];
  return isKind(call, "Call") && /(^|\.)Parameter$/.test(pathOf(call.callee));
}

export const tensorOfSize: Rule = {
  id: "tensor-of-size",
  summary: "A constructor takes a value for a size.",
  category: "data",
  severity: "information",
  confidence: "likely",
  preset: "teaching",
  needs: "dataflow",
  fix: "none",
  check,
};
