/** Activations and dropout: results of their input's shape (https://pytorch.org/docs/stable/nn.html#non-linear-activations-weighted-sum-nonlinearity). */
import { type Operation, functions, module, modules } from "./define";

const samePlace = { shape: "(*) -> (*)", sees: "place" } as const;

export const activations: readonly Operation[] = [
  ...modules(
    [
      "nn.ReLU(inplace=False)",
      "nn.ReLU6(inplace=False)",
      "nn.LeakyReLU(negative_slope=0.01, inplace=False)",
      "nn.ELU(alpha=1.0, inplace=False)",
      "nn.CELU(alpha=1.0, inplace=False)",
      "nn.SELU(inplace=False)",
      "nn.GELU(approximate='none')",
      "nn.SiLU(inplace=False)",
      "nn.Mish(inplace=False)",
      "nn.Tanh()",
      "nn.Sigmoid()",
      "nn.LogSigmoid()",
      "nn.Hardtanh(min_val=-1.0, max_val=1.0, inplace=False)",
      "nn.Hardsigmoid(inplace=False)",
      "nn.Hardswish(inplace=False)",
      "nn.Softplus(beta=1, threshold=20)",
      "nn.Softsign()",
      "nn.Tanhshrink()",
      "nn.Softshrink(lambd=0.5)",
      "nn.Threshold(threshold, value, inplace=False)",
    ],
    { ...samePlace, says: "Applies a function to every element.", example: "nn.ReLU(): (2, 3, 4) -> (2, 3, 4)" },
  ),
  ...module("nn.PReLU(num_parameters=1, init=0.25)", {
    ...samePlace,
    says: "A leaky ReLU with a learned slope.",
    parameters: { weight: "(num_parameters,)" },
    example: "nn.PReLU(3): (2, 3, 4) -> (2, 3, 4)",
  }),
  ...modules(["nn.Softmax(dim=None)", "nn.LogSoftmax(dim=None)", "nn.Softmin(dim=None)"], {
    ...samePlace,
    says: "Turns scores along one dimension into (logarithms of) probabilities.",
    example: "nn.LogSoftmax(dim=-1): (2, 10) -> (2, 10)",
  }),
  ...modules(
    [
      "nn.Dropout(p=0.5, inplace=False)",
      "nn.Dropout1d(p=0.5, inplace=False)",
      "nn.Dropout2d(p=0.5, inplace=False)",
      "nn.Dropout3d(p=0.5, inplace=False)",
      "nn.AlphaDropout(p=0.5, inplace=False)",
    ],
    {
      ...samePlace,
      says: "Sets a random part of its input to zero while training, and scales the rest.",
      example: "nn.Dropout(0.1): (2, 3) -> (2, 3)",
    },
  ),
  ...functions(
    [
      "F.relu(input, inplace=False)",
      "F.relu6(input, inplace=False)",
      "F.leaky_relu(input, negative_slope=0.01, inplace=False)",
      "F.elu(input, alpha=1.0, inplace=False)",
      "F.selu(input, inplace=False)",
      "F.gelu(input, approximate='none')",
      "F.silu(input, inplace=False)",
      "F.mish(input, inplace=False)",
      "F.tanh(input)",
      "F.sigmoid(input)",
      "F.logsigmoid(input)",
      "F.hardtanh(input, min_val=-1.0, max_val=1.0, inplace=False)",
      "F.hardsigmoid(input, inplace=False)",
      "F.hardswish(input, inplace=False)",
      "F.softplus(input, beta=1, threshold=20)",
      "F.softsign(input)",
      "F.dropout(input, p=0.5, training=True, inplace=False)",
      "F.dropout1d(input, p=0.5, training=True, inplace=False)",
      "F.dropout2d(input, p=0.5, training=True, inplace=False)",
      "F.dropout3d(input, p=0.5, training=True, inplace=False)",
      "F.normalize(input, p=2.0, dim=1, eps=1e-12, out=None)",
    ],
    { ...samePlace, says: "Applies a function to every element.", example: "F.relu(x): (2, 3, 4) -> (2, 3, 4)" },
  ),
  ...functions(
    [
      "F.softmax(input, dim=None, _stacklevel=3, dtype=None)",
      "F.log_softmax(input, dim=None, _stacklevel=3, dtype=None)",
      "F.softmin(input, dim=None, _stacklevel=3, dtype=None)",
    ],
    {
      ...samePlace,
      says: "Turns scores along one dimension into (logarithms of) probabilities.",
      example: "F.log_softmax(x, dim=1): (2, 10) -> (2, 10)",
    },
  ),
  ...functions(["torch.softmax(input, dim, dtype=None)", "torch.log_softmax(input, dim, dtype=None)"], {
    ...samePlace,
    method: true,
    says: "Turns scores along one dimension into (logarithms of) probabilities.",
    example: "torch.softmax(x, dim=1): (2, 10) -> (2, 10)",
  }),
];
