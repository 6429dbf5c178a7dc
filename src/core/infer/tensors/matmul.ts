/** Matrix products: `@`, `torch.matmul` (https://pytorch.org/docs/stable/generated/torch.matmul.html). */
import { refuse } from "../../ops/call";
import { promote } from "../../ops/dtype";
import { refusedTypes } from "../../ops/elementTypes";
import { type TensorValue, tensor, unknown } from "../../ops/value";
import { broadcast } from "../../shape/broadcast";
import { type Dim, multiply, product } from "../../shape/dim";
import { printDim, printShape } from "../../shape/notation";
import { type Axis, type Shape, isRest, knownDims, unknownShape } from "../../shape/shape";
import { type Machine, type Site } from "../machine";
import { type Value } from "../values/value";

export function matrixProduct(machine: Machine, left: Value, right: Value, site: Site): Value {
  if (left.kind !== "tensor" || right.kind !== "tensor") return unknown("an operand of @ is not known to be a tensor");
  const shape = productShape(machine, left, right, site);
  if (!shape) return unknown("the shapes do not fit");
  const mixed = refusedTypes("torch.matmul", factors(left, right));
  if (mixed) machine.record.refuse("torch.matmul", mixed, site);
  const result = tensor(shape, mixed ? undefined : promote(left.dtype, right.dtype));
  machine.record.count(multiplyAdds(shape, machine.facts.resolveShape(left.shape).at(-1)));
  return machine.produced(result, "torch.matmul", [left, right], site);
}

const factors = (input: TensorValue, other: TensorValue): ReadonlyMap<string, TensorValue> =>
  new Map([
    ["input", input],
    ["other", other],
  ]);

/** One multiply-add for each element of the result and each column of the left matrix. */
function multiplyAdds(shape: Shape, inner: Axis | undefined): Dim | undefined {
  const dims = knownDims(shape);
  return dims && inner && !isRest(inner) ? multiply(product(dims), inner) : undefined;
}

function productShape(machine: Machine, left: TensorValue, right: TensorValue, site: Site): Shape | undefined {
  const a = machine.facts.resolveShape(left.shape);
  const b = machine.facts.resolveShape(right.shape);
  const inner = a.at(-1);
  const rows = b.length > 1 ? b.at(-2) : b.at(-1);
  if (!inner || !rows || isRest(inner) || isRest(rows)) return unknownShape();
  if (machine.facts.equate(inner, rows) === "no") {
    const expects = `multiplies ${printShape(a)} by ${printShape(b)}: ${printDim(inner)} columns need as many rows, not`;
    machine.record.refuse("torch.matmul", refuse(expects, rows, right), site);
    return undefined;
  }
  if (!knownDims(a) && b.length === 2 && knownDims(b)) return [...a.slice(0, -1), b[1] as Dim];
  if (!knownDims(a) || !knownDims(b)) return unknownShape();
  const batch = broadcast(a.slice(0, -2), b.slice(0, -2), machine.facts);
  if (batch.kind === "mismatch") {
    const refusal = refuse(
      `cannot broadcast the batches of ${printShape(a)} and ${printShape(b)}:`,
      batch.right,
      right,
    );
    machine.record.refuse("torch.matmul", refusal, site);
    return undefined;
  }
  return [...batch.shape, ...(a.length > 1 ? [a.at(-2)!] : []), ...(b.length > 1 ? [b.at(-1)!] : [])];
}
