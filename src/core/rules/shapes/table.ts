/** Code that Python or PyTorch refuses. */
import shapeMismatchDocument from "./shape-mismatch.md";
import { shapeMismatch } from "./shape-mismatch";
import syntaxErrorDocument from "./syntax-error.md";
import { syntaxError } from "./syntax-error";
import { type DocumentedRule } from "../define";

export const shapeRules: readonly DocumentedRule[] = [
  { rule: shapeMismatch, document: shapeMismatchDocument },
  { rule: syntaxError, document: syntaxErrorDocument },
];
