/**
 * How a tensor's elements lie in memory, where the program tells: which views of it PyTorch can give
 * (https://pytorch.org/docs/stable/tensor_view.html). What may come out in several ways has no known strides.
 */
import { constantValue } from "../shape/dim";
import { type Shape, knownDims } from "../shape/shape";
import { type Refusal, refuse } from "./call";
import { printShape } from "../shape/notation";
import { type OpValue, type Producer, type TensorValue } from "./value";

/** For each dimension the number of elements from one index to the next. */
type Strides = readonly number[];

interface Layout {
  readonly sizes: readonly number[];
  readonly strides: Strides;
}

/** Why `view` cannot give an input the sizes of a result; undefined where it can, or where that is not known. */
export function refusedView(name: string, input: OpValue | undefined, result: OpValue): Refusal | undefined {
  if (!/^Tensor\.view(_as)?$/.test(name) || input?.kind !== "tensor" || result.kind !== "tensor") return undefined;
  const [layout, sizes] = [layoutOf(input), numbersOf(result.shape)];
  if (!layout || !sizes || result.dtype !== input.dtype || viewed(layout, sizes)) return undefined;
  const needs = `needs a contiguous tensor for ${printShape(result.shape)}, unlike reshape`;
  return refuse(needs, printShape(input.shape), input);
}

/** Whether the elements lie in the order of the sizes; undefined where that is not known. */
export function isContiguous(input: TensorValue): boolean | undefined {
  const layout = layoutOf(input);
  return layout && isInOrder(layout);
}

/** The tensor has got other memory. */
export function forgetLayout(value: TensorValue): void {
  layouts.set(value, { known: undefined });
}

/** What an operation leaves of the strides of its inputs, with the result's sizes. */
type Rule = (call: Producer, sizes: readonly number[], inputs: readonly (Layout | undefined)[]) => Strides | undefined;

const inOrder = (sizes: readonly number[]): Strides =>
  sizes.map((_, i) => sizes.slice(i + 1).reduce((all, size) => all * size, 1));

const always: Rule = (_, sizes) => inOrder(sizes);
const asInput: Rule = (_, __, [input]) => input?.strides;
const whereInOrder: Rule = (_, sizes, inputs) => (inputs.every(isInOrder) ? inOrder(sizes) : undefined);
/** What is asked for by name is another order than the plain one. */
const unlessAsked =
  (rule: Rule): Rule =>
  (call, sizes, inputs) =>
    (call.values?.get("memory_format")?.kind ?? "none") === "none" ? rule(call, sizes, inputs) : undefined;

/** One result per element: inputs that lie alike and without holes hand their order on. */
const elementwise: Rule = (call, sizes, inputs) => {
  const [first, ...others] = inputs.filter((input) => input === undefined || input.sizes.length > 0);
  if (!first || !isDense(first) || !areEqual(first.sizes, sizes)) return whereInOrder(call, sizes, inputs);
  const areAlike = others.every((other) => areEqual(other?.strides ?? [], first.strides));
  return areAlike ? first.strides : whereInOrder(call, sizes, inputs);
};

/** Products of stacks of matrices, and of matrices with one. */
const product: Rule = ({ inputs }, sizes) => {
  const [left, right] = inputs.map(({ shape }) => knownDims(shape)?.length ?? 0);
  const areMatrices = left !== undefined && right !== undefined && right > 1 && left >= right;
  return areMatrices ? inOrder(sizes) : undefined;
};

const swapped: Rule = ({ values }, sizes, [input]) => {
  const dims = ["dim0", "dim1", "axis0", "axis1"].flatMap((name) => numberOf(values?.get(name)) ?? []);
  const [a, b] = dims.map((dim) => (dim < 0 ? dim + sizes.length : dim));
  if (!input || a === undefined || b === undefined) return undefined;
  return input.strides.map((own, i) => (i === a ? input.strides[b]! : i === b ? input.strides[a]! : own));
};

const reversed: Rule = (_, __, [input]) => input && [...input.strides].reverse();

const permuted: Rule = ({ values }, sizes, [input]) => {
  const given = values?.get("dims");
  const items = given?.kind === "tuple" ? given.items : [];
  const dims = (items.length === 1 && items[0]!.kind === "tuple" ? items[0].items : items).map(numberOf);
  if (!input || dims.length !== sizes.length || dims.includes(undefined)) return undefined;
  return dims.map((dim) => input.strides.at(dim!)!);
};

/** Of dimensions of 1 the strides count for nothing: those that come and go are the same with any. */
const withOrWithoutOnes: Rule = (_, sizes, [input]) => {
  if (!input) return undefined;
  const strides = input.strides.filter((_, i) => input.sizes[i] !== 1);
  return sizes.map((size) => (size === 1 ? 0 : (strides.shift() ?? 0)));
};

const expanded: Rule = (_, sizes, [input]) =>
  input &&
  sizes.map((size, i) => {
    const at = i - (sizes.length - input.sizes.length);
    return at < 0 || input.sizes[at] !== size ? 0 : input.strides[at]!;
  });

const asView: Rule = (_, sizes, [input]) => input && viewed(input, sizes);
/** `reshape` moves elements where no view will do. */
const asViewOrCopy: Rule = (_, sizes, [input]) => input && (viewed(input, sizes) ?? inOrder(sizes));

/** Basic indices: which dimension each of the result's comes from, -1 for a new one, and in which steps. */
const sliced: Rule = ({ values }, sizes, [input]) => {
  const [axes, steps] = ["axes", "steps"].map((name) => values?.get(name));
  if (!input || axes?.kind !== "tuple" || steps?.kind !== "tuple" || axes.items.length !== sizes.length)
    return undefined;
  return axes.items.map((axis, i) => (input.strides[numberOf(axis)!] ?? 0) * numberOf(steps.items[i])!);
};

const table: readonly (readonly [names: string, rule: Rule])[] = [
  ["zeros ones full rand randn randint randperm arange linspace eye Linear linear Embedding embedding bmm mm", always],
  ["repeat one_hot index_select", always],
  ["contiguous", unlessAsked(always)],
  ["matmul", product],
  [
    "add sub subtract mul multiply div divide true_divide eq ne lt le gt ge neg exp log sqrt rsqrt abs pow square sin cos clamp " +
      "relu ReLU gelu GELU tanh Tanh sigmoid Sigmoid silu SiLU elu ELU leaky_relu LeakyReLU dropout Dropout",
    elementwise,
  ],
  ["clone to float double half long int bool cuda cpu", unlessAsked(elementwise)],
  [
    "masked_fill softmax Softmax log_softmax layer_norm LayerNorm cat concat stack Conv1d Conv2d Conv3d conv2d",
    whereInOrder,
  ],
  ["BatchNorm1d BatchNorm2d GroupNorm MaxPool2d AvgPool2d max_pool2d avg_pool2d", whereInOrder],
  ["detach data requires_grad_ __setitem__ chunk split narrow", asInput],
  ["transpose swapaxes swapdims", swapped],
  ["t T", reversed],
  ["permute", permuted],
  ["unsqueeze squeeze", withOrWithoutOnes],
  ["expand expand_as broadcast_to", expanded],
  ["view view_as", asView],
  ["reshape reshape_as flatten Flatten ravel", asViewOrCopy],
  ["__getitem__", sliced],
];

const ofPyTorch = /^(torch|Tensor)\./;
const rules = new Map(table.flatMap(([names, rule]) => names.split(" ").map((name) => [name, rule] as const)));

const layouts = new WeakMap<TensorValue, { readonly known: Layout | undefined }>();
/** Longer histories are not followed. */
const deepest = 64;

function layoutOf(value: TensorValue, depth = 0): Layout | undefined {
  const before = layouts.get(value);
  if (before) return before.known;
  const known = depth > deepest ? undefined : computedLayout(value, depth);
  layouts.set(value, { known });
  return known;
}

function computedLayout({ shape, producer, stored }: TensorValue, depth: number): Layout | undefined {
  const sizes = numbersOf(shape);
  // A parameter may have been given other memory.
  if (!sizes || !producer || stored || !ofPyTorch.test(producer.operation)) return undefined;
  const rule = rules.get(producer.operation.split(".").at(-1)!);
  if (!rule) return undefined;
  const strides = rule(
    producer,
    sizes,
    producer.inputs.map((input) => layoutOf(input, depth + 1)),
  );
  return strides && { sizes, strides };
}

/** The sizes, where all are numbers above zero. */
function numbersOf(shape: Shape): readonly number[] | undefined {
  const sizes = knownDims(shape)?.map(constantValue);
  return sizes?.every((size) => size !== undefined && size > 0) ? (sizes as number[]) : undefined;
}

const numberOf = (value: OpValue | undefined): number | undefined =>
  value?.kind === "int" ? constantValue(value.value) : undefined;

const areEqual = (a: readonly number[], b: readonly number[]): boolean =>
  a.length === b.length && a.every((one, i) => one === b[i]);

function isInOrder(layout: Layout | undefined): boolean {
  if (!layout) return false;
  const plain = inOrder(layout.sizes);
  return layout.sizes.every((size, i) => size === 1 || layout.strides[i] === plain[i]);
}

/** Whether the elements lie side by side in some order of the dimensions. */
function isDense({ sizes, strides }: Layout): boolean {
  const dims = sizes.map((size, i) => ({ size, stride: strides[i]! })).filter(({ size }) => size !== 1);
  dims.sort((a, b) => a.stride - b.stride);
  let next = 1;
  for (const { size, stride } of dims) {
    if (stride !== next) return false;
    next *= size;
  }
  return true;
}

/** Elements of neighbouring dimensions that follow each other in steps of one length. */
interface Stretch {
  readonly count: number;
  readonly step: number;
}

function stretchesOf({ sizes, strides }: Layout): readonly Stretch[] {
  const stretches: Stretch[] = [];
  for (const [i, count] of sizes.entries()) {
    if (count === 1) continue;
    const step = strides[i]!;
    const last = stretches.at(-1);
    if (last?.step === count * step) stretches.splice(-1, 1, { count: last.count * count, step });
    else stretches.push({ count, step });
  }
  return stretches;
}

/**
 * The strides that the same elements have in other sizes: each new dimension lies within one stretch of the old ones.
 * Undefined where one would reach from a stretch into the next.
 */
function viewed(layout: Layout, wanted: readonly number[]): Strides | undefined {
  const stretches = stretchesOf(layout);
  const strides: number[] = [];
  let next = 0;
  let left = 1;
  for (const size of wanted) {
    if (size > 1 && left === 1) left = stretches[next++]?.count ?? 1;
    if (left % size !== 0) return undefined;
    left /= size;
    strides.push(left * (stretches[next - 1]?.step ?? 0));
  }
  return left === 1 && next === stretches.length ? strides : undefined;
}
