/** Random tensors (https://pytorch.org/docs/stable/torch.html#random-sampling). */
import { unknownSize } from "../shape/dim";
import { printShape } from "../shape/notation";
import { knownDims } from "../shape/shape";
import { sizeOf, typeArgument } from "./arguments";
import { inputOf } from "./axes";
import { type OperationCall, type Outcome, refuse } from "./call";
import { sized, like, options } from "./creation";
import { type Operation, functions } from "./define";
import { combine, ofOneType } from "./elementwise";
import { tensor, unknown } from "./value";

/** `randint(high, size)`, `randint(low, high, size)`. */
function integers(call: OperationCall): Outcome {
  const [high, size] = [call.values.get("high")!, call.values.get("size")!];
  const isShort = size.kind === "none" && high.kind === "tuple";
  const result = sized(isShort ? { ...call, values: new Map([...call.values, ["size", high]]) } : call);
  return result.kind === "tensor" ? { ...result, dtype: typeArgument(call, "int64") } : result;
}

function shuffled(call: OperationCall): Outcome {
  return tensor([sizeOf(call.values.get("n")) ?? unknownSize()], typeArgument(call, "int64"));
}

/** `normal(mean, std)` has the shape of its tensors; with two numbers it needs a size. */
function normal(call: OperationCall): Outcome {
  const [mean, std] = ["mean", "std"].map((name) => call.values.get(name)!);
  if (call.values.get("size")?.kind !== "none") return sized(call);
  if (mean!.kind === "tensor" && std!.kind === "tensor") {
    const common = combine(mean, std, call);
    return common.kind === "tensor" ? tensor(common.shape, mean.dtype) : unknown("the shapes are not known");
  }
  const input = mean!.kind === "tensor" ? mean : std!.kind === "tensor" ? std : undefined;
  return input?.kind === "tensor"
    ? tensor(call.facts.resolveShape(input.shape), input.dtype)
    : unknown("the size is not known");
}

/** Draws from the last dimension, which becomes as many as are drawn. */
function drawn(call: OperationCall): Outcome {
  const [input, count] = [inputOf(call), sizeOf(call.values.get("num_samples"))];
  const dims = input && knownDims(call.facts.resolveShape(input.shape));
  if (!dims || !count) return unknown("the rank of the input or the number of draws is not known");
  if (dims.length === 0 || dims.length > 2) return refuse("draws from 1 or 2 dimensions, not", printShape(dims), input);
  return tensor([...dims.slice(0, -1), count], "int64");
}

export const randoms: readonly Operation[] = [
  ...functions([`torch.randint(low, high=None, size=None, ${options})`], {
    says: "Makes a tensor of random integers.",
    result: integers,
    example: "torch.randint(0, 10, (4,)): -> (4,)",
  }),
  ...functions([`torch.randperm(n, ${options})`], {
    says: "Puts the integers below a number into a random order.",
    result: shuffled,
    example: "torch.randperm(5): -> (5,)",
  }),
  ...functions([`torch.randint_like(input, low=0, high=None, ${options}, memory_format=None)`], {
    says: "Makes a tensor of random integers of the shape of another.",
    result: like,
    example: "torch.randint_like(x, 0, 5): (2, 3) -> (2, 3)",
  }),
  ...functions(["torch.normal(mean, std=1.0, size=None, *, generator=None, out=None)"], {
    says: "Draws normally distributed numbers.",
    result: normal,
    example: "torch.normal(0.0, 1.0, size=(2, 3)): -> (2, 3)",
  }),
  ...functions(
    ["torch.bernoulli(input, p=None, *, generator=None, out=None)", "torch.poisson(input, generator=None)"],
    {
      says: "Draws a number for each element, with the element as its parameter.",
      result: like,
      example: "torch.bernoulli(x): (2, 3) -> (2, 3)",
    },
  ),
  ...functions(["torch.binomial(count, prob, generator=None)"], {
    says: "Draws how many of a number of attempts succeed.",
    result: ofOneType("count", "prob"),
    example: "torch.binomial(x, y): (2, 3), (2, 3) -> (2, 3)",
  }),
  ...functions(["Tensor.bernoulli(input, p=None, *, generator=None)"], {
    says: "Draws zeros and ones, with the elements as probabilities.",
    result: like,
    example: "x.bernoulli(): (2, 3) -> (2, 3)",
  }),
  ...functions(["torch.multinomial(input, num_samples, replacement=False, *, generator=None)"], {
    method: true,
    says: "Draws indices, with the elements of each row as weights.",
    result: drawn,
    example: "torch.multinomial(x + 1, 2): (4, 5) -> (4, 2)",
  }),
];
