/** Python's complex numbers: which one it is is not followed, but what a tensor becomes beside one. */
import { tensor, unknownData } from "../../ops/value";
import { type Value } from "./value";

export const complexNumber: Value = unknownData("which complex number it is is not known");

/** Beside a tensor a complex number is a tensor without dimensions. */
export const asOperand = (value: Value): Value => (value === complexNumber ? tensor([], "complex64") : value);

/** Whether an operator between such numbers gives a complex one. */
export const isComplex = (...operands: readonly Value[]): boolean =>
  operands.includes(complexNumber) &&
  operands.every((value) => value === complexNumber || value.kind === "int" || value.kind === "float");
