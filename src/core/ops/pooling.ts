/** Pooling layers and functions (https://pytorch.org/docs/stable/nn.html#pooling-layers). */
import { atMost } from "../shape/bounds";
import { add, constant, constantValue, subtract, unknownSize } from "../shape/dim";
import { printDim } from "../shape/notation";
import { knownDims } from "../shape/shape";
import { tensorArgument } from "./arguments";
import { type OperationCall, type Outcome, refuse } from "./call";
import { type Operation, functions, module, modules, operation } from "./define";
import { tensor } from "./value";
import { type SizeFunction, isDim, isShape } from "./sizes";
import { adapt, perAxis, pool, poolIndexed, poolMean, slideBack, windowsOf } from "./windows";

const ranks = [
  { rank: 1, sizes: "L", before: "(2, 3, 9)", after: "(2, 3, 4)", adapted: "(2, 3, 5)" },
  { rank: 2, sizes: "H, W", before: "(2, 3, 9, 9)", after: "(2, 3, 4, 4)", adapted: "(2, 3, 5, 5)" },
  { rank: 3, sizes: "D, H, W", before: "(2, 3, 9, 9, 9)", after: "(2, 3, 4, 4, 4)", adapted: "(2, 3, 5, 5, 5)" },
];

/** Powers are averaged without padding. */
const poolPower: SizeFunction = (sizes, names) =>
  poolMean(sizes, (name) => (name === "padding" ? constant(0) : names(name)));

/** What a maximum pooling came from: given as it stands, or the smallest size that gives it. */
const unpool: SizeFunction = (sizes, names) => {
  const wanted = names("output_size");
  if (wanted === null)
    return sizes.map((size, i) => {
      const window = windowsOf((name) => (name === "dilation" ? constant(1) : names(name)), sizes.length)[i];
      return isDim(size) && window ? slideBack(size, window, constant(0)) : unknownSize();
    });
  return isShape(wanted) && wanted.length >= sizes.length ? wanted.slice(-sizes.length) : sizes.map(unknownSize);
};

/** `output_size` as it stands, or a share of the input that is rounded down. */
const chosen: SizeFunction = (sizes, names) => {
  const wanted = names("output_size");
  const windows = perAxis(names("kernel_size"), sizes.length);
  const given = wanted === null ? [] : perAxis(wanted, sizes.length);
  for (const [i, size] of sizes.entries()) {
    const needed = given[i] && windows[i] && add(given[i], subtract(windows[i], constant(1)));
    if (needed && isDim(size) && atMost(needed, size) === "no")
      return refuse(`expects at least ${printDim(needed)} pixels`, size);
  }
  return wanted === null ? sizes.map(unknownSize) : perAxis(wanted, sizes.length).map((size) => size ?? unknownSize());
};

/** Poolings that only some numbers of axes have. */
const rarePoolings: readonly Operation[] = ranks.flatMap(({ rank, sizes, before, after, adapted }) => {
  const power = "norm_type, kernel_size, stride=None, ceil_mode=False";
  const fraction = "kernel_size, output_size=None, output_ratio=None, return_indices=False, _random_samples=None";
  const shape = (name: string): string => `(N?, C, ${sizes}) -> (N?, C, *${name}(${sizes}))`;
  const unpooled = {
    says: "Puts the values of a maximum pooling back where they stood.",
    functions: { sizes: unpool },
    shape: `(N?, C, ${sizes}), (*any) -> (N?, C, *sizes(${sizes}))`,
  };
  const powers = {
    says: "Takes the power mean of each window.",
    shape: shape("windows"),
    functions: { windows: poolPower },
    sees: "window",
  } as const;
  const fractional = {
    says: "Keeps the largest value of windows whose sizes are drawn at random.",
    shape: shape("chosen"),
    functions: { chosen },
    requires: {
      "output_size == None or output_ratio == None": "an output_size or an output_ratio, not both",
      "not (output_size == None and output_ratio == None)": "an output_size or an output_ratio",
    },
    indices: true,
  } as const;
  return [
    ...module(`nn.MaxUnpool${rank}d(kernel_size, stride=None, padding=0)`, {
      ...unpooled,
      forward: "forward(input, indices, output_size=None)",
      example: `nn.MaxUnpool${rank}d(2): ${after}, ${after} int64 -> ${after.replaceAll("4", "8")}`,
    }),
    ...operation(`F.max_unpool${rank}d(input, indices, kernel_size, stride=None, padding=0, output_size=None)`, {
      ...unpooled,
      example: `F.max_unpool${rank}d(x, y, 2): ${after}, ${after} int64 -> ${after.replaceAll("4", "8")}`,
    }),
    ...(rank < 3
      ? [
          ...module(`nn.LPPool${rank}d(${power})`, {
            ...powers,
            example: `nn.LPPool${rank}d(2, 3, stride=2): ${before} -> ${after}`,
          }),
          ...operation(`F.lp_pool${rank}d(input, ${power})`, {
            ...powers,
            example: `F.lp_pool${rank}d(x, 2, 3, 2): ${before} -> ${after}`,
          }),
        ]
      : []),
    ...(rank > 1
      ? [
          ...module(`nn.FractionalMaxPool${rank}d(${fraction})`, {
            ...fractional,
            example: `nn.FractionalMaxPool${rank}d(2, output_size=5): ${before} -> ${adapted}`,
          }),
          ...operation(`F.fractional_max_pool${rank}d(input, ${fraction})`, {
            ...fractional,
            example: `F.fractional_max_pool${rank}d(x, 2, output_size=5): ${before} -> ${adapted}`,
          }),
        ]
      : []),
  ];
});

/** Poolings that give the places of the values whether they are asked for or not. */
const indexedPoolings: readonly Operation[] = ranks.flatMap(({ rank, sizes, before, after, adapted }) => {
  const shape = (name: string): string => `(N?, C, ${sizes}) -> (N?, C, *${name}(${sizes}))`;
  const maximum = "kernel_size, stride=None, padding=0, dilation=1, ceil_mode=False";
  return [
    ...functions(
      [
        `F.max_pool${rank}d_with_indices(input, ${maximum}, return_indices=False)`,
        ...(rank === 1 ? [`torch.max_pool1d_with_indices(input, ${maximum})`] : []),
      ],
      {
        says: "Keeps the largest value of each window, and says where it stood.",
        shape: shape("windows"),
        functions: { windows: poolIndexed },
        sees: "window",
        indices: "always",
        example: `F.max_pool${rank}d_with_indices(x, 2): ${before} -> ${after}, ${after}`,
      },
    ),
    ...functions(
      [
        `F.adaptive_max_pool${rank}d_with_indices(input, output_size, return_indices=False)`,
        ...(rank === 1 ? ["torch.adaptive_max_pool1d(input, output_size)"] : []),
      ],
      {
        says: "Divides its input into a grid of the wanted size, keeps the largest value of each cell and says where it stood.",
        shape: shape("adapted"),
        functions: { adapted: adapt },
        requiresToRun: { "least(output_size) >= 0": "an output_size of at least 0" },
        indices: "always",
        example: `F.adaptive_max_pool${rank}d_with_indices(x, 5): ${before} -> ${adapted}, ${adapted}`,
      },
    ),
  ];
});

/** To a single number, given as such, it is the mean over the last dimensions, of however many there are before them. */
const wholeMean =
  (rank: number) =>
  (call: OperationCall): Outcome | undefined => {
    const [input, size] = [tensorArgument(call, "input"), call.values.get("output_size")];
    const dims = input && knownDims(call.facts.resolveShape(input.shape));
    const isUsual = !dims || dims.length === rank + 1 || dims.length === rank + 2;
    if (isUsual || dims.length < rank || size?.kind !== "int" || constantValue(size.value) !== 1) return undefined;
    return tensor(
      dims.map((one, i) => (i < dims.length - rank ? one : constant(1))),
      input.dtype,
    );
  };

const commonPoolings: readonly Operation[] = ranks.flatMap(({ rank, sizes, before, after, adapted }) => {
  const windowed = { shape: `(N?, C, ${sizes}) -> (N?, C, *windows(${sizes}))`, sees: "window" } as const;
  const maximal = { ...windowed, functions: { windows: pool }, indices: true } as const;
  const mean = { ...windowed, functions: { windows: poolMean } } as const;
  const adaptive = {
    says: "Divides its input into a grid of the wanted size and keeps one value of each cell.",
    shape: `(N?, C, ${sizes}) -> (N?, C, *adapted(${sizes}))`,
    functions: { adapted: adapt },
    requiresToRun: { "least(output_size) >= 0": "an output_size of at least 0" },
    indices: true,
  } as const;
  const maximum = "kernel_size, stride=None, padding=0, dilation=1, return_indices=False, ceil_mode=False";
  const average = "kernel_size, stride=None, padding=0, ceil_mode=False, count_include_pad=True";
  const divisor = rank === 1 ? "" : ", divisor_override=None";
  return [
    ...modules([`nn.MaxPool${rank}d(${maximum})`], {
      attributes: { stride: "stride or kernel_size" },
      ...maximal,
      says: "Keeps the largest value of each window.",
      example: `nn.MaxPool${rank}d(2): ${before} -> ${after}`,
    }),
    ...modules([`nn.AvgPool${rank}d(${average}${divisor})`], {
      attributes: { stride: "stride or kernel_size" },
      ...mean,
      says: "Takes the mean of each window.",
      example: `nn.AvgPool${rank}d(3, stride=2): ${before} -> ${after}`,
    }),
    ...functions(
      [
        `F.max_pool${rank}d(input, kernel_size, stride=None, padding=0, dilation=1, ceil_mode=False, return_indices=False)`,
        `torch.max_pool${rank}d(input, kernel_size, stride=None, padding=0, dilation=1, ceil_mode=False)`,
      ],
      {
        ...maximal,
        says: "Keeps the largest value of each window.",
        example: `F.max_pool${rank}d(x, 2): ${before} -> ${after}`,
      },
    ),
    ...functions(
      [
        `F.avg_pool${rank}d(input, ${average}${divisor})`,
        ...(rank === 1 ? [`torch.avg_pool1d(input, ${average})`] : []),
      ],
      {
        ...mean,
        says: "Takes the mean of each window.",
        example: `F.avg_pool${rank}d(x, 3, 2): ${before} -> ${after}`,
      },
    ),
    ...modules([`nn.AdaptiveAvgPool${rank}d(output_size)`], {
      ...adaptive,
      ...(rank > 1 && { special: wholeMean(rank) }),
      example: `nn.AdaptiveAvgPool${rank}d(5): ${before} -> ${adapted}`,
    }),
    ...modules([`nn.AdaptiveMaxPool${rank}d(output_size, return_indices=False)`], {
      ...adaptive,
      example: `nn.AdaptiveAvgPool${rank}d(5): ${before} -> ${adapted}`,
    }),
    ...functions(
      [
        `F.adaptive_avg_pool${rank}d(input, output_size)`,
        ...(rank === 1 ? ["torch.adaptive_avg_pool1d(input, output_size)"] : []),
      ],
      {
        ...adaptive,
        ...(rank > 1 && { special: wholeMean(rank) }),
        example: `F.adaptive_avg_pool${rank}d(x, 5): ${before} -> ${adapted}`,
      },
    ),
    ...functions([`F.adaptive_max_pool${rank}d(input, output_size, return_indices=False)`], {
      ...adaptive,
      example: `F.adaptive_avg_pool${rank}d(x, 5): ${before} -> ${adapted}`,
    }),
  ];
});

export const poolings: readonly Operation[] = [...commonPoolings, ...indexedPoolings, ...rarePoolings];
