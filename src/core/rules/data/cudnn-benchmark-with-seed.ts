/** A seed for runs that can be repeated, and a switch that lets each run pick other algorithms. */
import { type Inference } from "../../infer/analysis";
import { isKind } from "../../python/visit";
import { type Finding, type Rule } from "../define";
import { libraryPath } from "../reading/names";
import { hasSeedHelper, torchSeed } from "../reading/seeds";
import { ancestorsOf, nodesOf } from "../reading/syntax";

function* check(inference: Inference): Iterable<Finding> {
  const seed = torchSeed(inference);
  if (!seed && !hasSeedHelper(inference)) return;
  for (const node of nodesOf(inference, "Assign")) {
    const isSwitch = node.targets.some((target) => libraryPath(target, inference) === "torch.backends.cudnn.benchmark");
    const { value } = node;
    if (!isSwitch || value.kind !== "Constant" || value.type !== "bool" || !value.value) continue;
    // Under a test the author chooses between speed and repetition.
    if ([...ancestorsOf(inference, node)].some((at) => isKind(at, "If") && !isMain(inference.source.slice(at.test))))
      continue;
    yield {
      span: node,
      message:
        "The program sets a seed, and this lets cuDNN time its algorithms and take the fastest of the moment: two runs may take different ones and round differently. For runs that repeat it has to be False.",
      ...(seed && { related: [{ span: seed, message: "The seed." }] }),
      fix: { title: "Do not let cuDNN choose", edits: [{ span: value, text: "False" }] },
    };
  }
}

function isMain(test: string): boolean {
  return test.includes("__main__");
}

export const cudnnBenchmarkWithSeed: Rule = {
  id: "cudnn-benchmark-with-seed",
  summary: "A seeded program lets cuDNN choose its algorithms by their speed.",
  category: "data",
  severity: "information",
  confidence: "likely",
  preset: "strict",
  needs: "syntax",
  fix: "suggested",
  check,
};
