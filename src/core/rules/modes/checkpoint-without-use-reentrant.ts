/** `checkpoint(f, x)` without `use_reentrant`: the old way of doing it cuts gradients where no input needs one. */
import { type Inference } from "../../infer/analysis";
import { type Finding, type Rule } from "../define";
import { withArgument } from "../reading/edits";
import { libraryPath } from "../reading/names";
import { nodesOf } from "../reading/syntax";

function* check(inference: Inference): Iterable<Finding> {
  for (const call of nodesOf(inference, "Call")) {
    if (!/^torch\.utils\.checkpoint\.checkpoint(_sequential)?$/.test(libraryPath(call.callee, inference) ?? ""))
      continue;
    if (call.keywords.some(({ name }) => name === undefined || name.name === "use_reentrant")) continue;
    if (call.args.length + call.keywords.length === 0) continue;
    yield {
      span: call,
      message:
        "Without use_reentrant PyTorch warns and takes the old way, which gives the weights inside no gradient where no input of the block needs one. Pass use_reentrant=False.",
      fix: { title: "Pass use_reentrant=False", edits: [withArgument(call, "use_reentrant=False")] },
    };
  }
}

export const checkpointWithoutUseReentrant: Rule = {
  id: "checkpoint-without-use-reentrant",
  summary: "A call of checkpoint does not say use_reentrant.",
  category: "modes",
  severity: "information",
  confidence: "certain",
  preset: "strict",
  needs: "syntax",
  fix: "suggested",
  check,
};
