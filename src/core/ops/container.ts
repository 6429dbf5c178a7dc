/** Containers of layers (https://pytorch.org/docs/stable/nn.html#containers). The interpreter runs what they contain. */
import { type Operation, modules } from "./define";
import { unknown } from "./value";

export const containers: readonly Operation[] = [
  ...modules(["nn.Sequential(*args)"], {
    says: "Runs its layers one after the other.",
    result: () => unknown("a container is run layer by layer"),
    example: "nn.Sequential(nn.Linear(3, 4), nn.ReLU()): (2, 3) -> (2, 4)",
  }),
  ...modules(
    [
      "nn.ModuleList(modules=None)",
      "nn.ModuleDict(modules=None)",
      "nn.ParameterList(values=None)",
      "nn.ParameterDict(parameters=None)",
    ],
    {
      says: "Holds layers and registers them; it cannot be called.",
      result: () => unknown("this container cannot be called"),
      example: "nn.ModuleList([nn.Linear(3, 4)])[0]: (2, 3) -> (2, 4)",
    },
  ),
];
