/** `range`: its numbers where they are known, else how many there are and what each of them is like. */
import { int, sizeNamed } from "../../ops/value";
import { rangeOf } from "../../shape/bounds";
import { type Dim, add, constant, constantValue, newSymbol, subtract, unknownSize } from "../../shape/dim";
import { floorDivide } from "../../shape/division";
import { counter, counterInSteps } from "../statements/counters";
import { type Items } from "../collections/lists";
import { type Value } from "../values/value";
import { type Builtin } from "./given";

/** Of more numbers it is not told which ones they are. */
const mostNumbers = 20_000;

/** A range is no list, whatever it has in common with one. */
export const range: Builtin = (machine, { positional }) => {
  const [first, second, last = int(1)] = positional;
  const [from, to, by] = (second ? [first, second, last] : [int(0), first, last]).map(sizeIn);
  const numbers = from && to && by && numbersIn(from, to, by);
  return { ...machine.newList(numbers), type: "builtins.range" };
};

function numbersIn(from: Dim, to: Dim, by: Dim): Items {
  const [start, stop, step] = [from, to, by].map(constantValue);
  if (start === undefined || stop === undefined || step === undefined) return numbersFrom(from, to, by);
  const count = step === 0 ? 0 : Math.max(0, Math.ceil((stop - start) / step));
  return count > mostNumbers
    ? numbersFrom(from, to, by)
    : Array.from({ length: count }, (_, i) => int(start + i * step));
}

/** The numbers of a range that is not known: it is not empty, else nobody gets any of them. */
function numbersFrom(from: Dim, to: Dim, by: Dim): Items {
  const step = constantValue(by) ?? 0;
  const least = step > 0 ? rangeOf(from).min : step < 0 ? rangeOf(to).min + 1 : -Infinity;
  const count = step > 0 ? floorDivide(add(subtract(to, from), constant(step - 1)), by) : unknownSize();
  if (step > 1 && constantValue(count) !== undefined) return { each: counterInSteps(from, step, count), count };
  const each = step > 0 ? counter(least, to) : int(newSymbol("?", "unknown", least));
  return { each, count };
}

/** A number, also where only its name is known. */
function sizeIn(value: Value | undefined): Dim | undefined {
  if (value?.kind === "unknown") return sizeNamed(value);
  return value?.kind === "int" ? value.value : undefined;
}
