/**
 * Element types that operations refuse: `mean` of whole numbers, a matrix of float64 times one of float32, an index that
 * has fractions. What is here holds on every device and in every version of PyTorch since 1.13; what only some kernel
 * lacks, as the pooling of whole numbers, is not (https://pytorch.org/docs/stable/tensor_attributes.html#torch.dtype).
 */
import { constantValue } from "../shape/dim";
import { isRest } from "../shape/shape";
import { type Refusal, refuse } from "./call";
import { qualify } from "./define";
import { type DType, categoryOf } from "./dtype";
import { type OpValue, type TensorValue } from "./value";

interface Need {
  /** What is expected, as a sentence of a finding says it. */
  readonly words: string;
  readonly holds: (dtype: DType) => boolean;
}

const needs = {
  fractions: { words: "expects floating-point numbers", holds: (dtype) => categoryOf(dtype) >= 2 },
  signs: { words: "expects numbers, not truth values,", holds: (dtype) => dtype !== "bool" },
  bits: { words: "expects whole numbers or truth values", holds: (dtype) => categoryOf(dtype) < 2 },
  mask: { words: "expects a mask of truth values (bool)", holds: (dtype) => dtype === "bool" || dtype === "uint8" },
  rows: { words: "expects indices of type int64 or int32", holds: (dtype) => dtype === "int64" || dtype === "int32" },
  // Later versions take int32 where 1.13 does not.
  places: { words: "expects whole numbers as indices", holds: (dtype) => categoryOf(dtype) === 1 },
  labels: { words: "expects classes of type int64", holds: (dtype) => dtype === "int64" || dtype === "uint8" },
  // Fractions are the probabilities of classes, which their shape tells.
  targets: {
    words: "expects classes of type int64",
    holds: (d) => d === "int64" || d === "uint8" || categoryOf(d) > 1,
  },
  classes: { words: "expects classes of type int64", holds: (dtype) => dtype === "int64" },
} satisfies Record<string, Need>;

interface Row {
  readonly need: keyof typeof needs;
  readonly arguments: readonly string[];
  readonly operations: string;
  /** The argument with which the operation converts its input first. */
  readonly unless?: string;
  /** The argument without which the operation does something else. */
  readonly beside?: string;
}

const rows: readonly Row[] = [
  {
    need: "fractions",
    arguments: ["input"],
    operations:
      "torch.mean Tensor.mean torch.nanmean Tensor.nanmean torch.softmax Tensor.softmax torch.log_softmax " +
      "Tensor.log_softmax F.softmax F.log_softmax F.softmin torch.norm Tensor.norm",
    unless: "dtype",
  },
  {
    need: "fractions",
    arguments: ["input"],
    operations:
      "torch.std Tensor.std torch.var Tensor.var torch.std_mean torch.var_mean torch.quantile Tensor.quantile " +
      "torch.multinomial Tensor.multinomial torch.inverse Tensor.inverse torch.det Tensor.det torch.pinverse " +
      "Tensor.pinverse torch.svd Tensor.svd F.normalize F.gelu F.silu F.elu F.selu F.leaky_relu F.softplus F.mish " +
      "F.layer_norm F.batch_norm F.cross_entropy F.nll_loss nn.Softmax nn.LogSoftmax nn.Softmin nn.GELU nn.SiLU nn.ELU " +
      "nn.SELU nn.LeakyReLU nn.Softplus nn.Mish nn.CrossEntropyLoss nn.NLLLoss",
  },
  {
    need: "fractions",
    arguments: ["A"],
    operations: "torch.linalg.inv torch.linalg.det torch.linalg.svd torch.linalg.qr torch.linalg.cholesky",
  },
  { need: "fractions", arguments: ["x1", "x2"], operations: "torch.cdist" },
  {
    need: "fractions",
    arguments: ["input", "target"],
    operations: "F.binary_cross_entropy_with_logits nn.BCEWithLogitsLoss",
  },
  { need: "labels", arguments: ["target"], operations: "F.nll_loss nn.NLLLoss" },
  { need: "targets", arguments: ["target"], operations: "F.cross_entropy nn.CrossEntropyLoss" },
  { need: "rows", arguments: ["input"], operations: "nn.Embedding F.embedding" },
  { need: "places", arguments: ["input"], operations: "nn.EmbeddingBag" },
  { need: "classes", arguments: ["tensor"], operations: "F.one_hot" },
  {
    need: "places",
    arguments: ["index"],
    operations:
      "torch.gather Tensor.gather torch.scatter Tensor.scatter Tensor.scatter_ torch.scatter_add Tensor.scatter_add " +
      "Tensor.scatter_add_ torch.index_select Tensor.index_select torch.index_add Tensor.index_add Tensor.index_add_ " +
      "torch.take Tensor.take",
  },
  {
    need: "mask",
    arguments: ["mask"],
    operations: "torch.masked_fill Tensor.masked_fill Tensor.masked_fill_ torch.masked_select Tensor.masked_select",
  },
  // Alone it is asked where it is not zero.
  { need: "mask", arguments: ["condition"], operations: "torch.where Tensor.where", beside: "input" },
  {
    need: "bits",
    arguments: ["input", "other"],
    operations: "torch.bitwise_and torch.bitwise_or torch.bitwise_xor",
  },
  { need: "bits", arguments: ["input"], operations: "torch.bincount torch.bitwise_not Tensor.bitwise_not" },
  { need: "signs", arguments: ["input", "other"], operations: "torch.sub Tensor.sub" },
  { need: "signs", arguments: ["input"], operations: "torch.neg Tensor.neg" },
];

/** Arguments that must be of one type. */
const alike: readonly { readonly arguments: readonly [string, string]; readonly operations: string }[] = [
  { arguments: ["input", "mat2"], operations: "torch.mm Tensor.mm torch.bmm Tensor.bmm" },
  { arguments: ["input", "other"], operations: "torch.matmul" },
  { arguments: ["input", "tensor"], operations: "torch.dot Tensor.dot" },
  { arguments: ["input", "vec"], operations: "torch.mv Tensor.mv" },
  { arguments: ["mat1", "mat2"], operations: "torch.addmm Tensor.addmm" },
  { arguments: ["batch1", "batch2"], operations: "torch.baddbmm Tensor.baddbmm" },
  {
    arguments: ["input", "weight"],
    operations:
      "F.linear F.conv1d F.conv2d F.conv3d F.conv_transpose1d F.conv_transpose2d F.conv_transpose3d nn.Linear nn.Conv1d " +
      "nn.Conv2d nn.Conv3d nn.ConvTranspose1d nn.ConvTranspose2d nn.ConvTranspose3d nn.LayerNorm nn.BatchNorm1d " +
      "nn.BatchNorm2d nn.BatchNorm3d nn.GroupNorm nn.LSTM nn.GRU nn.RNN nn.LSTMCell nn.GRUCell nn.RNNCell",
  },
  { arguments: ["input", "target"], operations: "F.binary_cross_entropy nn.BCELoss" },
  {
    arguments: ["input", "src"],
    operations: "torch.scatter Tensor.scatter Tensor.scatter_ torch.scatter_add Tensor.scatter_add Tensor.scatter_add_",
  },
  {
    arguments: ["input", "source"],
    operations: "torch.index_add Tensor.index_add Tensor.index_add_ torch.index_copy Tensor.index_copy",
  },
];

type Check = (values: ReadonlyMap<string, OpValue>) => Refusal | undefined;

let checks: ReadonlyMap<string, readonly Check[]> | undefined;

/** Why PyTorch refuses the element types of a call's arguments; `weight` is that of a layer, where it has one. */
export function refusedTypes(
  name: string,
  values: ReadonlyMap<string, OpValue>,
  weight?: TensorValue,
): Refusal | undefined {
  const given = weight ? new Map([...values, ["weight", weight] as const]) : values;
  for (const check of (checks ??= allChecks()).get(name) ?? []) {
    const refusal = check(given);
    if (refusal) return { ...refusal, about: "types" };
  }
  return undefined;
}

function allChecks(): ReadonlyMap<string, readonly Check[]> {
  const all = new Map<string, Check[]>();
  const put = (operations: string, check: Check): void => {
    for (const name of operations.split(" ").map(qualify)) all.set(name, [...(all.get(name) ?? []), check]);
  };
  for (const row of rows) put(row.operations, (values) => unmetNeed(row, values));
  for (const row of alike) put(row.operations, (values) => mixed(row.arguments, values));
  return all;
}

/** The operations of the tables, each with the arguments that they speak of: for their test. */
export function argumentsWithTypes(): readonly (readonly [operation: string, argument: string])[] {
  return [...rows, ...alike].flatMap((row) =>
    row.operations.split(" ").flatMap((name) => row.arguments.map((argument) => [qualify(name), argument] as const)),
  );
}

function unmetNeed(row: Row, values: ReadonlyMap<string, OpValue>): Refusal | undefined {
  const isGiven = (name: string): boolean => (values.get(name)?.kind ?? "none") !== "none";
  if ((row.unless && isGiven(row.unless)) || (row.beside && !isGiven(row.beside))) return undefined;
  const { words, holds }: Need = needs[row.need];
  for (const argument of row.arguments) {
    const value = values.get(argument);
    if (value?.kind === "tensor" && value.dtype !== undefined && !holds(value.dtype) && !isEmpty(value))
      return refuse(words, value.dtype, value);
  }
  return undefined;
}

function mixed([first, second]: readonly [string, string], values: ReadonlyMap<string, OpValue>): Refusal | undefined {
  const [a, b] = [values.get(first), values.get(second)];
  if (a?.kind !== "tensor" || b?.kind !== "tensor" || !areSurelyMixed(a.dtype, b.dtype)) return undefined;
  if (isEmpty(a) || isEmpty(b)) return undefined;
  return second === "weight"
    ? refuse(`expects ${b.dtype!}, as its weight is,`, a.dtype!, a)
    : refuse(`expects two tensors of one type, ${a.dtype!} twice,`, b.dtype!, b);
}

/** Many kernels look at the types only where there is an element. */
function isEmpty({ shape }: TensorValue): boolean {
  return shape.some((size) => !isRest(size) && constantValue(size) === 0);
}

/** Half a number's bits come and go with autocast, which nobody reads off the program. */
export function areSurelyMixed(a: DType | undefined, b: DType | undefined): boolean {
  return a !== undefined && b !== undefined && a !== b && ![a, b].some((type) => /^b?float16$/.test(type));
}

/** Only what has fractions can have gradients. */
export function refusedGradient(value: TensorValue): Refusal | undefined {
  if (value.dtype === undefined || categoryOf(value.dtype) >= 2) return undefined;
  return { ...refuse("gives gradients to floating-point numbers only, not", value.dtype, value), about: "types" };
}

/** Changed in place, a tensor keeps its type, which must be able to hold the result. */
export function refusedInPlace(own: TensorValue, result: DType | undefined): Refusal | undefined {
  if (own.dtype === undefined || result === undefined || categoryOf(own.dtype) >= categoryOf(result)) return undefined;
  return { ...refuse(`changes ${own.dtype} in place and`, `cannot hold ${result}`, own), about: "types" };
}
