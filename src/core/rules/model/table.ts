/** How models are built. */
import { attentionSoftmaxWrongDim } from "./attention-softmax-wrong-dim";
import { attentionUnscaled } from "./attention-unscaled";
import { batchFirstConfusion } from "./batch-first-confusion";
import { batchNormReused } from "./batch-norm-reused";
import { batchNormSingleExample } from "./batch-norm-single-example";
import { batchNormUnsynchronised } from "./batch-norm-unsynchronised";
import { biasBeforeBatchnorm } from "./bias-before-batchnorm";
import { causalMaskOffByOne } from "./causal-mask-off-by-one";
import { doubleActivation } from "./double-activation";
import { dropoutAtOutput } from "./dropout-at-output";
import { dropoutBeforeBatchnorm } from "./dropout-before-batchnorm";
import { dropoutDropsEverything } from "./dropout-drops-everything";
import { dropoutRateHigh } from "./dropout-rate-high";
import { evenKernel } from "./even-kernel";
import { flattenBatch } from "./flatten-batch";
import { forwardCalledDirectly } from "./forward-called-directly";
import { loopDropsInput } from "./loop-drops-input";
import { maskZeroBeforeSoftmax } from "./mask-zero-before-softmax";
import { missingSuperInit } from "./missing-super-init";
import { moduleBuiltInForward } from "./module-built-in-forward";
import { modulesInPythonList } from "./modules-in-python-list";
import { noNonlinearity } from "./no-nonlinearity";
import { normAtOutput } from "./norm-at-output";
import { paddingAttended } from "./padding-attended";
import { parameterToDevice } from "./parameter-to-device";
import { plainTensorParameter } from "./plain-tensor-parameter";
import { residualNotAdded } from "./residual-not-added";
import { residualOverwritten } from "./residual-overwritten";
import { resultThrownAway } from "./result-thrown-away";
import { rnnDropoutOneLayer } from "./rnn-dropout-one-layer";
import { scaledByWholeBatch } from "./scaled-by-whole-batch";
import { sigmoidInDeepStack } from "./sigmoid-in-deep-stack";
import { statelessModuleInForward } from "./stateless-module-in-forward";
import { unregisteredBuffer } from "./unregistered-buffer";
import { unusedLayer } from "./unused-layer";
import { viewAsTranspose } from "./view-as-transpose";
import { type Rule } from "../define";

export const modelRules: readonly Rule[] = [
  attentionSoftmaxWrongDim,
  attentionUnscaled,
  batchFirstConfusion,
  batchNormReused,
  batchNormSingleExample,
  batchNormUnsynchronised,
  biasBeforeBatchnorm,
  causalMaskOffByOne,
  doubleActivation,
  dropoutAtOutput,
  dropoutBeforeBatchnorm,
  dropoutDropsEverything,
  dropoutRateHigh,
  evenKernel,
  flattenBatch,
  forwardCalledDirectly,
  loopDropsInput,
  maskZeroBeforeSoftmax,
  missingSuperInit,
  moduleBuiltInForward,
  modulesInPythonList,
  noNonlinearity,
  normAtOutput,
  paddingAttended,
  parameterToDevice,
  plainTensorParameter,
  residualNotAdded,
  residualOverwritten,
  resultThrownAway,
  rnnDropoutOneLayer,
  scaledByWholeBatch,
  sigmoidInDeepStack,
  statelessModuleInForward,
  unregisteredBuffer,
  unusedLayer,
  viewAsTranspose,
];
