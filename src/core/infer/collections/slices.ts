/** The places that a slice goes through, as Python counts them (https://docs.python.org/3/reference/expressions.html#slicings). */
import { constantValue } from "../../shape/dim";
import { type SliceValue, type Value } from "../values/value";

/** Of so many items; undefined where a bound is not known. */
export function placesOf(length: number, { lower, upper, step }: SliceValue): number[] | undefined {
  const [first, behind, by] = [lower, upper, step].map(boundOf);
  if (first === undefined || behind === undefined || by === undefined || by === 0) return undefined;
  const stride = by ?? 1;
  const [least, most] = stride > 0 ? [0, length] : [-1, length - 1];
  const inside = (bound: number): number => Math.max(least, Math.min(most, bound < 0 ? bound + length : bound));
  const start = first === null ? (stride > 0 ? least : most) : inside(first);
  const end = behind === null ? (stride > 0 ? most : least) : inside(behind);
  const count = Math.max(0, Math.ceil((end - start) / stride));
  return Array.from({ length: count }, (_, i) => start + i * stride);
}

/** Null where the slice leaves it out. */
function boundOf(value: Value): number | null | undefined {
  return value.kind === "none" ? null : value.kind === "int" ? constantValue(value.value) : undefined;
}
