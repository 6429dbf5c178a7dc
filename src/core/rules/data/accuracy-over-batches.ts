/** Right answers counted over all samples, and divided by the number of batches. */
import { type Inference } from "../../infer/analysis";
import { type Finding, type Rule } from "../define";
import { argumentOf, numberOf } from "../reading/calls";
import { type LoaderLoop, loaderLoops } from "../reading/data";
import { type Tally, talliesOf } from "../reading/tallies";
import { pathOf } from "../reading/training";

function* check(inference: Inference): Iterable<Finding> {
  for (const tally of talliesOf(inference)) {
    const added = inference.source.slice(tally.added);
    if (!countsMatches(added) || !isOverBatches(tally, loaderLoops(inference))) continue;
    for (const { node, counted } of tally.means) {
      if (pathOf(counted) !== tally.over) continue;
      const name = pathOf(tally.add.target);
      yield {
        span: node,
        message: `${name} counts samples, and len(${tally.over}) counts batches: the result is the mean number of right answers in a batch, not their share. Divide by len(${tally.over}.dataset).`,
        related: [{ span: tally.add, message: "The right answers of a batch are added here." }],
        fix: {
          title: "Divide by the number of samples",
          edits: [{ span: counted, text: `${tally.over}.dataset` }],
        },
      };
    }
  }
}

/** `(prediction == target).sum()`: how many of a batch are right. */
function countsMatches(added: string): boolean {
  return /==|\.eq\(/.test(added) && added.includes(".sum(") && !/\/|mean|len\(/.test(added);
}

function isOverBatches({ loop, over }: Tally, loops: readonly LoaderLoop[]): boolean {
  const loader = loops.find(({ region }) => region.node === loop)?.loader;
  if (!loader) return /load/i.test(over);
  const size = argumentOf(loader.call, "batch_size", 1);
  return size !== undefined && size.kind !== "none" && numberOf(size) !== 1;
}

export const accuracyOverBatches: Rule = {
  id: "accuracy-over-batches",
  summary: "A count of samples is divided by the number of batches.",
  category: "data",
  severity: "error",
  confidence: "certain",
  preset: "recommended",
  needs: "dataflow",
  fix: "suggested",
  check,
};
