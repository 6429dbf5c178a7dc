/** Optimizers, their rates, and the order of the steps in a training loop. */
import adamLearningRateTooHighDocument from "./adam-learning-rate-too-high.md";
import { adamLearningRateTooHigh } from "./adam-learning-rate-too-high";
import backwardTwiceDocument from "./backward-twice.md";
import { backwardTwice } from "./backward-twice";
import clipInWrongPlaceDocument from "./clip-in-wrong-place.md";
import { clipInWrongPlace } from "./clip-in-wrong-place";
import clipWithoutUnscaleDocument from "./clip-without-unscale.md";
import { clipWithoutUnscale } from "./clip-without-unscale";
import doubledStepDocument from "./doubled-step.md";
import { doubledStep } from "./doubled-step";
import gradientScalerIncompleteDocument from "./gradient-scaler-incomplete.md";
import { gradientScalerIncomplete } from "./gradient-scaler-incomplete";
import missingBackwardDocument from "./missing-backward.md";
import { missingBackward } from "./missing-backward";
import missingZeroGradDocument from "./missing-zero-grad.md";
import { missingZeroGrad } from "./missing-zero-grad";
import optimizerBeforeHeadReplacedDocument from "./optimizer-before-head-replaced.md";
import { optimizerBeforeHeadReplaced } from "./optimizer-before-head-replaced";
import optimizerNeverStepsDocument from "./optimizer-never-steps.md";
import { optimizerNeverSteps } from "./optimizer-never-steps";
import parametersInNoOptimizerDocument from "./parameters-in-no-optimizer.md";
import { parametersInNoOptimizer } from "./parameters-in-no-optimizer";
import plateauWithoutMetricDocument from "./plateau-without-metric.md";
import { plateauWithoutMetric } from "./plateau-without-metric";
import schedulerBeforeOptimizerDocument from "./scheduler-before-optimizer.md";
import { schedulerBeforeOptimizer } from "./scheduler-before-optimizer";
import schedulerGivenMetricDocument from "./scheduler-given-metric.md";
import { schedulerGivenMetric } from "./scheduler-given-metric";
import schedulerGranularityDocument from "./scheduler-granularity.md";
import { schedulerGranularity } from "./scheduler-granularity";
import schedulerNeverSteppedDocument from "./scheduler-never-stepped.md";
import { schedulerNeverStepped } from "./scheduler-never-stepped";
import stepBeforeBackwardDocument from "./step-before-backward.md";
import { stepBeforeBackward } from "./step-before-backward";
import stepWithoutGradientDocument from "./step-without-gradient.md";
import { stepWithoutGradient } from "./step-without-gradient";
import wrongOptimizerClearedDocument from "./wrong-optimizer-cleared.md";
import { wrongOptimizerCleared } from "./wrong-optimizer-cleared";
import zeroGradBetweenBackwardAndStepDocument from "./zero-grad-between-backward-and-step.md";
import { zeroGradBetweenBackwardAndStep } from "./zero-grad-between-backward-and-step";
import { type DocumentedRule } from "../define";

export const optimisationRules: readonly DocumentedRule[] = [
  { rule: adamLearningRateTooHigh, document: adamLearningRateTooHighDocument },
  { rule: backwardTwice, document: backwardTwiceDocument },
  { rule: clipInWrongPlace, document: clipInWrongPlaceDocument },
  { rule: clipWithoutUnscale, document: clipWithoutUnscaleDocument },
  { rule: doubledStep, document: doubledStepDocument },
  { rule: gradientScalerIncomplete, document: gradientScalerIncompleteDocument },
  { rule: missingBackward, document: missingBackwardDocument },
  { rule: missingZeroGrad, document: missingZeroGradDocument },
  { rule: optimizerBeforeHeadReplaced, document: optimizerBeforeHeadReplacedDocument },
  { rule: optimizerNeverSteps, document: optimizerNeverStepsDocument },
  { rule: parametersInNoOptimizer, document: parametersInNoOptimizerDocument },
  { rule: plateauWithoutMetric, document: plateauWithoutMetricDocument },
  { rule: schedulerBeforeOptimizer, document: schedulerBeforeOptimizerDocument },
  { rule: schedulerGivenMetric, document: schedulerGivenMetricDocument },
  { rule: schedulerGranularity, document: schedulerGranularityDocument },
  { rule: schedulerNeverStepped, document: schedulerNeverSteppedDocument },
  { rule: stepBeforeBackward, document: stepBeforeBackwardDocument },
  { rule: stepWithoutGradient, document: stepWithoutGradientDocument },
  { rule: wrongOptimizerCleared, document: wrongOptimizerClearedDocument },
  { rule: zeroGradBetweenBackwardAndStep, document: zeroGradBetweenBackwardAndStepDocument },
];
