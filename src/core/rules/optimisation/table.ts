/** Optimizers, their rates, and the order of the steps in a training loop. */
import adamLearningRateTooHighDocument from "./adam-learning-rate-too-high.md";
import { adamLearningRateTooHigh } from "./adam-learning-rate-too-high";
import backwardTwiceDocument from "./backward-twice.md";
import { backwardTwice } from "./backward-twice";
import clipInWrongPlaceDocument from "./clip-in-wrong-place.md";
import { clipInWrongPlace } from "./clip-in-wrong-place";
import doubledStepDocument from "./doubled-step.md";
import { doubledStep } from "./doubled-step";
import missingBackwardDocument from "./missing-backward.md";
import { missingBackward } from "./missing-backward";
import missingZeroGradDocument from "./missing-zero-grad.md";
import { missingZeroGrad } from "./missing-zero-grad";
import optimizerNeverStepsDocument from "./optimizer-never-steps.md";
import { optimizerNeverSteps } from "./optimizer-never-steps";
import stepBeforeBackwardDocument from "./step-before-backward.md";
import { stepBeforeBackward } from "./step-before-backward";
import zeroGradBetweenBackwardAndStepDocument from "./zero-grad-between-backward-and-step.md";
import { zeroGradBetweenBackwardAndStep } from "./zero-grad-between-backward-and-step";
import { type DocumentedRule } from "../define";

export const optimisationRules: readonly DocumentedRule[] = [
  { rule: adamLearningRateTooHigh, document: adamLearningRateTooHighDocument },
  { rule: backwardTwice, document: backwardTwiceDocument },
  { rule: clipInWrongPlace, document: clipInWrongPlaceDocument },
  { rule: doubledStep, document: doubledStepDocument },
  { rule: missingBackward, document: missingBackwardDocument },
  { rule: missingZeroGrad, document: missingZeroGradDocument },
  { rule: optimizerNeverSteps, document: optimizerNeverStepsDocument },
  { rule: stepBeforeBackward, document: stepBeforeBackwardDocument },
  { rule: zeroGradBetweenBackwardAndStep, document: zeroGradBetweenBackwardAndStepDocument },
];
