/** Reductions over some or all dimensions, and choices along one (https://pytorch.org/docs/stable/torch.html#reduction-ops). */
import { constant, constantValue } from "../shape/dim";
import { printShape } from "../shape/notation";
import { type Axis, type Shape, knownDims } from "../shape/shape";
import { axisIndex, flagArgument, integersArgument, isAxisOfNumber, tensorArgument, typeArgument } from "./arguments";
import { type OperationCall, type Outcome, isRefusal, refuse } from "./call";
import { type Operation, functions } from "./define";
import { type DType, categoryOf, toFloating } from "./dtype";
import { type TensorValue, tensor, unknown } from "./value";

/** The shape without the dimensions of `dim`, or with 1 in their place. */
function reducedShape(call: OperationCall, input: TensorValue): Shape | Outcome {
  const dim = call.values.get("dim");
  const keep = flagArgument(call, "keepdim");
  if (dim === undefined || dim.kind === "none") {
    if (keep === true) return unknown("keepdim over all dimensions is not modelled");
    return [];
  }
  const dims = integersArgument(call, "dim")?.map((size) => size && constantValue(size));
  if (!dims?.length || dims.includes(undefined) || keep === undefined)
    return unknown("the dimensions to reduce are not known");
  let shape = call.facts.resolveShape(input.shape);
  for (const index of dims as number[]) {
    shape = (index >= 0 ? call.facts.exposeFront(shape, index + 1) : call.facts.exposeBack(shape, -index)) ?? shape;
  }
  if (dims.length === 1 && isAxisOfNumber(shape, dims[0]!)) return [];
  const axes = (dims as number[]).map((index) => axisIndex(shape, index));
  const repeated = new Set(axes).size < axes.length && !axes.includes(undefined);
  if (repeated) return refuse(`reduces a dimension twice, ${dims.join(", ")} of`, printShape(shape), input);
  if (axes.includes(undefined)) {
    return knownDims(shape)
      ? refuse(`has no dimension ${dims.join(", ")} in`, printShape(shape), input)
      : unknown("the rank of the input is not known");
  }
  return shape.flatMap((axis, i): Axis[] => (!axes.includes(i) ? [axis] : keep ? [constant(1)] : []));
}

function reduce(dtype: (input: DType | undefined) => DType | undefined): (call: OperationCall) => Outcome {
  return (call) => {
    const input = tensorArgument(call, "input");
    if (!input) return unknown("the input is not known to be a tensor");
    const shape = reducedShape(call, input);
    return Array.isArray(shape) ? tensor(shape as Shape, typeArgument(call, dtype(input.dtype))) : (shape as Outcome);
  };
}

const sameType = (dtype: DType | undefined): DType | undefined => dtype;
const sumType = (dtype: DType | undefined): DType | undefined => (dtype && categoryOf(dtype) < 2 ? "int64" : dtype);

/** `max`, `min`, `median`: the values alone, or with a dimension the values and their indices. */
function choose(call: OperationCall): Outcome {
  const dim = call.values.get("dim");
  if (dim?.kind === "tensor") return unknown("the element-wise form is not modelled");
  const values = reduce(sameType)(call);
  if (isRefusal(values) || values.kind !== "tensor" || dim?.kind === "none") return values;
  return { kind: "tuple", items: [values, tensor(values.shape, "int64")] };
}

const over = "(input, dim=None, keepdim=False";

export const reductions: readonly Operation[] = [
  ...functions([`torch.sum${over}, dtype=None)`, `torch.prod${over}, dtype=None)`], {
    method: true,
    says: "Adds (or multiplies) the elements over some dimensions.",
    result: reduce(sumType),
    example: "torch.sum(x, dim=(0, -1), keepdim=True): (2, 3, 4) -> (1, 3, 1)",
  }),
  ...functions([`torch.mean${over}, dtype=None)`, "torch.logsumexp(input, dim, keepdim=False)"], {
    method: true,
    says: "Averages the elements over some dimensions.",
    result: reduce(toFloating),
    example: "torch.mean(x, dim=1): (2, 3, 4) -> (2, 4)",
  }),
  ...functions([`torch.argmax${over})`, `torch.argmin${over})`], {
    method: true,
    says: "Finds where the largest (smallest) element stands.",
    result: reduce(() => "int64"),
    example: "torch.argmax(x, dim=1): (2, 3) -> (2,)",
  }),
  ...functions([`torch.max${over})`, `torch.min${over})`], {
    method: true,
    says: "Finds the largest (smallest) elements, and with a dimension where they stand.",
    result: choose,
    example: "torch.max(x): (2, 3) -> ()",
  }),
];
