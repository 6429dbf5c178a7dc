/** Code that PyTorch refuses. */
import { type Rule } from "../define";
import { dtypeMismatch } from "./dtype-mismatch";
import { shapeMismatch } from "./shape-mismatch";

export const shapeRules: readonly Rule[] = [shapeMismatch, dtypeMismatch];
