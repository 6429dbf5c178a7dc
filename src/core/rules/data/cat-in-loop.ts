/** `all = torch.cat([all, new])` in a loop: each round copies everything so far. */
import { type Inference } from "../../infer/analysis";
import { type AnyNode } from "../../python/visit";
import { type Finding, type Rule } from "../define";
import { callAt, callsOf } from "../reading/calls";
import { enclosing, nodesOf } from "../reading/syntax";
import { nameOfExpression } from "../reading/splits";
import { pathOf } from "../reading/training";

const joining = ["cat", "concat", "concatenate", "vstack", "hstack"].map((name) => `torch.${name}`);

function* check(inference: Inference): Iterable<Finding> {
  for (const { origin } of callsOf(inference, ...joining)) {
    const node = callAt(origin.span);
    const [parts] = node?.args ?? [];
    const name = nameOfExpression(inference, node);
    if (!node || name === "" || (parts?.kind !== "List" && parts?.kind !== "Tuple")) continue;
    if (!parts.elements.some((part) => pathOf(part) === name)) continue;
    const loop = loopAround(inference, node);
    if (!loop || isReadElsewhere(inference, name, loop, node)) continue;
    yield {
      span: node,
      message: `Every round copies all of ${name} so far: over n rounds that is n²/2 parts instead of n. Collect the parts in a list, and join them once after the loop.`,
      related: [{ span: loop, message: "The loop." }],
    };
  }
}

function loopAround(inference: Inference, node: AnyNode): AnyNode | undefined {
  const around = enclosing(inference, node, "For", "While", "FunctionDef");
  return around?.kind === "FunctionDef" ? undefined : around;
}

/** The next round needs what was joined so far, such as the tokens that a model has written. */
function isReadElsewhere(inference: Inference, name: string, loop: AnyNode, join: AnyNode): boolean {
  const uses = [...nodesOf(inference, "Name"), ...nodesOf(inference, "Attribute")].filter(
    (node) => node.start >= loop.start && node.end <= loop.end && pathOf(node) === name,
  );
  const assigned = uses.filter((use) => use.start < join.start || use.end > join.end).length;
  return assigned > 1;
}

export const catInLoop: Rule = {
  id: "cat-in-loop",
  summary: "A tensor is joined piece by piece in a loop.",
  category: "data",
  severity: "information",
  confidence: "certain",
  preset: "strict",
  needs: "syntax",
  fix: "none",
  check,
};
