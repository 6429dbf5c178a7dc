/** A shortcut that is computed and then never added. */
import { type Inference } from "../../infer/analysis";
import type { Assign } from "../../python/syntax";
import { walk } from "../../python/visit";
import { type Finding, type Rule } from "../define";
import { modelClasses } from "../reading/classes";

const shortcutName = /^(identity|residual|shortcut|skip|skip_connection|x_skip|x_res)$/i;

function* check(inference: Inference): Iterable<Finding> {
  for (const { node: model } of modelClasses(inference)) {
    for (const method of model.body) {
      if (method.kind !== "FunctionDef" || method.name.name === "__init__") continue;
      const writes = new Map<string, Assign[]>();
      const written = new Set<unknown>();
      const read = new Set<string>();
      walk(method, (node) => {
        if (!("kind" in node)) return undefined;
        const [target] = node.kind === "Assign" ? node.targets : [];
        if (node.kind === "Assign" && target?.kind === "Name" && shortcutName.test(target.id)) {
          writes.set(target.id, [...(writes.get(target.id) ?? []), node]);
          written.add(target);
        } else if (node.kind === "Name" && !written.has(node)) read.add(node.id);
        return undefined;
      });
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
