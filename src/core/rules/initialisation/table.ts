/** How weights start. */
import initStdTooSmallDocument from "./init-std-too-small.md";
import { initStdTooSmall } from "./init-std-too-small";
import { type DocumentedRule } from "../define";

export const initialisationRules: readonly DocumentedRule[] = [
  { rule: initStdTooSmall, document: initStdTooSmallDocument },
];
