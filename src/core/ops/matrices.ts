/** Tensors of matrices, as linear algebra takes them: batch dimensions, rows and columns. */
import { type Dim } from "../shape/dim";
import { printShape } from "../shape/notation";
import { type Shape, knownDims } from "../shape/shape";
import { axisIndex } from "./arguments";
import { exposeAll, inputOf, noRank, noTensor } from "./axes";
import { type OperationCall, type Outcome, type Refusal, refuse } from "./call";
import { type TensorValue, type UnknownValue } from "./value";

/** The shape of a tensor of matrices: batch dimensions, rows, columns. */
export interface Matrices {
  readonly kind: "matrices";
  readonly input: TensorValue;
  readonly batch: Shape;
  readonly rows: Dim;
  readonly columns: Dim;
}

export function matricesOf(call: OperationCall, input = inputOf(call)): Matrices | Refusal | UnknownValue {
  if (!input) return noTensor;
  const shape = exposeAll(call, input, [-2]);
  if (knownDims(shape) && shape.length < 2) return refuse("expects at least 2 dimensions", printShape(shape), input);
  if (axisIndex(shape, -2) === undefined) return noRank;
  const [rows, columns] = shape.slice(-2) as [Dim, Dim];
  return { kind: "matrices", input, batch: shape.slice(0, -2), rows, columns };
}

/** A result of matrices, square ones where that is asked for. */
export function ofMatrices(
  result: (matrices: Matrices, call: OperationCall) => Outcome,
  square = false,
): (call: OperationCall) => Outcome {
  return (call) => {
    const matrices = matricesOf(call);
    if (matrices.kind !== "matrices") return matrices;
    const isRefused = square && call.facts.equate(matrices.rows, matrices.columns) === "no";
    const shape = [...matrices.batch, matrices.rows, matrices.columns];
    return isRefused ? refuse("needs square matrices, not", printShape(shape), matrices.input) : result(matrices, call);
  };
}
