/** Code that PyTorch refuses. */
import { type Rule } from "../define";
import { shapeMismatch } from "./shape-mismatch";

export const shapeRules: readonly Rule[] = [shapeMismatch];
