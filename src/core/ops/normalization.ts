/** Normalisation over channels: batch, instance and group norms (https://pytorch.org/docs/stable/nn.html#normalization-layers). */
import { equals } from "../shape/bounds";
import { type Dim, constantValue, product } from "../shape/dim";
import { modulo } from "../shape/division";
import { printDim, printShape } from "../shape/notation";
import { type Shape, knownDims } from "../shape/shape";
import { type OperationCall, type Outcome, type Refusal, refuse } from "./call";
import { type Operation, module, modules, operation, functions } from "./define";
import { type SizeFunction, isDim, toSizeValue } from "./sizes";
import { type TensorValue, tensor, unknown } from "./value";

const running = {
  running_mean: "(num_features,) if track_running_stats",
  running_var: "(num_features,) if track_running_stats",
  num_batches_tracked: "() if track_running_stats",
};

const affine = { weight: "(num_features,) if affine", bias: "(num_features,) if affine" };

const shapes = [
  { rank: 1, batch: "(N, channels(), L?)", instance: "(N?, channels(), L)", sizes: "8" },
  { rank: 2, batch: "(N, channels(), H, W)", instance: "(N?, channels(), H, W)", sizes: "8, 8" },
  { rank: 3, batch: "(N, channels(), D, H, W)", instance: "(N?, channels(), D, H, W)", sizes: "4, 8, 8" },
];

/** A norm looks at `num_features` only where it keeps something for each of them. */
const ownChannels: SizeFunction = (_, names) =>
  names("affine") === true || names("track_running_stats") === true ? names("num_features") : undefined;

/** There is nothing to normalise in one pixel, unless statistics were kept. */
function severalPixels({ values, facts }: OperationCall, rank: number): Refusal | undefined {
  const input = values.get("input");
  const shape = input?.kind === "tensor" ? facts.resolveShape(input.shape) : undefined;
  const pixels = shape && knownDims(shape)?.slice(-rank);
  const keepsNothing = toSizeValue(values.get("track_running_stats")) === false;
  return keepsNothing && pixels?.length === rank && constantValue(product(pixels)) === 1
    ? refuse("expects more than one pixel of each channel", printShape(shape!), input as TensorValue)
    : undefined;
}

/** Without statistics that were kept, a channel of one value cannot be normalised over the batch. */
function severalExamples({ values, facts }: OperationCall): Refusal | undefined {
  const input = values.get("input");
  const dims = input?.kind === "tensor" ? knownDims(facts.resolveShape(input.shape)) : undefined;
  const keepsNothing = toSizeValue(values.get("track_running_stats")) === false;
  return dims && keepsNothing && constantValue(product([...dims.slice(0, 1), ...dims.slice(2)])) === 1
    ? refuse("expects more than one value for each channel", printShape(dims), input as TensorValue)
    : undefined;
}

/** The functions of `torch` themselves normalise single values too: it is `torch.nn` that asks for more. */
function asksNothing(name: string): boolean {
  return name.startsWith("torch.");
}

function severalValues({ name, values, facts }: OperationCall): Refusal | undefined {
  if (asksNothing(name)) return undefined;
  const input = values.get("input");
  const dims = input?.kind === "tensor" ? knownDims(facts.resolveShape(input.shape)) : undefined;
  const [all, groups] = [dims && product(dims), toSizeValue(values.get("num_groups"))];
  return all && isDim(groups) && equals(all, groups) === "yes"
    ? refuse("expects more than one value in each group", printShape(dims!), input as TensorValue)
    : undefined;
}

/** The first of some tensors, where they are given, that has another shape than the wanted one. */
export function misscaled(
  { values, facts }: OperationCall,
  names: readonly string[],
  wanted: Shape,
): Refusal | undefined {
  for (const name of names) {
    const value = values.get(name);
    const dims = value?.kind === "tensor" ? knownDims(facts.resolveShape(value.shape)) : undefined;
    if (!dims || value?.kind !== "tensor") continue;
    const fits =
      dims.length === wanted.length && dims.every((size, i) => facts.equate(size, wanted[i] as Dim) !== "no");
    if (!fits) return refuse(`expects ${name} of shape ${printShape(wanted)}`, printShape(dims), value);
  }
  return undefined;
}

/** Statistics of one value say nothing: PyTorch takes none from it. */
function enoughValues(call: OperationCall, shape: Shape): Refusal | undefined {
  if (asksNothing(call.name)) return undefined;
  const takes = ["training", "use_input_stats"].some((name) => toSizeValue(call.values.get(name)) === true);
  const dims = takes ? knownDims(shape) : undefined;
  const counted = call.values.has("training")
    ? [...(dims ?? []).slice(0, 1), ...(dims ?? []).slice(2)]
    : dims?.slice(2);
  return dims && counted && constantValue(product(counted)) === 1
    ? refuse("expects more than one value for each channel", printShape(dims), call.values.get("input") as TensorValue)
    : undefined;
}

/** Statistics, weights and biases hold one number for each channel. */
function scaledChannels(call: OperationCall): Outcome {
  const input = call.values.get("input");
  if (input?.kind !== "tensor") return unknown("the input is not known to be a tensor");
  const shape = call.facts.exposeFront(input.shape, 2) ?? call.facts.resolveShape(input.shape);
  const channels = shape[1];
  if (knownDims(shape) && !channels) return refuse("expects at least 2 dimensions", printShape(shape), input);
  const all = ["running_mean", "running_var", "weight", "bias"];
  const few = enoughValues(call, shape);
  if (few) return few;
  const problem = knownDims(shape) && channels ? misscaled(call, all, [channels]) : undefined;
  return problem ?? tensor(call.facts.resolveShape(shape), input.dtype);
}

function scaledGroups(call: OperationCall): Outcome {
  const outcome = scaledChannels(call);
  const groups = toSizeValue(call.values.get("num_groups"));
  const channels = outcome.kind === "tensor" ? knownDims(outcome.shape)?.[1] : undefined;
  if (!channels || !isDim(groups)) return outcome;
  const rest = constantValue(modulo(channels, groups)) ?? 0;
  const input = call.values.get("input") as TensorValue;
  if (rest !== 0) return refuse(`needs channels divisible by num_groups = ${printDim(groups)}`, channels, input, 1);
  return severalValues(call) ?? outcome;
}

function groupsDivideChannels(call: OperationCall): Refusal | undefined {
  const channels = toSizeValue(call.values.get("num_channels"));
  const groups = toSizeValue(call.values.get("num_groups"));
  if (!isDim(channels) || !isDim(groups)) return undefined;
  const rest = constantValue(modulo(channels, groups)) ?? 0;
  return rest === 0 ? undefined : refuse(`needs num_channels divisible by num_groups = ${printDim(groups)}`, channels);
}

export const normalizations: readonly Operation[] = [
  ...shapes.flatMap(({ rank, batch, instance, sizes }) => [
    ...module(`nn.BatchNorm${rank}d(num_features, eps=1e-05, momentum=0.1, affine=True, track_running_stats=True)`, {
      says: "Normalises every channel over the batch, then scales and shifts it.",
      shape: `${batch} -> ${batch}`,
      functions: { channels: ownChannels },
      accepts: severalExamples,
      parameters: affine,
      buffers: running,
      sees: "place",
      example: `nn.BatchNorm${rank}d(3): (2, 3, ${sizes}) -> (2, 3, ${sizes})`,
    }),
    ...module(
      `nn.InstanceNorm${rank}d(num_features, eps=1e-05, momentum=0.1, affine=False, track_running_stats=False)`,
      {
        says: "Normalises every channel of every example on its own.",
        shape: `${instance} -> ${instance}`,
        functions: { channels: ownChannels },
        accepts: (call) => severalPixels(call, rank),
        parameters: affine,
        buffers: running,
        sees: "place",
        example: `nn.InstanceNorm${rank}d(3): (2, 3, ${sizes}) -> (2, 3, ${sizes})`,
      },
    ),
  ]),
  ...functions(
    [
      "F.batch_norm(input, running_mean, running_var, weight=None, bias=None, training=False, momentum=0.1, eps=1e-05)",
      "torch.batch_norm(input, weight, bias, running_mean, running_var, training, momentum, eps, cudnn_enabled)",
    ],
    {
      says: "Normalises every channel over the batch, then scales and shifts it.",
      result: scaledChannels,
      sees: "place",
      example: "F.batch_norm(x, y, z): (2, 3, 8, 8), (3,), (3,) -> (2, 3, 8, 8)",
    },
  ),
  ...functions(
    [
      "F.instance_norm(input, running_mean=None, running_var=None, weight=None, bias=None, use_input_stats=True, momentum=0.1, eps=1e-05)",
      "torch.instance_norm(input, weight, bias, running_mean, running_var, use_input_stats, momentum, eps, cudnn_enabled)",
    ],
    {
      says: "Normalises every channel of every example on its own.",
      result: scaledChannels,
      sees: "place",
      example: "F.instance_norm(x): (2, 3, 8, 8) -> (2, 3, 8, 8)",
    },
  ),
  ...functions(
    [
      "F.group_norm(input, num_groups, weight=None, bias=None, eps=1e-05)",
      "torch.group_norm(input, num_groups, weight=None, bias=None, eps=1e-05, cudnn_enabled=True)",
    ],
    {
      says: "Normalises groups of channels of every example.",
      result: scaledGroups,
      sees: "place",
      example: "F.group_norm(x, 2): (2, 6, 4, 4) -> (2, 6, 4, 4)",
    },
  ),
  ...modules(
    [
      "nn.LocalResponseNorm(size, alpha=0.0001, beta=0.75, k=1.0)",
      "nn.CrossMapLRN2d(size, alpha=0.0001, beta=0.75, k=1)",
    ],
    {
      says: "Divides every value by what its neighbours among the channels hold.",
      shape: "(N, C, L, *) -> (N, C, L, *)",
      sees: "place",
      example: "nn.LocalResponseNorm(2): (2, 3, 4, 4) -> (2, 3, 4, 4)",
    },
  ),
  ...operation("F.local_response_norm(input, size, alpha=0.0001, beta=0.75, k=1.0)", {
    says: "Divides every value by what its neighbours among the channels hold.",
    shape: "(N, C, L, *) -> (N, C, L, *)",
    sees: "place",
    example: "F.local_response_norm(x, 2): (2, 3, 4, 4) -> (2, 3, 4, 4)",
  }),
  ...module(
    "nn.SyncBatchNorm(num_features, eps=1e-05, momentum=0.1, affine=True, track_running_stats=True, process_group=None)",
    {
      says: "A batch normalisation whose statistics all processes share.",
      // Older versions refuse to run without a GPU.
      since: "2.1",
      shape: "(N, channels(), *) -> (N, channels(), *)",
      functions: { channels: ownChannels },
      parameters: affine,
      buffers: running,
      sees: "place",
      example: "nn.SyncBatchNorm(3): (2, 3, 8) -> (2, 3, 8)",
    },
  ),
  ...module("nn.GroupNorm(num_groups, num_channels, eps=1e-05, affine=True)", {
    says: "Normalises groups of channels of every example.",
    shape: "(N, num_channels, *) -> (N, num_channels, *)",
    parameters: { weight: "(num_channels,) if affine", bias: "(num_channels,) if affine" },
    requires: { "num_groups > 0": "at least one group in num_groups" },
    check: groupsDivideChannels,
    accepts: severalValues,
    sees: "place",
    example: "nn.GroupNorm(2, 6): (2, 6, 4, 4) -> (2, 6, 4, 4)",
  }),
];
