/** A training loop that meets the samples in the order of the dataset, the same in every epoch. */
import { type Inference } from "../../infer/analysis";
import { type Finding, type Rule } from "../define";
import { callAt } from "../reading/calls";
import { type Loader, loaderLoops } from "../reading/data";
import { builtDataset, isMapStyle, nameOfResult } from "../reading/splits";
import { manualBatches } from "./manualBatches";
import { withShuffle } from "./shuffle";

/** Data whose order may mean something. */
const ordered =
  /time|temporal|series|seq|stock|price|forecast|window|lag|text|token|corpus|lang|sentence|word|video|frame|clip|episode|replay|rollout|buffer|trajector|bptt|stream|curricul|sorted|ordered/i;

function* check(inference: Inference): Iterable<Finding> {
  const { source } = inference;
  for (const { loader, trains } of loaderLoops(inference)) {
    const { call, dataset } = loader;
    if (!trains || loader.shuffle !== false || loader.hasSampler || call.origin.path !== source.path) continue;
    if (!isMapStyle(inference, dataset) || isOrdered(inference, loader)) continue;
    const isSplit = builtDataset(inference, dataset)?.builder.endsWith("random_split") ?? false;
    const order = isSplit ? "the same order in every epoch" : "the order of the dataset, the same in every epoch";
    yield {
      span: call.origin.span,
      message: `A training loop reads this loader, and it does not shuffle: the batches come in ${order}. Pass shuffle=True.`,
      ...(isSplit && { severity: "information" as const }),
      ...withShuffle(inference, loader, true),
    };
  }
  yield* manualBatches(inference, ordered);
}

/** The order has a meaning, or there is none because one batch is everything. */
function isOrdered(inference: Inference, { call, dataset }: Loader): boolean {
  const node = callAt(call.origin.span);
  const written = node ? inference.source.slice(node) : "";
  const size = node?.keywords.find(({ name }) => name?.name === "batch_size")?.value ?? node?.args[1];
  if (size && /\blen\(|\.shape\[0\]|\.size\(0\)|^None$/.test(inference.source.slice(size))) return true;
  const built = builtDataset(inference, dataset);
  return [written, built?.builder ?? "", nameOfResult(inference, call)].some((name) => ordered.test(name));
}

export const trainLoaderNotShuffled: Rule = {
  id: "train-loader-not-shuffled",
  summary: "The training data is read in the same order in every epoch.",
  category: "data",
  severity: "warning",
  confidence: "likely",
  preset: "recommended",
  needs: "dataflow",
  fix: "suggested",
  check,
};
