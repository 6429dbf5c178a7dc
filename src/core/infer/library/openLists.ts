/** Lists of unknown length of which it is known what each item is like: what becomes of them when tensors are put together. */
import { type TensorValue, int, tensor } from "../../ops/value";
import { type DType } from "../../ops/dtype";
import { findOperation } from "../../ops/registry";
import { unknownSize } from "../../shape/dim";
import { type Shape, isRest, knownDims, newRest } from "../../shape/shape";
import { type Arguments, type Machine } from "../machine";
import { callOperation, note } from "../operationCalls";
import { type Value } from "../value";
import { type Builtin, type Functions, argument, numberIn } from "./given";

/** A list of so many such items that nobody knows how many. */
export function openList(machine: Machine, each: Value): Value {
  const list = machine.newList(undefined);
  if (list.kind === "list") list.contents.set("each", [each]);
  return list;
}

/** What each item is like of a list of unknown length. */
export function eachIn(value: Value | undefined): Value | undefined {
  const isOpen = value?.kind === "list" && !value.contents.get("items");
  return isOpen ? value.contents.get("each")?.[0] : undefined;
}

/** `zip(*batch)` of pairs: one list of all that stands first in them, and one of what stands second. */
export function columnsOf(machine: Machine, value: Value): readonly Value[] | undefined {
  const each = eachIn(value);
  return each?.kind === "tuple" ? each.items.map((item) => openList(machine, item)) : undefined;
}

type Joined = (machine: Machine, each: TensorValue, given: Arguments) => Shape | undefined;

const stacked: Joined = (machine, each, given) => {
  const dim = numberIn(argument(given, 1, "dim") ?? int(0));
  const shape = machine.facts.resolveShape(each.shape);
  const size = unknownSize();
  if (dim === 0) return [size, ...shape];
  const dims = knownDims(shape);
  const at = dims && dim !== undefined && dim < 0 ? dim + dims.length + 1 : dim;
  return dims && at !== undefined && at >= 0 && at <= dims.length
    ? [...dims.slice(0, at), size, ...dims.slice(at)]
    : undefined;
};

const concatenated: Joined = (machine, each, given) => {
  const dim = numberIn(argument(given, 1, "dim") ?? int(0));
  const dims = knownDims(machine.facts.resolveShape(each.shape));
  const at = dims && dim !== undefined && dim < 0 ? dim + dims.length : dim;
  if (!dims || at === undefined || at < 0 || at >= dims.length) return undefined;
  return dims.map((size, i) => (i === at ? unknownSize() : size));
};

/** The longest of them gives the length. */
const paddedTo: Joined = (machine, each) => {
  const [length, ...rest] = machine.facts.resolveShape(each.shape);
  if (!length) return undefined;
  if (isRest(length)) return [unknownSize(), unknownSize(), newRest("unknown")];
  // Batch and time are known of neither, whichever comes first.
  return [unknownSize(), unknownSize(), ...rest];
};

/** Runs an operation on such a list; on any other value its row of the table. */
const gathering =
  (name: string, shapeOf: Joined): Builtin =>
  (machine, given, site) => {
    const [list] = given.positional;
    const each = eachIn(list);
    const shape = each?.kind === "tensor" ? shapeOf(machine, each, given) : undefined;
    if (each?.kind !== "tensor" || !shape) return callOperation(machine, findOperation(name)!, given, site);
    const value = machine.produced(tensor(shape, each.dtype), name, [each], site);
    note(machine, name, undefined, given, value, site, list);
    return value;
  };

const ofNumbers: Readonly<Record<string, DType>> = { int: "int64", float: "float32", bool: "bool" };

/** `torch.tensor(numbers)` of a list of numbers of unknown length. */
const tensorOfNumbers: Builtin = (machine, given, site) => {
  const made = callOperation(machine, findOperation("torch.tensor")!, given, site);
  const dtype = ofNumbers[eachIn(given.positional[0])?.kind ?? ""];
  if (made.kind !== "tensor" || !dtype) return made;
  return { ...made, shape: [unknownSize()], dtype: made.dtype ?? (given.keywords.has("dtype") ? undefined : dtype) };
};

export const openListFunctions: Functions = [
  ["torch.tensor", tensorOfNumbers],
  ["torch.stack", gathering("torch.stack", stacked)],
  ["torch.cat", gathering("torch.cat", concatenated)],
  ["torch.concat", gathering("torch.concat", concatenated)],
  ["torch.nn.utils.rnn.pad_sequence", gathering("torch.nn.utils.rnn.pad_sequence", paddedTo)],
];
