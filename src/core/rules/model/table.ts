/** How models are built. */
import batchNormReusedDocument from "./batch-norm-reused.md";
import { batchNormReused } from "./batch-norm-reused";
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
import parameterToDeviceDocument from "./parameter-to-device.md";
import { parameterToDevice } from "./parameter-to-device";
import plainTensorParameterDocument from "./plain-tensor-parameter.md";
import { plainTensorParameter } from "./plain-tensor-parameter";
import statelessModuleInForwardDocument from "./stateless-module-in-forward.md";
import { statelessModuleInForward } from "./stateless-module-in-forward";
import unusedLayerDocument from "./unused-layer.md";
import { unusedLayer } from "./unused-layer";
import { type DocumentedRule } from "../define";

export const modelRules: readonly DocumentedRule[] = [
  { rule: batchNormReused, document: batchNormReusedDocument },
  { rule: forwardCalledDirectly, document: forwardCalledDirectlyDocument },
  { rule: loopDropsInput, document: loopDropsInputDocument },
  { rule: missingSuperInit, document: missingSuperInitDocument },
  { rule: moduleBuiltInForward, document: moduleBuiltInForwardDocument },
  { rule: modulesInPythonList, document: modulesInPythonListDocument },
  { rule: parameterToDevice, document: parameterToDeviceDocument },
  { rule: plainTensorParameter, document: plainTensorParameterDocument },
  { rule: statelessModuleInForward, document: statelessModuleInForwardDocument },
  { rule: unusedLayer, document: unusedLayerDocument },
];
