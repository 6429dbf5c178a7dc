/** Optimizers, their rates, and the order of the steps in a training loop. */
import accumulationNotDividedDocument from "./accumulation-not-divided.md";
import { accumulationNotDivided } from "./accumulation-not-divided";
import adamEpsTooLowDocument from "./adam-eps-too-low.md";
import { adamEpsTooLow } from "./adam-eps-too-low";
import adamLearningRateTooHighDocument from "./adam-learning-rate-too-high.md";
import { adamLearningRateTooHigh } from "./adam-learning-rate-too-high";
import adamWithL2DecayDocument from "./adam-with-l2-decay.md";
import { adamWithL2Decay } from "./adam-with-l2-decay";
import anomalyDetectionLeftOnDocument from "./anomaly-detection-left-on.md";
import { anomalyDetectionLeftOn } from "./anomaly-detection-left-on";
import backwardTwiceDocument from "./backward-twice.md";
import { backwardTwice } from "./backward-twice";
import clipInWrongPlaceDocument from "./clip-in-wrong-place.md";
import { clipInWrongPlace } from "./clip-in-wrong-place";
import clipNormAbsurdDocument from "./clip-norm-absurd.md";
import { clipNormAbsurd } from "./clip-norm-absurd";
import clipWithoutUnscaleDocument from "./clip-without-unscale.md";
import { clipWithoutUnscale } from "./clip-without-unscale";
import decayOnNormalisationDocument from "./decay-on-normalisation.md";
import { decayOnNormalisation } from "./decay-on-normalisation";
import doubledStepDocument from "./doubled-step.md";
import { doubledStep } from "./doubled-step";
import gradientScalerIncompleteDocument from "./gradient-scaler-incomplete.md";
import { gradientScalerIncomplete } from "./gradient-scaler-incomplete";
import graphCarriedOverDocument from "./graph-carried-over.md";
import { graphCarriedOver } from "./graph-carried-over";
import halfPrecisionOnCpuDocument from "./half-precision-on-cpu.md";
import { halfPrecisionOnCpu } from "./half-precision-on-cpu";
import implicitLearningRateDocument from "./implicit-learning-rate.md";
import { implicitLearningRate } from "./implicit-learning-rate";
import learningRateTooLowDocument from "./learning-rate-too-low.md";
import { learningRateTooLow } from "./learning-rate-too-low";
import lossHistoryLeakDocument from "./loss-history-leak.md";
import { lossHistoryLeak } from "./loss-history-leak";
import missingBackwardDocument from "./missing-backward.md";
import { missingBackward } from "./missing-backward";
import missingZeroGradDocument from "./missing-zero-grad.md";
import { missingZeroGrad } from "./missing-zero-grad";
import modelRebuiltInLoopDocument from "./model-rebuilt-in-loop.md";
import { modelRebuiltInLoop } from "./model-rebuilt-in-loop";
import optimizerBeforeHeadReplacedDocument from "./optimizer-before-head-replaced.md";
import { optimizerBeforeHeadReplaced } from "./optimizer-before-head-replaced";
import optimizerNeverStepsDocument from "./optimizer-never-steps.md";
import { optimizerNeverSteps } from "./optimizer-never-steps";
import optimizerRebuiltInLoopDocument from "./optimizer-rebuilt-in-loop.md";
import { optimizerRebuiltInLoop } from "./optimizer-rebuilt-in-loop";
import parametersInNoOptimizerDocument from "./parameters-in-no-optimizer.md";
import { parametersInNoOptimizer } from "./parameters-in-no-optimizer";
import plateauWithoutMetricDocument from "./plateau-without-metric.md";
import { plateauWithoutMetric } from "./plateau-without-metric";
import retainGraphInLoopDocument from "./retain-graph-in-loop.md";
import { retainGraphInLoop } from "./retain-graph-in-loop";
import schedulerBeforeOptimizerDocument from "./scheduler-before-optimizer.md";
import { schedulerBeforeOptimizer } from "./scheduler-before-optimizer";
import schedulerGivenMetricDocument from "./scheduler-given-metric.md";
import { schedulerGivenMetric } from "./scheduler-given-metric";
import schedulerGranularityDocument from "./scheduler-granularity.md";
import { schedulerGranularity } from "./scheduler-granularity";
import schedulerNeverSteppedDocument from "./scheduler-never-stepped.md";
import { schedulerNeverStepped } from "./scheduler-never-stepped";
import setEpochMissingDocument from "./set-epoch-missing.md";
import { setEpochMissing } from "./set-epoch-missing";
import sgdLearningRateTooHighDocument from "./sgd-learning-rate-too-high.md";
import { sgdLearningRateTooHigh } from "./sgd-learning-rate-too-high";
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
  { rule: accumulationNotDivided, document: accumulationNotDividedDocument },
  { rule: adamEpsTooLow, document: adamEpsTooLowDocument },
  { rule: adamLearningRateTooHigh, document: adamLearningRateTooHighDocument },
  { rule: adamWithL2Decay, document: adamWithL2DecayDocument },
  { rule: anomalyDetectionLeftOn, document: anomalyDetectionLeftOnDocument },
  { rule: backwardTwice, document: backwardTwiceDocument },
  { rule: clipInWrongPlace, document: clipInWrongPlaceDocument },
  { rule: clipNormAbsurd, document: clipNormAbsurdDocument },
  { rule: clipWithoutUnscale, document: clipWithoutUnscaleDocument },
  { rule: decayOnNormalisation, document: decayOnNormalisationDocument },
  { rule: doubledStep, document: doubledStepDocument },
  { rule: gradientScalerIncomplete, document: gradientScalerIncompleteDocument },
  { rule: graphCarriedOver, document: graphCarriedOverDocument },
  { rule: halfPrecisionOnCpu, document: halfPrecisionOnCpuDocument },
  { rule: implicitLearningRate, document: implicitLearningRateDocument },
  { rule: learningRateTooLow, document: learningRateTooLowDocument },
  { rule: lossHistoryLeak, document: lossHistoryLeakDocument },
  { rule: missingBackward, document: missingBackwardDocument },
  { rule: missingZeroGrad, document: missingZeroGradDocument },
  { rule: modelRebuiltInLoop, document: modelRebuiltInLoopDocument },
  { rule: optimizerBeforeHeadReplaced, document: optimizerBeforeHeadReplacedDocument },
  { rule: optimizerNeverSteps, document: optimizerNeverStepsDocument },
  { rule: optimizerRebuiltInLoop, document: optimizerRebuiltInLoopDocument },
  { rule: parametersInNoOptimizer, document: parametersInNoOptimizerDocument },
  { rule: plateauWithoutMetric, document: plateauWithoutMetricDocument },
  { rule: retainGraphInLoop, document: retainGraphInLoopDocument },
  { rule: schedulerBeforeOptimizer, document: schedulerBeforeOptimizerDocument },
  { rule: schedulerGivenMetric, document: schedulerGivenMetricDocument },
  { rule: schedulerGranularity, document: schedulerGranularityDocument },
  { rule: schedulerNeverStepped, document: schedulerNeverSteppedDocument },
  { rule: setEpochMissing, document: setEpochMissingDocument },
  { rule: sgdLearningRateTooHigh, document: sgdLearningRateTooHighDocument },
  { rule: stepBeforeBackward, document: stepBeforeBackwardDocument },
  { rule: stepWithoutGradient, document: stepWithoutGradientDocument },
  { rule: wrongOptimizerCleared, document: wrongOptimizerClearedDocument },
  { rule: zeroGradBetweenBackwardAndStep, document: zeroGradBetweenBackwardAndStepDocument },
];
