/** Datasets, loaders, and what is kept of a training run. */
import augmentedEvaluationDataDocument from "./augmented-evaluation-data.md";
import { augmentedEvaluationData } from "./augmented-evaluation-data";
import bestCheckpointAliasDocument from "./best-checkpoint-alias.md";
import { bestCheckpointAlias } from "./best-checkpoint-alias";
import deprecatedApiDocument from "./deprecated-api.md";
import { deprecatedApi } from "./deprecated-api";
import dropLastOnEvaluationDocument from "./drop-last-on-evaluation.md";
import { dropLastOnEvaluation } from "./drop-last-on-evaluation";
import evalLoaderShuffledDocument from "./eval-loader-shuffled.md";
import { evalLoaderShuffled } from "./eval-loader-shuffled";
import firstBatchOnlyDocument from "./first-batch-only.md";
import { firstBatchOnly } from "./first-batch-only";
import loaderBuiltInLoopDocument from "./loader-built-in-loop.md";
import { loaderBuiltInLoop } from "./loader-built-in-loop";
import nanComparisonDocument from "./nan-comparison.md";
import { nanComparison } from "./nan-comparison";
import randomSplitSharesAugmentationDocument from "./random-split-shares-augmentation.md";
import { randomSplitSharesAugmentation } from "./random-split-shares-augmentation";
import removedApiDocument from "./removed-api.md";
import { removedApi } from "./removed-api";
import sameSplitForTrainingAndTestingDocument from "./same-split-for-training-and-testing.md";
import { sameSplitForTrainingAndTesting } from "./same-split-for-training-and-testing";
import tensorOfSizeDocument from "./tensor-of-size.md";
import { tensorOfSize } from "./tensor-of-size";
import trainLoaderNotShuffledDocument from "./train-loader-not-shuffled.md";
import { trainLoaderNotShuffled } from "./train-loader-not-shuffled";
import trainsOnTestSplitDocument from "./trains-on-test-split.md";
import { trainsOnTestSplit } from "./trains-on-test-split";
import transformOrderDocument from "./transform-order.md";
import { transformOrder } from "./transform-order";
import { type DocumentedRule } from "../define";

export const dataRules: readonly DocumentedRule[] = [
  { rule: augmentedEvaluationData, document: augmentedEvaluationDataDocument },
  { rule: bestCheckpointAlias, document: bestCheckpointAliasDocument },
  { rule: deprecatedApi, document: deprecatedApiDocument },
  { rule: dropLastOnEvaluation, document: dropLastOnEvaluationDocument },
  { rule: evalLoaderShuffled, document: evalLoaderShuffledDocument },
  { rule: firstBatchOnly, document: firstBatchOnlyDocument },
  { rule: loaderBuiltInLoop, document: loaderBuiltInLoopDocument },
  { rule: nanComparison, document: nanComparisonDocument },
  { rule: randomSplitSharesAugmentation, document: randomSplitSharesAugmentationDocument },
  { rule: removedApi, document: removedApiDocument },
  { rule: sameSplitForTrainingAndTesting, document: sameSplitForTrainingAndTestingDocument },
  { rule: tensorOfSize, document: tensorOfSizeDocument },
  { rule: trainLoaderNotShuffled, document: trainLoaderNotShuffledDocument },
  { rule: trainsOnTestSplit, document: trainsOnTestSplitDocument },
  { rule: transformOrder, document: transformOrderDocument },
];
