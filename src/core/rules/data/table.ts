/** Datasets, loaders, and what is kept of a training run. */
import accuracyOverBatchesDocument from "./accuracy-over-batches.md";
import { accuracyOverBatches } from "./accuracy-over-batches";
import augmentedEvaluationDataDocument from "./augmented-evaluation-data.md";
import { augmentedEvaluationData } from "./augmented-evaluation-data";
import batchNotMovedDocument from "./batch-not-moved.md";
import { batchNotMoved } from "./batch-not-moved";
import bestCheckpointAliasDocument from "./best-checkpoint-alias.md";
import { bestCheckpointAlias } from "./best-checkpoint-alias";
import catInLoopDocument from "./cat-in-loop.md";
import { catInLoop } from "./cat-in-loop";
import checkpointWithoutOptimizerDocument from "./checkpoint-without-optimizer.md";
import { checkpointWithoutOptimizer } from "./checkpoint-without-optimizer";
import createdThenMovedDocument from "./created-then-moved.md";
import { createdThenMoved } from "./created-then-moved";
import cudnnBenchmarkWithSeedDocument from "./cudnn-benchmark-with-seed.md";
import { cudnnBenchmarkWithSeed } from "./cudnn-benchmark-with-seed";
import deprecatedApiDocument from "./deprecated-api.md";
import { deprecatedApi } from "./deprecated-api";
import dropLastOnEvaluationDocument from "./drop-last-on-evaluation.md";
import { dropLastOnEvaluation } from "./drop-last-on-evaluation";
import evalLoaderShuffledDocument from "./eval-loader-shuffled.md";
import { evalLoaderShuffled } from "./eval-loader-shuffled";
import firstBatchOnlyDocument from "./first-batch-only.md";
import { firstBatchOnly } from "./first-batch-only";
import hashSeedTooLateDocument from "./hash-seed-too-late.md";
import { hashSeedTooLate } from "./hash-seed-too-late";
import ignoredLoadResultDocument from "./ignored-load-result.md";
import { ignoredLoadResult } from "./ignored-load-result";
import incompleteSeedDocument from "./incomplete-seed.md";
import { incompleteSeed } from "./incomplete-seed";
import loaderBuiltInLoopDocument from "./loader-built-in-loop.md";
import { loaderBuiltInLoop } from "./loader-built-in-loop";
import loaderWithoutWorkersDocument from "./loader-without-workers.md";
import { loaderWithoutWorkers } from "./loader-without-workers";
import meanLossOverSamplesDocument from "./mean-loss-over-samples.md";
import { meanLossOverSamples } from "./mean-loss-over-samples";
import metricNotReducedDocument from "./metric-not-reduced.md";
import { metricNotReduced } from "./metric-not-reduced";
import missingSeedDocument from "./missing-seed.md";
import { missingSeed } from "./missing-seed";
import modelMovedAfterOptimizerDocument from "./model-moved-after-optimizer.md";
import { modelMovedAfterOptimizer } from "./model-moved-after-optimizer";
import nanComparisonDocument from "./nan-comparison.md";
import { nanComparison } from "./nan-comparison";
import nondeterministicAlgorithmsDocument from "./nondeterministic-algorithms.md";
import { nondeterministicAlgorithms } from "./nondeterministic-algorithms";
import normalisationDiffersDocument from "./normalisation-differs.md";
import { normalisationDiffers } from "./normalisation-differs";
import numpyRngInDatasetDocument from "./numpy-rng-in-dataset.md";
import { numpyRngInDataset } from "./numpy-rng-in-dataset";
import paddingNotIgnoredDocument from "./padding-not-ignored.md";
import { paddingNotIgnored } from "./padding-not-ignored";
import pretrainedWithoutNormalisationDocument from "./pretrained-without-normalisation.md";
import { pretrainedWithoutNormalisation } from "./pretrained-without-normalisation";
import randomSplitSharesAugmentationDocument from "./random-split-shares-augmentation.md";
import { randomSplitSharesAugmentation } from "./random-split-shares-augmentation";
import randomSplitUnseededDocument from "./random-split-unseeded.md";
import { randomSplitUnseeded } from "./random-split-unseeded";
import removedApiDocument from "./removed-api.md";
import { removedApi } from "./removed-api";
import requestNotWaitedDocument from "./request-not-waited.md";
import { requestNotWaited } from "./request-not-waited";
import sameSplitForTrainingAndTestingDocument from "./same-split-for-training-and-testing.md";
import { sameSplitForTrainingAndTesting } from "./same-split-for-training-and-testing";
import selectsOnTestDataDocument from "./selects-on-test-data.md";
import { selectsOnTestData } from "./selects-on-test-data";
import selectsOnTrainingLossDocument from "./selects-on-training-loss.md";
import { selectsOnTrainingLoss } from "./selects-on-training-loss";
import targetNotShiftedDocument from "./target-not-shifted.md";
import { targetNotShifted } from "./target-not-shifted";
import tensorOfSizeDocument from "./tensor-of-size.md";
import { tensorOfSize } from "./tensor-of-size";
import testDataLeakageDocument from "./test-data-leakage.md";
import { testDataLeakage } from "./test-data-leakage";
import tooFewClassesDocument from "./too-few-classes.md";
import { tooFewClasses } from "./too-few-classes";
import trainLoaderNotShuffledDocument from "./train-loader-not-shuffled.md";
import { trainLoaderNotShuffled } from "./train-loader-not-shuffled";
import trainsOnTestSplitDocument from "./trains-on-test-split.md";
import { trainsOnTestSplit } from "./trains-on-test-split";
import transformOrderDocument from "./transform-order.md";
import { transformOrder } from "./transform-order";
import unsafeTorchLoadDocument from "./unsafe-torch-load.md";
import { unsafeTorchLoad } from "./unsafe-torch-load";
import vocabularyInSetOrderDocument from "./vocabulary-in-set-order.md";
import { vocabularyInSetOrder } from "./vocabulary-in-set-order";
import workerSeedRepeatsDocument from "./worker-seed-repeats.md";
import { workerSeedRepeats } from "./worker-seed-repeats";
import { type DocumentedRule } from "../define";

export const dataRules: readonly DocumentedRule[] = [
  { rule: accuracyOverBatches, document: accuracyOverBatchesDocument },
  { rule: augmentedEvaluationData, document: augmentedEvaluationDataDocument },
  { rule: batchNotMoved, document: batchNotMovedDocument },
  { rule: bestCheckpointAlias, document: bestCheckpointAliasDocument },
  { rule: catInLoop, document: catInLoopDocument },
  { rule: checkpointWithoutOptimizer, document: checkpointWithoutOptimizerDocument },
  { rule: createdThenMoved, document: createdThenMovedDocument },
  { rule: cudnnBenchmarkWithSeed, document: cudnnBenchmarkWithSeedDocument },
  { rule: deprecatedApi, document: deprecatedApiDocument },
  { rule: dropLastOnEvaluation, document: dropLastOnEvaluationDocument },
  { rule: evalLoaderShuffled, document: evalLoaderShuffledDocument },
  { rule: firstBatchOnly, document: firstBatchOnlyDocument },
  { rule: hashSeedTooLate, document: hashSeedTooLateDocument },
  { rule: ignoredLoadResult, document: ignoredLoadResultDocument },
  { rule: incompleteSeed, document: incompleteSeedDocument },
  { rule: loaderBuiltInLoop, document: loaderBuiltInLoopDocument },
  { rule: loaderWithoutWorkers, document: loaderWithoutWorkersDocument },
  { rule: meanLossOverSamples, document: meanLossOverSamplesDocument },
  { rule: metricNotReduced, document: metricNotReducedDocument },
  { rule: missingSeed, document: missingSeedDocument },
  { rule: modelMovedAfterOptimizer, document: modelMovedAfterOptimizerDocument },
  { rule: nanComparison, document: nanComparisonDocument },
  { rule: nondeterministicAlgorithms, document: nondeterministicAlgorithmsDocument },
  { rule: normalisationDiffers, document: normalisationDiffersDocument },
  { rule: numpyRngInDataset, document: numpyRngInDatasetDocument },
  { rule: paddingNotIgnored, document: paddingNotIgnoredDocument },
  { rule: pretrainedWithoutNormalisation, document: pretrainedWithoutNormalisationDocument },
  { rule: randomSplitSharesAugmentation, document: randomSplitSharesAugmentationDocument },
  { rule: randomSplitUnseeded, document: randomSplitUnseededDocument },
  { rule: removedApi, document: removedApiDocument },
  { rule: requestNotWaited, document: requestNotWaitedDocument },
  { rule: sameSplitForTrainingAndTesting, document: sameSplitForTrainingAndTestingDocument },
  { rule: selectsOnTestData, document: selectsOnTestDataDocument },
  { rule: selectsOnTrainingLoss, document: selectsOnTrainingLossDocument },
  { rule: targetNotShifted, document: targetNotShiftedDocument },
  { rule: tensorOfSize, document: tensorOfSizeDocument },
  { rule: testDataLeakage, document: testDataLeakageDocument },
  { rule: tooFewClasses, document: tooFewClassesDocument },
  { rule: trainLoaderNotShuffled, document: trainLoaderNotShuffledDocument },
  { rule: trainsOnTestSplit, document: trainsOnTestSplitDocument },
  { rule: transformOrder, document: transformOrderDocument },
  { rule: unsafeTorchLoad, document: unsafeTorchLoadDocument },
  { rule: vocabularyInSetOrder, document: vocabularyInSetOrderDocument },
  { rule: workerSeedRepeats, document: workerSeedRepeatsDocument },
];
