/** `x == float("nan")`: NaN is equal to nothing, not even to itself. */
import { type Inference } from "../../infer/analysis";
import type { Compare, Expression } from "../../python/syntax";
import { type Finding, type Rule } from "../define";
import { libraryPath } from "../reading/names";
import { nodesOf } from "../reading/syntax";
import { pathOf } from "../reading/training";

function* check(inference: Inference): Iterable<Finding> {
  for (const node of nodesOf(inference, "Compare")) {
    const [operator] = node.operators;
    const [right] = node.comparators;
    if (node.operators.length !== 1 || !right || (operator !== "==" && operator !== "!=")) continue;
    const sides = [node.left, right];
    const nan = sides.findIndex((side) => isNan(inference, side));
    if (nan < 0) continue;
    yield describe(inference, node, operator, sides[1 - nan]!);
  }
}

function isNan(inference: Inference, side: Expression): boolean {
  if (side.kind === "Call") {
    const [text] = side.args;
    return (
      pathOf(side.callee) === "float" &&
      text?.kind === "Constant" &&
      text.type === "str" &&
      /^[+-]?nan$/i.test(text.value)
    );
  }
  return /^(numpy|math|torch)\.nan$/i.test(libraryPath(side, inference) ?? "");
}

function describe({ source }: Inference, node: Compare, operator: "==" | "!=", other: Expression): Finding {
  const text = source.slice(other);
  const always = operator === "==" ? "false" : "true";
  const opposite = operator === "==" ? "!=" : "==";
  const isSimple = other.kind === "Name" || other.kind === "Attribute";
  return {
    span: node,
    message: `NaN is not equal to anything, itself included, so this comparison is always ${always}. Ask torch.isnan or math.isnan, or compare the value with itself.`,
    ...(isSimple && {
      fix: { title: "Compare it with itself", edits: [{ span: node, text: `${text} ${opposite} ${text}` }] },
    }),
  };
}

export const nanComparison: Rule = {
  id: "nan-comparison",
  summary: "Something is compared with NaN, to which nothing is equal.",
  category: "data",
  severity: "error",
  confidence: "certain",
  preset: "recommended",
  needs: "dataflow",
  fix: "suggested",
  check,
};
