/** How models are built. */
import attentionSoftmaxWrongDimDocument from "./attention-softmax-wrong-dim.md";
import { attentionSoftmaxWrongDim } from "./attention-softmax-wrong-dim";
import attentionUnscaledDocument from "./attention-unscaled.md";
import { attentionUnscaled } from "./attention-unscaled";
import batchFirstConfusionDocument from "./batch-first-confusion.md";
import { batchFirstConfusion } from "./batch-first-confusion";
import batchNormReusedDocument from "./batch-norm-reused.md";
import { batchNormReused } from "./batch-norm-reused";
import batchNormSingleExampleDocument from "./batch-norm-single-example.md";
import { batchNormSingleExample } from "./batch-norm-single-example";
import batchNormUnsynchronisedDocument from "./batch-norm-unsynchronised.md";
import { batchNormUnsynchronised } from "./batch-norm-unsynchronised";
import biasBeforeBatchnormDocument from "./bias-before-batchnorm.md";
import { biasBeforeBatchnorm } from "./bias-before-batchnorm";
import causalMaskOffByOneDocument from "./causal-mask-off-by-one.md";
import { causalMaskOffByOne } from "./causal-mask-off-by-one";
import doubleActivationDocument from "./double-activation.md";
import { doubleActivation } from "./double-activation";
import dropoutAtOutputDocument from "./dropout-at-output.md";
import { dropoutAtOutput } from "./dropout-at-output";
import dropoutBeforeBatchnormDocument from "./dropout-before-batchnorm.md";
import { dropoutBeforeBatchnorm } from "./dropout-before-batchnorm";
import dropoutDropsEverythingDocument from "./dropout-drops-everything.md";
import { dropoutDropsEverything } from "./dropout-drops-everything";
import dropoutRateHighDocument from "./dropout-rate-high.md";
import { dropoutRateHigh } from "./dropout-rate-high";
import evenKernelDocument from "./even-kernel.md";
import { evenKernel } from "./even-kernel";
import flattenBatchDocument from "./flatten-batch.md";
import { flattenBatch } from "./flatten-batch";
import forwardCalledDirectlyDocument from "./forward-called-directly.md";
import { forwardCalledDirectly } from "./forward-called-directly";
import loopDropsInputDocument from "./loop-drops-input.md";
import { loopDropsInput } from "./loop-drops-input";
import maskZeroBeforeSoftmaxDocument from "./mask-zero-before-softmax.md";
import { maskZeroBeforeSoftmax } from "./mask-zero-before-softmax";
import missingSuperInitDocument from "./missing-super-init.md";
import { missingSuperInit } from "./missing-super-init";
import moduleBuiltInForwardDocument from "./module-built-in-forward.md";
import { moduleBuiltInForward } from "./module-built-in-forward";
import modulesInPythonListDocument from "./modules-in-python-list.md";
import { modulesInPythonList } from "./modules-in-python-list";
import noNonlinearityDocument from "./no-nonlinearity.md";
import { noNonlinearity } from "./no-nonlinearity";
import normAtOutputDocument from "./norm-at-output.md";
import { normAtOutput } from "./norm-at-output";
import paddingAttendedDocument from "./padding-attended.md";
import { paddingAttended } from "./padding-attended";
import parameterToDeviceDocument from "./parameter-to-device.md";
import { parameterToDevice } from "./parameter-to-device";
import plainTensorParameterDocument from "./plain-tensor-parameter.md";
import { plainTensorParameter } from "./plain-tensor-parameter";
import residualNotAddedDocument from "./residual-not-added.md";
import { residualNotAdded } from "./residual-not-added";
import residualOverwrittenDocument from "./residual-overwritten.md";
import { residualOverwritten } from "./residual-overwritten";
import resultThrownAwayDocument from "./result-thrown-away.md";
import { resultThrownAway } from "./result-thrown-away";
import rnnDropoutOneLayerDocument from "./rnn-dropout-one-layer.md";
import { rnnDropoutOneLayer } from "./rnn-dropout-one-layer";
import scaledByWholeBatchDocument from "./scaled-by-whole-batch.md";
import { scaledByWholeBatch } from "./scaled-by-whole-batch";
import sigmoidInDeepStackDocument from "./sigmoid-in-deep-stack.md";
import { sigmoidInDeepStack } from "./sigmoid-in-deep-stack";
import statelessModuleInForwardDocument from "./stateless-module-in-forward.md";
import { statelessModuleInForward } from "./stateless-module-in-forward";
import unregisteredBufferDocument from "./unregistered-buffer.md";
import { unregisteredBuffer } from "./unregistered-buffer";
import unusedLayerDocument from "./unused-layer.md";
import { unusedLayer } from "./unused-layer";
import viewAsTransposeDocument from "./view-as-transpose.md";
import { viewAsTranspose } from "./view-as-transpose";
import { type DocumentedRule } from "../define";

export const modelRules: readonly DocumentedRule[] = [
  { rule: attentionSoftmaxWrongDim, document: attentionSoftmaxWrongDimDocument },
  { rule: attentionUnscaled, document: attentionUnscaledDocument },
  { rule: batchFirstConfusion, document: batchFirstConfusionDocument },
  { rule: batchNormReused, document: batchNormReusedDocument },
  { rule: batchNormSingleExample, document: batchNormSingleExampleDocument },
  { rule: batchNormUnsynchronised, document: batchNormUnsynchronisedDocument },
  { rule: biasBeforeBatchnorm, document: biasBeforeBatchnormDocument },
  { rule: causalMaskOffByOne, document: causalMaskOffByOneDocument },
  { rule: doubleActivation, document: doubleActivationDocument },
  { rule: dropoutAtOutput, document: dropoutAtOutputDocument },
  { rule: dropoutBeforeBatchnorm, document: dropoutBeforeBatchnormDocument },
  { rule: dropoutDropsEverything, document: dropoutDropsEverythingDocument },
  { rule: dropoutRateHigh, document: dropoutRateHighDocument },
  { rule: evenKernel, document: evenKernelDocument },
  { rule: flattenBatch, document: flattenBatchDocument },
  { rule: forwardCalledDirectly, document: forwardCalledDirectlyDocument },
  { rule: loopDropsInput, document: loopDropsInputDocument },
  { rule: maskZeroBeforeSoftmax, document: maskZeroBeforeSoftmaxDocument },
  { rule: missingSuperInit, document: missingSuperInitDocument },
  { rule: moduleBuiltInForward, document: moduleBuiltInForwardDocument },
  { rule: modulesInPythonList, document: modulesInPythonListDocument },
  { rule: noNonlinearity, document: noNonlinearityDocument },
  { rule: normAtOutput, document: normAtOutputDocument },
  { rule: paddingAttended, document: paddingAttendedDocument },
  { rule: parameterToDevice, document: parameterToDeviceDocument },
  { rule: plainTensorParameter, document: plainTensorParameterDocument },
  { rule: residualNotAdded, document: residualNotAddedDocument },
  { rule: residualOverwritten, document: residualOverwrittenDocument },
  { rule: resultThrownAway, document: resultThrownAwayDocument },
  { rule: rnnDropoutOneLayer, document: rnnDropoutOneLayerDocument },
  { rule: scaledByWholeBatch, document: scaledByWholeBatchDocument },
  { rule: sigmoidInDeepStack, document: sigmoidInDeepStackDocument },
  { rule: statelessModuleInForward, document: statelessModuleInForwardDocument },
  { rule: unregisteredBuffer, document: unregisteredBufferDocument },
  { rule: unusedLayer, document: unusedLayerDocument },
  { rule: viewAsTranspose, document: viewAsTransposeDocument },
];
