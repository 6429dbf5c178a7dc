/** Normalisation of each example over its last dimensions (https://pytorch.org/docs/stable/nn.html#normalization-layers). */
import { printDim, printShape } from "../shape/notation";
import { type Shape, isRest } from "../shape/shape";
import { type OperationCall, type Outcome, refuse } from "./call";
import { type Operation, functions, module } from "./define";
import { misscaled } from "./normalization";
import { type SizeFunction, type SizeValue, isDim, isShape, toSizeValue } from "./sizes";
import { tensor, unknown } from "./value";

/** The trailing sizes that a layer was made for, given as one number or several. */
function normalizedSizes(value: SizeValue): Shape | undefined {
  return isDim(value) ? [value] : isShape(value) ? value : undefined;
}

const normalized: SizeFunction = (_, names) => normalizedSizes(names("normalized_shape"));

/** The input's last dimensions must be those that the layer was made for. */
function layerNorm({ values, facts }: OperationCall): Outcome {
  const input = values.get("input");
  if (input?.kind !== "tensor") return unknown("the input is not known to be a tensor");
  const sizes = normalizedSizes(toSizeValue(values.get("normalized_shape")));
  if (sizes?.length === 0) return unknown("a normalisation over no dimensions is not modelled");
  const shape = sizes && facts.exposeBack(input.shape, sizes.length);
  if (!sizes || !shape) return tensor(facts.resolveShape(input.shape), input.dtype);
  for (let i = 1; i <= sizes.length; i++) {
    const expected = sizes.at(-i);
    const size = shape.at(-i);
    if (!size || !expected) return refuse(`expects at least ${sizes.length} dimensions`, printShape(shape), input);
    if (isRest(size) || isRest(expected) || facts.equate(size, expected) !== "no") continue;
    return refuse(`expects ${printDim(expected)} features`, size, input, shape.length - i);
  }
  return tensor(facts.resolveShape(shape), input.dtype);
}

/** Weight and bias have exactly the normalised sizes. */
function scaledLayerNorm(call: OperationCall): Outcome {
  const sizes = normalizedSizes(toSizeValue(call.values.get("normalized_shape")));
  const outcome = layerNorm(call);
  return outcome.kind === "tensor" && sizes ? (misscaled(call, ["weight", "bias"], sizes) ?? outcome) : outcome;
}

export const layerNormalizations: readonly Operation[] = [
  ...module("nn.LayerNorm(normalized_shape, eps=1e-05, elementwise_affine=True, bias=True)", {
    says: "Normalises each example over its last dimensions.",
    result: layerNorm,
    parameters: {
      weight: "(*normalized()) if elementwise_affine",
      bias: "(*normalized()) if elementwise_affine and bias",
    },
    functions: { normalized },
    sees: "place",
    example: "nn.LayerNorm((5, 6)): (2, 5, 6) -> (2, 5, 6)",
  }),
  ...functions(
    [
      "F.layer_norm(input, normalized_shape, weight=None, bias=None, eps=1e-05)",
      "torch.layer_norm(input, normalized_shape, weight=None, bias=None, eps=1e-05, cudnn_enable=True)",
    ],
    {
      says: "Normalises each example over its last dimensions.",
      result: scaledLayerNorm,
      sees: "place",
      example: "F.layer_norm(x, (5, 6)): (2, 5, 6) -> (2, 5, 6)",
    },
  ),
  ...module("nn.RMSNorm(normalized_shape, eps=None, elementwise_affine=True)", {
    says: "Divides each example by the root of the mean of its squares over its last dimensions.",
    since: "2.4",
    result: layerNorm,
    parameters: { weight: "(*normalized()) if elementwise_affine" },
    functions: { normalized },
    sees: "place",
    example: "nn.RMSNorm((5, 6)): (2, 5, 6) -> (2, 5, 6)",
  }),
  ...functions(
    ["F", "torch"].map((place) => `${place}.rms_norm(input, normalized_shape, weight=None, eps=None)`),
    {
      says: "Divides each example by the root of the mean of its squares over its last dimensions.",
      since: "2.4",
      result: scaledLayerNorm,
      sees: "place",
      example: "F.rms_norm(x, (6,)): (2, 5, 6) -> (2, 5, 6)",
    },
  ),
];
