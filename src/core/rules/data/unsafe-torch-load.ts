/** `torch.load` that may run whatever code a file brings along. */
import { type Inference } from "../../infer/analysis";
import { type Finding, type Rule } from "../define";
import { withArgument } from "../reading/edits";
import { callAt, callsOf } from "../reading/calls";

function* check(inference: Inference): Iterable<Finding> {
  for (const { origin } of callsOf(inference, "torch.load")) {
    const node = callAt(origin.span);
    const given = node?.keywords.find(({ name }) => name?.name === "weights_only")?.value;
    const isOff = given?.kind === "Constant" && given.type === "bool" && !given.value;
    if (!node || (given && !isOff) || node.keywords.some(({ name }) => !name)) continue;
    const edit = given ? { span: given, text: "True" } : withArgument(node, "weights_only=True");
    yield {
      span: node,
      message: given
        ? "This runs whatever code the file brings along. Load weights only, unless the file is your own."
        : "Before PyTorch 2.6 this runs whatever code the file brings along. Say weights_only=True, which is the default since.",
      ...(node.args.length > 0 && { fix: { title: "Load weights only", edits: [edit] } }),
    };
  }
}

export const unsafeTorchLoad: Rule = {
  id: "unsafe-torch-load",
  summary: "Loading a file may run its code.",
  category: "data",
  severity: "warning",
  confidence: "likely",
  preset: "strict",
  needs: "dataflow",
  fix: "suggested",
  check,
};
