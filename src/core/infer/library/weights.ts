/** What `torch.nn.utils` makes of a layer's weight: normalised, put back, or one with the layer behind it. */
import { int, tensor, unknown } from "../../ops/value";
import { type Dim, constant, product } from "../../shape/dim";
import { knownDims } from "../../shape/shape";
import { loseTrack } from "../classes/classes";
import { deepCopy } from "../values/copies";
import { storedTensor } from "../modules/stored";
import { type InstanceValue, type Value } from "../values/value";
import { type Builtin, type Functions, argument, numberIn, textIn } from "./given";

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

/** What puts a weight back in place of what it was computed from: the tensor under the suffix, and no other of them. */
const putBack =
  (of: string, ...others: readonly string[]): Builtin =>
  (_, given) => {
    const module = argument(given, 0, "module");
    const name = textIn(argument(given, 1, "name") ?? { kind: "str", value: "weight" });
    if (module?.kind !== "instance" || name === undefined) return unknown("the layer is not known");
    const kept = module.attributes.get(`${name}${of}`);
    if (kept?.kind !== "tensor") {
      loseTrack(module, "whether its weight is normalised is not known");
      return module;
    }
    for (const suffix of [of, ...others, ""]) module.attributes.delete(`${name}${suffix}`);
    module.attributes.set(name, storedTensor(tensor(kept.shape, kept.dtype), "parameter"));
    return module;
  };

/** A convolution that does what it and the normalisation behind it did: a copy with a bias. */
const fuseConvolution: Builtin = (machine, { positional: [layer] }) => {
  const copy = layer ? deepCopy(machine, layer) : undefined;
  const weight = copy?.kind === "instance" ? copy.attributes.get("weight") : undefined;
  const [width] = (weight?.kind === "tensor" ? knownDims(weight.shape) : undefined) ?? [];
  if (copy?.kind !== "instance" || weight?.kind !== "tensor" || !width) return unknown("the layer is not known");
  copy.attributes.set("bias", storedTensor(tensor([width], weight.dtype), "parameter"));
  return copy;
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

export const weightFunctions: Functions = [
  ["torch.nn.utils.weight_norm", weightNorm],
  ["torch.nn.utils.weight_norm.weight_norm", weightNorm],
  ["torch.nn.utils.remove_weight_norm", putBack("_v", "_g")],
  ["torch.nn.utils.remove_spectral_norm", putBack("_orig", "_u", "_v")],
  ["torch.nn.utils.fusion.fuse_conv_bn_eval", fuseConvolution],
  ["torch.nn.utils.fuse_conv_bn_eval", fuseConvolution],
  ["torch.nn.utils.spectral_norm", spectralNorm],
  ["torch.nn.utils.spectral_norm.spectral_norm", spectralNorm],
];
