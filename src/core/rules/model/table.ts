/** How models are built. */
import { type DocumentedRule } from "../define";

export const modelRules: readonly DocumentedRule[] = [];
