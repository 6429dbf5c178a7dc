/** Placeholders for a later quantization (https://pytorch.org/docs/stable/quantization-support.html): until then they change nothing. */
import { type Operation, modules } from "./define";
import { unknown } from "./value";

export const quantizations: readonly Operation[] = [
  ...modules(
    ["torch.ao.quantization", "torch.quantization"].flatMap((place) =>
      ["QuantStub", "DeQuantStub"].map((name) => `${place}.${name}(qconfig=None)`),
    ),
    {
      says: "Marks where a quantized model changes between kinds of numbers; gives back its input.",
      shape: "(*) -> (*)",
      sees: "place",
      example: "nn.Sequential(torch.quantization.QuantStub()): (2, 3) -> (2, 3)",
    },
  ),
  ...modules(
    ["torch.nn.quantized", "torch.ao.nn.quantized"].map((place) => `${place}.FloatFunctional()`),
    {
      says: "Its methods are operations that a quantized model watches; it cannot be called.",
      result: () => unknown("it has only methods"),
      children: { activation_post_process: "Identity()" },
      example: "nn.Sequential(torch.nn.quantized.FloatFunctional().activation_post_process): (2, 3) -> (2, 3)",
    },
  ),
];
