/** Methods of Python's containers, and the tensor methods that are about Python rather than shapes. */
import { refuse } from "../../ops/call";
import { int, none, unknown } from "../../ops/value";
import { constantValue } from "../../shape/dim";
import { printShape } from "../../shape/notation";
import { knownDims, restIndex } from "../../shape/shape";
import { dictMethods } from "./dictMethods";
import { type Builtin, argument } from "../library/given";
import { refuseMany } from "../tensors/gradients";
import { elementCount } from "../library/torch";
import { listMethods } from "./listMethods";
import { matrixProduct } from "../tensors/matmul";
import { sizeAt, sizesOf } from "./sequences";
import { setMethods } from "./setMethods";

const size: Builtin = (machine, { positional: [value, dim], keywords }, site) => {
  if (value?.kind !== "tensor") return unknown("the tensor is not known");
  const which = dim ?? keywords.get("dim");
  if (!which) return sizesOf(machine, value);
  const at = which.kind === "int" ? constantValue(which.value) : undefined;
  if (at === undefined) return unknown("the dimension is not known");
  const dims = knownDims(machine.facts.resolveShape(value.shape));
  if (dims && (at >= dims.length || at < -dims.length))
    machine.record.refuse("size", refuse(`has no dimension ${at} in`, printShape(dims), value), site);
  return sizeAt(machine, value, at);
};

const rank: Builtin = (machine, { positional: [value] }) => {
  const shape = value?.kind === "tensor" ? machine.facts.resolveShape(value.shape) : undefined;
  return shape && restIndex(shape) < 0 ? int(knownDims(shape)!.length) : unknown("the rank of the tensor is not known");
};

/** Without a gradient of its own only one number can be derived. */
const backward: Builtin = (machine, given, site) => {
  const [value] = given.positional;
  if (value?.kind === "tensor" && (argument(given, 1, "gradient") ?? none).kind === "none")
    refuseMany(machine, "Tensor.backward", value, site);
  return none;
};

export const methods: ReadonlyMap<string, Builtin> = new Map<string, Builtin>([
  ...listMethods,
  ...setMethods,
  ...dictMethods,
  ["Tensor.size", size],
  ["Tensor.dim", rank],
  ["Tensor.ndimension", rank],
  ["Tensor.numel", (machine, { positional: [value] }) => elementCount(machine, value)],
  ["Tensor.backward", backward],
  [
    "Tensor.matmul",
    (machine, { positional: [left, right] }, site) =>
      left && right ? matrixProduct(machine, left, right, site) : unknown("a factor is missing"),
  ],
]);
