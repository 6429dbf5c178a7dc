/** Recurrent layers and their cells (https://pytorch.org/docs/stable/nn.html#recurrent-layers). */
import { type Dim, add, constant, constantValue, multiply, product } from "../shape/dim";
import { maximum } from "../shape/division";
import { printDim, printShape } from "../shape/notation";
import { type Shape, knownDims } from "../shape/shape";
import { flagArgument, integerArgument, sizeOf, tensorArgument } from "./arguments";
import { type OperationCall, type Outcome, type Refusal, refuse } from "./call";
import { type Operation, module, operation, functions } from "./define";
import { proportion } from "./requirements";
import { isRefused, knownSizes, sequenceArgument, sequenceAxes } from "./sequence";
import { type SizeFunction, type SizeNames, type SizeValue, isDim, truth } from "./sizes";
import { type OpValue, type TensorValue, tensor, unknown } from "./value";

/** The sizes of a stack of recurrent layers; undefined where its arguments do not say. */
interface Stack {
  readonly directions: Dim;
  readonly layers: Dim;
  readonly hidden: Dim;
  /** What each step gives: the hidden state, or its projection. */
  readonly given: Dim;
}

function stackOf(call: OperationCall): Stack | undefined {
  const [layers, hidden] = ["num_layers", "hidden_size"].map((name) => sizeOf(call.values.get(name)));
  const projection = call.values.has("proj_size") ? integerArgument(call, "proj_size") : 0;
  const both = flagArgument(call, "bidirectional");
  if (!layers || !hidden || projection === undefined || both === undefined) return undefined;
  return { layers, hidden, directions: constant(both ? 2 : 1), given: projection > 0 ? constant(projection) : hidden };
}

/** `(output, (h, c))` of an LSTM, `(output, h)` of the others. */
function recur(call: OperationCall): Outcome {
  const batchFirst = flagArgument(call, "batch_first");
  const dims = sequenceArgument(call, "input", sizeOf(call.values.get("input_size")), batchFirst);
  const input = tensorArgument(call, "input");
  if (isRefused(dims)) return dims;
  const stack = stackOf(call);
  if (!dims || !input || !stack || batchFirst === undefined) return unknown("the input's sizes are not known");
  if (dims.length !== 2 && dims.length !== 3) return refuse("expects 2 or 3 dimensions", printShape(dims), input);
  const { batch } = sequenceAxes(dims.length, batchFirst);
  const states = statesOf(call, stack, batch === undefined ? [] : [dims[batch]!]);
  const problem = statesFit(call, states);
  if (problem) return problem;
  const shape = (sizes: Shape): OpValue => tensor(call.facts.resolveShape(sizes), input.dtype);
  const output = shape([...dims.slice(0, -1), multiply(stack.directions, stack.given)]);
  const last = states.map(shape);
  return { kind: "tuple", items: [output, last.length === 1 ? last[0]! : { kind: "tuple", items: last }] };
}

/** The shapes of the last states: the output's part, and an LSTM's cell. */
function statesOf(call: OperationCall, { layers, directions, hidden, given }: Stack, batch: readonly Dim[]): Shape[] {
  const front = [multiply(layers, directions), ...batch];
  return [[...front, given], ...(call.name === "nn.LSTM" ? [[...front, hidden]] : [])];
}

/** States that are handed over must have exactly the shapes of those that come out. */
function statesFit(call: OperationCall, states: readonly Shape[]): Refusal | undefined {
  const handed = call.values.get("hx");
  const given = handed?.kind === "tuple" ? handed.items : handed ? [handed] : [];
  if (handed?.kind === "tuple" && states.length === 1) return undefined;
  for (const [i, expected] of states.entries()) {
    const state = given[i];
    const dims = state?.kind === "tensor" ? knownDims(call.facts.resolveShape(state.shape)) : undefined;
    if (!dims || state?.kind !== "tensor") continue;
    const fits = dims.length === expected.length && dims.every((size, at) => same(call, size, expected[at] as Dim));
    if (!fits)
      return refuse(
        `expects ${["a hidden", "a cell"][i]!} state of shape ${printShape(expected)}`,
        printShape(dims),
        state,
      );
  }
  return undefined;
}

function same(call: OperationCall, a: Dim, b: Dim): boolean {
  return call.facts.equate(a, b) !== "no";
}

/** A cell's next state has a row for each row of its input. */
function step(call: OperationCall): Outcome {
  const input = tensorArgument(call, "input");
  const hidden = sizeOf(call.values.get("hidden_size"));
  const width = sizeOf(call.values.get("input_size"));
  const shape = input && call.facts.exposeBack(input.shape, 1);
  const dims = shape && knownDims(shape);
  if (!dims || !hidden) return unknown("the input's sizes are not known");
  if (dims.length !== 1 && dims.length !== 2) return refuse("expects 1 or 2 dimensions", printShape(dims), input);
  if (width && !same(call, dims.at(-1)!, width))
    return refuse(`expects ${printDim(width)} input features`, dims.at(-1)!, input, dims.length - 1);
  const states: Shape[] = Array.from({ length: call.name === "nn.LSTMCell" ? 2 : 1 }, () => [
    ...dims.slice(0, -1),
    hidden,
  ]);
  const problem = statesFit(call, states);
  if (problem) return problem;
  const next = states.map((sizes) => tensor(call.facts.resolveShape(sizes), input.dtype));
  return next.length === 1 ? next[0]! : { kind: "tuple", items: next };
}

/** What layer `k` reads: the input, or what both directions of the layer below give. */
function width([layer]: readonly SizeValue[], names: SizeNames): SizeValue {
  const [input, hidden, projection] = ["input_size", "hidden_size", "proj_size"].map((name) => names(name));
  if (isDim(layer) && layer.key === "0") return input;
  const given = truth(projection ?? constant(0)) ? projection : hidden;
  const both = truth(names("bidirectional"));
  return isDim(given) && both !== undefined ? multiply(given, constant(both ? 2 : 1)) : undefined;
}

/** Multiply-adds: every weight is used once at each step of each sequence. */
function gates(count: number): SizeFunction {
  return (_, names) => {
    const dims = knownSizes(names("input"));
    const layers = names("num_layers");
    const both = truth(names("bidirectional"));
    const [hidden, projection] = ["hidden_size", "proj_size"].map((name) => names(name));
    const stacked = isDim(layers) ? constantValue(layers) : undefined;
    if (!dims || stacked === undefined || both === undefined || !isDim(hidden)) return undefined;
    const projected = isDim(projection) && truth(projection) ? projection : undefined;
    const rows = multiply(product(dims.slice(0, -1)), constant(both ? 2 : 1));
    const ofLayer = (k: number): Dim | undefined => {
      const read = width([constant(k)], names);
      if (!isDim(read)) return undefined;
      const inner = multiply(multiply(constant(count), hidden), add(read, projected ?? hidden));
      return projected ? add(inner, multiply(projected, hidden)) : inner;
    };
    const works = Array.from({ length: Math.min(stacked, 1000) }, (_, k) => ofLayer(k));
    if (!works.every((work) => work !== undefined)) return undefined;
    return multiply(rows, works.reduce(add, constant(0)));
  };
}

/** Sequences of different lengths, one after the other with zeros behind; how long the longest is may not be known. */
function padSequences(call: OperationCall): Outcome {
  const list = call.values.get("sequences");
  const first = flagArgument(call, "batch_first");
  const items = list?.kind === "tuple" ? list.items : [];
  const shapes = items.map((item) => item.kind === "tensor" && knownDims(call.facts.resolveShape(item.shape)));
  const [rest] = shapes.map((dims) => dims && dims.slice(1));
  if (!rest || first === undefined || !shapes.every((dims) => dims && dims.length === rest.length + 1))
    return unknown("the sequences are not known");
  const longest = (shapes as (readonly Dim[])[]).map((dims) => dims[0]!).reduce(maximum);
  const front = first ? [constant(items.length), longest] : [longest, constant(items.length)];
  return tensor([...front, ...rest], (items[0] as TensorValue).dtype);
}

const stackArguments = "num_layers=1, bias=True, batch_first=False, dropout=0.0, bidirectional=False";

const kinds = [
  { name: "LSTM", gates: 4, last: ", proj_size=0", states: "(1, 2, 6), (1, 2, 6)" },
  { name: "GRU", gates: 3, last: "", states: "(1, 2, 6)" },
  { name: "RNN", gates: 1, last: "", states: "(1, 2, 6)" },
];

const layers: readonly Operation[] = kinds.flatMap(({ name, gates: count, last, states }) => {
  const given = name === "LSTM" ? "(proj_size or hidden_size)" : "hidden_size";
  const nonlinear = name === "RNN" ? ", nonlinearity='tanh'" : "";
  // The nonlinearity of an RNN stands behind the number of its layers.
  const options = name === "RNN" ? stackArguments.replace("num_layers=1", `num_layers=1${nonlinear}`) : stackArguments;
  return [
    ...module(`nn.${name}(input_size, hidden_size, ${options}${last})`, {
      says: "Reads sequences step by step, and keeps a state for each layer and direction.",
      forward: "forward(input, hx=None)",
      result: recur,
      check: proportion,
      requiresToRun: {
        "hidden_size > 0": "a positive hidden_size",
        "num_layers > 0": "at least one layer in num_layers",
      },
      requires: {
        ...(name === "RNN" && {
          "nonlinearity == 'tanh' or nonlinearity == 'relu'": "a nonlinearity of 'tanh' or 'relu'",
        }),
        ...(name === "LSTM" && {
          "proj_size >= 0": "a proj_size of at least 0",
          "proj_size < hidden_size": "a proj_size below hidden_size",
        }),
      },
      parameters: {
        "weight_ih_l{k}": `(${count} * hidden_size, width(k))`,
        "weight_hh_l{k}": `(${count} * hidden_size, ${given})`,
        "bias_ih_l{k}": `(${count} * hidden_size,) if bias`,
        "bias_hh_l{k}": `(${count} * hidden_size,) if bias`,
        ...(name === "LSTM" && { "weight_hr_l{k}": "(proj_size, hidden_size) if proj_size" }),
      },
      functions: { width, work: gates(count) },
      macs: "work()",
      example: `nn.${name}(4, 6, batch_first=True): (2, 5, 4) -> (2, 5, 6), ${states}`,
    }),
    ...module(`nn.${name}Cell(input_size, hidden_size, bias=True${nonlinear})`, {
      says: "One step of a recurrent layer.",
      forward: "forward(input, hx=None)",
      result: step,
      parameters: {
        weight_ih: `(${count} * hidden_size, input_size)`,
        weight_hh: `(${count} * hidden_size, hidden_size)`,
        bias_ih: `(${count} * hidden_size,) if bias`,
        bias_hh: `(${count} * hidden_size,) if bias`,
      },
      macs: `output * ${count} * (input_size + hidden_size)`,
      example: `nn.${name}Cell(4, 6): (2, 4) -> (2, 6)${name === "LSTM" ? ", (2, 6)" : ""}`,
    }),
  ];
});

export const recurrences: readonly Operation[] = [
  ...layers,
  ...functions(
    ["rnn_tanh_cell", "rnn_relu_cell"].map((name) => `torch.${name}(input, hx, w_ih, w_hh, b_ih=None, b_hh=None)`),
    {
      says: "One step of a recurrent layer with given weights.",
      shape: "(N, I), (N, H), (H, I), (H, H) -> (N, H)",
      macs: "output * (I + H)",
      example: "torch.rnn_tanh_cell(x, y, z, w): (2, 4), (2, 6), (6, 4), (6, 6) -> (2, 6)",
    },
  ),
  ...operation("torch.gru_cell(input, hx, w_ih, w_hh, b_ih=None, b_hh=None)", {
    says: "One step of a gated recurrent layer with given weights.",
    shape: "(N, I), (N, H), (3 * H, I), (3 * H, H) -> (N, H)",
    macs: "output * 3 * (I + H)",
    example: "torch.gru_cell(x, y, z, w): (2, 4), (2, 6), (18, 4), (18, 6) -> (2, 6)",
  }),
  ...operation("nn.utils.rnn.pad_sequence(sequences, batch_first=False, padding_value=0.0)", {
    says: "Stacks sequences of different lengths, with a constant behind the shorter ones.",
    result: padSequences,
    example: "nn.utils.rnn.pad_sequence([x, y], batch_first=True): (5, 3), (7, 3) -> (2, 7, 3)",
  }),
];
