/** A change of a parameter that is computed and thrown away: `p.data.clamp(-1, 1)` without the underscore. */
import { type Inference } from "../../infer/analysis";
import { isKind } from "../../python/visit";
import { type Finding, type Rule } from "../define";
import { callAt, callsOf } from "../reading/calls";
import { parentOf } from "../reading/syntax";

const names = [
  "clamp",
  "clip",
  "mul",
  "div",
  "add",
  "sub",
  "abs",
  "addcmul",
  "addcdiv",
  "lerp",
  "masked_fill",
  "neg",
  "sqrt",
  "tril",
  "triu",
];

function* check(inference: Inference): Iterable<Finding> {
  for (const call of callsOf(inference, ...names.map((name) => `Tensor.${name}`))) {
    const target = call.receiver ?? call.positional[0];
    const node = callAt(call.origin.span);
    if (target?.kind !== "tensor" || !target.stored || node?.callee.kind !== "Attribute") continue;
    const parent = parentOf(inference, node);
    if (!parent || !isKind(parent, "ExpressionStatement")) continue;
    const { attribute, value } = node.callee;
    const text = inference.source.slice(value);
    yield {
      span: attribute,
      message: `${attribute.name} computes a new tensor, which is thrown away: ${text} stays as it was. ${attribute.name}_ changes it in place.`,
      fix: { title: `Use ${attribute.name}_`, edits: [{ span: attribute, text: `${attribute.name}_` }] },
    };
  }
}

export const weightChangeWithoutEffect: Rule = {
  id: "weight-change-without-effect",
  summary: "A change of a parameter is computed and thrown away.",
  category: "initialisation",
  severity: "error",
  confidence: "certain",
  preset: "recommended",
  needs: "dataflow",
  fix: "safe",
  check,
};
