/** Code that PyTorch refuses. */
import { type Rule } from "../define";
import { dtypeMismatch } from "./dtype-mismatch";
import { missingAttribute } from "./missing-attribute";
import { shapeMismatch } from "./shape-mismatch";
import { wrongArguments } from "./wrong-arguments";

export const shapeRules: readonly Rule[] = [shapeMismatch, dtypeMismatch, missingAttribute, wrongArguments];
