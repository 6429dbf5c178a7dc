/** Training and evaluation mode, and what gradients flow through. */
import { type DocumentedRule } from "../define";

export const modeRules: readonly DocumentedRule[] = [];
