/** What a tensor is asked for behind a dot: its sizes, its type, its memory seen in another way, its methods. */
import { type TensorValue, bool, int, none, str, unknown } from "../../ops/value";
import { knownDims } from "../../shape/shape";
import { newInstance, typeOfTensor } from "../classes/classes";
import { gradientOf } from "./gradients";
import { type Machine, type Site, args } from "../machine";
import { isTensorMethod } from "../values/kindNames";
import { isTrainable } from "../modules/moduleMethods";
import { sizesOf } from "../collections/sequences";
import { forgetNumbers } from "./tensorNumbers";
import { deviceNames, deviceOfTensor } from "../values/texts";
import { type Value, external } from "../values/value";

/** Attributes that share the tensor's memory. */
const sharedParts = new Set(["data", "T", "mT", "H", "mH", "real", "imag"]);

export function ofTensor(machine: Machine, value: TensorValue, name: string, site: Site): Value {
  if (sharedParts.has(name)) forgetNumbers(value);
  switch (name) {
    case "shape":
      return sizesOf(machine, value);
    case "__class__":
      return typeOfTensor(value);
    case "data":
      return withoutGraph(machine, value, site);
    case "dtype":
      return value.dtype === undefined
        ? unknown("the element type is not known")
        : { kind: "dtype", dtype: value.dtype };
    case "T":
      return machine.produced({ ...value, shape: [...value.shape].reverse() }, "Tensor.T", [value], site);
    case "mT":
    case "H":
    case "mH":
      return machine.call({ kind: "method", receiver: value, callee: external("Tensor.adjoint") }, args(), site);
    case "real":
      return machine.call(external("torch.real"), args(value), site);
    case "imag":
      return machine.call(external("torch.imag"), args(value), site);
    case "ndim": {
      const dims = knownDims(machine.facts.resolveShape(value.shape));
      return dims ? int(dims.length) : unknown("the rank of the tensor is not known");
    }
    case "device": {
      const device = newInstance(machine, external("torch.device"), site);
      device.attributes.set(deviceOfTensor, none);
      device.attributes.set("type", { ...str(undefined), madeOf: deviceNames[1] });
      return device;
    }
    case "requires_grad":
      // What was computed, and what `.data` cuts off, is no parameter itself.
      return bool(value.producer ? undefined : isTrainable(machine, value));
    case "is_cuda":
      return bool(undefined);

    case "grad":
      return gradientOf(value);
    default:
      return isTensorMethod(name)
        ? { kind: "method", receiver: value, callee: external(`Tensor.${name}`) }
        : unknown(`${name} of a tensor is not modelled`);
  }
}

/** `x.data`: the same memory, cut off from what it was computed from. */
function withoutGraph(machine: Machine, value: TensorValue, site: Site): TensorValue {
  const data = machine.produced(value, "Tensor.data", [value], site);
  return value.stored ? { ...data, stored: value.stored } : data;
}
