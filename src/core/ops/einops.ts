/** The functions and layers of einops (https://einops.rocks/api/rearrange/). */
import { type Dim, add, constant, constantValue, product, unknownSize } from "../shape/dim";
import { printShape } from "../shape/notation";
import { type Shape, knownDims } from "../shape/shape";
import { sizeOf } from "./arguments";
import { type OperationCall, type Outcome, type Refusal, isRefusal, refuse } from "./call";
import { type Operation, functions, module } from "./define";
import { categoryOf, toFloating } from "./dtype";
import {
  type Group,
  compose,
  ellipsis,
  isNumber,
  matchPattern,
  namesOf,
  numbersIn,
  parsePattern,
  parseSide,
  shownName,
} from "./einopsPattern";
import { evaluateEquation, workOf } from "./einsum";
import { type OpValue, type TensorValue, tensor, unknown } from "./value";

const ownArguments = new Set(["tensor", "pattern", "reduction", "input"]);

type Kind = "rearrange" | "repeat" | "reduce";

/** `rearrange`, `repeat` and `reduce`: they differ in what may stand on one side only. */
function transform(kind: Kind): (call: OperationCall) => Outcome {
  return (call) => {
    const text = textOf(call, "pattern");
    const input = stacked(call);
    if (text === undefined) return unknown("the pattern is not known");
    if (input.kind !== "tensor") return input;
    const pattern = parsePattern(text);
    if (!pattern) return refuse("cannot read the pattern", `"${text}"`);
    const given = new Map([...namedSizes(call), ...numbersIn(pattern)]);
    const strange = strangeName(kind, pattern.left, pattern.right, given);
    if (strange !== undefined) return refuse(`has no use or no size for ${shownName(strange)} in`, `"${text}"`);
    const sizes = matchPattern(pattern.left, input, given, call.facts);
    if (sizes.kind !== "sizes") return sizes;
    for (const name of namesOf(pattern.right))
      if (!sizes.byName.has(name) && given.has(name)) sizes.byName.set(name, given.get(name) ?? unknownSize());
    return tensor(call.facts.resolveShape(compose(pattern.right, sizes)), typeOf(kind, input, call));
  };
}

function textOf(call: OperationCall, name: string): string | undefined {
  const value = call.values.get(name);
  return value?.kind === "str" ? value.value : undefined;
}

function namedSizes(call: OperationCall): Map<string, Dim | undefined> {
  const own = [...call.values].filter(([name]) => !ownArguments.has(name));
  return new Map(own.map(([name, value]) => [name, sizeOf(value)]));
}

/** A list of tensors of one shape is a tensor with one more dimension in front. */
function stacked(call: OperationCall): Outcome {
  const value = call.values.get("tensor") ?? call.values.get("input");
  if (value?.kind !== "tuple")
    return value?.kind === "tensor" ? value : unknown("the input is not known to be a tensor");
  const [first, ...others] = value.items;
  if (first?.kind !== "tensor") return unknown("the list is not known to hold tensors");
  const dims = knownDims(call.facts.resolveShape(first.shape));
  for (const other of others) {
    if (other.kind !== "tensor") return unknown("the list is not known to hold tensors");
    const shape = call.facts.resolveShape(other.shape);
    const own = knownDims(shape);
    const differs =
      dims && own && (dims.length !== own.length || dims.some((size, i) => call.facts.equate(size, own[i]!) === "no"));
    if (differs) return refuse(`cannot stack ${printShape(dims)} and`, printShape(shape), other);
  }
  return tensor([constant(value.items.length), ...call.facts.resolveShape(first.shape)], first.dtype);
}

/** A name that stands where it may not, or whose size nobody says. */
function strangeName(
  kind: Kind,
  left: readonly Group[],
  right: readonly Group[],
  given: ReadonlyMap<string, unknown>,
): string | undefined {
  const [before, after] = [namesOf(left), namesOf(right)];
  const added = after.filter((name) => !before.includes(name));
  const removed = before.filter((name) => !after.includes(name));
  const unused = [...given.keys()].filter((name) => !before.includes(name) && !after.includes(name));
  if (kind !== "reduce" && removed.length > 0) return removed[0];
  if (kind !== "repeat" && added.length > 0) return added[0];
  return unused[0] ?? added.find((name) => name === ellipsis || !given.has(name));
}

function typeOf(kind: Kind, input: TensorValue, call: OperationCall): TensorValue["dtype"] {
  const how = textOf(call, "reduction");
  if (kind !== "reduce" || how === "max" || how === "min") return input.dtype;
  const isFloating = input.dtype !== undefined && categoryOf(input.dtype) >= 2;
  return isFloating && how !== undefined && how !== "any" && how !== "all" ? toFloating(input.dtype) : undefined;
}

/** Tensors, and behind them the equation in names. */
function einsum(call: OperationCall): Parameters<typeof evaluateEquation> | Outcome {
  const given = call.values.get("tensors_and_pattern");
  const items = given?.kind === "tuple" ? given.items : [];
  const last = items.at(-1);
  if (last?.kind !== "str" || last.value === undefined) return unknown("the pattern is not known");
  const [left, right] = last.value.split("->");
  const inputs = (left ?? "").split(",").map((side) => parseSide(side));
  const output = right === undefined ? undefined : parseSide(right);
  const sides = [...inputs, output];
  if (sides.some((side) => !side || side.some((group) => group.length !== 1 || isNumber(group[0]!))))
    return refuse("cannot read the pattern", `"${last.value}"`);
  const [...names] = sides.map((side) => side!.flat());
  const equation = { inputs: names.slice(0, -1), output: names.at(-1) };
  return [equation, items.slice(0, -1), call];
}

/** Where the `*` of a `pack` pattern stands. */
interface Packing {
  readonly before: number;
  readonly after: number;
}

function packing(call: OperationCall): Packing | Outcome {
  const text = textOf(call, "pattern");
  if (text === undefined) return unknown("the pattern is not known");
  const axes = text.split(/\s+/).filter((axis) => axis !== "");
  const star = axes.indexOf("*");
  const names = axes.filter((_, i) => i !== star);
  const isSound =
    star >= 0 && names.every((name) => /^[A-Za-z_]\w*$/.test(name)) && new Set(names).size === names.length;
  return isSound ? { before: star, after: axes.length - star - 1 } : refuse("cannot read the pattern", `"${text}"`);
}

/** Tensors joined along the `*`, where each has any number of dimensions; those come along as a list of shapes. */
function pack(call: OperationCall): Outcome {
  const place = packing(call);
  const tensors = call.values.get("tensors");
  if ("kind" in place) return place;
  if (tensors?.kind !== "tuple" || tensors.items.length === 0) return unknown("the tensors are not known");
  const [front, back]: [(Dim | undefined)[], (Dim | undefined)[]] = [[], []];
  const packed: OpValue[] = [];
  let total: Dim = constant(0);
  for (const item of tensors.items) {
    if (item.kind !== "tensor") return unknown("the tensors are not known");
    const shape = call.facts.resolveShape(item.shape);
    const dims = knownDims(shape);
    if (!dims) return unknown("the rank of a tensor is not known");
    if (dims.length < place.before + place.after)
      return refuse(
        `needs ${place.before + place.after} dimensions beside the packed ones, which are not in`,
        printShape(shape),
        item,
      );
    const middle = dims.slice(place.before, dims.length - place.after);
    const same = [
      ...dims.slice(0, place.before).map((size, i) => agree(front, i, size, call)),
      ...dims.slice(dims.length - place.after).map((size, i) => agree(back, i, size, call)),
    ];
    if (same.includes(false))
      return refuse("packs tensors that agree beside the packed dimensions, not", printShape(shape), item);
    total = add(total, product(middle));
    packed.push({ kind: "tuple", items: middle.map((value) => ({ kind: "int", value })) });
  }
  const types = new Set(tensors.items.map((item) => (item.kind === "tensor" ? item.dtype : undefined)));
  const joined = tensor([...(front as Dim[]), total, ...(back as Dim[])], types.size === 1 ? [...types][0] : undefined);
  return { kind: "tuple", items: [joined, { kind: "tuple", items: packed }] };
}

function agree(known: (Dim | undefined)[], at: number, size: Dim, { facts }: OperationCall): boolean {
  const before = known[at];
  known[at] ??= size;
  return before === undefined || facts.equate(before, size) !== "no";
}

/** The parts that `pack` joined; one of the packed sizes may be -1. */
function unpack(call: OperationCall): Outcome {
  const place = packing(call);
  const [input, packed] = [call.values.get("tensor"), call.values.get("packed_shapes")];
  if ("kind" in place) return place;
  if (input?.kind !== "tensor" || packed?.kind !== "tuple") return unknown("what to unpack is not known");
  const shape = call.facts.resolveShape(input.shape);
  if (!knownDims(shape)) return unknown("the rank of the input is not known");
  const rank = place.before + 1 + place.after;
  if (shape.length !== rank) return refuse(`expects ${rank} dimensions`, printShape(shape), input);
  const parts = packed.items.map(shapeOf);
  if (parts.includes(undefined)) return unknown("the packed shapes are not known");
  const sizes = filledIn(parts as Dim[][], shape[place.before] as Dim, input, call);
  if (isRefusal(sizes)) return sizes;
  const [front, back] = [shape.slice(0, place.before), shape.slice(place.before + 1)];
  return { kind: "tuple", items: sizes.map((middle) => tensor([...front, ...middle, ...back], input.dtype)) };
}

function shapeOf(value: OpValue): Dim[] | undefined {
  if (value.kind === "int") return [value.value];
  const sizes = value.kind === "tuple" ? value.items.map(sizeOf) : [undefined];
  return sizes.includes(undefined) ? undefined : (sizes as Dim[]);
}

function filledIn(parts: Dim[][], whole: Dim, input: TensorValue, { facts }: OperationCall): Shape[] | Refusal {
  const isOpen = (size: Dim): boolean => constantValue(size) === -1;
  const open = parts.flat().filter(isOpen).length;
  const known = parts.filter((part) => !part.some(isOpen)).map((part) => product(part));
  const total = known.reduce(add, constant(0));
  if (open === 0 && facts.equate(whole, total) === "no")
    return refuse(
      "unpacks shapes that are not together the packed dimension of",
      printShape(facts.resolveShape(input.shape)),
      input,
    );
  return parts.map((part) => part.map((size) => (isOpen(size) ? unknownSize() : size)));
}

const sizesByName = "**axes_lengths";

export const einopsRows: readonly Operation[] = [
  ...functions([`einops.rearrange(tensor, pattern, ${sizesByName})`], {
    says: "Splits, orders and merges named dimensions; the elements stay.",
    result: transform("rearrange"),
    example: "einops.rearrange(x, 'b (h w) c -> b c h w', h=2): (5, 6, 4) -> (5, 4, 2, 3)",
  }),
  ...functions([`einops.repeat(tensor, pattern, ${sizesByName})`], {
    says: "Orders named dimensions and repeats the elements along new ones.",
    result: transform("repeat"),
    example: "einops.repeat(x, '1 n d -> b n (d 2)', b=5): (1, 3, 4) -> (5, 3, 8)",
  }),
  ...functions([`einops.reduce(tensor, pattern, reduction, ${sizesByName})`], {
    says: "Orders named dimensions and sums, averages or chooses over those that are left out.",
    result: transform("reduce"),
    example: "einops.reduce(x, 'b c (h p) w -> b c h', 'mean', p=2): (2, 3, 4, 5) -> (2, 3, 2)",
  }),
  ...functions(["einops.einsum(*tensors_and_pattern)"], {
    says: "Multiplies tensors along named dimensions and sums over those that the result does not name.",
    result: (call) => {
      const given = einsum(call);
      return "kind" in given ? given : evaluateEquation(...given);
    },
    work: (call) => {
      const given = einsum(call);
      return "kind" in given ? undefined : workOf(...given);
    },
    example: "einops.einsum(x, y, 'batch i d, batch j d -> batch i j'): (2, 3, 8), (2, 5, 8) -> (2, 3, 5)",
  }),
  ...functions(["einops.pack(tensors, pattern)"], {
    says: "Joins tensors that have any number of dimensions where the pattern has a star.",
    result: pack,
    example: "einops.pack([x, y], 'b * d')[0]: (2, 3, 8), (2, 4, 5, 8) -> (2, 23, 8)",
  }),
  ...functions(["einops.unpack(tensor, packed_shapes, pattern)"], {
    says: "Takes apart what pack has joined.",
    result: unpack,
    example: "einops.unpack(x, [(3,), (4, 5)], 'b * d'): (2, 23, 8) -> (2, 3, 8), (2, 4, 5, 8)",
  }),
  ...module(`einops.layers.torch.Rearrange(pattern, ${sizesByName})`, {
    says: "Splits, orders and merges named dimensions; the elements stay.",
    result: transform("rearrange"),
    example: "einops.layers.torch.Rearrange('b c (h p) w -> b h w (p c)', p=2): (1, 3, 4, 5) -> (1, 2, 5, 6)",
  }),
  ...module(`einops.layers.torch.Reduce(pattern, reduction, ${sizesByName})`, {
    says: "Orders named dimensions and sums, averages or chooses over those that are left out.",
    result: transform("reduce"),
    example: "einops.layers.torch.Reduce('b c (h 2) (w 2) -> b c h w', 'max'): (2, 3, 4, 6) -> (2, 3, 2, 3)",
  }),
];
