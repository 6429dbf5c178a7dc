/** The engine as a calculator: `conv2d(32, kernel=3)`, `params(Linear(784, 256))`, for the terminal and for drills. */
import { inferExpression } from "../infer/analysis";
import { type Builtin } from "../infer/library/given";
import { isModule } from "../infer/classes/classes";
import { asNumber } from "../infer/values/truth";
import { knownItems } from "../infer/collections/lists";
import { type Value, external } from "../infer/values/value";
import { operations } from "../ops/registry";
import { int, unknown } from "../ops/value";
import { type Window, slide, slideBack, slideUp } from "../ops/windows";
import { type PythonParser } from "../python/parser";
import { isPositive } from "../shape/bounds";
import { type Dim, constantValue } from "../shape/dim";
import { SourceText } from "../text/source";
import { parameterCount } from "./values";

/** A number, several, or why there is none. */
export type Computed = number | number[] | { readonly problem: string };

export type Compute = (expression: string, variables?: Readonly<Record<string, number>>) => Computed;

/** A calculator over one parser. Names of layers stand for themselves: `Linear(784, 256)`. */
export function createCompute(parser: PythonParser): Compute {
  const nothing = new SourceText("<compute>", "");
  const known = knownNames();
  return (expression, variables = {}) => {
    // Hundreds of names are known; a drill that is drawn again and again binds the few that it uses.
    const used = [...known, ...Object.entries(variables).map(([name, value]) => [name, numberValue(value)] as const)];
    const written = new Set(expression.match(/[^\W\d]\w*/g));
    const names = new Map(used.filter(([name]) => written.has(name)));
    const inference = inferExpression(parser, nothing, expression, { functions, names });
    if (typeof inference === "string") return { problem: inference };
    return toComputed(inference.value, expression);
  };
}

/** The calculator's functions, the layers, and the libraries that hold more. */
function knownNames(): [string, Value][] {
  const layers = operations
    .filter((operation) => operation.kind === "module")
    .map((operation) => operation.qualifiedName);
  const libraries: [string, string][] = [
    ["nn", "torch.nn"],
    ["torch", "torch"],
    ["math", "math"],
  ];
  const short = [...functions.keys(), ...layers].map((name): [string, string] => [name.split(".").at(-1)!, name]);
  return [...libraries, ...short].map(([name, qualified]) => [name, external(qualified)]);
}

function numberValue(value: number): Value {
  return Number.isInteger(value) ? int(value) : { kind: "float", value };
}

function toComputed(value: Value, expression: string): Computed {
  const number = asNumber(value);
  if (number !== undefined) return number;
  const numbers = knownItems(value)?.map(asNumber);
  if (numbers && !numbers.includes(undefined)) return numbers as number[];
  return { problem: value.kind === "unknown" ? `${expression}: ${value.reason}.` : `${expression} gives no number.` };
}

/** The arguments of a window by name, in PyTorch's order behind the size. */
type WindowRule = (size: Dim, window: Window, more: Dim) => Dim;

/** `name(size, kernel, …)` for one size, or for one each axis. */
function windowed(order: readonly string[], defaults: Readonly<Record<string, number>>, rule: WindowRule): Builtin {
  return (_, { positional: [size, ...rest], keywords }) => {
    const argument = (name: string): Value | undefined =>
      keywords.get(name) ?? keywords.get(`${name}_size`) ?? rest[order.indexOf(name)];
    const given = (name: string): Value => argument(name) ?? int(defaults[name] ?? 1);
    if (!size || !argument("kernel")) return unknown("a size and a kernel are needed");
    const axis = (value: Value, i: number): Dim | undefined => {
      const item = knownItems(value)?.[i] ?? value;
      return item.kind === "int" ? item.value : undefined;
    };
    const sizes = knownItems(size) ?? [size];
    const results = sizes.map((_size, i): Value => {
      const stride = argument("stride") ?? (defaults.stride === undefined ? given("kernel") : given("stride"));
      const values = [
        axis(size, i),
        axis(given("kernel"), i),
        axis(stride, i),
        axis(given("padding"), i),
        axis(given("dilation"), i),
        axis(given("more"), i),
      ];
      if (values.includes(undefined)) return unknown("sizes, kernels and strides are whole numbers");
      const [n, kernel, step, padding, dilation, more] = values as [Dim, Dim, Dim, Dim, Dim, Dim];
      const result = rule(n, { kernel, stride: step, padding, dilation }, more);
      return isPositive(result) ? int(result) : unknown("the kernel is larger than the padded input");
    });
    const failed = results.find((result) => result.kind === "unknown");
    return failed ?? (knownItems(size) ? { kind: "tuple", items: results } : results[0]!);
  };
}

const convolution = windowed(
  ["kernel", "stride", "padding", "dilation"],
  { stride: 1, padding: 0, dilation: 1 },
  (size, window) => slide(size, window),
);
const pooling = windowed(
  ["kernel", "stride", "padding", "dilation", "ceil_mode"],
  { padding: 0, dilation: 1 },
  (size, window) => slide(size, window),
);
const poolingUp = windowed(["kernel", "stride", "padding"], { padding: 0, dilation: 1 }, (size, window) =>
  slideUp(size, window),
);
const transposed = windowed(
  ["kernel", "stride", "padding", "more", "dilation"],
  { stride: 1, padding: 0, more: 0, dilation: 1 },
  slideBack,
);

const pool: Builtin = (machine, given, site) => {
  const ceil = given.keywords.get("ceil_mode");
  return ceil?.kind === "bool" && ceil.value ? poolingUp(machine, given, site) : pooling(machine, given, site);
};

const transpose: Builtin = (machine, given, site) => {
  const more = given.keywords.get("output_padding");
  return transposed(machine, more ? { ...given, keywords: new Map([...given.keywords, ["more", more]]) } : given, site);
};

const countParameters: Builtin = (_, { positional }) => {
  let total = 0;
  for (const value of positional) {
    const count = isModule(value) ? constantValue(parameterCount(value)) : undefined;
    if (count === undefined) return unknown("params needs layers with known sizes");
    total += count;
  }
  return int(total);
};

/** KL(N(μ₁, σ₁²) ‖ N(μ₂, σ₂²)) = ln(σ₂/σ₁) + (σ₁² + (μ₁ − μ₂)²) / (2σ₂²) − ½. */
const gaussianDivergence: Builtin = (_, { positional }) => {
  const [mean1, std1, mean2, std2] = positional.map(asNumber);
  if (
    mean1 === undefined ||
    std1 === undefined ||
    mean2 === undefined ||
    std2 === undefined ||
    std1 <= 0 ||
    std2 <= 0
  ) {
    return unknown("kl_gaussian needs a mean and a positive standard deviation of each");
  }
  const value = Math.log(std2 / std1) + (std1 ** 2 + (mean1 - mean2) ** 2) / (2 * std2 ** 2) - 0.5;
  return { kind: "float", value };
};

/** Along layers given as (kernel, stride): r ← r + (k − 1)·j, j ← j·s. */
const receptiveField: Builtin = (_, { positional }) => {
  let [field, jump] = [1, 1];
  for (const layer of positional) {
    const [kernel, stride = 1] = (knownItems(layer) ?? [layer]).map(asNumber);
    if (kernel === undefined) return unknown("each layer is a kernel, or a kernel and a stride");
    field += (kernel - 1) * jump;
    jump *= stride;
  }
  return int(field);
};

/** `rounded(x, digits)` for display. Unlike Python's `round` it also takes whole numbers and exact halves. */
const rounded: Builtin = (_, { positional }) => {
  const [value, digits = 0] = positional.map(asNumber);
  if (value === undefined || !Number.isInteger(digits) || digits < 0 || digits > 15)
    return unknown("rounded needs a number and from 0 to 15 digits");
  return { kind: "float", value: Number(value.toFixed(digits)) };
};

const functions: ReadonlyMap<string, Builtin> = new Map<string, Builtin>([
  ...["conv1d", "conv2d", "conv3d"].map((name): [string, Builtin] => [`compute.${name}`, convolution]),
  ...["max_pool1d", "max_pool2d", "max_pool3d", "avg_pool1d", "avg_pool2d", "avg_pool3d"].map(
    (name): [string, Builtin] => [`compute.${name}`, pool],
  ),
  ...["conv_transpose1d", "conv_transpose2d", "conv_transpose3d"].map((name): [string, Builtin] => [
    `compute.${name}`,
    transpose,
  ]),
  ["compute.params", countParameters],
  ["compute.kl_gaussian", gaussianDivergence],
  ["compute.receptive_field", receptiveField],
  ["compute.rounded", rounded],
]);
