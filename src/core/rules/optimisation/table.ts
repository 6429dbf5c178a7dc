/** Optimizers, their rates, and the order of the steps in a training loop. */
import { accumulationNotDivided } from "./accumulation-not-divided";
import { adamEpsTooLow } from "./adam-eps-too-low";
import { adamLearningRateTooHigh } from "./adam-learning-rate-too-high";
import { adamWithL2Decay } from "./adam-with-l2-decay";
import { anomalyDetectionLeftOn } from "./anomaly-detection-left-on";
import { backwardTwice } from "./backward-twice";
import { clipInWrongPlace } from "./clip-in-wrong-place";
import { clipNormAbsurd } from "./clip-norm-absurd";
import { clipWithoutUnscale } from "./clip-without-unscale";
import { decayOnNormalisation } from "./decay-on-normalisation";
import { doubledStep } from "./doubled-step";
import { gradientScalerIncomplete } from "./gradient-scaler-incomplete";
import { graphCarriedOver } from "./graph-carried-over";
import { halfPrecisionOnCpu } from "./half-precision-on-cpu";
import { implicitLearningRate } from "./implicit-learning-rate";
import { learningRateTooLow } from "./learning-rate-too-low";
import { lossHistoryLeak } from "./loss-history-leak";
import { missingBackward } from "./missing-backward";
import { missingZeroGrad } from "./missing-zero-grad";
import { modelRebuiltInLoop } from "./model-rebuilt-in-loop";
import { optimizerBeforeHeadReplaced } from "./optimizer-before-head-replaced";
import { optimizerNeverSteps } from "./optimizer-never-steps";
import { optimizerRebuiltInLoop } from "./optimizer-rebuilt-in-loop";
import { parametersInNoOptimizer } from "./parameters-in-no-optimizer";
import { plateauWithoutMetric } from "./plateau-without-metric";
import { retainGraphInLoop } from "./retain-graph-in-loop";
import { schedulerBeforeOptimizer } from "./scheduler-before-optimizer";
import { schedulerGivenMetric } from "./scheduler-given-metric";
import { schedulerGranularity } from "./scheduler-granularity";
import { schedulerNeverStepped } from "./scheduler-never-stepped";
import { setEpochMissing } from "./set-epoch-missing";
import { sgdLearningRateTooHigh } from "./sgd-learning-rate-too-high";
import { stepBeforeBackward } from "./step-before-backward";
import { stepWithoutGradient } from "./step-without-gradient";
import { wrongOptimizerCleared } from "./wrong-optimizer-cleared";
import { zeroGradBetweenBackwardAndStep } from "./zero-grad-between-backward-and-step";
import { type Rule } from "../define";

export const optimisationRules: readonly Rule[] = [
  accumulationNotDivided,
  adamEpsTooLow,
  adamLearningRateTooHigh,
  adamWithL2Decay,
  anomalyDetectionLeftOn,
  backwardTwice,
  clipInWrongPlace,
  clipNormAbsurd,
  clipWithoutUnscale,
  decayOnNormalisation,
  doubledStep,
  gradientScalerIncomplete,
  graphCarriedOver,
  halfPrecisionOnCpu,
  implicitLearningRate,
  learningRateTooLow,
  lossHistoryLeak,
  missingBackward,
  missingZeroGrad,
  modelRebuiltInLoop,
  optimizerBeforeHeadReplaced,
  optimizerNeverSteps,
  optimizerRebuiltInLoop,
  parametersInNoOptimizer,
  plateauWithoutMetric,
  retainGraphInLoop,
  schedulerBeforeOptimizer,
  schedulerGivenMetric,
  schedulerGranularity,
  schedulerNeverStepped,
  setEpochMissing,
  sgdLearningRateTooHigh,
  stepBeforeBackward,
  stepWithoutGradient,
  wrongOptimizerCleared,
  zeroGradBetweenBackwardAndStep,
];
