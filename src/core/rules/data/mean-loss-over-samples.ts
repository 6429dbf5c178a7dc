/** Mean losses of batches added up, and divided by the number of samples. */
import { type Inference } from "../../infer/analysis";
import { type Span } from "../../text/source";
import { type Finding, type Rule } from "../define";
import { argumentOf, callsOf, numberOf } from "../reading/calls";
import { loaderLoops } from "../reading/data";
import { type Tally, talliesOf, withoutItem } from "../reading/tallies";
import { pathOf } from "../reading/training";

const losses = [
  "CrossEntropyLoss NLLLoss MSELoss L1Loss SmoothL1Loss HuberLoss BCELoss BCEWithLogitsLoss KLDivLoss",
  "functional.cross_entropy functional.nll_loss functional.mse_loss functional.l1_loss functional.smooth_l1_loss",
  "functional.binary_cross_entropy functional.binary_cross_entropy_with_logits",
].flatMap((names) => names.split(" ").map((name) => `torch.nn.${name}`));

const samples = /(dataset|_set|_ds|_data|trainset|testset|valset)$/i;

function* check(inference: Inference): Iterable<Finding> {
  for (const tally of talliesOf(inference)) {
    const means = tally.means.filter(({ counted }) => pathOf(counted) !== tally.over && samples.test(pathOf(counted)));
    if (means.length === 0 || !addsMeanLoss(inference, tally) || isOneByOne(inference, tally)) continue;
    for (const { node, divisor } of means) {
      yield {
        span: node,
        message: `Each loss is the mean of a batch already, and their sum is divided by the number of samples: the result is too small by the batch size. Divide by the number of batches, or add the loss times the size of its batch.`,
        related: [{ span: tally.add, message: "The mean loss of a batch is added here." }],
        ...byBatches(tally, divisor),
      };
    }
  }
}

function addsMeanLoss(inference: Inference, { added }: Tally): boolean {
  const loss = withoutItem(added);
  const call = callsOf(inference, ...losses).find(({ origin }) => origin.span === loss);
  const reduction = call?.values.get("reduction");
  return call !== undefined && (reduction === undefined || (reduction.kind === "str" && reduction.value === "mean"));
}

/** Of batches of one sample the two are the same. */
function isOneByOne(inference: Inference, { loop }: Tally): boolean {
  const loader = loaderLoops(inference).find(({ region }) => region.node === loop)?.loader;
  const size = loader && argumentOf(loader.call, "batch_size", 1);
  return loader !== undefined && (size === undefined || numberOf(size) === 1);
}

function byBatches({ over }: Tally, divisor: Span): Pick<Finding, "fix"> {
  return { fix: { title: "Divide by the number of batches", edits: [{ span: divisor, text: `len(${over})` }] } };
}

export const meanLossOverSamples: Rule = {
  id: "mean-loss-over-samples",
  summary: "A sum of mean losses is divided by the number of samples.",
  category: "data",
  severity: "warning",
  confidence: "likely",
  preset: "recommended",
  needs: "dataflow",
  fix: "suggested",
  check,
};
