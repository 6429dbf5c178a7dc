/** Parts of complex numbers, and numbers made of parts. */
import { mapped } from "./axes";
import { type Operation, functions, each } from "./define";
import { toFloating, partType, complexType } from "./dtype";
import { combine } from "./elementwise";

export const complexNumbers: readonly Operation[] = [
  ...functions(each("angle", "(input)"), {
    method: true,
    says: "The angle of complex numbers.",
    result: mapped((dtype) => toFloating(partType(dtype))),
    sees: "place",
    example: "torch.angle(x): (2, 3) -> (2, 3)",
  }),
  ...functions(["torch.real(input)"], {
    says: "The real parts of complex numbers.",
    result: mapped(partType),
    sees: "place",
    example: "torch.real(x): (2, 3) complex64 -> (2, 3)",
  }),
  ...functions(["torch.imag(input)"], {
    says: "The imaginary parts of complex numbers.",
    result: mapped((dtype) => (dtype?.startsWith("complex") ? partType(dtype) : undefined)),
    sees: "place",
    example: "torch.imag(x): (2, 3) complex64 -> (2, 3)",
  }),
  ...functions(each("complex", "(real, imag)"), {
    says: "Makes complex numbers of their parts.",
    result: (call) => {
      const result = combine(call.values.get("real")!, call.values.get("imag")!, call);
      return result.kind === "tensor" ? { ...result, dtype: complexType(result.dtype) } : result;
    },
    example: "torch.complex(x, y): (2, 3), (2, 3) -> (2, 3)",
  }),
  ...functions(each("polar", "(abs, angle)"), {
    says: "Makes complex numbers of their lengths and angles.",
    result: (call) => {
      const result = combine(call.values.get("abs")!, call.values.get("angle")!, call);
      return result.kind === "tensor" ? { ...result, dtype: complexType(result.dtype) } : result;
    },
    example: "torch.polar(x, y): (2, 3), (2, 3) -> (2, 3)",
  }),
];
