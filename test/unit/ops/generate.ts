/** Random calls of operations, right and wrong ones: one function for each family. */
import { type Input, type OperationCase } from "../support/operations";
import { type Random } from "../support/random";

export type Generator = (random: Random) => OperationCase;

export const float = (...shape: number[]): Input => ({ shape, dtype: "float32" });

export function sizes(random: Random, count: number, low = 1, high = 6): number[] {
  return Array.from({ length: count }, () => random.integer(low, high));
}

export function shapeOf(random: Random, most = 4): number[] {
  return sizes(random, random.integer(0, most), 1, 4);
}

export const tuple = (items: readonly unknown[]): string =>
  items.length === 1 ? `(${String(items[0])},)` : `(${items.join(", ")})`;

/** One number for all axes, or one for each. */
export function perAxis(random: Random, rank: number, low: number, high: number): string {
  return random.once(3) ? tuple(sizes(random, rank, low, high)) : String(random.integer(low, high));
}

/** Arguments in any order, some of them left out. */
export function options(random: Random, all: Readonly<Record<string, string>>): string {
  const chosen = Object.entries(all).filter(() => random.once(2));
  return chosen.map(([name, value]) => `, ${name}=${value}`).join("");
}

/** An input as a layer wants it, seldom with a wrong number of dimensions or channels. */
export function image(random: Random, rank: number, channels: number, batched = !random.once(4)): Input {
  const own = random.once(8) ? channels + 1 : channels;
  const spatial = sizes(random, random.once(12) ? rank + 1 : rank, 1, 9);
  return float(...(batched ? [random.integer(1, 3)] : []), own, ...spatial);
}

export const layer = (expression: string, ...inputs: Input[]): OperationCase => ({ expression, isLayer: true, inputs });
export const call = (expression: string, ...inputs: Input[]): OperationCase => ({ expression, isLayer: false, inputs });

const convolution: Generator = (random) => {
  const rank = random.integer(1, 3);
  const groups = random.pick([1, 1, 1, 2, 3]);
  const [before, after] = [groups * random.integer(1, 3), groups * random.integer(1, 3) + (random.once(12) ? 1 : 0)];
  const padding = random.once(6) ? random.pick(["'same'", "'valid'"]) : perAxis(random, rank, 0, 2);
  const all = {
    stride: perAxis(random, rank, 1, 3),
    padding,
    dilation: perAxis(random, rank, 1, 2),
    bias: random.pick(["True", "False"]),
  };
  const kernel = perAxis(random, rank, 1, 4);
  const grouped = groups === 1 ? "" : `, groups=${groups}`;
  const expression = `nn.Conv${rank}d(${before}, ${after}, ${kernel}${options(random, all)}${grouped})`;
  return layer(expression, image(random, rank, before));
};

const transposed: Generator = (random) => {
  const rank = random.integer(1, 3);
  const [before, after] = sizes(random, 2, 1, 4) as [number, number];
  const all = {
    stride: perAxis(random, rank, 1, 3),
    padding: perAxis(random, rank, 0, 2),
    output_padding: perAxis(random, rank, 0, 1),
    dilation: perAxis(random, rank, 1, 2),
    bias: "False",
  };
  const expression = `nn.ConvTranspose${rank}d(${before}, ${after}, ${perAxis(random, rank, 1, 4)}${options(random, all)})`;
  return layer(expression, image(random, rank, before));
};

const pooling: Generator = (random) => {
  const rank = random.integer(1, 3);
  const kind = random.pick(["Max", "Avg"]);
  const all: Record<string, string> = {
    stride: perAxis(random, rank, 1, 3),
    padding: perAxis(random, rank, 0, 2),
    ceil_mode: random.pick(["True", "False"]),
    ...(kind === "Max" && { dilation: perAxis(random, rank, 1, 2), return_indices: random.pick(["True", "False"]) }),
  };
  const input = image(random, rank, random.integer(1, 3));
  const rest = `${perAxis(random, rank, 1, 4)}${options(random, all)}`;
  return random.once(2)
    ? layer(`nn.${kind}Pool${rank}d(${rest})`, input)
    : call(`F.${kind.toLowerCase()}_pool${rank}d(x, ${rest})`, input);
};

const adaptive: Generator = (random) => {
  const rank = random.integer(1, 3);
  const kind = random.pick(["Avg", "Max"]);
  const input = image(random, rank, 3);
  // PyTorch lets more dimensions than its documentation through where every output size is 1.
  const size = input.shape.length > rank + 2 ? "2" : perAxis(random, rank, 1, 5);
  return layer(`nn.Adaptive${kind}Pool${rank}d(${size})`, input);
};

const linear: Generator = (random) => {
  const width = random.integer(1, 5);
  const shape = [...shapeOf(random, 3), random.once(6) ? width + 1 : width];
  const bias = random.once(3) ? ", bias=False" : "";
  return layer(`nn.Linear(${width}, ${random.integer(1, 5)}${bias})`, float(...shape));
};

const embedding: Generator = (random) =>
  layer(`nn.Embedding(${random.integer(3, 9)}, ${random.integer(1, 5)})`, {
    shape: shapeOf(random, 3),
    dtype: "int64",
  });

const normalisation: Generator = (random) => {
  const rank = random.integer(1, 3);
  const channels = random.integer(2, 6);
  const input = random.once(5) ? float(...shapeOf(random)) : image(random, rank, channels, !random.once(6));
  const flag = options(random, {
    affine: random.pick(["True", "False"]),
    track_running_stats: random.pick(["True", "False"]),
  });
  switch (random.pick(["batch", "instance", "group", "layer"])) {
    case "batch":
      return layer(`nn.BatchNorm${rank}d(${channels}${flag})`, input);
    case "instance":
      return layer(`nn.InstanceNorm${rank}d(${channels}${flag})`, input);
    case "group":
      return layer(`nn.GroupNorm(${random.pick([1, 2, channels])}, ${channels})`, input);
    default: {
      const last = input.shape.slice(-random.integer(1, 2));
      const wanted = random.once(5) ? [...last, 3] : last;
      const given = wanted.length === 1 && random.once(2) ? String(wanted[0]) : tuple(wanted);
      return layer(`nn.LayerNorm(${given}${options(random, { elementwise_affine: "False" })})`, input);
    }
  }
};

const flattening: Generator = (random) => {
  const input = float(...shapeOf(random));
  const [start, end] = [random.integer(-4, 3), random.integer(-4, 4)];
  return random.pick([
    call(`x.flatten(${start})`, input),
    call(`torch.flatten(x, ${start}, ${end})`, input),
    call(`torch.flatten(x, end_dim=${end})`, input),
    layer("nn.Flatten()", input),
    layer(`nn.Flatten(${start}, end_dim=${end})`, input),
  ]);
};

const viewing: Generator = (random) => {
  const shape = shapeOf(random);
  const elements = shape.reduce((a, b) => a * b, 1);
  const front = random.pick([1, 2, 3, 4]);
  const wanted = random.pick([
    [-1],
    [elements],
    [front, -1],
    [-1, ...shape.slice(-1)],
    random.shuffle(shape),
    [front, Math.floor(elements / front)],
    [-1, random.integer(1, 4), -1],
    [...shape.slice(0, 1), -1, 1],
    [-2, 2],
  ]);
  const form = random.pick([
    "x.view(LIST)",
    "x.reshape(LIST)",
    "torch.reshape(x, TUPLE)",
    "x.view(TUPLE)",
    "x.reshape(shape=TUPLE)",
  ]);
  return call(
    form.replace("LIST", wanted.join(", ")).replace("TUPLE", wanted.length ? tuple(wanted) : "()"),
    float(...shape),
  );
};

const rearranging: Generator = (random) => {
  const shape = shapeOf(random);
  const rank = shape.length;
  const dim = random.integer(-rank - 1, rank);
  const other = random.integer(-rank - 1, rank);
  const order = random.shuffle(shape.map((_, i) => (random.once(3) ? i - rank : i)));
  const wrong = random.once(6) ? [...order, 0] : order;
  const ones = shape.map((size) => (random.once(2) ? 1 : size));
  return random.pick([
    call(`x.permute(${wrong.join(", ")})`, float(...shape)),
    call(`torch.permute(x, dims=[${wrong.join(", ")}])`, float(...shape)),
    call(`x.transpose(${dim}, ${other})`, float(...shape)),
    call(`torch.transpose(x, dim0=${dim}, dim1=${other})`, float(...shape)),
    call(`x.unsqueeze(${random.integer(-rank - 2, rank + 1)})`, float(...shape)),
    call(`torch.squeeze(x, ${dim})`, float(...ones)),
    call("x.squeeze()", float(...ones)),
    call("x.T", float(...shape.slice(0, 2))),
  ]);
};

const reduction: Generator = (random) => {
  const shape = shapeOf(random);
  const rank = shape.length;
  const dim = random.integer(-rank - 1, rank);
  const name = random.pick(["sum", "mean", "prod", "argmax", "argmin", "max", "min", "logsumexp"]);
  const many = ["sum", "mean", "logsumexp"].includes(name) && random.once(2);
  const dims = many ? tuple([dim, random.integer(-rank, rank)]) : String(dim);
  const keep = random.pick(["", ", keepdim=True", ", keepdim=False", ", True"]);
  const rest = random.once(4) && name !== "logsumexp" ? "" : `${random.pick(["dim=", "axis=", ""])}${dims}`;
  const flag = rest === "" || (rest.includes("=") && keep === ", True") ? "" : keep;
  const type = name === "mean" || name === "logsumexp" ? "float32" : random.pick(["float32", "int64"]);
  const input = { shape, dtype: type };
  return random.once(2)
    ? call(`x.${name}(${rest}${flag})`, input)
    : call(`torch.${name}(x${rest && `, ${rest}`}${flag})`, input);
};

const joining: Generator = (random) => {
  const shape = shapeOf(random);
  const dim = random.integer(-shape.length - 1, shape.length);
  const place = dim < 0 ? dim + shape.length : dim;
  const name = random.pick(["cat", "stack", "concat"]);
  const own = name !== "stack" && !random.once(6) ? random.integer(1, 4) : undefined;
  const others = [1, 2].map((count) => {
    if (random.once(10)) return float(...shapeOf(random));
    if (random.once(12)) return float(0);
    return {
      shape: shape.map((size, i) => (i === place && own ? own + count : size)),
      dtype: random.pick(["float32", "int64"]),
    };
  });
  return call(`torch.${name}([x, y, z], ${random.pick(["dim=", ""])}${dim})`, float(...shape), ...others);
};

const products: Generator = (random) => {
  const [n, m, p, b] = sizes(random, 4, 1, 4) as [number, number, number, number];
  const inner = random.once(6) ? m + 1 : m;
  const left = random.pick([[m], [n, m], [b, n, m], [1, b, n, m]]);
  const right = random.pick([[inner], [inner, p], [b, inner, p], [random.once(3) ? b + 1 : 1, inner, p]]);
  const form = random.pick([
    "x @ y",
    "torch.matmul(x, y)",
    "x.matmul(y)",
    "torch.mm(x, y)",
    "torch.bmm(x, y)",
    "x.mm(y)",
  ]);
  return call(form, float(...left), float(...right));
};

const arithmetic: Generator = (random) => {
  const shape = shapeOf(random);
  const other = shape
    .slice(random.integer(0, shape.length))
    .map((size) => (random.once(4) ? 1 : random.once(10) ? size + 1 : size));
  const both = random.once(2) ? [shape, other] : [other, shape];
  const types = ["float32", "int64", "float64", "bool"];
  const operators = ["+", "*", "/", "<", ">=", "=="];
  const type = (): string => random.pick(random.once(2) ? types : ["float32"]);
  const [x, y] = both.map((sizes): Input => ({ shape: sizes, dtype: type() })) as [Input, Input];
  const number = random.pick(["2", "1.5", "True"]);
  return random.pick([
    call(`x ${random.pick(operators)} y`, x, y),
    call(`x ${random.pick(operators)} ${number}`, x),
    call(`${number} ${random.pick(["+", "*", "/"])} x`, x),
    call(`torch.${random.pick(["add", "mul", "div", "maximum", "eq", "logical_and"])}(x, y)`, x, y),
    call(`x.${random.pick(["add", "sub", "mul", "pow", "minimum", "lt"])}(y)`, float(...x.shape), float(...y.shape)),
    call("torch.clamp(x, min=y)", float(...x.shape), float(...y.shape)),
    call("torch.clamp(x, 0, 1)", x),
  ]);
};

const functions: Generator = (random) => {
  const shape = shapeOf(random);
  const dim = random.integer(-shape.length - 1, shape.length);
  const name = random.pick([
    "tanh",
    "sigmoid",
    "exp",
    "log",
    "sqrt",
    "sin",
    "erf",
    "log1p",
    "abs",
    "round",
    "floor",
    "neg",
    "square",
    "sign",
    "relu",
  ]);
  const type = random.once(3) ? "int64" : "float32";
  return random.pick([
    call(`torch.${name}(x)`, { shape, dtype: type }),
    call(`x.${name}()`, { shape, dtype: type }),
    call(`F.softmax(x, dim=${dim})`, float(...shape)),
    call(`x.log_softmax(${dim})`, float(...shape)),
    call(`torch.softmax(x, ${dim}, dtype=torch.float64)`, float(...shape)),
    call(`F.normalize(x, dim=${dim})`, float(...shape)),
    layer(`nn.LogSoftmax(dim=${dim})`, float(...shape)),
    layer(`nn.PReLU(${random.pick([1, 2, 3])})`, float(...shape)),
    layer(
      `nn.${random.pick(["ReLU", "GELU", "Tanh", "ELU", "Softplus", "Dropout", "Dropout1d", "Dropout2d", "Hardswish"])}()`,
      float(...shape),
    ),
    call(
      `F.${random.pick(["relu", "gelu", "dropout", "dropout1d", "dropout2d", "leaky_relu", "softplus"])}(x)`,
      float(...shape),
    ),
    call(`x.${random.pick(["float", "double", "long", "int", "half", "bool", "contiguous", "clone", "detach"])}()`, {
      shape,
      dtype: type,
    }),
    call(`x.to(${random.pick(["torch.float64", "'cpu'", "'cpu', torch.int64", "dtype=torch.bool"])})`, float(...shape)),
  ]);
};

const losses: Generator = (random) => {
  const [batch, classes] = sizes(random, 2, 2, 4) as [number, number];
  const extra = random.once(3) ? sizes(random, 2, 1, 3) : [];
  const reduce = random.pick([
    "",
    "reduction='none'",
    "reduction='sum'",
    "reduction='mean'",
    "reduce=False",
    "size_average=False",
  ]);
  const scores = random.once(6) ? [classes] : [batch, classes, ...extra];
  const indices = scores.length === 1 ? [] : [random.once(8) ? batch + 1 : batch, ...extra];
  const target: Input = random.once(6)
    ? float(...scores)
    : { shape: random.once(10) ? [...indices, 1] : indices, dtype: "int64" };
  const same = random.once(5) ? scores.slice(1) : random.once(8) ? scores.map(() => 1) : scores;
  const element = random.pick([
    ["nn.MSELoss", "F.mse_loss"],
    ["nn.L1Loss", "F.l1_loss"],
    ["nn.SmoothL1Loss", "F.smooth_l1_loss"],
    ["nn.BCEWithLogitsLoss", "F.binary_cross_entropy_with_logits"],
  ]);
  const rest = reduce && `, ${reduce}`;
  return random.pick([
    layer(`nn.CrossEntropyLoss(${reduce})`, float(...scores), target),
    layer(`nn.NLLLoss(${reduce})`, float(...scores), target),
    call(`F.cross_entropy(x, y${rest})`, float(...scores), target),
    call(`F.nll_loss(x, y${rest})`, float(...scores), target),
    layer(`${element[0]!}(${reduce})`, float(...scores), float(...same)),
    call(`${element[1]!}(x, y${rest})`, float(...scores), float(...same)),
  ]);
};

const indexing: Generator = (random) => {
  const shape = shapeOf(random);
  const bound = (): string => (random.once(3) ? "" : String(random.integer(-5, 5)));
  const part = (): string =>
    random.pick([
      String(random.integer(-3, 3)),
      `${bound()}:${bound()}`,
      `${bound()}:${bound()}:${random.integer(1, 3)}`,
      ":",
      "None",
    ]);
  const parts = Array.from({ length: random.integer(1, Math.max(1, shape.length)) }, part);
  if (random.once(4)) parts.splice(random.integer(0, parts.length), 0, "...");
  return call(`x[${parts.join(", ")}]`, float(...shape));
};

const creation: Generator = (random) => {
  const shape = shapeOf(random);
  const list = shape.join(", ");
  const all = tuple(shape.length ? shape : [2]);
  const like = { shape, dtype: random.pick(["float32", "int64"]) };
  return random.pick([
    call(`torch.${random.pick(["zeros", "ones", "randn", "empty"])}(${list || "()"})`),
    call(`torch.${random.pick(["zeros", "rand"])}(size=${all}, dtype=torch.float64)`),
    call(`torch.full(${all}, ${random.pick(["1", "0.5", "True"])})`),
    call(`torch.randint(0, 10, ${all})`),
    call(`torch.${random.pick(["zeros_like", "ones_like"])}(x)`, like),
    call("torch.tensor([[1, 2, 3], [4, 5, 6]])"),
    call("torch.tensor([1.0, 2])"),
    call("torch.zeros(x.shape)", like),
    call("torch.zeros(x.size())", like),
    call("torch.ones(*x.shape, 2)", like),
  ]);
};

export const generators: Readonly<Record<string, Generator>> = {
  convolutions: convolution,
  "transposed convolutions": transposed,
  poolings: pooling,
  "adaptive poolings": adaptive,
  "linear layers": linear,
  embeddings: embedding,
  normalisations: normalisation,
  flattening,
  views: viewing,
  "permutations and single dimensions": rearranging,
  reductions: reduction,
  joining,
  "matrix products": products,
  arithmetic,
  "functions of elements": functions,
  losses,
  indexing,
  creation,
};
