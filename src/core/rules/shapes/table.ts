/** Code that PyTorch refuses. */
import { type DocumentedRule } from "../define";
import { shapeMismatch } from "./shape-mismatch";
import shapeMismatchDocument from "./shape-mismatch.md";

export const shapeRules: readonly DocumentedRule[] = [{ rule: shapeMismatch, document: shapeMismatchDocument }];
