/** Padding (https://pytorch.org/docs/stable/generated/torch.nn.functional.pad.html): from the last dimension on, two numbers for each. */
import { atMost, rangeOf } from "../shape/bounds";
import { type Dim, add, constant } from "../shape/dim";
import { printDim, printShape } from "../shape/notation";
import { type Axis, isRest, knownDims } from "../shape/shape";
import { integersArgument, sizeOf, tensorArgument } from "./arguments";
import { type OperationCall, type Outcome, type Refusal, refuse } from "./call";
import { type Operation, module, modules, operation } from "./define";
import { tensor, unknown } from "./value";

/** Pads the last dimensions; modes that repeat the input's own values ask more of it. */
function padded(call: OperationCall, paddings: readonly (Dim | undefined)[], mode: string): Outcome {
  const input = tensorArgument(call, "input");
  const count = paddings.length / 2;
  if (!input) return unknown("the input is not known to be a tensor");
  const given = printShape(call.facts.resolveShape(input.shape));
  if (!Number.isInteger(count))
    return refuse("needs two numbers for each dimension that it pads, not", `${paddings.length}`);
  if (paddings.length === 0) return tensor(call.facts.resolveShape(input.shape), input.dtype);
  const ranks = mode === "circular" ? [count + 2] : [count + 1, count + 2];
  const shape = call.facts.exposeBack(input.shape, count, ["W", "H", "D"]);
  if (!shape) return unknown("the rank of the input is not known");
  const rank = knownDims(shape)?.length;
  if (mode !== "constant" && rank !== undefined && !ranks.includes(rank))
    return refuse(`expects ${ranks.join(" or ")} dimensions for the mode ${mode}`, given, input);
  if (shape.length < count) return refuse(`expects at least ${count} dimensions`, given, input);
  const sizes: Axis[] = [...shape];
  for (let i = 0; i < count; i++) {
    const at = shape.length - 1 - i;
    const [before, after] = [paddings[2 * i], paddings[2 * i + 1]];
    const size = shape[at]!;
    if (isRest(size) || !before || !after) return unknown("how much is padded is not known");
    const problem = fits(call, size, [before, after], mode, at);
    if (problem) return problem;
    const total = add(size, add(before, after));
    // Versions differ in whether nothing at all may be left.
    if (total.key === "0") return unknown("the padding leaves nothing");
    sizes[at] = total;
  }
  return tensor(call.facts.resolveShape(sizes), input.dtype);
}

function fits(call: OperationCall, size: Dim, sides: readonly Dim[], mode: string, axis: number): Refusal | undefined {
  const input = tensorArgument(call, "input");
  const total = sides.reduce(add, size);
  if (rangeOf(total).max < 0) return refuse("leaves a size of", total, input, axis);
  // A reflection has one value less to repeat, since it leaves out the border itself.
  const most = mode === "reflect" ? add(size, constant(-1)) : size;
  const wide =
    mode === "reflect" || mode === "circular" ? sides.find((side) => atMost(side, most) === "no") : undefined;
  return wide && refuse(`can pad at most ${printDim(most)} in the mode ${mode}, not`, wide, input, axis);
}

function pad(call: OperationCall): Outcome {
  const mode = call.values.get("mode");
  const paddings = integersArgument(call, "pad");
  if (mode?.kind !== "str" || mode.value === undefined || !paddings)
    return unknown("how much is padded in which way is not known");
  return padded(call, paddings, mode.value);
}

const modes: readonly [RegExp, string][] = [
  [/Reflection/, "reflect"],
  [/Replication/, "replicate"],
  [/Circular/, "circular"],
  [/Zero|Constant/, "constant"],
];

/** A layer's one number stands for all sides. */
function padLayer(call: OperationCall): Outcome {
  const given = call.values.get("padding");
  const rank = Number(/(\d)d$/.exec(call.name)![1]);
  const paddings =
    given?.kind === "tuple" ? given.items.map(sizeOf) : Array.from({ length: 2 * rank }, () => sizeOf(given));
  return padded(call, paddings, modes.find(([name]) => name.test(call.name))![1]);
}

const ranks = [
  { rank: 1, shape: "(2, 3, 4)", result: "(2, 3, 6)" },
  { rank: 2, shape: "(2, 3, 4, 4)", result: "(2, 3, 6, 6)" },
  { rank: 3, shape: "(2, 3, 4, 4, 4)", result: "(2, 3, 6, 6, 6)" },
];

export const paddings: readonly Operation[] = [
  ...ranks.flatMap(({ rank, shape, result }) => [
    ...modules([`nn.ReflectionPad${rank}d(padding)`, `nn.ReplicationPad${rank}d(padding)`], {
      says: "Surrounds its input with values of its own.",
      result: padLayer,
      sees: "place",
      example: `nn.ReflectionPad${rank}d(1): ${shape} -> ${result}`,
    }),
    ...module(`nn.ConstantPad${rank}d(padding, value)`, {
      says: "Surrounds its input with a constant.",
      result: padLayer,
      sees: "place",
      example: `nn.ConstantPad${rank}d(1, 0.5): ${shape} -> ${result}`,
    }),
    ...module(`nn.ZeroPad${rank}d(padding)`, {
      says: "Surrounds its input with zeros.",
      ...(rank !== 2 && { since: "2.1" }),
      result: padLayer,
      sees: "place",
      example: `nn.ZeroPad${rank}d(1): ${shape} -> ${result}`,
    }),
    ...module(`nn.CircularPad${rank}d(padding)`, {
      says: "Continues its input from its other end.",
      since: "2.1",
      result: padLayer,
      sees: "place",
      example: `nn.CircularPad${rank}d(1): ${shape} -> ${result}`,
    }),
  ]),
  ...operation("F.pad(input, pad, mode='constant', value=None)", {
    says: "Surrounds its input with a constant or with values of its own, from the last dimension on.",
    result: pad,
    sees: "place",
    example: "F.pad(x, (1, 2, 3, 0)): (2, 3, 4) -> (2, 6, 7)",
  }),
  ...operation("torch.constant_pad_nd(input, pad, value=0)", {
    says: "Surrounds its input with a constant, from the last dimension on.",
    result: (call) => {
      const paddings = integersArgument(call, "pad");
      return paddings ? padded(call, paddings, "constant") : unknown("how much is padded is not known");
    },
    sees: "place",
    example: "torch.constant_pad_nd(x, (1, 2, 3, 0)): (2, 3, 4) -> (2, 6, 7)",
  }),
];
