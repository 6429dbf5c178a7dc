/** Linear layers (https://pytorch.org/docs/stable/nn.html#linear-layers). */
import { type Operation, module, operation, functions } from "./define";
import { biasFits, weightSize } from "./requirements";

export const linears: readonly Operation[] = [
  ...module("nn.Linear(in_features, out_features, bias=True)", {
    says: "Multiplies the last dimension by a learned matrix and adds a bias.",
    shape: "(*, in_features) -> (*, out_features)",
    parameters: { weight: "(out_features, in_features)", bias: "(out_features,) if bias" },
    macs: "output * in_features",
    example: "nn.Linear(20, 30): (8, 5, 20) -> (8, 5, 30)",
  }),
  ...module("nn.Identity(*args, **kwargs)", {
    says: "Gives back its input.",
    shape: "(*) -> (*)",
    sees: "place",
    example: "nn.Identity(): (2, 3) -> (2, 3)",
  }),
  ...operation("F.linear(input, weight, bias=None)", {
    says: "Multiplies the last dimension by a given matrix and adds a bias.",
    shape: "(*, in_features), (out_features?, in_features) -> (*, out_features?)",
    check: (call) => biasFits(call, weightSize(call, 0), true),
    macs: "output * in_features",
    example: "F.linear(x, y): (8, 5, 20), (30, 20) -> (8, 5, 30)",
  }),
  ...module("nn.Bilinear(in1_features, in2_features, out_features, bias=True)", {
    says: "Combines two vectors through a learned tensor and adds a bias.",
    forward: "forward(input1, input2)",
    shape: "(*, in1_features), (*, in2_features) -> (*, out_features)",
    parameters: { weight: "(out_features, in1_features, in2_features)", bias: "(out_features,) if bias" },
    requires: { "in1_features > 0": "a positive in1_features" },
    macs: "output * in1_features * in2_features",
    example: "nn.Bilinear(3, 4, 5): (2, 3), (2, 4) -> (2, 5)",
  }),
  ...functions(["F.bilinear(input1, input2, weight, bias=None)", "torch.bilinear(input1, input2, weight, bias=None)"], {
    says: "Combines two vectors through a given tensor and adds a bias.",
    shape: "(*, in1_features), (*, in2_features), (out_features, in1_features, in2_features) -> (*, out_features)",
    check: (call) => biasFits(call, weightSize(call, 0), true),
    macs: "output * in1_features * in2_features",
    example: "F.bilinear(x, y, z): (2, 3), (2, 4), (5, 3, 4) -> (2, 5)",
  }),
];
