/** Numbers that a loop counts: each round has another one, of which its bounds are known. */
import { type IntValue, type TensorValue, tensorOf } from "../../ops/value";
import {
  type Dim,
  add,
  constant,
  constantValue,
  multiply,
  newCounter,
  newDraw,
  symbolsOf,
  unknownInteger,
  unknownSize,
} from "../../shape/dim";
import { substitute } from "../../shape/division";
import { isRest } from "../../shape/shape";
import { type Machine } from "../machine";
import { maybeObject } from "../values/identity";
import { join } from "../values/join";
import { holdNumber, holdRange, rangeIn } from "../tensors/tensorNumbers";
import { type Value } from "../values/value";

/** A number from `least` on, below another one. */
export function counter(least: number, below: Dim): IntValue {
  return { kind: "int", value: newCounter(least, below) };
}

/** One of so many numbers that are a step apart, as `range(first, behind, step)` has them. */
export function counterInSteps(first: Dim, step: number, count: Dim): IntValue {
  return { kind: "int", value: add(first, multiply(newCounter(0, count), constant(step))) };
}

/** What the items of many rounds have in common; numbers that are a step apart are counted. */
export function anyItem(machine: Machine, items: readonly Value[]): () => Value {
  const step = stepOf(items);
  const [first] = items;
  if (step && first?.kind === "int") return () => counterInSteps(first.value, step, constant(items.length));
  const all = items.reduce((a, b) => join(a, b, machine.facts));
  return () => all;
}

/** How far numbers are apart, as `range` gives them; undefined for anything else. */
export function stepOf(items: readonly Value[]): number | undefined {
  const numbers = items.map((item) => (item.kind === "int" ? constantValue(item.value) : undefined));
  const [first, second] = numbers;
  const step = first === undefined || second === undefined ? undefined : second - first;
  const isEven = numbers.every((number, i) => number !== undefined && number === first! + i * step!);
  return step !== undefined && isEven ? step : undefined;
}

/** The number of another round; undefined for what no loop counts. */
export function nextCounter({ value }: IntValue): IntValue | undefined {
  const isCounted = [...symbolsOf(value)].some(({ below }) => below !== undefined);
  if (!isCounted) return undefined;
  return { kind: "int", value: substitute(value, ({ min, below }) => below && newCounter(min, below)) };
}

/** What is known of a value in any round: without the numbers that were counted since, by the symbols' ids. */
export function inAnyRound(value: Value, since: number): Value {
  const isCounted = (dim: Dim): boolean =>
    [...symbolsOf(dim)].some(({ id, below }) => below !== undefined && id > since);
  if (value.kind === "int") return isCounted(value.value) ? { kind: "int", value: unknownInteger() } : value;
  if (value.kind === "tuple") return { ...value, items: value.items.map((item) => inAnyRound(item, since)) };
  if (value.kind !== "tensor" || !value.shape.some((axis) => !isRest(axis) && isCounted(axis))) return value;
  const shape = value.shape.map((axis) => (!isRest(axis) && isCounted(axis) ? unknownSize() : axis));
  return maybeObject(tensorOf(shape, value.dtype, value.producer, value.stored), value);
}

/** A row of numbers that were drawn from a range was, too; a single one of them has a symbol for itself. */
export function holdDrawn(row: TensorValue, from: Value): TensorValue {
  const range = rangeIn(from);
  if (range && row.shape.length > 0) holdRange(row, range, from);
  else if (range) holdNumber(row, newDraw(range.least, range.below), from);
  return row;
}
