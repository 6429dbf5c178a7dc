/** Random views of tensors that were transposed, cut, expanded or calculated with: which of them PyTorch can give. */
import { type Random } from "../support/random";
import { type Generator, call, input, sizes, tuple } from "./generateTensors";

interface Drawn {
  readonly text: string;
  readonly shape: readonly number[];
}

type Step = (random: Random, drawn: Drawn) => Drawn;

const swap: Step = (random, { text, shape }) => {
  const [a, b] = [random.integer(0, shape.length - 1), random.integer(-shape.length, -1)];
  const swapped = [...shape];
  [swapped[a], swapped[b + shape.length]] = [shape[b + shape.length]!, shape[a]!];
  return { text: `${text}.${random.pick(["transpose", "swapaxes"])}(${a}, ${b})`, shape: swapped };
};

const permute: Step = (random, { text, shape }) => {
  const dims = random.shuffle(shape.map((_, i) => i));
  return { text: `${text}.permute(${dims.join(", ")})`, shape: dims.map((dim) => shape[dim]!) };
};

const cut: Step = (random, { text, shape }) => {
  const kept: number[] = [];
  const parts = shape.map((size) => {
    if (random.once(5) && shape.length > 1 && kept.length > 0) return String(random.integer(0, size - 1));
    const step = random.once(3) ? 2 : 1;
    const start = random.integer(0, Math.min(1, size - 1));
    kept.push(Math.ceil((size - start) / step));
    return `${start}:${step > 1 ? `:${step}` : ""}`;
  });
  const isNew = random.once(5);
  return { text: `${text}[${[...parts, ...(isNew ? ["None"] : [])].join(", ")}]`, shape: isNew ? [...kept, 1] : kept };
};

const plain =
  (suffix: string): Step =>
  (_, { text, shape }) => ({ text: text + suffix, shape });
const wrapped =
  (name: string): Step =>
  (_, { text, shape }) => ({ text: `${name}(${text})`, shape });

const unsqueeze: Step = (random, { text, shape }) => {
  const at = random.integer(0, shape.length);
  return { text: `${text}.unsqueeze(${at})`, shape: [...shape.slice(0, at), 1, ...shape.slice(at)] };
};

const expand: Step = (random, { text, shape }) => {
  const wanted = [random.integer(1, 3), ...shape.map((size) => (size === 1 ? random.integer(1, 3) : size))];
  return { text: `${text}.expand(${wanted.join(", ")})`, shape: wanted };
};

const half: Step = (random, { text, shape }) => {
  const dim = random.integer(0, shape.length - 1);
  const size = Math.ceil(shape[dim]! / 2);
  return { text: `${text}.chunk(2, ${dim})[0]`, shape: shape.map((own, i) => (i === dim ? size : own)) };
};

const project: Step = (random, { text, shape }) => {
  const out = random.integer(1, 4);
  return { text: `nn.Linear(${shape.at(-1)!}, ${out})(${text})`, shape: [...shape.slice(0, -1), out] };
};

const multiply: Step = (random, { text, shape }) => {
  const out = random.integer(1, 4);
  const wide = `torch.zeros(${[...shape.slice(0, -2), shape.at(-1)!, out].join(", ")})`;
  return shape.length < 2 ? { text, shape } : { text: `(${text} @ ${wide})`, shape: [...shape.slice(0, -1), out] };
};

const join: Step = (_, { text, shape }) => ({
  text: `torch.cat([${text}, torch.zeros(${shape.join(", ")})], 0)`,
  shape: [shape[0]! * 2, ...shape.slice(1)],
});

const reshape: Step = (random, { text, shape }) => {
  const wanted = factors(random, shape);
  return { text: `${text}.reshape(${wanted.join(", ")})`, shape: wanted };
};

const steps: readonly Step[] = [
  ...[swap, swap, permute, permute, cut, cut, unsqueeze, expand, half, project, multiply, join, reshape],
  ...[".contiguous()", ".detach()", ".float()", ".double().float()", ".relu()", ".clone()", ".to(torch.float64)"].map(
    plain,
  ),
  ...[".exp()", ".neg()", ".abs()", ".sqrt()", ".clamp(0, 1)", ".pow(2)", ".sigmoid()", ".softmax(-1)"].map(plain),
  ...["F.gelu", "F.silu", "F.elu", "F.leaky_relu", "torch.tanh", "nn.Dropout()", "F.dropout", "nn.Tanh()"].map(wrapped),
  ...["2 * a + 1", "a + a", "1 - a / 2", "a + torch.zeros(a.shape)", "a.masked_fill(a > 0, 1.0)", "a * (a > 0)"].map(
    (body) => wrapped(`(lambda a: ${body})`),
  ),
  ...["F.layer_norm(a, a.shape[-1:])", "F.log_softmax(a, 0)", "a + torch.zeros(a.shape[-1:])"].map((body) =>
    wrapped(`(lambda a: ${body})`),
  ),
];

/** Sizes of as many elements: neighbours merged, and some split again. */
function factors(random: Random, shape: readonly number[]): number[] {
  const merged: number[] = [];
  for (const size of shape)
    if (merged.length > 0 && random.once(2)) merged.push(merged.pop()! * size);
    else merged.push(size);
  return merged.flatMap((size) => {
    const parts = [2, 3].filter((part) => size % part === 0);
    if (parts.length === 0 || !random.once(3)) return [size];
    const part = random.pick(parts);
    return [size / part, part];
  });
}

const views: Generator = (random) => {
  const first = sizes(random, random.integer(1, 4), 1, 4);
  let drawn: Drawn = { text: "x", shape: first };
  for (let i = random.integer(1, 4); i > 0; i--) drawn = random.pick(steps)(random, drawn);
  const wanted = factors(random, drawn.shape);
  return call(`${drawn.text}.view(${random.once(4) ? "-1" : tuple(wanted)})`, input(first));
};

export const memoryGenerators = { views };
