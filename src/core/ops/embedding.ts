/** Embeddings (https://pytorch.org/docs/stable/nn.html#sparse-layers): vectors that integers look up. */
import { constant, subtract } from "../shape/dim";
import { printShape } from "../shape/notation";
import { knownDims } from "../shape/shape";
import { flagArgument, shapeArgument, sizeOf, tensorArgument } from "./arguments";
import { type OperationCall, type Outcome, refuse } from "./call";
import { categoryOf } from "./dtype";
import { type Operation, module, operation } from "./define";
import { type SizeFunction, isDim } from "./sizes";
import { type TensorValue, none, tensor, unknown } from "./value";

function lookUp(call: OperationCall): Outcome {
  const [input, weight] = ["input", "weight"].map((name) => tensorArgument(call, name));
  const table = shapeArgument(call, "weight");
  const rows = table && knownDims(table);
  if (!input || !weight || !rows) return unknown("the table of vectors is not known");
  if (rows.length !== 2) return refuse("expects a weight of 2 dimensions", printShape(rows), weight);
  return tensor([...call.facts.resolveShape(input.shape), rows[1]!], weight.dtype);
}

/** Bags are the rows of a matrix, or what lies between offsets into a list. */
function bags(call: OperationCall): Outcome {
  const input = tensorArgument(call, "input");
  const offsets = call.values.get("offsets") ?? none;
  const weight = tensorArgument(call, "weight");
  const width = sizeOf(call.values.get("embedding_dim")) ?? (weight && knownDims(weight.shape)?.[1]);
  const dims = input && knownDims(call.facts.resolveShape(input.shape));
  if (!input || !dims || !width || offsets.kind === "unknown") return unknown("the bags are not known");
  const dtype = weight?.dtype ?? "float32";
  // The function takes the table first as well, as it once did.
  if (weight?.dtype && categoryOf(weight.dtype) === 1) return unknown("which is the table is not known");
  if (input.dtype && categoryOf(input.dtype) !== 1)
    return { ...refuse("expects whole numbers as indices", input.dtype, input), about: "types" };
  if (
    dims.length === 2 &&
    call.values.get("include_last_offset")?.kind === "bool" &&
    flagArgument(call, "include_last_offset")
  )
    return unknown("the last bag may be left out");
  if (dims.length === 2)
    return offsets.kind === "none"
      ? tensor([dims[0]!, width], dtype)
      : refuse("expects no offsets for an input of 2 dimensions, not", "offsets", input);
  if (dims.length !== 1) return refuse("expects 1 or 2 dimensions", printShape(dims), input);
  if (offsets.kind !== "tensor") return refuse("needs offsets for an input of 1 dimension, not", "None", input);
  return listed(call, offsets, [width], dtype);
}

function listed(
  call: OperationCall,
  offsets: TensorValue,
  width: readonly ReturnType<typeof constant>[],
  dtype: string,
): Outcome {
  const places = knownDims(call.facts.resolveShape(offsets.shape));
  const last = flagArgument(call, "include_last_offset");
  if (!places || last === undefined) return unknown("the number of bags is not known");
  if (places.length !== 1) return refuse("expects offsets of 1 dimension", printShape(places), offsets);
  return tensor([last ? subtract(places[0]!, constant(1)) : places[0]!, ...width], dtype);
}

/** How many classes there are may depend on the values. */
const classes: SizeFunction = (_, names) => {
  const count = names("num_classes");
  return isDim(count) && count.key !== "-1" ? count : undefined;
};

const options = "padding_idx=None, max_norm=None, norm_type=2.0, scale_grad_by_freq=False, sparse=False";
const bagOptions = "max_norm=None, norm_type=2.0, scale_grad_by_freq=False, mode='mean', sparse=False";
const inside = {
  "padding_idx == None or padding_idx < num_embeddings": "a padding_idx below num_embeddings",
  "padding_idx == None or padding_idx >= -num_embeddings": "a padding_idx of at least -num_embeddings",
};

export const embeddings: readonly Operation[] = [
  ...module(`nn.Embedding(num_embeddings, embedding_dim, ${options})`, {
    says: "Looks up a learned vector for every integer.",
    shape: "(*) -> (*, embedding_dim)",
    parameters: { weight: "(num_embeddings, embedding_dim)" },
    requires: inside,
    dtype: "float32",
    example: "nn.Embedding(100, 16): (2, 7) int64 -> (2, 7, 16)",
  }),
  ...module(
    `nn.EmbeddingBag(num_embeddings, embedding_dim, ${bagOptions}, _weight=None, include_last_offset=False, padding_idx=None)`,
    {
      says: "Looks up a learned vector for every integer, and averages or adds those of each bag.",
      forward: "forward(input, offsets=None, per_sample_weights=None)",
      result: bags,
      parameters: { weight: "(num_embeddings, embedding_dim)" },
      requires: inside,
      example: "nn.EmbeddingBag(100, 16): (2, 7) int64 -> (2, 16)",
    },
  ),
  ...operation(`F.embedding(input, weight, ${options})`, {
    says: "Looks up a row of a table for every integer.",
    result: lookUp,
    example: "F.embedding(x, y): (2, 7) int64, (100, 16) -> (2, 7, 16)",
  }),
  ...operation("torch.embedding(weight, input, padding_idx=-1, scale_grad_by_freq=False, sparse=False)", {
    says: "Looks up a row of a table for every integer.",
    result: lookUp,
    example: "torch.embedding(y, x): (2, 7) int64, (100, 16) -> (2, 7, 16)",
  }),
  ...operation(
    `F.embedding_bag(input, weight, offsets=None, ${bagOptions}, per_sample_weights=None, include_last_offset=False, padding_idx=None)`,
    {
      says: "Looks up a row of a table for every integer, and averages or adds those of each bag.",
      result: bags,
      example: "F.embedding_bag(x, y): (2, 7) int64, (100, 16) -> (2, 16)",
    },
  ),
  ...operation("F.one_hot(tensor, num_classes=-1)", {
    says: "Writes every integer as a vector with a single 1.",
    shape: "(*) -> (*, classes())",
    functions: { classes },
    dtype: "int64",
    example: "F.one_hot(x, 5): (2, 3) int64 -> (2, 3, 5)",
  }),
];
