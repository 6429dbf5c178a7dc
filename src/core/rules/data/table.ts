/** Datasets, loaders, and what is kept of a training run. */
import augmentedEvaluationDataDocument from "./augmented-evaluation-data.md";
import { augmentedEvaluationData } from "./augmented-evaluation-data";
import dropLastOnEvaluationDocument from "./drop-last-on-evaluation.md";
import { dropLastOnEvaluation } from "./drop-last-on-evaluation";
import evalLoaderShuffledDocument from "./eval-loader-shuffled.md";
import { evalLoaderShuffled } from "./eval-loader-shuffled";
import firstBatchOnlyDocument from "./first-batch-only.md";
import { firstBatchOnly } from "./first-batch-only";
import loaderBuiltInLoopDocument from "./loader-built-in-loop.md";
import { loaderBuiltInLoop } from "./loader-built-in-loop";
import randomSplitSharesAugmentationDocument from "./random-split-shares-augmentation.md";
import { randomSplitSharesAugmentation } from "./random-split-shares-augmentation";
import sameSplitForTrainingAndTestingDocument from "./same-split-for-training-and-testing.md";
import { sameSplitForTrainingAndTesting } from "./same-split-for-training-and-testing";
import trainLoaderNotShuffledDocument from "./train-loader-not-shuffled.md";
import { trainLoaderNotShuffled } from "./train-loader-not-shuffled";
import trainsOnTestSplitDocument from "./trains-on-test-split.md";
import { trainsOnTestSplit } from "./trains-on-test-split";
import { type DocumentedRule } from "../define";

export const dataRules: readonly DocumentedRule[] = [
  { rule: augmentedEvaluationData, document: augmentedEvaluationDataDocument },
  { rule: dropLastOnEvaluation, document: dropLastOnEvaluationDocument },
  { rule: evalLoaderShuffled, document: evalLoaderShuffledDocument },
  { rule: firstBatchOnly, document: firstBatchOnlyDocument },
  { rule: loaderBuiltInLoop, document: loaderBuiltInLoopDocument },
  { rule: randomSplitSharesAugmentation, document: randomSplitSharesAugmentationDocument },
  { rule: sameSplitForTrainingAndTesting, document: sameSplitForTrainingAndTestingDocument },
  { rule: trainLoaderNotShuffled, document: trainLoaderNotShuffledDocument },
  { rule: trainsOnTestSplit, document: trainsOnTestSplitDocument },
];
