/** Pooling layers and functions (https://pytorch.org/docs/stable/nn.html#pooling-layers). */
import { type Operation, functions, modules } from "./define";
import { adapt, pool, poolMean } from "./windows";

const ranks = [
  { rank: 1, sizes: "L", before: "(2, 3, 9)", after: "(2, 3, 4)", adapted: "(2, 3, 5)" },
  { rank: 2, sizes: "H, W", before: "(2, 3, 9, 9)", after: "(2, 3, 4, 4)", adapted: "(2, 3, 5, 5)" },
  { rank: 3, sizes: "D, H, W", before: "(2, 3, 9, 9, 9)", after: "(2, 3, 4, 4, 4)", adapted: "(2, 3, 5, 5, 5)" },
];

export const poolings: readonly Operation[] = ranks.flatMap(({ rank, sizes, before, after, adapted }) => {
  const windowed = { shape: `(N?, C, ${sizes}) -> (N?, C, *windows(${sizes}))`, sees: "window" } as const;
  const maximal = { ...windowed, functions: { windows: pool }, indices: true } as const;
  const mean = { ...windowed, functions: { windows: poolMean } } as const;
  const adaptive = {
    says: "Divides its input into a grid of the wanted size and keeps one value of each cell.",
    shape: `(N?, C, ${sizes}) -> (N?, C, *adapted(${sizes}))`,
    functions: { adapted: adapt },
    indices: true,
  } as const;
  const maximum = "kernel_size, stride=None, padding=0, dilation=1, return_indices=False, ceil_mode=False";
  const average = "kernel_size, stride=None, padding=0, ceil_mode=False, count_include_pad=True";
  const divisor = rank === 1 ? "" : ", divisor_override=None";
  return [
    ...modules([`nn.MaxPool${rank}d(${maximum})`], {
      ...maximal,
      says: "Keeps the largest value of each window.",
      example: `nn.MaxPool${rank}d(2): ${before} -> ${after}`,
    }),
    ...modules([`nn.AvgPool${rank}d(${average}${divisor})`], {
      ...mean,
      says: "Takes the mean of each window.",
      example: `nn.AvgPool${rank}d(3, stride=2): ${before} -> ${after}`,
    }),
    ...functions(
      [
        `F.max_pool${rank}d(input, kernel_size, stride=None, padding=0, dilation=1, ceil_mode=False, return_indices=False)`,
      ],
      {
        ...maximal,
        says: "Keeps the largest value of each window.",
        example: `F.max_pool${rank}d(x, 2): ${before} -> ${after}`,
      },
    ),
    ...functions([`F.avg_pool${rank}d(input, ${average}${divisor})`], {
      ...mean,
      says: "Takes the mean of each window.",
      example: `F.avg_pool${rank}d(x, 3, 2): ${before} -> ${after}`,
    }),
    ...modules(
      [`nn.AdaptiveAvgPool${rank}d(output_size)`, `nn.AdaptiveMaxPool${rank}d(output_size, return_indices=False)`],
      {
        ...adaptive,
        example: `nn.AdaptiveAvgPool${rank}d(5): ${before} -> ${adapted}`,
      },
    ),
    ...functions(
      [
        `F.adaptive_avg_pool${rank}d(input, output_size)`,
        `F.adaptive_max_pool${rank}d(input, output_size, return_indices=False)`,
      ],
      {
        ...adaptive,
        example: `F.adaptive_avg_pool${rank}d(x, 5): ${before} -> ${adapted}`,
      },
    ),
  ];
});
