/** Lists of unknown length of which it is known what each item is like: how tensors become one, and come of one. */
import { type TensorValue, bool, int, tensor } from "../../ops/value";
import { type DType } from "../../ops/dtype";
import { findOperation } from "../../ops/registry";
import { type Dim, constant, constantValue, isUnknown, multiply, unknownSize } from "../../shape/dim";
import { type Shape, isRest, knownDims, newRest } from "../../shape/shape";
import { type Arguments, type Machine } from "../machine";
import { callOperation, note } from "../calls/operationCalls";
import { type Value } from "../values/value";
import { type Builtin, type Functions, argument, numberIn } from "./given";
import { eachIn, knownItems, openItems } from "../collections/lists";

/** `zip(*batch)` of pairs: one list of all that stands first in them, and one of what stands second. */
export function columnsOf(machine: Machine, value: Value): readonly Value[] | undefined {
  const each = eachIn(value);
  const count = openItems(value)?.count ?? unknownSize();
  const row = each?.kind === "tuple" || each?.kind === "list" ? knownItems(each) : undefined;
  return row?.map((item) => machine.newList({ each: item, count }));
}

/** The shape that becomes of `count` such tensors. */
type Joined = (machine: Machine, each: TensorValue, count: Dim, given: Arguments) => Shape | undefined;

/** Where a dimension is among others, from the front; undefined where there is no such one. */
function axisIn(dims: readonly Dim[] | undefined, dim: Value | undefined): number | undefined {
  const at = numberIn(dim ?? int(0));
  const axis = at !== undefined && at < 0 ? at + (dims?.length ?? 0) : at;
  return axis !== undefined && axis >= 0 && axis < (dims?.length ?? 0) ? axis : undefined;
}

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
  const dims = knownDims(machine.facts.resolveShape(each.shape));
  const at = axisIn(dims, argument(given, 1, "dim"));
  // Of a size that is not known each of them may have another one.
  return at === undefined
    ? undefined
    : dims!.map((size, i) => (i === at ? (isUnknown(size) ? unknownSize() : multiply(count, size)) : size));
};

/** The longest of them gives the length. */
const paddedTo: Joined = (machine, each, count, given) => {
  const [first, ...rest] = machine.facts.resolveShape(each.shape);
  if (!first) return undefined;
  const length = isRest(first) || isUnknown(first) ? unknownSize() : first;
  const batchFirst = argument(given, 1, "batch_first") ?? bool(false);
  const isKnown = batchFirst.kind === "bool" && batchFirst.value !== undefined;
  const leading = isKnown ? [count, length] : [unknownSize(), unknownSize()];
  const ordered = isKnown && !batchFirst.value ? leading.reverse() : leading;
  return [...ordered, ...(isRest(first) ? [newRest("unknown")] : rest)];
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

/** Takes a tensor apart along a dimension of which nobody knows the size as a number, into pieces of 1 or without it. */
const takingApart =
  (name: string, place: number, isPiece: (given: Arguments) => boolean, size: readonly Dim[]): Builtin =>
  (machine, given, site) => {
    const made = callOperation(machine, findOperation(name)!, given, site);
    const [whole] = given.positional;
    const dims = whole?.kind === "tensor" ? knownDims(machine.facts.resolveShape(whole.shape)) : undefined;
    const at = axisIn(dims, argument(given, place, "dim"));
    const count = at === undefined ? undefined : dims![at]!;
    if (whole?.kind !== "tensor" || !count || constantValue(count) !== undefined || !isPiece(given)) return made;
    const shape = [...dims!.slice(0, at), ...size, ...dims!.slice(at! + 1)];
    return machine.newList({ each: machine.produced(tensor(shape, whole.dtype), name, [whole], site), count });
  };

const unbinding = (name: string): Builtin => takingApart(name, 1, () => true, []);
const splitting = (name: string): Builtin =>
  takingApart(name, 2, (given) => numberIn(argument(given, 1, "split_size_or_sections")) === 1, [constant(1)]);

const typesOfNumbers: Readonly<Record<string, DType>> = { int: "int64", float: "float32", bool: "bool" };

/** The shape that lists of numbers have as data, of unknown length or within each other; undefined for anything else. */
function shapeOfNumbers(value: Value | undefined, depth = 0): Numbers | undefined {
  const dtype = value && typesOfNumbers[value.kind];
  if (dtype) return { shape: [], dtype };
  const items = value && knownItems(value);
  const [first, ...others] = items ?? [eachIn(value)];
  // A list may hold itself.
  const each = first && depth < mostAxes ? shapeOfNumbers(first, depth + 1) : undefined;
  const isAlike = each?.shape.length === 0 || others.length === 0;
  if (!each || !isAlike || !others.every((other) => other?.kind === first?.kind)) return undefined;
  const count = items ? constant(items.length) : (openItems(value)?.count ?? unknownSize());
  return { shape: [count, ...each.shape], dtype: each.dtype };
}

interface Numbers {
  readonly shape: readonly Dim[];
  readonly dtype: DType;
}

const mostAxes = 8;

/** `torch.tensor(numbers)` of lists of numbers of which one has an unknown length. */
const tensorOfNumbers =
  (name: string): Builtin =>
  (machine, given, site) => {
    const made = callOperation(machine, findOperation(name)!, given, site);
    const [list] = given.positional;
    const data = eachIn(list) ? shapeOfNumbers(list) : undefined;
    if (made.kind !== "tensor" || !data) return made;
    return { ...made, shape: data.shape, dtype: made.dtype ?? (given.keywords.has("dtype") ? undefined : data.dtype) };
  };

export const openListFunctions: Functions = [
  ...["tensor", "as_tensor", "Tensor", "FloatTensor", "LongTensor", "IntTensor", "BoolTensor"].map(
    (name) => [`torch.${name}`, tensorOfNumbers(`torch.${name}`)] as const,
  ),
  ["torch.stack", gathering("torch.stack", stacked)],
  ["torch.cat", gathering("torch.cat", concatenated)],
  ["torch.concat", gathering("torch.concat", concatenated)],
  ...["torch.unbind", "Tensor.unbind"].map((name) => [name, unbinding(name)] as const),
  ...["torch.split", "Tensor.split"].map((name) => [name, splitting(name)] as const),
  ["torch.nn.utils.rnn.pad_sequence", gathering("torch.nn.utils.rnn.pad_sequence", paddedTo)],
];
