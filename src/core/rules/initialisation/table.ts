/** How weights start. */
import { constantWeights } from "./constant-weights";
import { initForOtherActivation } from "./init-for-other-activation";
import { initStdTooLarge } from "./init-std-too-large";
import { initStdTooSmall } from "./init-std-too-small";
import { paddingRowOverwritten } from "./padding-row-overwritten";
import { weightChangeWithoutEffect } from "./weight-change-without-effect";
import { weightsOverwrittenAfterLoad } from "./weights-overwritten-after-load";
import { type Rule } from "../define";

export const initialisationRules: readonly Rule[] = [
  constantWeights,
  initForOtherActivation,
  initStdTooLarge,
  initStdTooSmall,
  paddingRowOverwritten,
  weightChangeWithoutEffect,
  weightsOverwrittenAfterLoad,
];
