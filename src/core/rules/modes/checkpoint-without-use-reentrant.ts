/** `checkpoint(f, x)` without `use_reentrant`: the old way of doing it cuts gradients where no input needs one. */
import { type Inference } from "../../infer/analysis";
import { type Finding, type Rule } from "../define";
import { libraryPath } from "../reading/names";
import { nodesOf } from "../reading/syntax";

function* check(inference: Inference): Iterable<Finding> {
  for (const call of nodesOf(inference, "Call")) {
    if (!/^torch\.utils\.checkpoint\.checkpoint(_sequential)?$/.test(libraryPath(call.callee, inference) ?? ""))
      continue;
    if (call.keywords.some(({ name }) => name === undefined || name.name === "use_reentrant")) continue;
    const last = [...call.args, ...call.keywords].sort((a, b) => a.end - b.end).at(-1);
    if (!last) continue;
    const after = { start: last.end, end: last.end };
    yield {
      span: call,
      message:
        "Without use_reentrant PyTorch warns and takes the old way, which gives the weights inside no gradient where no input of the block needs one. Pass use_reentrant=False.",
      fix: { title: "Pass use_reentrant=False", edits: [{ span: after, text: ", use_reentrant=False" }] },
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
