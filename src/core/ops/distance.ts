/** Distances and similarities of vectors (https://pytorch.org/docs/stable/nn.html#distance-functions). */
import { constant, multiply, subtract } from "../shape/dim";
import { floorDivide } from "../shape/division";
import { printShape } from "../shape/notation";
import { isRest, knownDims } from "../shape/shape";
import { axisIndex, flagArgument, integerArgument, isAxisOfNumber, tensorArgument } from "./arguments";
import { type OperationCall, type Outcome, isRefusal, refuse } from "./call";
import { type Operation, module, modules, operation, functions } from "./define";
import { combine } from "./elementwise";
import { type SizeFunction, isDim } from "./sizes";
import { tensor, unknown } from "./value";

/** Two tensors against each other, without the dimension that the vectors lie along. */
function compared(call: OperationCall): Outcome {
  const [x1, x2] = ["x1", "x2"].map((name) => tensorArgument(call, name));
  if (!x1 || !x2) return unknown("the two inputs are not known to be tensors");
  const common = combine(x1, x2, call);
  if (isRefusal(common) || common.kind !== "tensor") return common;
  const dim = call.values.has("dim") ? integerArgument(call, "dim") : -1;
  const keep = call.values.has("keepdim") ? flagArgument(call, "keepdim") : false;
  if (dim === undefined || keep === undefined) return unknown("the dimension of the vectors is not known");
  const shape = common.shape;
  if (isAxisOfNumber(shape, dim)) return tensor([], common.dtype);
  const axis = axisIndex(shape, dim);
  if (axis !== undefined && !isRest(shape[axis]!))
    return tensor([...shape.slice(0, axis), ...(keep ? [constant(1)] : []), ...shape.slice(axis + 1)], common.dtype);
  return knownDims(shape)
    ? refuse(`has no dimension ${dim} in`, printShape(shape), x1)
    : unknown("the rank of the inputs is not known");
}

/** n·(n − 1)/2 */
const pairs: SizeFunction = ([count]) =>
  isDim(count) ? floorDivide(multiply(count, subtract(count, constant(1))), constant(2)) : undefined;

const cosine = "x1, x2, dim=1, eps=1e-08";

export const distances: readonly Operation[] = [
  ...modules(["nn.CosineSimilarity(dim=1, eps=1e-08)"], {
    says: "The cosine of the angle between two vectors.",
    forward: "forward(x1, x2)",
    result: compared,
    example: "nn.CosineSimilarity(): (2, 3, 4), (2, 3, 4) -> (2, 4)",
  }),
  ...operation(`F.cosine_similarity(${cosine})`, {
    says: "The cosine of the angle between two vectors.",
    result: compared,
    example: "F.cosine_similarity(x, y, dim=-1): (2, 3, 4), (3, 4) -> (2, 3)",
  }),
  ...operation(`torch.cosine_similarity(${cosine})`, {
    says: "The cosine of the angle between two vectors.",
    result: compared,
    example: "torch.cosine_similarity(x, y): (2, 3), (2, 3) -> (2,)",
  }),
  ...module("nn.PairwiseDistance(p=2.0, eps=1e-06, keepdim=False)", {
    says: "The distance between vectors, pair by pair.",
    forward: "forward(x1, x2)",
    result: compared,
    example: "nn.PairwiseDistance(keepdim=True): (2, 3), (2, 3) -> (2, 1)",
  }),
  ...functions(
    ["F", "torch"].map((place) => `${place}.pairwise_distance(x1, x2, p=2.0, eps=1e-06, keepdim=False)`),
    {
      says: "The distance between vectors, pair by pair.",
      result: compared,
      example: "F.pairwise_distance(x, y): (2, 3), (2, 3) -> (2,)",
    },
  ),
  ...functions(["F.pdist(input, p=2.0)", "torch.pdist(input, p=2.0)"], {
    says: "The distances of all pairs of rows.",
    shape: "(n, m) -> (pairs(n),)",
    functions: { pairs },
    example: "F.pdist(x): (4, 3) -> (6,)",
  }),
];
