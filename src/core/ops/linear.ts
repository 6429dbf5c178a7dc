/** Linear layers and embeddings (https://pytorch.org/docs/stable/nn.html#linear-layers). */
import { type Operation, module } from "./define";

export const linears: readonly Operation[] = [
  ...module("nn.Linear(in_features, out_features, bias=True)", {
    says: "Multiplies the last dimension by a learned matrix and adds a bias.",
    shape: "(*, in_features) -> (*, out_features)",
    parameters: { weight: "(out_features, in_features)", bias: "(out_features,) if bias" },
    macs: "output * in_features",
    example: "nn.Linear(20, 30): (8, 5, 20) -> (8, 5, 30)",
  }),
  ...module("nn.Identity(*args)", {
    says: "Gives back its input.",
    shape: "(*) -> (*)",
    sees: "place",
    example: "nn.Identity(): (2, 3) -> (2, 3)",
  }),
  ...module(
    "nn.Embedding(num_embeddings, embedding_dim, padding_idx=None, max_norm=None, norm_type=2.0, scale_grad_by_freq=False, sparse=False)",
    {
      says: "Looks up a learned vector for every integer.",
      shape: "(*) -> (*, embedding_dim)",
      parameters: { weight: "(num_embeddings, embedding_dim)" },
      dtype: "float32",
      example: "nn.Embedding(100, 16): (2, 7) int64 -> (2, 7, 16)",
    },
  ),
];
