/** Datasets, loaders, and what is kept of a training run. */
import { accuracyOverBatches } from "./accuracy-over-batches";
import { augmentedEvaluationData } from "./augmented-evaluation-data";
import { batchNotMoved } from "./batch-not-moved";
import { bestCheckpointAlias } from "./best-checkpoint-alias";
import { catInLoop } from "./cat-in-loop";
import { checkpointWithoutOptimizer } from "./checkpoint-without-optimizer";
import { createdThenMoved } from "./created-then-moved";
import { cudnnBenchmarkWithSeed } from "./cudnn-benchmark-with-seed";
import { deprecatedApi } from "./deprecated-api";
import { dropLastOnEvaluation } from "./drop-last-on-evaluation";
import { evalLoaderShuffled } from "./eval-loader-shuffled";
import { featuresNotScaled } from "./features-not-scaled";
import { firstBatchOnly } from "./first-batch-only";
import { hashSeedTooLate } from "./hash-seed-too-late";
import { ignoredLoadResult } from "./ignored-load-result";
import { incompleteSeed } from "./incomplete-seed";
import { loaderBuiltInLoop } from "./loader-built-in-loop";
import { loaderWithoutWorkers } from "./loader-without-workers";
import { meanLossOverSamples } from "./mean-loss-over-samples";
import { metricNotReduced } from "./metric-not-reduced";
import { missingSeed } from "./missing-seed";
import { modelMovedAfterOptimizer } from "./model-moved-after-optimizer";
import { nanComparison } from "./nan-comparison";
import { nondeterministicAlgorithms } from "./nondeterministic-algorithms";
import { normalisationDiffers } from "./normalisation-differs";
import { numpyRngInDataset } from "./numpy-rng-in-dataset";
import { paddingNotIgnored } from "./padding-not-ignored";
import { pretrainedWithoutNormalisation } from "./pretrained-without-normalisation";
import { randomSplitSharesAugmentation } from "./random-split-shares-augmentation";
import { randomSplitUnseeded } from "./random-split-unseeded";
import { removedApi } from "./removed-api";
import { requestNotWaited } from "./request-not-waited";
import { sameSplitForTrainingAndTesting } from "./same-split-for-training-and-testing";
import { selectsOnTestData } from "./selects-on-test-data";
import { selectsOnTrainingLoss } from "./selects-on-training-loss";
import { targetNotShifted } from "./target-not-shifted";
import { tensorOfSize } from "./tensor-of-size";
import { testDataLeakage } from "./test-data-leakage";
import { tooFewClasses } from "./too-few-classes";
import { trainLoaderNotShuffled } from "./train-loader-not-shuffled";
import { trainsOnTestSplit } from "./trains-on-test-split";
import { transformOrder } from "./transform-order";
import { unsafeTorchLoad } from "./unsafe-torch-load";
import { vocabularyInSetOrder } from "./vocabulary-in-set-order";
import { workerSeedRepeats } from "./worker-seed-repeats";
import { type Rule } from "../define";

export const dataRules: readonly Rule[] = [
  accuracyOverBatches,
  augmentedEvaluationData,
  batchNotMoved,
  bestCheckpointAlias,
  catInLoop,
  checkpointWithoutOptimizer,
  createdThenMoved,
  cudnnBenchmarkWithSeed,
  deprecatedApi,
  dropLastOnEvaluation,
  evalLoaderShuffled,
  featuresNotScaled,
  firstBatchOnly,
  hashSeedTooLate,
  ignoredLoadResult,
  incompleteSeed,
  loaderBuiltInLoop,
  loaderWithoutWorkers,
  meanLossOverSamples,
  metricNotReduced,
  missingSeed,
  modelMovedAfterOptimizer,
  nanComparison,
  nondeterministicAlgorithms,
  normalisationDiffers,
  numpyRngInDataset,
  paddingNotIgnored,
  pretrainedWithoutNormalisation,
  randomSplitSharesAugmentation,
  randomSplitUnseeded,
  removedApi,
  requestNotWaited,
  sameSplitForTrainingAndTesting,
  selectsOnTestData,
  selectsOnTrainingLoss,
  targetNotShifted,
  tensorOfSize,
  testDataLeakage,
  tooFewClasses,
  trainLoaderNotShuffled,
  trainsOnTestSplit,
  transformOrder,
  unsafeTorchLoad,
  vocabularyInSetOrder,
  workerSeedRepeats,
];
