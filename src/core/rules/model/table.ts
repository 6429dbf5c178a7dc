/** How models are built. */
import batchFirstConfusionDocument from "./batch-first-confusion.md";
import { batchFirstConfusion } from "./batch-first-confusion";
import batchNormReusedDocument from "./batch-norm-reused.md";
import { batchNormReused } from "./batch-norm-reused";
import biasBeforeBatchnormDocument from "./bias-before-batchnorm.md";
import { biasBeforeBatchnorm } from "./bias-before-batchnorm";
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
import forwardCalledDirectlyDocument from "./forward-called-directly.md";
import { forwardCalledDirectly } from "./forward-called-directly";
import loopDropsInputDocument from "./loop-drops-input.md";
import { loopDropsInput } from "./loop-drops-input";
import missingSuperInitDocument from "./missing-super-init.md";
import { missingSuperInit } from "./missing-super-init";
import moduleBuiltInForwardDocument from "./module-built-in-forward.md";
import { moduleBuiltInForward } from "./module-built-in-forward";
import modulesInPythonListDocument from "./modules-in-python-list.md";
import { modulesInPythonList } from "./modules-in-python-list";
import noNonlinearityDocument from "./no-nonlinearity.md";
import { noNonlinearity } from "./no-nonlinearity";
import parameterToDeviceDocument from "./parameter-to-device.md";
import { parameterToDevice } from "./parameter-to-device";
import plainTensorParameterDocument from "./plain-tensor-parameter.md";
import { plainTensorParameter } from "./plain-tensor-parameter";
import rnnDropoutOneLayerDocument from "./rnn-dropout-one-layer.md";
import { rnnDropoutOneLayer } from "./rnn-dropout-one-layer";
import statelessModuleInForwardDocument from "./stateless-module-in-forward.md";
import { statelessModuleInForward } from "./stateless-module-in-forward";
import unusedLayerDocument from "./unused-layer.md";
import { unusedLayer } from "./unused-layer";
import viewAsTransposeDocument from "./view-as-transpose.md";
import { viewAsTranspose } from "./view-as-transpose";
import { type DocumentedRule } from "../define";

export const modelRules: readonly DocumentedRule[] = [
  { rule: batchFirstConfusion, document: batchFirstConfusionDocument },
  { rule: batchNormReused, document: batchNormReusedDocument },
  { rule: biasBeforeBatchnorm, document: biasBeforeBatchnormDocument },
  { rule: doubleActivation, document: doubleActivationDocument },
  { rule: dropoutAtOutput, document: dropoutAtOutputDocument },
  { rule: dropoutBeforeBatchnorm, document: dropoutBeforeBatchnormDocument },
  { rule: dropoutDropsEverything, document: dropoutDropsEverythingDocument },
  { rule: dropoutRateHigh, document: dropoutRateHighDocument },
  { rule: forwardCalledDirectly, document: forwardCalledDirectlyDocument },
  { rule: loopDropsInput, document: loopDropsInputDocument },
  { rule: missingSuperInit, document: missingSuperInitDocument },
  { rule: moduleBuiltInForward, document: moduleBuiltInForwardDocument },
  { rule: modulesInPythonList, document: modulesInPythonListDocument },
  { rule: noNonlinearity, document: noNonlinearityDocument },
  { rule: parameterToDevice, document: parameterToDeviceDocument },
  { rule: plainTensorParameter, document: plainTensorParameterDocument },
  { rule: rnnDropoutOneLayer, document: rnnDropoutOneLayerDocument },
  { rule: statelessModuleInForward, document: statelessModuleInForwardDocument },
  { rule: unusedLayer, document: unusedLayerDocument },
  { rule: viewAsTranspose, document: viewAsTransposeDocument },
];
