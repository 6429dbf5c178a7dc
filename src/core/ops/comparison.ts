/** Comparisons and questions, element by element (https://pytorch.org/docs/stable/torch.html#comparison-ops). */
import { noTensor } from "./axes";
import { type Operation, functions, each } from "./define";
import { both, binary, ofOneType } from "./elementwise";
import { tensor } from "./value";

export const comparisons: readonly Operation[] = [
  ...functions(each("isnan isinf isfinite isneginf isposinf isreal signbit", "(input)"), {
    method: true,
    says: "Asks something of every element.",
    shape: "(*) -> (*)",
    dtype: "bool",
    sees: "place",
    example: "torch.isnan(x): (2, 3) -> (2, 3)",
  }),
  ...functions(["torch.logical_not(input)"], {
    method: true,
    inPlace: true,
    says: "True where an element is zero or false.",
    shape: "(*) -> (*)",
    dtype: "bool",
    sees: "place",
    example: "torch.logical_not(x): (2, 3) -> (2, 3)",
  }),
  ...functions(
    each("eq ne lt le gt ge greater greater_equal less less_equal not_equal logical_and logical_or logical_xor", both),
    {
      method: true,
      inPlace: true,
      says: "Compares element by element, broadcasting the shapes.",
      result: binary("bool"),
      sees: "place",
      example: "torch.eq(x, y): (2, 3), (3,) -> (2, 3)",
    },
  ),
  ...functions(["torch.isclose(input, other, rtol=1e-05, atol=1e-08, equal_nan=False)"], {
    method: true,
    says: "True where two tensors are almost equal, broadcasting the shapes.",
    result: ofOneType("input", "other", "bool"),
    sees: "place",
    example: "torch.isclose(x, y): (2, 3), (3,) -> (2, 3)",
  }),
  ...functions(["torch.isin(elements, test_elements, *, assume_unique=False, invert=False)"], {
    says: "True where an element is one of some others.",
    result: (call) => {
      const elements = call.values.get("elements");
      if (elements?.kind === "tensor") return tensor(call.facts.resolveShape(elements.shape), "bool");
      return elements?.kind === "int" || elements?.kind === "float" ? tensor([], "bool") : noTensor;
    },
    example: "torch.isin(x, y): (2, 3), (4,) -> (2, 3)",
  }),
];
