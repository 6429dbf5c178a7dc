/** What model code uses of PyTorch beside layers and operations on tensors. */
import { refuseMany } from "../tensors/gradients";
import { refusedGradient } from "../../ops/elementTypes";
import { bool, int, none, str, tensor, unknown } from "../../ops/value";
import { type Dim, add, constant, multiply, product, unknownInteger, unknownSize } from "../../shape/dim";
import { knownDims, unknownShape } from "../../shape/shape";
import { newInstance } from "../classes/classes";
import { matrixProduct } from "../tensors/matmul";
import { type Machine, args } from "../machine";
import { setTrainable } from "../modules/moduleMethods";
import { onlyNumber } from "../tensors/numbersOfCalls";
import { elementsOf } from "../collections/elements";
import { asNumber } from "../values/truth";
import { knownItems } from "../collections/lists";
import { type DictEntry, type Value, external } from "../values/value";
import { type Builtin, type Functions, argument, textIn } from "./given";
import { storedTensor } from "../modules/stored";

const parameter: Builtin = (machine, { positional, keywords }, site) => {
  const value = positional[0] ?? keywords.get("data");
  const data = value?.kind === "tensor" ? value : tensor(unknownShape(), undefined);
  const stored = storedTensor(data, "parameter");
  const isTrained = positional[1] ?? keywords.get("requires_grad") ?? bool(true);
  const refused = isTrained.kind === "bool" && isTrained.value ? refusedGradient(data) : undefined;
  if (refused) machine.record.refuse("torch.nn.Parameter", refused, site);
  setTrainable(machine, stored, isTrained);
  return stored;
};

/** `nn.Module()`: something to hang layers on. */
const bareModule: Builtin = (machine, { positional, keywords }, site) =>
  positional.length + keywords.size === 0
    ? newInstance(machine, external("torch.nn.Module"), site)
    : unknown("a bare module takes no arguments");

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
const item: Builtin = (machine, { positional: [value] }, site) => {
  if (value?.kind === "tensor") refuseMany(machine, "item", value, site, "a tensor of one number");
  const known = onlyNumber(value);
  if (known) return known;
  if (value?.kind !== "tensor" || value.dtype === undefined) return unknown("the number in a tensor is not known");
  if (value.dtype === "bool") return bool(undefined);
  if (/^u?int/.test(value.dtype)) return int(unknownInteger());
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

/** `torch.autograd.grad`: a gradient of the shape of each input; unused ones may be None. */
const gradients: Builtin = (machine, given, site) => {
  const outputs = argument(given, 0, "outputs");
  if (outputs?.kind === "tensor" && (argument(given, 2, "grad_outputs") ?? none).kind === "none")
    refuseMany(machine, "torch.autograd.grad", outputs, site);
  const [inputs, unused] = [argument(given, 1, "inputs"), given.keywords.get("allow_unused")];
  const items = inputs?.kind === "tensor" ? [inputs] : inputs && elementsOf(machine, inputs);
  const isPlain = !unused || (unused.kind === "bool" && unused.value === false);
  const tensors = items?.filter((item) => item.kind === "tensor");
  if (!items || tensors?.length !== items.length || !isPlain || given.keywords.has("is_grads_batched"))
    return unknown("the gradients are not known");
  return { kind: "tuple", items: tensors.map(({ shape, dtype }) => tensor(machine.facts.resolveShape(shape), dtype)) };
};

/** Where a tree's own form is kept while its leaves are apart. */
const formOfTree = "?tree";

/** The same tree of lists, tuples and dicts with other leaves; undefined where its form is not known. */
function withLeaves(machine: Machine, tree: Value, leaf: (value: Value) => Value | undefined): Value | undefined {
  if (tree.kind === "dict") {
    const entries = machine.newTable<DictEntry>();
    for (const [name, entry] of tree.entries.items()) {
      const value = entry.maybe || name === "?" ? undefined : withLeaves(machine, entry.value, leaf);
      if (!value) return undefined;
      entries.set(name, { key: entry.key, value });
    }
    return { kind: "dict", entries };
  }
  if (tree.kind !== "list" && tree.kind !== "tuple") return tree.kind === "unknown" ? undefined : leaf(tree);
  if (tree.kind === "list" && tree.reading) return undefined;
  const items = knownItems(tree)?.map((item) => withLeaves(machine, item, leaf));
  if (!items || items.includes(undefined)) return undefined;
  return tree.kind === "list" ? machine.newList(items as Value[]) : { ...tree, items: items as Value[] };
}

/** The leaves in order, and the form of the tree. */
const flattenTree: Builtin = (machine, given, site) => {
  const tree = argument(given, 0, "pytree") ?? argument(given, 0, "tree");
  const leaves: Value[] = [];
  const form = tree && withLeaves(machine, tree, (value) => (leaves.push(value), value));
  if (!form) return unknown("the form of the tree is not known");
  const spec = newInstance(machine, external("torch.utils._pytree.TreeSpec"), site);
  spec.attributes.set(formOfTree, form);
  return { kind: "tuple", items: [machine.newList(leaves), spec] };
};

const unflattenTree: Builtin = (machine, { positional: [first, second] }) => {
  // Versions differ in which of the two comes first.
  const [leaves, spec] = first?.kind === "instance" ? [second, first] : [first, second];
  const form = spec?.kind === "instance" ? spec.attributes.get(formOfTree) : undefined;
  const items = leaves && knownItems(leaves);
  if (!form || !items) return unknown("the form of the tree is not known");
  const left = [...items];
  const tree = withLeaves(machine, form, () => left.shift());
  return tree && left.length === 0 ? tree : unknown("the form of the tree is not known");
};

/** How much a nonlinearity shrinks its input, as `torch.nn.init` has it. */
const gain: Builtin = (_, given) => {
  const [name, parameter] = [textIn(argument(given, 0, "nonlinearity")), argument(given, 1, "param")];
  if (name === undefined) return unknown("the nonlinearity is not known");
  if (/^(linear|sigmoid|conv(_transpose)?[123]d)$/.test(name)) return int(1);
  const slope = !parameter || parameter.kind === "none" ? 0.01 : asNumber(parameter);
  const leaky = slope === undefined ? undefined : Math.sqrt(2 / (1 + slope ** 2));
  const gains = new Map([
    ["tanh", 5 / 3],
    ["relu", Math.SQRT2],
    ["selu", 3 / 4],
    ["leaky_relu", leaky],
  ]);
  return gains.has(name) ? { kind: "float", value: gains.get(name) } : unknown("the nonlinearity is not known");
};

/** How many numbers go into each output of a weight, and how many outputs each input goes into. */
const fans: Builtin = (machine, given) => {
  const weight = argument(given, 0, "tensor");
  const dims = weight?.kind === "tensor" ? knownDims(machine.facts.resolveShape(weight.shape)) : undefined;
  if (!dims || dims.length < 2) return unknown("the shape of the weight is not known");
  const field = product(dims.slice(2));
  return { kind: "tuple", items: [dims[1]!, dims[0]!].map((size) => int(multiply(size, field))) };
};

/** A device: which one is not known, but it is one. */
const device: Builtin = (machine, _, site) => newInstance(machine, external("torch.device"), site);

const isTensor: Builtin = (_, { positional: [value] }) =>
  bool(!value || value.kind === "unknown" ? undefined : value.kind === "tensor");

/** Settings of PyTorch, and what is written to files: of a program's values nothing changes. */
const withoutEffect =
  "save set_printoptions set_num_threads set_num_interop_threads use_deterministic_algorithms set_rng_state " +
  "set_float32_matmul_precision set_deterministic_debug_mode set_warn_always set_anomaly_enabled";

/** Whether operations build a graph there; what is run by itself may be called anywhere. */
const isGradEnabled: Builtin = ({ record }, _, { scope }) =>
  bool(scope.frame.entered || record.isGradSwitched ? undefined : record.grad);

const questions =
  "are_deterministic_algorithms_enabled is_anomaly_enabled is_autocast_enabled is_autocast_cpu_enabled " +
  "is_autocast_cache_enabled is_inference_mode_enabled is_warn_always_enabled set_flush_denormal is_storage " +
  "is_deterministic_algorithms_warn_only_enabled is_vulkan_available";

const eachOf = (names: string, run: Builtin): Functions => names.split(" ").map((name) => [`torch.${name}`, run]);

export const torchFunctions: Functions = [
  ["torch.nn.Parameter", parameter],
  ["torch.nn.parameter.Parameter", parameter],
  ["torch.nn.Module", bareModule],
  ["torch.nn.Buffer", buffer],
  ["torch.nn.parameter.Buffer", buffer],
  ...["_single", "_pair", "_triple", "_quadruple"].map(
    (name, i) => [`torch.nn.modules.utils.${name}`, repeated(i + 1)] as const,
  ),
  ["torch.autograd.Variable", variable],
  ["torch.autograd.variable.Variable", variable],
  ["torch.autograd.Variable", (_, given) => argument(given, 0, "data") ?? none],
  ["torch.matmul", matmul],
  ["torch.linalg.matmul", matmul],
  ["torch.autograd.grad", gradients],
  ["torch.nn.init.calculate_gain", gain],
  ["torch.nn.init._calculate_fan_in_and_fan_out", fans],
  ["torch.utils._pytree.tree_flatten", flattenTree],
  ["torch.utils._pytree.tree_unflatten", unflattenTree],
  ["torch.get_default_dtype", () => unknown("the program may have changed the default element type")],
  ["torch.get_rng_state", () => tensor([unknownSize()], "uint8")],
  ...eachOf(withoutEffect, () => none),
  ...eachOf(questions, () => bool(undefined)),
  ...eachOf("typename get_float32_matmul_precision", () => str(undefined)),
  ["torch.is_tensor", isTensor],
  ["torch.device", device],
  ["torch.jit.is_scripting", () => bool(false)],
  ["torch.jit.is_tracing", () => bool(false)],
  ["torch.onnx.is_in_onnx_export", () => bool(false)],
  ["torch._jit_internal._copy_to_script_wrapper", itself],
  ["torch.jit.annotate", (_, { positional: [, value] }) => value ?? none],
  ["torch.jit.script", itself],
  ["typing.cast", (_, { positional: [, value] }) => value ?? none],
  ["torch.is_grad_enabled", isGradEnabled],
  ["torch.cuda.is_available", () => bool(undefined)],
  ["torch.utils.checkpoint.checkpoint", checkpoint],
  ["torch.utils.checkpoint.checkpoint_sequential", checkpointSequential],
  ["torch.nn.utils.clip_grad_norm_", () => tensor([], undefined)],
  ["torch.nn.utils.parameters_to_vector", toVector],
  ["Tensor.item", item],
  ["tuple.numel", sizeCount],
];
