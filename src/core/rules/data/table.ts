/** Datasets, loaders, and what is kept of a training run. */
import { type DocumentedRule } from "../define";

export const dataRules: readonly DocumentedRule[] = [];
