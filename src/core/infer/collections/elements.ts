/** Iterating: what a loop meets in lists, dicts, texts, tensors and objects, and how often. */
import { isCurrent, settle } from "../calls/later";
import { type TensorValue, str, tensor } from "../../ops/value";
import { type Dim, constantValue, unknownSize } from "../../shape/dim";
import { isRest, knownDims } from "../../shape/shape";
import { classAttribute, linearised, membersName } from "../classes/classes";
import { childrenOf, keysOf, openChildren } from "../modules/containers";
import { forgetArray, numbersOfArray } from "../tensors/arrayNumbers";
import { arrayBeside, tensorInArray, numberOf } from "../tensors/arrays";
import { eachOf, hasNoOrder, inOrderOfSet, isUnordered } from "./iterators";
import { type Items, anything, isEndless, knownItems, openItems, withoutOrder, setItems } from "./lists";
import { isIterator, itemsAhead, take } from "./taking";
import { type Machine, type Site, args } from "../machine";
import { itemsOfEnumeration } from "../library/enum";
import { holdDrawn } from "../statements/counters";
import { forgetNumbers, holdNumbers, numbersIn, rangeIn } from "../tensors/tensorNumbers";
import { type InstanceValue, type Value, knownEntries } from "../values/value";

/** What a loop over the value meets, where that is known. */
export function elementsOf(machine: Machine, value: Value): readonly Value[] | undefined {
  const items = isEndless(value) ? undefined : knownItems(value);
  if (items && value.kind === "list" && value.reading)
    return value.reading === "once" ? take(value) : inOrderOfSet(value);
  if (items) return items;
  if (value.kind === "dict") return knownEntries(value)?.map((entry) => entry.key);
  if (value.kind === "str") return value.value === undefined ? undefined : Array.from(value.value, str);
  if (value.kind === "instance")
    return ownItems(machine, value) ?? childrenOf(value) ?? keysOf(value) ?? itemsOfArray(machine, value);
  if (value.kind === "class" && value.attributes.has(membersName)) return itemsOfEnumeration(value);
  return value.kind === "tensor" ? tensorRows(machine, value) : undefined;
}

/** The same in any order: what a loop or a function asks that comes to the same in each order of a set. */
export function elementsInAnyOrder(machine: Machine, value: Value): readonly Value[] | undefined {
  return isUnordered(value) ? (inOrderOfSet(value) ?? knownItems(value)) : elementsOf(machine, value);
}

/** The numbers of an array of one axis, known or not, or the rows of one of several. */
function itemsOfArray(machine: Machine, value: InstanceValue): readonly Value[] | undefined {
  const inside = tensorInArray(value);
  const [count, ...others] = inside ? (knownDims(machine.facts.resolveShape(inside.shape)) ?? []) : [];
  const length = count && constantValue(count);
  if (length === undefined || length > mostRows) return numbersOfArray(value);
  if (others.length === 0) return numbersOfArray(value) ?? Array.from({ length }, () => numberOf(inside!.dtype));
  // Who writes into a row writes into the array.
  forgetArray(value);
  return Array.from({ length }, () => arrayBeside(value, tensor(others, inside!.dtype)));
}

/** Whatever iterating over the value gives. */
export function itemsFrom(machine: Machine, value: Value): Items {
  const open = openItems(value);
  if (open && isIterator(value)) {
    const items = isCurrent(value) ? open : anything();
    settle(value);
    setItems(value, []);
    return items;
  }
  const unordered = isUnordered(value) ? knownItems(value) : undefined;
  if (unordered && hasNoOrder(value)) return withoutOrder(unordered, machine.facts);
  return elementsOf(machine, value) ?? { each: eachOf(machine, value), count: roundsOver(machine, value) };
}

/** How many samples a dataset has, or how many rounds a loop over what it gives. */
export function countOfData(value: Value): Dim | undefined {
  return value.kind === "data" && (value.data.is === "stream" || value.data.is === "dataset")
    ? value.data.count
    : undefined;
}

/** How many rounds a loop over the value has. */
export function roundsOver(machine: Machine, value: Value): Dim {
  const count = countOfData(value) ?? (openItems(value) ?? openChildren(value))?.count;
  if (count) return count;
  const [first] = value.kind === "tensor" ? machine.facts.resolveShape(value.shape) : [];
  return first && !isRest(first) ? first : unknownSize();
}

/** What the `__iter__` of an object's class gives. */
function ownItems(machine: Machine, value: InstanceValue): readonly Value[] | undefined {
  const iterate = classAttribute(linearised(value.type), "__iter__");
  if (iterate?.kind !== "function") return undefined;
  const site: Site = { node: iterate.node, scope: iterate.scope };
  return machine.nested(() => elementsOf(machine, machine.call(iterate, args(value), site)));
}

/** The same, left where it is if it is an iterator: for what takes it bit by bit. */
export function elementsAhead(machine: Machine, value: Value): readonly Value[] | undefined {
  return isIterator(value) ? itemsAhead(value) : elementsOf(machine, value);
}

/** Of longer tensors and arrays it is not told row by row what they hold. */
const mostRows = 64;

function tensorRows(machine: Machine, value: TensorValue): Value[] | undefined {
  const [first, ...rest] = machine.facts.resolveShape(value.shape);
  const count = first && !isRest(first) ? constantValue(first) : undefined;
  if (count === undefined || count > mostRows) return undefined;
  const numbers = rest.length === 0 ? numbersIn(value) : undefined;
  if (!numbers && !rangeIn(value)) forgetNumbers(value);
  return Array.from({ length: count }, (_, i) => {
    const row = tensor(rest, value.dtype);
    if (numbers?.[i]) holdNumbers(row, [numbers[i]], value);
    else holdDrawn(row, value);
    return row;
  });
}
