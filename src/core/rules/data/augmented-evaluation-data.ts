/** Random augmentation of data that the model is evaluated on. */
import { type Inference } from "../../infer/analysis";
import { type CallRecord } from "../../infer/record/part";
import { type Finding, type Rule } from "../define";
import { type Loader, loaderLoops, loadersOf } from "../reading/data";
import { builtDataset, nameOfResult } from "../reading/splits";
import { isAugmentation, transformName, transformsOf } from "../reading/transforms";

/** Augmenting at test time on purpose, and averaging over it. */
const onPurpose = /tta|aug|contrast|pretrain|ssl/i;

function* check(inference: Inference): Iterable<Finding> {
  const loops = loaderLoops(inference);
  const trained = new Set(loops.filter(({ evaluates }) => !evaluates).map(({ loader }) => loader.dataset));
  const evaluated = new Set(loops.filter(({ evaluates }) => evaluates).map(({ loader }) => loader));
  for (const loader of loadersOf(inference)) {
    const built = builtDataset(inference, loader.dataset);
    // A part shares the transform of the whole: that is another rule's.
    if (!built || built.part || trained.has(loader.dataset)) continue;
    // What a dataset of one's own calls the test split may be there to be looked at.
    const isHeldOut = built.call !== undefined && (built.split === "test" || built.split === "validation");
    if (!isHeldOut && !evaluated.has(loader)) continue;
    const random = transformsOf(inference, built)?.filter(isAugmentation) ?? [];
    const place = built.call ?? loader.call;
    if (random.length === 0 || place.origin.path !== inference.source.path || isOnPurpose(inference, loader, place))
      continue;
    yield {
      span: place.origin.span,
      message: `${listed(random)} changes this data at random, although the model is evaluated on it: the result is another one at every run, and mostly too low.`,
      related: random.map(({ origin }) => ({ span: origin.span, message: "The augmentation." })),
    };
  }
}

function isOnPurpose(inference: Inference, loader: Loader, place: CallRecord): boolean {
  return [loader.call, place].some((call) => onPurpose.test(nameOfResult(inference, call)));
}

function listed(random: readonly CallRecord[]): string {
  return [...new Set(random.map(transformName))].join(" and ");
}

export const augmentedEvaluationData: Rule = {
  id: "augmented-evaluation-data",
  summary: "Evaluation data is augmented at random.",
  category: "data",
  severity: "warning",
  confidence: "likely",
  preset: "recommended",
  needs: "dataflow",
  fix: "none",
  check,
};
