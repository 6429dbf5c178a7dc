/** The sizes that a value has or consists of, under the names that their author gives them. */
import { type Frame } from "../infer/memory/scope";
import { type Value } from "../infer/values/value";
import { type IntValue } from "../ops/value";
import { type Dim, atomKey, constantValue, isUnknown, newSymbol, ofAtom, unknownSize } from "../shape/dim";
import { substitute } from "../shape/division";
import { type Shape, isRest } from "../shape/shape";

/** Whether a value is a size of a tensor, or was computed from one. */
export function isSize(value: Value): value is IntValue & { readonly measured: true } {
  return value.kind === "int" && value.measured === true;
}

/** The sizes of a tensor, or those that a value consists of; undefined where it does not, or is a plain number. */
export function sizesOf(value: Value): Shape | undefined {
  if (value.kind === "tensor") return value.shape;
  if (value.kind === "size") return value.of.shape;
  if (value.kind === "int")
    return isSize(value) || constantValue(value.value) === undefined ? [value.value] : undefined;
  const isOfSizes = value.kind === "tuple" && value.items.length > 0 && value.items.every(isSize);
  return isOfSizes ? value.items.map((item) => item.value) : undefined;
}

/** The shape with the names that the function's author gives to the sizes of its inputs. */
export function ownNames(shape: Shape, call: Frame): Shape {
  return shape.map((axis) => (isRest(axis) ? axis : ownName(axis, call)));
}

/** A size that goes by a name which its author has given to another one here has none. */
function ownName(size: Dim, { sizeNames = new Map<string, string>() }: Frame): Dim {
  const whole = isUnknown(size) ? sizeNames.get(size.key) : undefined;
  if (whole !== undefined) return newSymbol(whole, "free");
  const taken = new Set(sizeNames.values());
  return substitute(size, (symbol) => {
    const name = sizeNames.get(atomKey(symbol));
    if (name === undefined) return taken.has(symbol.name) || symbol.below ? unknownSize() : undefined;
    const isFixed = symbol.origin === "given" && !symbol.below;
    return isFixed || name === symbol.name ? undefined : ofAtom({ ...symbol, name, origin: "free" });
  });
}
