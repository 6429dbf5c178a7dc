/** What the rules about the order of batches share. */
import { type Inference } from "../../infer/analysis";
import { type Finding } from "../define";
import { withArgument } from "../reading/edits";
import { callAt } from "../reading/calls";
import { type Loader, loadersOf } from "../reading/data";

/** Writes `shuffle` into the call that builds a loader, where that call builds no other one. */
export function withShuffle(inference: Inference, { call }: Loader, shuffle: boolean): Pick<Finding, "fix"> {
  const node = callAt(call.origin.span);
  const isShared = loadersOf(inference).some((other) => other.call !== call && other.call.origin.span === node);
  if (!node || isShared || node.args.length > 2) return {};
  const text = shuffle ? "True" : "False";
  const title = shuffle ? "Shuffle the training data" : "Leave the order as it is";
  const given = node.keywords.find(({ name }) => name?.name === "shuffle");
  if (given) return { fix: { title, edits: [{ span: given.value, text }] } };
  return { fix: { title, edits: [withArgument(node, `shuffle=${text}`)] } };
}
