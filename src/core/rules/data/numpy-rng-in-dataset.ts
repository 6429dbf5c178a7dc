/** NumPy's global random numbers in a dataset, which the workers of old versions all drew alike. */
import { type Inference } from "../../infer/analysis";
import { type Finding, type Rule } from "../define";
import { libraryPath } from "../reading/names";
import { enclosing, nodesOf } from "../reading/syntax";
import { pathOf } from "../reading/training";

function* check(inference: Inference): Iterable<Finding> {
  for (const node of nodesOf(inference, "Call")) {
    const name = libraryPath(node.callee, inference) ?? "";
    if (!/^numpy\.random\.[a-z]\w*$/.test(name) || /default_rng|seed/.test(name)) continue;
    if (enclosing(inference, node, "FunctionDef")?.name.name !== "__getitem__") continue;
    const type = enclosing(inference, node, "ClassDef");
    if (!type?.bases.some((base) => /(^|\.)\w*Dataset$/.test(pathOf(base)))) continue;
    yield {
      span: node,
      message: `Before PyTorch 1.9 every worker of a loader draws the same numbers here, in every epoch again. torch's own random numbers differ from worker to worker under every version.`,
    };
  }
}

export const numpyRngInDataset: Rule = {
  id: "numpy-rng-in-dataset",
  summary: "A dataset draws from NumPy's global generator.",
  category: "data",
  severity: "information",
  confidence: "likely",
  preset: "none",
  needs: "syntax",
  fix: "none",
  check,
};
