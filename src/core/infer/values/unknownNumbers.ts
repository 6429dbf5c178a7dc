/** Numbers that nobody knows: parameters without a value that are used as sizes, and what is computed from them. */
import { sizeNamed, unknownData } from "../../ops/value";
import { type Dim } from "../../shape/dim";
import { type Facts } from "../../shape/facts";
import { type Value } from "./value";

/** The unknown result of arithmetic, with what must be numbers for it to be one. */
export function fromNumbers(operands: readonly Value[], operator: string): Value | undefined {
  const from = operands.map((value): readonly Dim[] | undefined => {
    if (value.kind === "float" || value.kind === "int") return [];
    const size = namedSize(value);
    return size ? [size] : value.kind === "unknown" ? value.from : undefined;
  });
  const known = from.filter((sizes) => sizes !== undefined);
  return known.length === operands.length
    ? { ...unknownData(`the result of ${operator} is not known`), from: known.flat() }
    : undefined;
}

/** A parameter that nobody gave a value is a number once it has been used as a size, and so is what is computed from it. */
export function asUsed(value: Value, facts: Facts): Value {
  if (value.kind !== "unknown") return value;
  const size = namedSize(value);
  if (size) return facts.isNumber(size) ? { kind: "int", value: facts.resolve(size) } : value;
  return value.from?.every((part) => facts.isNumber(part)) ? { kind: "float", value: undefined } : value;
}

/** What a value is where it is used as a size. */
export function namedSize(value: Value): Dim | undefined {
  if (value.kind === "int") return value.value;
  return value.kind === "unknown" && value.name !== undefined ? sizeNamed(value) : undefined;
}
