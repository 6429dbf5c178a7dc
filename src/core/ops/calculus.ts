/** Differences and areas along a dimension. */
import { type Dim, add, constant, constantValue, subtract } from "../shape/dim";
import { printShape } from "../shape/notation";
import { knownDims, sameShape } from "../shape/shape";
import { axisIndex, integerArgument, integersArgument } from "./arguments";
import { exposeAll, inputOf, noRank, knownIntegers, along, withSizes } from "./axes";
import { type OperationCall, type Outcome, refuse } from "./call";
import { type Operation, functions } from "./define";
import { toFloating } from "./dtype";
import { type OpValue, type TensorValue, tensor, unknown } from "./value";

/** One tensor of the input's shape for each of the dimensions, or for all of them. */
function slopes(call: OperationCall): Outcome {
  const input = inputOf(call);
  const dims = input && knownDims(call.facts.resolveShape(input.shape));
  const isWhole = call.values.get("dim")?.kind === "none";
  const axes = isWhole ? dims?.map((_, i) => i) : knownIntegers(integersArgument(call, "dim"));
  const order = integerArgument(call, "edge_order");
  if (!input || !dims || !axes || order === undefined) return unknown("the dimensions are not known");
  if (axes.some((dim) => axisIndex(dims, dim) === undefined))
    return refuse(`has not the dimensions ${axes.join(", ")} in`, printShape(dims), input);
  const small = axes
    .map((dim) => dims[axisIndex(dims, dim)!]!)
    .find((size) => (constantValue(size) ?? Infinity) <= order);
  if (small) return refuse(`needs more than ${order} elements along each dimension, not`, small, input);
  const dtype = toFloating(input.dtype);
  return { kind: "tuple", items: axes.map(() => tensor(dims, dtype)) };
}

/** Whether places belong to all values alike, or there is one for each. */
function areFor(places: OpValue | undefined, { shape }: TensorValue, { facts }: OperationCall): boolean {
  if (places?.kind !== "tensor") return true;
  const own = knownDims(facts.resolveShape(places.shape));
  return own?.length === 1 || sameShape(facts.resolveShape(places.shape), facts.resolveShape(shape));
}

/** Of the tensor alone, or with others in front of it and behind it. */
function differences(call: OperationCall): Outcome {
  const [input, times, dim] = [inputOf(call), integerArgument(call, "n"), integerArgument(call, "dim")];
  const around = ["prepend", "append"].flatMap((name) => call.values.get(name) ?? []);
  const others = around.filter((value) => value.kind === "tensor");
  const isWhole = around.every(({ kind }) => kind === "tensor" || kind === "none");
  if (!input || times === undefined || dim === undefined || !isWhole) return unknown("the arguments are not known");
  const shape = exposeAll(call, input, [dim]);
  const axis = axisIndex(shape, dim);
  if (axis === undefined) return noRank;
  if (times <= 0) return tensor(shape, input.dtype);
  const wholes = [input, ...others].map((one) => knownDims(call.facts.resolveShape(one.shape)));
  const isAlike = wholes.every((dims) => dims?.every((size, i) => i === axis || size.key === wholes[0]?.[i]?.key));
  const sizes = wholes.map((dims) => (dims?.length === wholes[0]?.length ? dims?.[axis] : undefined));
  const whole = sizes.reduce((all, size) => all && size && add(all, size)) ?? (shape[axis] as Dim);
  if ((sizes.includes(undefined) || !isAlike) && others.length > 0)
    return unknown("how many elements there are is not known");
  const size = constantValue(whole);
  const left = size === undefined ? subtract(whole, constant(times)) : constant(Math.max(0, size - times));
  return tensor(
    shape.map((one, i) => (i === axis ? left : one)),
    others.every(({ dtype }) => dtype === input.dtype) ? input.dtype : undefined,
  );
}

export const calculus: readonly Operation[] = [
  ...functions(["torch.trapezoid(y, x=None, *, dx=None, dim=-1)", "torch.trapz(y, x=None, *, dx=None, dim=-1)"], {
    says: "The area below a curve, by the trapezoidal rule.",
    result: (call) => {
      const [input, dim] = [inputOf(call), integerArgument(call, "dim")];
      const places = call.values.get("x");
      if (!input || dim === undefined || !areFor(places, input, call)) return unknown("the places are not modelled");
      const shape = exposeAll(call, input, [dim]);
      const axis = axisIndex(shape, dim);
      if (axis === undefined) return noRank;
      return tensor(
        shape.filter((_, i) => i !== axis),
        places?.kind === "tensor" && places.dtype !== input.dtype ? undefined : toFloating(input.dtype),
      );
    },
    example: "torch.trapezoid(x, dim=0): (4, 5) -> (5,)",
  }),
  ...functions(["torch.diff(input, n=1, dim=-1, prepend=None, append=None)"], {
    method: true,
    says: "The differences of neighbours along a dimension.",
    result: differences,
    example: "torch.diff(x, dim=1): (2, 5) -> (2, 4)",
  }),
  ...functions(["torch.cumulative_trapezoid(y, x=None, *, dx=None, dim=-1)"], {
    says: "The area below a curve up to each of its points, by the trapezoidal rule.",
    result: along((place, call) => {
      if (call.values.get("x")?.kind !== "none") return unknown("the places are not modelled");
      if (!place.size) return unknown("a single number is not modelled");
      const size = constantValue(place.size);
      const left = size === undefined ? subtract(place.size, constant(1)) : constant(Math.max(0, size - 1));
      return tensor(withSizes(place, left), toFloating(place.input.dtype));
    }),
    example: "torch.cumulative_trapezoid(x, dim=0): (4, 5) -> (3, 5)",
  }),
  ...functions(["torch.gradient(input, *, spacing=1, dim=None, edge_order=1)"], {
    says: "The slopes along dimensions, one tensor for each.",
    result: slopes,
    example: "torch.gradient(x): (4, 5) -> (4, 5), (4, 5)",
  }),
];
