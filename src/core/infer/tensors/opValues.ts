/** Values as the rows of operations see them, and what those give as values. */
import { type DType } from "../../ops/dtype";
import { type OpValue, type TensorValue } from "../../ops/value";
import { knownItems } from "../collections/lists";
import { type Value, tensorOfArray } from "../values/value";

/** Lists may contain themselves; what is deeper than this is not looked at. */
const deepest = 8;

/** The element types that PyTorch takes Python's types for: `torch.ones(3, dtype=bool)`. */
const typesOfPython: ReadonlyMap<string, DType> = new Map([
  ["builtins.bool", "bool"],
  ["builtins.int", "int64"],
  ["builtins.float", "float64"],
]);

/** What an operation sees of a value. */
export function toOpValue(value: Value, depth = 0): OpValue {
  switch (value.kind) {
    case "tuple":
    case "list": {
      const items = depth < deepest ? knownItems(value) : undefined;
      if (!items) return { kind: "unknown", reason: "the list is not known" };
      const seen = items.map((item) => toOpValue(item, depth + 1));
      return { kind: "tuple", items: seen, ...(value.kind === "tuple" && value.isSize && { isSize: true }) };
    }
    case "instance":
      return value.attributes.get(tensorOfArray)?.kind === "tensor"
        ? (value.attributes.get(tensorOfArray) as TensorValue)
        : { kind: "other" };
    case "none":
    case "bool":
    case "int":
    case "float":
    case "str":
    case "dtype":
    case "tensor":
    case "unknown":
      return value;
    case "external":
      if (typesOfPython.has(value.name)) return { kind: "dtype", dtype: typesOfPython.get(value.name)! };
      return /^(torch|numpy|builtins)\b/.test(value.name)
        ? { kind: "other" }
        : { kind: "unknown", reason: `${value.name} is not known` };
    default:
      return { kind: "other" };
  }
}

/** The value that an operation gave; what it could not describe is not known. */
export function fromOpValue(value: OpValue): Value {
  if (value.kind === "tuple") return { ...value, items: value.items.map(fromOpValue) };
  return value.kind === "other" ? { kind: "unknown", reason: "the value is not modelled" } : value;
}
