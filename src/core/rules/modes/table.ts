/** Training and evaluation mode, and what gradients flow through. */
import { checkpointWithoutUseReentrant } from "./checkpoint-without-use-reentrant";
import { deprecatedVariable } from "./deprecated-variable";
import { discardedResult } from "./discarded-result";
import { dropoutNeverOff } from "./dropout-never-off";
import { functionalDropoutAlwaysOn } from "./functional-dropout-always-on";
import { ganFakeNotDetached } from "./gan-fake-not-detached";
import { ganGeneratorDetached } from "./gan-generator-detached";
import { ganGeneratorLearnsDiscriminatorLoss } from "./gan-generator-learns-discriminator-loss";
import { gradientsSetToZero } from "./gradients-set-to-zero";
import { graphCut } from "./graph-cut";
import { inPlaceOnParameter } from "./in-place-on-parameter";
import { inPlaceOnSavedOutput } from "./in-place-on-saved-output";
import { inPlaceResultAssigned } from "./in-place-result-assigned";
import { loadedModelWithoutEval } from "./loaded-model-without-eval";
import { missingCallParentheses } from "./missing-call-parentheses";
import { missingEval } from "./missing-eval";
import { missingNoGrad } from "./missing-no-grad";
import { missingTrainAfterEval } from "./missing-train-after-eval";
import { misspeltRequiresGrad } from "./misspelt-requires-grad";
import { noGradAroundTraining } from "./no-grad-around-training";
import { nothingTrainable } from "./nothing-trainable";
import { redundantNoGrad } from "./redundant-no-grad";
import { requiresGradPatch } from "./requires-grad-patch";
import { sampleNotReparameterised } from "./sample-not-reparameterised";
import { targetNotDetached } from "./target-not-detached";
import { tensorRewrapped } from "./tensor-rewrapped";
import { trainingFlagAssigned } from "./training-flag-assigned";
import { trainsInEvalMode } from "./trains-in-eval-mode";
import { type Rule } from "../define";

export const modeRules: readonly Rule[] = [
  checkpointWithoutUseReentrant,
  deprecatedVariable,
  discardedResult,
  dropoutNeverOff,
  functionalDropoutAlwaysOn,
  ganFakeNotDetached,
  ganGeneratorDetached,
  ganGeneratorLearnsDiscriminatorLoss,
  gradientsSetToZero,
  graphCut,
  inPlaceOnParameter,
  inPlaceOnSavedOutput,
  inPlaceResultAssigned,
  loadedModelWithoutEval,
  missingCallParentheses,
  missingEval,
  missingNoGrad,
  missingTrainAfterEval,
  misspeltRequiresGrad,
  noGradAroundTraining,
  nothingTrainable,
  redundantNoGrad,
  requiresGradPatch,
  sampleNotReparameterised,
  targetNotDetached,
  tensorRewrapped,
  trainingFlagAssigned,
  trainsInEvalMode,
];
