/** A shortcut that is computed and then never added. */
import { type Inference } from "../../infer/analysis";
import type { Assign, Expression } from "../../python/syntax";
import { type Finding, type Rule } from "../define";
import { modelClasses } from "../reading/classes";
import { nodesWithin } from "../reading/syntax";

const shortcutName = /^(identity|residual|shortcut|skip|skip_connection|x_skip|x_res)$/i;

function* check(inference: Inference): Iterable<Finding> {
  for (const { node: model } of modelClasses(inference)) {
    for (const method of model.body) {
      if (method.kind !== "FunctionDef" || method.name.name === "__init__") continue;
      const writes = new Map<string, Assign[]>();
      const written = new Set<Expression>();
      for (const node of nodesWithin(method, "Assign")) {
        const [target] = node.targets;
        if (target?.kind !== "Name" || !shortcutName.test(target.id)) continue;
        writes.set(target.id, [...(writes.get(target.id) ?? []), node]);
        written.add(target);
      }
      if (writes.size === 0) continue;
      const names = nodesWithin(method, "Name").filter((node) => !written.has(node));
      const read = new Set(names.map(({ id }) => id));
      for (const [name, assignments] of writes) {
        if (read.has(name)) continue;
        yield {
          span: assignments[0]!,
          message: `${name} is computed and never used again: the shortcut is not added, so this is no residual block, and gradients have only the long way. Add it to the result.`,
        };
      }
    }
  }
}

export const residualNotAdded: Rule = {
  id: "residual-not-added",
  summary: "The shortcut of a residual block is computed and never added.",
  category: "model",
  severity: "error",
  confidence: "likely",
  preset: "recommended",
  needs: "syntax",
  fix: "none",
  check,
};
