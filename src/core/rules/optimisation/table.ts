/** Optimizers, their rates, and the order of the steps in a training loop. */
import adamLearningRateTooHighDocument from "./adam-learning-rate-too-high.md";
import { adamLearningRateTooHigh } from "./adam-learning-rate-too-high";
import missingZeroGradDocument from "./missing-zero-grad.md";
import { missingZeroGrad } from "./missing-zero-grad";
import { type DocumentedRule } from "../define";

export const optimisationRules: readonly DocumentedRule[] = [
  { rule: adamLearningRateTooHigh, document: adamLearningRateTooHighDocument },
  { rule: missingZeroGrad, document: missingZeroGradDocument },
];
