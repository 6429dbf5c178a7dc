/** What Python takes for true, and the numbers that values are, where that is known. */
import { rangeOf } from "../../shape/bounds";
import { constantValue } from "../../shape/dim";
import { findOperation } from "../../ops/registry";
import { type FloatValue } from "../../ops/value";
import { classAttribute, hasUnknownBase, linearised } from "../classes/classes";
import { dictIn } from "../classes/dictObjects";
import { knownItems } from "../collections/lists";
import { type InstanceValue, knownEntries, type Value } from "./value";

/** Names that stand for functions and classes, which are true. */
const functionNames = /^(builtins\.|torch\.is_tensor$)/;

/** Whether Python takes the value for true. */
export function truthOf(value: Value): boolean | undefined {
  switch (value.kind) {
    case "none":
      return false;
    case "bool":
      return value.value;
    case "int": {
      const { min, max } = rangeOf(value.value);
      if (min > 0 || max < 0) return true;
      return constantValue(value.value) === 0 ? false : undefined;
    }
    case "float":
      return value.value === undefined ? isNonzero(value.between) : value.value !== 0;
    case "str":
      return value.value === undefined ? undefined : value.value !== "";
    case "tuple":
    case "list": {
      // An iterator is true, whatever it still has.
      if (value.kind === "list" && value.reading === "once") return true;
      const items = knownItems(value);
      return items && items.length > 0;
    }
    case "dict":
      return knownEntries(value) ? value.entries.size > 0 : undefined;
    case "function":
    case "method":
    case "partial":
    case "class":
    case "dtype":
    case "slice":
      return true;
    case "external":
      return functionNames.test(value.name) || findOperation(value.name) !== undefined ? true : undefined;
    case "instance":
      return truthOfObject(value);
    case "data":
    case "file":
    case "import":
    case "tensor":
    case "unknown":
    case "size":
    case "super":
      return undefined;
  }
}

/** Objects are true unless their class says otherwise; containers of modules where there is something in them. */
function truthOfObject(value: InstanceValue): boolean | undefined {
  const { type, layer, attributes } = value;
  if (attributes.has("?")) return undefined;
  const held = dictIn(value);
  const own = ["__bool__", "__len__"].some((name) => classAttribute(linearised(type), name));
  if (held && !own) return truthOf(held);
  if (type.kind === "class") {
    const isPlain = linearised(type).every((base) =>
      base.kind === "class"
        ? !base.attributes.has("__bool__") && !base.attributes.has("__len__")
        : !isContainer(base.name),
    );
    return isPlain && !held && !hasUnknownBase(type) ? true : undefined;
  }
  const operation = layer.get("layer")?.operation;
  if (!operation) return plainNames.has(type.name) ? true : undefined;
  if (!isContainer(type.name)) return true;
  const count = attributes.keys().filter((name) => !name.startsWith("?") && name !== "training").length;
  return count > 0;
}

const plainNames = new Set(["argparse.Namespace", "types.SimpleNamespace", "re.Match", "re.Pattern"]);
const isContainer = (name: string): boolean => /(Sequential|List|Dict)$/.test(name);

/** What a number is not below and not above. */
export function boundsOf(value: Value): readonly number[] | undefined {
  const number = asNumber(value);
  return number === undefined ? (value.kind === "float" ? value.between : undefined) : [number];
}

function isNonzero(bounds: readonly [low: number, high: number] | undefined): true | undefined {
  return bounds && (bounds[0] > 0 || bounds[1] < 0) ? true : undefined;
}

/** Whether a value is a number of Python, known or not; booleans are. */
export function isNumber(value: Value | undefined): value is Extract<Value, { kind: "int" | "float" | "bool" }> {
  return value?.kind === "int" || value?.kind === "float" || value?.kind === "bool";
}

/** Larger than any number. */
export const infinite: FloatValue = { kind: "float", value: undefined, between: [Number.MAX_VALUE, Infinity] };

/** A fraction with the other sign, also where only its bounds are known. */
export function negated({ value, between, ofNumpy }: FloatValue): FloatValue {
  const bounds = between && ([-between[1], -between[0]] as const);
  return {
    kind: "float",
    value: value === undefined ? undefined : -value,
    ...(bounds && { between: bounds }),
    ...(ofNumpy && { ofNumpy }),
  };
}

/** The number that a value is, booleans included. */
export function asNumber(value: Value): number | undefined {
  if (value.kind === "int") return constantValue(value.value);
  if (value.kind === "float") return value.value;
  if (value.kind === "bool" && value.value !== undefined) return value.value ? 1 : 0;
  return undefined;
}
