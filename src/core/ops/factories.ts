/** The old constructors of tensors by their type: `torch.FloatTensor(2, 3)`. */
import { constant, unknownSize } from "../shape/dim";
import { unknownShape } from "../shape/shape";
import { sizeOf } from "./arguments";
import { inputOf } from "./axes";
import { type OperationCall, type Outcome } from "./call";
import { shapeOfData } from "./creation";
import { type Operation, functions } from "./define";
import { type DType } from "./dtype";
import { tensor, unknown } from "./value";

/** `torch.FloatTensor(2, 3)` is a size, `torch.FloatTensor([2, 3])` are numbers. */
function legacy(dtype: DType): (call: OperationCall) => Outcome {
  return (call) => {
    const given = call.values.get("data");
    const items = given?.kind === "tuple" ? given.items : [];
    const [only] = items;
    if (items.length === 0) return tensor([constant(0)], dtype);
    if (items.length === 1 && only?.kind === "tensor") return tensor(call.facts.resolveShape(only.shape), dtype);
    if (items.length === 1 && only?.kind === "tuple" && only.isSize)
      return tensor(
        only.items.map((item) => sizeOf(item) ?? unknownSize()),
        dtype,
      );
    // The sizes of another tensor may be a size or, in a list, the numbers.
    const isMeasured = only?.kind === "tuple" && only.items.some((item) => item.kind === "int" && item.measured);
    if (items.length === 1 && isMeasured) return tensor(unknownShape(), dtype);
    if (items.length === 1 && only?.kind === "tuple") return tensor(shapeOfData(only), dtype);
    // What stands alone may be a list of numbers; several can only be sizes.
    if (items.length === 1 && only?.kind !== "int") return tensor(unknownShape(), dtype);
    const sizes = items.map((item) => sizeOf(item) ?? unknownSize());
    return tensor(sizes, dtype);
  };
}

export const factories: readonly Operation[] = [
  ...Object.entries({
    Tensor: "float32",
    FloatTensor: "float32",
    DoubleTensor: "float64",
    HalfTensor: "float16",
    LongTensor: "int64",
    IntTensor: "int32",
    ShortTensor: "int16",
    ByteTensor: "uint8",
    BoolTensor: "bool",
  }).flatMap(([name, dtype]) =>
    functions([`torch.${name}(*data, device=None)`], {
      says: "Makes a tensor of the given size, without values, or of Python numbers.",
      result: legacy(dtype),
      example: `torch.${name}(2, 3): -> (2, 3)`,
    }),
  ),
  ...functions(["Tensor.new(input, *data, device=None)"], {
    says: "Makes a tensor of the given size, without values, or of Python numbers, of the type of another.",
    result: (call) => {
      const own = inputOf(call)?.dtype;
      return own === undefined ? unknown("the element type is not known") : legacy(own)(call);
    },
    example: "x.new(2, 3): (4,) -> (2, 3)",
  }),
];
