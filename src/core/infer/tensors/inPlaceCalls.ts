/** What calls do to the tensors that they are given: change them in place, or write what they compute into `out`. */
import { type TensorValue, tensorOf } from "../../ops/value";
import { findOperation } from "../../ops/registry";
import { replaceObject, sameObject, withoutShape } from "../values/identity";
import { knownItems } from "../collections/lists";
import { type Arguments, type Machine, type Site } from "../machine";
import { callOperation } from "../calls/operationCalls";
import { type Value } from "../values/value";

/** Methods that change the tensor's shape in place. */
const reshaping = new Set([
  "resize_",
  "resize_as_",
  "t_",
  "transpose_",
  "squeeze_",
  "unsqueeze_",
  "swapaxes_",
  "swapdims_",
  "set_",
  "as_strided_",
  "movedim_",
]);

/** `x.relu_()` gives its own tensor back; where it is a statement, every name of it is what that has computed from then on. */
export function inPlace(machine: Machine, name: string, receiver: TensorValue, value: Value, site: Site): Value {
  if (reshaping.has(name) || value.kind !== "tensor") return value;
  const after = sameObject(tensorOf(receiver.shape, receiver.dtype, value.producer, receiver.stored), receiver);
  const { producer } = receiver;
  // Parameters stay what they are, and a line that runs again and again is noted once.
  // Without gradients it stays what has been computed, as far as they are concerned.
  const isStatement = machine.record.statement === site.node && machine.record.grad === true;
  if (!isStatement || receiver.stored || !producer || !value.producer || producer.origin.span === site.node)
    return after;
  const [base] = producer.operation === "Tensor.data" ? producer.inputs : [];
  if (base)
    replaceObject(machine, base, tensorOf(base.shape, base.dtype, { ...value.producer, inputs: [base] }, base.stored));
  return replaceObject(machine, receiver, after);
}

/** `Tensor.relu_`, `torch.nn.init.normal_`: the tensor itself, with what its out-of-place twin computes noted. */
export function inPlaceOperation(machine: Machine, name: string, given: Arguments, site: Site): Value | undefined {
  const [first] = given.positional;
  const isInPlace = /^(torch\.|Tensor\.).*[^_]_$/.test(name) && first?.kind === "tensor";
  if (!isInPlace) return undefined;
  const method = name.split(".").at(-1)!;
  if (reshaping.has(method)) return reshapedInPlace(machine, first, method, given, site);
  const result = machine.produced(first, name.slice(0, -1), [first], site);
  return sameObject(tensorOf(result.shape, result.dtype, result.producer, first.stored), first);
}

/** What the out-of-place twin gives is from now on what every variable holds that held the tensor. */
function reshapedInPlace(
  machine: Machine,
  receiver: TensorValue,
  method: string,
  given: Arguments,
  site: Site,
): TensorValue {
  const twin = findOperation(`Tensor.${method.slice(0, -1)}`);
  const result = twin && callOperation(machine, twin, given, site);
  const after =
    result?.kind === "tensor"
      ? tensorOf(result.shape, result.dtype, result.producer, receiver.stored ?? result.stored)
      : withoutShape(receiver);
  return replaceObject(machine, receiver, after);
}

/** `torch.matmul(a, b, out=c)`: the tensor that is written into gets the size of the result, whatever it had. */
export function writtenOut(machine: Machine, out: Value, value: Value): Value {
  if (out.kind === "tensor") {
    const { dtype, stored, producer } = out;
    const own = { dtype, stored, ...(machine.record.grad !== true && { producer }) };
    const shaped = value.kind === "tensor" ? { ...value, ...own } : withoutShape(out);
    return replaceObject(machine, out, shaped);
  }
  const [outs, values] = [knownItems(out), knownItems(value)];
  outs?.forEach((one, i) => writtenOut(machine, one, values?.[i] ?? value));
  return outs ? out : value;
}
