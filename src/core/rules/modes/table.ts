/** Training and evaluation mode, and what gradients flow through. */
import checkpointWithoutUseReentrantDocument from "./checkpoint-without-use-reentrant.md";
import { checkpointWithoutUseReentrant } from "./checkpoint-without-use-reentrant";
import deprecatedVariableDocument from "./deprecated-variable.md";
import { deprecatedVariable } from "./deprecated-variable";
import discardedResultDocument from "./discarded-result.md";
import { discardedResult } from "./discarded-result";
import dropoutNeverOffDocument from "./dropout-never-off.md";
import { dropoutNeverOff } from "./dropout-never-off";
import functionalDropoutAlwaysOnDocument from "./functional-dropout-always-on.md";
import { functionalDropoutAlwaysOn } from "./functional-dropout-always-on";
import ganFakeNotDetachedDocument from "./gan-fake-not-detached.md";
import { ganFakeNotDetached } from "./gan-fake-not-detached";
import ganGeneratorDetachedDocument from "./gan-generator-detached.md";
import { ganGeneratorDetached } from "./gan-generator-detached";
import ganGeneratorLearnsDiscriminatorLossDocument from "./gan-generator-learns-discriminator-loss.md";
import { ganGeneratorLearnsDiscriminatorLoss } from "./gan-generator-learns-discriminator-loss";
import gradientsSetToZeroDocument from "./gradients-set-to-zero.md";
import { gradientsSetToZero } from "./gradients-set-to-zero";
import graphCutDocument from "./graph-cut.md";
import { graphCut } from "./graph-cut";
import inPlaceOnParameterDocument from "./in-place-on-parameter.md";
import { inPlaceOnParameter } from "./in-place-on-parameter";
import inPlaceOnSavedOutputDocument from "./in-place-on-saved-output.md";
import { inPlaceOnSavedOutput } from "./in-place-on-saved-output";
import inPlaceResultAssignedDocument from "./in-place-result-assigned.md";
import { inPlaceResultAssigned } from "./in-place-result-assigned";
import loadedModelWithoutEvalDocument from "./loaded-model-without-eval.md";
import { loadedModelWithoutEval } from "./loaded-model-without-eval";
import missingCallParenthesesDocument from "./missing-call-parentheses.md";
import { missingCallParentheses } from "./missing-call-parentheses";
import missingEvalDocument from "./missing-eval.md";
import { missingEval } from "./missing-eval";
import missingNoGradDocument from "./missing-no-grad.md";
import { missingNoGrad } from "./missing-no-grad";
import missingTrainAfterEvalDocument from "./missing-train-after-eval.md";
import { missingTrainAfterEval } from "./missing-train-after-eval";
import misspeltRequiresGradDocument from "./misspelt-requires-grad.md";
import { misspeltRequiresGrad } from "./misspelt-requires-grad";
import noGradAroundTrainingDocument from "./no-grad-around-training.md";
import { noGradAroundTraining } from "./no-grad-around-training";
import nothingTrainableDocument from "./nothing-trainable.md";
import { nothingTrainable } from "./nothing-trainable";
import redundantNoGradDocument from "./redundant-no-grad.md";
import { redundantNoGrad } from "./redundant-no-grad";
import requiresGradPatchDocument from "./requires-grad-patch.md";
import { requiresGradPatch } from "./requires-grad-patch";
import sampleNotReparameterisedDocument from "./sample-not-reparameterised.md";
import { sampleNotReparameterised } from "./sample-not-reparameterised";
import targetNotDetachedDocument from "./target-not-detached.md";
import { targetNotDetached } from "./target-not-detached";
import tensorRewrappedDocument from "./tensor-rewrapped.md";
import { tensorRewrapped } from "./tensor-rewrapped";
import trainingFlagAssignedDocument from "./training-flag-assigned.md";
import { trainingFlagAssigned } from "./training-flag-assigned";
import trainsInEvalModeDocument from "./trains-in-eval-mode.md";
import { trainsInEvalMode } from "./trains-in-eval-mode";
import { type DocumentedRule } from "../define";

export const modeRules: readonly DocumentedRule[] = [
  { rule: checkpointWithoutUseReentrant, document: checkpointWithoutUseReentrantDocument },
  { rule: deprecatedVariable, document: deprecatedVariableDocument },
  { rule: discardedResult, document: discardedResultDocument },
  { rule: dropoutNeverOff, document: dropoutNeverOffDocument },
  { rule: functionalDropoutAlwaysOn, document: functionalDropoutAlwaysOnDocument },
  { rule: ganFakeNotDetached, document: ganFakeNotDetachedDocument },
  { rule: ganGeneratorDetached, document: ganGeneratorDetachedDocument },
  { rule: ganGeneratorLearnsDiscriminatorLoss, document: ganGeneratorLearnsDiscriminatorLossDocument },
  { rule: gradientsSetToZero, document: gradientsSetToZeroDocument },
  { rule: graphCut, document: graphCutDocument },
  { rule: inPlaceOnParameter, document: inPlaceOnParameterDocument },
  { rule: inPlaceOnSavedOutput, document: inPlaceOnSavedOutputDocument },
  { rule: inPlaceResultAssigned, document: inPlaceResultAssignedDocument },
  { rule: loadedModelWithoutEval, document: loadedModelWithoutEvalDocument },
  { rule: missingCallParentheses, document: missingCallParenthesesDocument },
  { rule: missingEval, document: missingEvalDocument },
  { rule: missingNoGrad, document: missingNoGradDocument },
  { rule: missingTrainAfterEval, document: missingTrainAfterEvalDocument },
  { rule: misspeltRequiresGrad, document: misspeltRequiresGradDocument },
  { rule: noGradAroundTraining, document: noGradAroundTrainingDocument },
  { rule: nothingTrainable, document: nothingTrainableDocument },
  { rule: redundantNoGrad, document: redundantNoGradDocument },
  { rule: requiresGradPatch, document: requiresGradPatchDocument },
  { rule: sampleNotReparameterised, document: sampleNotReparameterisedDocument },
  { rule: targetNotDetached, document: targetNotDetachedDocument },
  { rule: tensorRewrapped, document: tensorRewrappedDocument },
  { rule: trainingFlagAssigned, document: trainingFlagAssignedDocument },
  { rule: trainsInEvalMode, document: trainsInEvalModeDocument },
];
