/** What model code uses of PyTorch beside layers and operations on tensors. */
import { bool, int, none, tensor, unknown } from "../../ops/value";
import { type Dim, add, constant, multiply, product } from "../../shape/dim";
import { knownDims, unknownShape } from "../../shape/shape";
import { newInstance, storedTensor } from "../classes";
import { matrixProduct } from "../matmul";
import { args } from "../machine";
import { setTrainable } from "../moduleMethods";
import { onlyNumber } from "../numbersOfCalls";
import { elementsOf } from "../sequences";
import { type InstanceValue, type Value, external } from "../value";
import { type Builtin, type Functions, argument, numberIn, textIn } from "./given";

const parameter: Builtin = (machine, { positional, keywords }) => {
  const value = positional[0] ?? keywords.get("data");
  const data = value?.kind === "tensor" ? value : tensor(unknownShape(), undefined);
  const stored = storedTensor(data, "parameter");
  setTrainable(machine, stored, positional[1] ?? keywords.get("requires_grad") ?? bool(true));
  return stored;
};

/** What `nn.Buffer(x)` makes. */
const buffer: Builtin = (_, { positional: [data] }) =>
  storedTensor(data?.kind === "tensor" ? data : tensor(unknownShape(), undefined), "buffer");

const matmul: Builtin = (machine, { positional: [left, right] }, site) =>
  left && right ? matrixProduct(machine, left, right, site) : unknown("a factor is missing");

/** Runs a function without keeping what lies inside: the settings of the checkpoint are none of its arguments. */
const checkpoint: Builtin = (machine, { positional: [callee, ...positional], keywords }, site) => {
  const settings = new Set(["use_reentrant", "preserve_rng_state", "context_fn", "determinism_check", "debug"]);
  const rest = new Map([...keywords].filter(([name]) => !settings.has(name)));
  return callee ? machine.call(callee, { positional, keywords: rest, open: false }, site) : none;
};

const checkpointSequential: Builtin = (machine, { positional: [functions, , input] }, site) => {
  const parts = functions && elementsOf(machine, functions);
  return parts && input
    ? parts.reduce<Value>((value, part) => machine.call(part, args(value), site), input)
    : unknown("the parts to run are not known");
};

interface NormedWeight {
  readonly module: InstanceValue;
  readonly name: string;
  readonly weight: Value & { kind: "tensor" };
  readonly dims: readonly Dim[];
}

/** The weight that a normalisation of weights takes out of a layer. */
function weightOf(given: Parameters<Builtin>[1]): NormedWeight | undefined {
  const module = argument(given, 0, "module");
  const name = textIn(argument(given, 1, "name") ?? { kind: "str", value: "weight" });
  const weight = module?.kind === "instance" && name !== undefined ? module.attributes.get(name) : undefined;
  const dims = weight?.kind === "tensor" && weight.stored?.kind === "parameter" ? knownDims(weight.shape) : undefined;
  return module?.kind === "instance" && name !== undefined && weight?.kind === "tensor" && dims
    ? { module, name, weight, dims }
    : undefined;
}

/** Replaces a parameter by others and by a tensor of its shape that is computed from them. */
function replaceWeight({ module, name, weight }: NormedWeight, parts: readonly (readonly [string, Value])[]): void {
  module.attributes.delete(name);
  for (const [suffix, part] of parts) module.attributes.set(`${name}${suffix}`, part);
  module.attributes.set(name, tensor(weight.shape, weight.dtype));
}

/** Direction and length of the weight as two parameters (`torch.nn.utils.weight_norm`). */
const weightNorm: Builtin = (_, given) => {
  const normed = weightOf(given);
  const dim = argument(given, 2, "dim") ?? int(0);
  const at = dim.kind === "none" ? undefined : numberIn(dim);
  if (!normed || (dim.kind !== "none" && at === undefined)) return unknown("the normalised layer is not known");
  const { weight, dims } = normed;
  const lengths =
    at === undefined ? [] : dims.map((size, i) => (i === (at + dims.length) % dims.length ? size : constant(1)));
  replaceWeight(normed, [
    ["_g", storedTensor(tensor(lengths, weight.dtype), "parameter")],
    ["_v", storedTensor(weight, "parameter")],
  ]);
  return normed.module;
};

/** The weight and, as buffers, its first singular vectors (`torch.nn.utils.spectral_norm`). */
const spectralNorm: Builtin = (_, given) => {
  const normed = weightOf(given);
  if (!normed) return unknown("the normalised layer is not known");
  const { module, weight, dims } = normed;
  const isTransposed = module.type.kind === "external" && module.type.name.includes("ConvTranspose");
  const dim = argument(given, 4, "dim");
  const at =
    dim && dim.kind !== "none" ? numberIn(dim) : isTransposed ? 1 : module.type.kind === "external" ? 0 : undefined;
  const height = at === undefined ? undefined : dims[at];
  if (!height) return unknown("the normalised layer is not known");
  const width = product(dims.filter((_size, i) => i !== at));
  replaceWeight(normed, [
    ["_orig", storedTensor(weight, "parameter")],
    ["_u", storedTensor(tensor([height], weight.dtype), "buffer")],
    ["_v", storedTensor(tensor([width], weight.dtype), "buffer")],
  ]);
  return module;
};

const toVector: Builtin = (machine, { positional: [parameters] }) => {
  const shapes = (parameters && elementsOf(machine, parameters))?.map((one) =>
    one.kind === "tensor" ? knownDims(machine.facts.resolveShape(one.shape)) : undefined,
  );
  if (!shapes || shapes.includes(undefined)) return unknown("the parameters are not known");
  return tensor(
    [(shapes as Dim[][]).map((dims) => dims.reduce(multiply, constant(1))).reduce(add, constant(0))],
    undefined,
  );
};

/** A number of a tensor: which one is not known, but its kind is. */
const item: Builtin = (_, { positional: [value] }) => {
  const known = onlyNumber(value);
  if (known) return known;
  if (value?.kind !== "tensor" || value.dtype === undefined) return unknown("the number in a tensor is not known");
  if (value.dtype === "bool") return bool(undefined);
  return value.dtype.startsWith("float") || value.dtype === "bfloat16"
    ? { kind: "float", value: undefined }
    : unknown("the number in a tensor is not known");
};

export function elementCount(machine: Parameters<Builtin>[0], value: Value | undefined): Value {
  const dims = value?.kind === "tensor" ? knownDims(machine.facts.resolveShape(value.shape)) : undefined;
  return dims ? { kind: "int", value: product(dims), measured: true } : unknown("the number of elements is not known");
}

const itself: Builtin = (_, { positional: [value] }) => value ?? none;

/** `x.shape.numel()`. */
const sizeCount: Builtin = (machine, { positional: [value] }) => {
  if (value?.kind === "size") return elementCount(machine, value.of);
  const sizes = (value && elementsOf(machine, value))?.map((size) => (size.kind === "int" ? size.value : undefined));
  return !sizes || sizes.includes(undefined)
    ? unknown("the number of elements is not known")
    : { kind: "int", value: product(sizes as Dim[]), measured: true };
};

/** A device: which one is not known, but it is one. */
/** `_pair` and its like, with which layers repeat a size for each axis. */
const repeated =
  (count: number): Builtin =>
  (machine, { positional: [value] }) => {
    if (value?.kind === "int" || value?.kind === "float")
      return { kind: "tuple", items: Array<Value>(count).fill(value) };
    const items = value && elementsOf(machine, value);
    return items ? { kind: "tuple", items } : unknown("the sizes are not known");
  };

/** The old wrapper around tensors, which gives the tensor. */
const variable: Builtin = (_, given) => {
  const data = argument(given, 0, "data");
  return data?.kind === "tensor" ? tensor(data.shape, data.dtype) : unknown("the wrapped tensor is not known");
};

const device: Builtin = (machine, _, site) => newInstance(machine, external("torch.device"), site);

const isTensor: Builtin = (_, { positional: [value] }) =>
  bool(!value || value.kind === "unknown" ? undefined : value.kind === "tensor");

export const torchFunctions: Functions = [
  ["torch.nn.Parameter", parameter],
  ["torch.nn.parameter.Parameter", parameter],
  ["torch.nn.Buffer", buffer],
  ["torch.nn.parameter.Buffer", buffer],
  ...["_single", "_pair", "_triple", "_quadruple"].map(
    (name, i) => [`torch.nn.modules.utils.${name}`, repeated(i + 1)] as const,
  ),
  ["torch.autograd.Variable", variable],
  ["torch.autograd.variable.Variable", variable],
  ["torch.autograd.Variable", (_, given) => argument(given, 0, "data") ?? none],
  ["torch.matmul", matmul],
  ["torch.is_tensor", isTensor],
  ["torch.device", device],
  ["torch.jit.is_scripting", () => bool(false)],
  ["torch.jit.is_tracing", () => bool(false)],
  ["torch.onnx.is_in_onnx_export", () => bool(false)],
  ["torch._jit_internal._copy_to_script_wrapper", itself],
  ["torch.jit.annotate", (_, { positional: [, value] }) => value ?? none],
  ["torch.jit.script", itself],
  ["typing.cast", (_, { positional: [, value] }) => value ?? none],
  ["torch.is_grad_enabled", () => bool(undefined)],
  ["torch.cuda.is_available", () => bool(undefined)],
  ["torch.utils.checkpoint.checkpoint", checkpoint],
  ["torch.utils.checkpoint.checkpoint_sequential", checkpointSequential],
  ["torch.nn.utils.weight_norm", weightNorm],
  ["torch.nn.utils.spectral_norm", spectralNorm],
  ["torch.nn.utils.clip_grad_norm_", () => tensor([], undefined)],
  ["torch.nn.utils.parameters_to_vector", toVector],
  ["Tensor.item", item],
  ["tuple.numel", sizeCount],
];
