/** The numbers in NumPy arrays of one axis, such as a list of strides that is counted with before it builds layers. */
import { tensor } from "../../ops/value";
import { constant, constantValue } from "../../shape/dim";
import { arrayAround, isArray } from "./arrays";
import { knownItems, setItems } from "../collections/lists";
import { candidatesOf } from "../values/candidates";
import { type Arguments, type Machine, type Site } from "../machine";
import { placesOf } from "../collections/slices";
import { type InstanceValue, type ListValue, type SliceValue, type Value } from "../values/value";

/** Where an array keeps its numbers, and the arrays with which it shares them. */
const valuesName = "<values>";
const sharersName = "<sharers>";

export function numbersOfArray(value: Value | undefined): readonly Value[] | undefined {
  const values = value?.kind === "instance" ? value.attributes.get(valuesName) : undefined;
  return values && knownItems(values);
}

export function arrayOf(machine: Machine, items: readonly Value[], site: Site): InstanceValue {
  const dtype = items.every(({ kind }) => kind === "int") ? "int64" : "float64";
  return withNumbers(arrayAround(machine, tensor([constant(items.length)], dtype), site), items);
}

export function withNumbers(array: InstanceValue, items: readonly Value[]): InstanceValue {
  const own = items.map((item): Value => (item.kind === "float" ? { ...item, ofNumpy: true } : item));
  array.attributes.set(valuesName, { kind: "tuple", items: own });
  return array;
}

/** What an operation makes of the numbers of two arrays, or of an array and a number. */
export function eachOfArrays(
  left: Value,
  right: Value,
  operate: (left: Value, right: Value) => Value,
): readonly Value[] | undefined {
  const [a, b] = [numbersOfArray(left), numbersOfArray(right)];
  const count = Math.max(a?.length ?? 0, b?.length ?? 0);
  const each = (own: readonly Value[] | undefined, value: Value): readonly Value[] =>
    own && own.length !== 1 ? own : Array.from({ length: count }, () => own?.[0] ?? value);
  const [x, y] = [each(a, left), each(b, right)];
  if (x.length !== y.length) return undefined;
  const results = x.map((item, i) => (isKnown(item) && isKnown(y[i]!) ? operate(item, y[i]!) : undefined));
  return results.length > 0 && results.every((result) => result !== undefined && isKnown(result))
    ? (results as Value[])
    : undefined;
}

/** A whole number, or another one of which every bit is known. */
const isKnown = (value: Value): boolean =>
  isWhole(value) || (value.kind === "float" && value.value !== undefined && !value.between);

const isWhole = ({ kind }: Value): boolean => kind === "int";

/** `array[2:]`: another array with the same numbers in memory. */
export function sliceOfNumbers(
  machine: Machine,
  array: InstanceValue,
  slice: SliceValue,
  site: Site,
): InstanceValue | undefined {
  const items = numbersOfArray(array);
  const places = items && placesOf(items.length, slice);
  if (!places) return undefined;
  const part = arrayOf(
    machine,
    places.map((place) => items[place]!),
    site,
  );
  const known = array.attributes.get(sharersName);
  const sharers: ListValue = known?.kind === "list" ? known : machine.newList([array]);
  setItems(sharers, [...(knownItems(sharers) ?? []), part]);
  for (const one of [array, part]) one.attributes.set(sharersName, sharers);
  return part;
}

/** `array[index] = value`; whoever shares its numbers has others then, nobody follows which. */
export function writeNumbers(array: InstanceValue, index: Value, value: Value): void {
  const items = numbersOfArray(array);
  const written = items && afterWriting(items, index, value);
  forgetArray(array);
  if (written) withNumbers(array, written);
}

function afterWriting(items: readonly Value[], index: Value, value: Value): readonly Value[] | undefined {
  const at = index.kind === "int" ? constantValue(index.value) : undefined;
  const places = index.kind === "slice" ? placesOf(items.length, index) : at !== undefined ? [at] : undefined;
  const numbers = isWhole(value) ? places?.map(() => value) : numbersOfArray(value);
  if (!places || numbers?.length !== places.length) return undefined;
  if (![...items, ...numbers].every(isWhole) || places.some((place) => place < -items.length || place >= items.length))
    return undefined;
  const after = [...items];
  for (const [i, place] of places.entries()) after[place < 0 ? place + items.length : place] = numbers[i]!;
  return after;
}

/** The numbers of an array have been changed in a way that is not followed. */
export function forgetArray(array: InstanceValue): void {
  const sharers = array.attributes.get(sharersName);
  const all = (sharers && knownItems(sharers)) ?? [];
  for (const one of [array, ...all, ...candidatesOf(array)])
    if (one.kind === "instance") one.attributes.delete(valuesName);
}

/** Likewise those that a function is given, or gives back in another form. */
export function forgetArrays({ positional, keywords }: Arguments): void {
  for (const value of [...positional, ...keywords.values()]) if (isArray(value)) forgetArray(value);
}
