/** Lists of unknown length of which it is known what each item is like: what becomes of them when tensors are put together. */
import { type TensorValue, int, tensor } from "../../ops/value";
import { type DType } from "../../ops/dtype";
import { findOperation } from "../../ops/registry";
import { type Dim, isUnknown, multiply, unknownSize } from "../../shape/dim";
import { type Shape, isRest, knownDims, newRest } from "../../shape/shape";
import { type Arguments, type Machine } from "../machine";
import { callOperation, note } from "../operationCalls";
import { type Value } from "../value";
import { type Builtin, type Functions, argument, numberIn } from "./given";
import { eachIn, openItems } from "../lists";

/** `zip(*batch)` of pairs: one list of all that stands first in them, and one of what stands second. */
export function columnsOf(machine: Machine, value: Value): readonly Value[] | undefined {
  const each = eachIn(value);
  const count = openItems(value)?.count ?? unknownSize();
  return each?.kind === "tuple" ? each.items.map((item) => machine.newList({ each: item, count })) : undefined;
}

/** The shape that becomes of `count` such tensors. */
type Joined = (machine: Machine, each: TensorValue, count: Dim, given: Arguments) => Shape | undefined;

const stacked: Joined = (machine, each, count, given) => {
  const dim = numberIn(argument(given, 1, "dim") ?? int(0));
  const shape = machine.facts.resolveShape(each.shape);
  if (dim === 0) return [count, ...shape];
  const dims = knownDims(shape);
  const at = dims && dim !== undefined && dim < 0 ? dim + dims.length + 1 : dim;
  return dims && at !== undefined && at >= 0 && at <= dims.length
    ? [...dims.slice(0, at), count, ...dims.slice(at)]
    : undefined;
};

const concatenated: Joined = (machine, each, count, given) => {
  const dim = numberIn(argument(given, 1, "dim") ?? int(0));
  const dims = knownDims(machine.facts.resolveShape(each.shape));
  const at = dims && dim !== undefined && dim < 0 ? dim + dims.length : dim;
  if (!dims || at === undefined || at < 0 || at >= dims.length) return undefined;
  // Of a size that is not known each of them may have another one.
  return dims.map((size, i) => (i === at ? (isUnknown(size) ? unknownSize() : multiply(count, size)) : size));
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
    const count = openItems(list)?.count ?? unknownSize();
    const shape = each?.kind === "tensor" ? shapeOf(machine, each, count, given) : undefined;
    if (each?.kind !== "tensor" || !shape) return callOperation(machine, findOperation(name)!, given, site);
    const value = machine.produced(tensor(shape, each.dtype), name, [each], site);
    note(machine, name, undefined, given, value, site, list);
    return value;
  };

const ofNumbers: Readonly<Record<string, DType>> = { int: "int64", float: "float32", bool: "bool" };

/** `torch.tensor(numbers)` of a list of numbers of unknown length. */
const tensorOfNumbers: Builtin = (machine, given, site) => {
  const made = callOperation(machine, findOperation("torch.tensor")!, given, site);
  const [list] = given.positional;
  const dtype = ofNumbers[eachIn(list)?.kind ?? ""];
  if (made.kind !== "tensor" || !dtype) return made;
  const size = openItems(list)?.count ?? unknownSize();
  return { ...made, shape: [size], dtype: made.dtype ?? (given.keywords.has("dtype") ? undefined : dtype) };
};

export const openListFunctions: Functions = [
  ["torch.tensor", tensorOfNumbers],
  ["torch.stack", gathering("torch.stack", stacked)],
  ["torch.cat", gathering("torch.cat", concatenated)],
  ["torch.concat", gathering("torch.concat", concatenated)],
  ["torch.nn.utils.rnn.pad_sequence", gathering("torch.nn.utils.rnn.pad_sequence", paddedTo)],
];
