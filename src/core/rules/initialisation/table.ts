/** How weights start. */
import constantWeightsDocument from "./constant-weights.md";
import { constantWeights } from "./constant-weights";
import initForOtherActivationDocument from "./init-for-other-activation.md";
import { initForOtherActivation } from "./init-for-other-activation";
import initStdTooLargeDocument from "./init-std-too-large.md";
import { initStdTooLarge } from "./init-std-too-large";
import initStdTooSmallDocument from "./init-std-too-small.md";
import { initStdTooSmall } from "./init-std-too-small";
import paddingRowOverwrittenDocument from "./padding-row-overwritten.md";
import { paddingRowOverwritten } from "./padding-row-overwritten";
import weightChangeWithoutEffectDocument from "./weight-change-without-effect.md";
import { weightChangeWithoutEffect } from "./weight-change-without-effect";
import weightsOverwrittenAfterLoadDocument from "./weights-overwritten-after-load.md";
import { weightsOverwrittenAfterLoad } from "./weights-overwritten-after-load";
import { type DocumentedRule } from "../define";

export const initialisationRules: readonly DocumentedRule[] = [
  { rule: constantWeights, document: constantWeightsDocument },
  { rule: initForOtherActivation, document: initForOtherActivationDocument },
  { rule: initStdTooLarge, document: initStdTooLargeDocument },
  { rule: initStdTooSmall, document: initStdTooSmallDocument },
  { rule: paddingRowOverwritten, document: paddingRowOverwrittenDocument },
  { rule: weightChangeWithoutEffect, document: weightChangeWithoutEffectDocument },
  { rule: weightsOverwrittenAfterLoad, document: weightsOverwrittenAfterLoadDocument },
];
