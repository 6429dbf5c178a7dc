/** The element types of a module's parameters: `double()`, `to(torch.float64)`, `type(...)`. */
import { type DType } from "../../ops/dtype";
import { tensorOf } from "../../ops/value";
import { namedModules } from "./modules";
import { type InstanceValue, type Value } from "../values/value";

/** Names and numbers of devices, devices themselves, and flags. */
const isNoType: ReadonlySet<Value["kind"]> = new Set(["str", "int", "bool", "none", "instance"]);

/** `to`: a type or a tensor among what it is given says the element type; what is not known may be one. */
export function converted(self: InstanceValue, given: readonly Value[], isOpen: boolean): InstanceValue {
  const type = given.find(({ kind }) => kind === "dtype" || kind === "tensor");
  if (type && "dtype" in type) return ofType(self, type.dtype);
  return isOpen || given.some((value) => !isNoType.has(value.kind)) ? ofType(self, undefined) : self;
}

/** Makes all that counts with fractions in a module be of one element type, or of one that is not known. */
export function ofType(self: InstanceValue, dtype: DType | undefined): InstanceValue {
  for (const { module } of namedModules(self))
    for (const [name, value] of module.attributes.items())
      if (value.kind === "tensor" && value.stored && value.dtype !== dtype && (value.dtype ?? "").includes("float"))
        module.attributes.set(name, tensorOf(value.shape, dtype, value.producer, value.stored));
  return self;
}
