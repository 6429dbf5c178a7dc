/** Random calls of functions and methods of tensors, right and wrong ones: one generator for each family. */
import { type Input, type OperationCase } from "../support/operations";
import { type Random } from "../support/random";

export type Generator = (random: Random) => OperationCase;

export const input = (shape: readonly number[], dtype = "float32"): Input => ({ shape, dtype });
export const call = (expression: string, ...inputs: Input[]): OperationCase => ({ expression, isLayer: false, inputs });

export function sizes(random: Random, count: number, low = 1, high = 5): number[] {
  return Array.from({ length: count }, () => random.integer(low, high));
}

export function shapeOf(random: Random, least = 0, most = 4): number[] {
  return sizes(random, random.integer(least, most), 1, 4);
}

export const tuple = (items: readonly unknown[]): string =>
  items.length === 1 ? `(${String(items[0])},)` : `(${items.join(", ")})`;

/** An index of a dimension, seldom one too far out. */
function axis(random: Random, rank: number): number {
  return random.once(8) ? random.integer(-rank - 1, rank) : random.integer(-rank, Math.max(0, rank - 1));
}

const splitting: Generator = (random) => {
  const shape = shapeOf(random, random.once(8) ? 0 : 1);
  const rank = shape.length;
  const dim = axis(random, rank);
  const size = shape.at(dim) ?? 1;
  const first = random.integer(0, size);
  const sections = random.once(5) ? [1, size] : [first, size - first];
  return random.pick([
    call(`x.chunk(${random.integer(1, 5)}, ${dim})`, input(shape)),
    call(`torch.chunk(x, ${random.integer(1, 3)}, dim=${dim})`, input(shape)),
    call(`x.split(${random.integer(1, 4)}, dim=${dim})`, input(shape)),
    call(`torch.split(x, [${sections.join(", ")}], ${dim})`, input(shape)),
    call(`x.split([${sections.join(", ")}], dim=${dim})`, input(shape)),
    call(`x.unbind(${dim})`, input(shape)),
    call(`torch.unbind(x, dim=${dim})`, input(shape)),
    call(`torch.tensor_split(x, ${random.integer(1, 4)}, dim=${dim})`, input(shape)),
    call(`x.tensor_split((${random.integer(0, 3)}, ${random.integer(-1, 4)}), ${dim})`, input(shape)),
    call(`torch.${random.pick(["hsplit", "vsplit", "dsplit"])}(x, ${random.integer(1, 3)})`, input(shape)),
    call(`x.narrow(${dim}, ${random.integer(0, 2)}, ${random.integer(0, 4)})`, input(shape)),
    call(`x.select(${dim}, ${random.integer(-4, 3)})`, input(shape)),
    call(`x.unfold(${dim}, ${random.integer(1, 4)}, ${random.integer(1, 3)})`, input(shape)),
    call(`x.unflatten(${dim}, (${random.integer(1, 2)}, -1))`, input(shape)),
    call(`x.unflatten(${dim}, (${random.integer(1, 2)}, ${random.integer(1, 2)}))`, input(shape)),
  ]);
};

const expanding: Generator = (random) => {
  const shape = shapeOf(random).map((size) => (random.once(2) ? 1 : size));
  const rank = shape.length;
  const wider = [
    ...sizes(random, random.integer(0, 2), 1, 3),
    ...shape.map((size) => (random.once(3) ? -1 : size === 1 || random.once(8) ? random.integer(1, 4) : size)),
  ];
  const list = wider.length === 0 ? [2] : wider;
  const times = sizes(random, Math.max(1, rank + random.integer(random.once(6) ? -1 : 0, 2)), 1, 3);
  const dims = [axis(random, rank), axis(random, rank)];
  const dim = String(dims[0]);
  const square = shapeOf(random);
  return random.pick([
    call(`x.expand(${list.join(", ")})`, input(shape)),
    call(`x.expand(${tuple(list)})`, input(shape)),
    call(`torch.broadcast_to(x, ${tuple(list)})`, input(shape)),
    call("x.expand_as(y)", input(shape), input(list.map(Math.abs))),
    call(`x.repeat(${times.join(", ")})`, input(shape)),
    call(`x.repeat(${tuple(times)})`, input(shape)),
    call(`torch.tile(x, ${tuple(times)})`, input(shape)),
    call(`x.tile(${times.slice(0, random.integer(1, 3)).join(", ")})`, input(shape)),
    call(`x.repeat_interleave(${random.integer(0, 3)}, dim=${dim})`, input(shape)),
    call(`torch.repeat_interleave(x, ${random.integer(1, 3)})`, input(shape)),
    call(`x.flip(${dim})`, input(shape)),
    call(`torch.flip(x, [${dims.join(", ")}])`, input(shape)),
    call(`torch.roll(x, ${random.integer(-2, 2)}, ${dim})`, input(shape)),
    call(`x.roll((1, 2), dims=(${dims.join(", ")}))`, input(shape)),
    call(`torch.rot90(x, ${random.integer(0, 3)}, [${dims.join(", ")}])`, input(shape)),
    call(`torch.${random.pick(["triu", "tril"])}(x, ${random.integer(-2, 2)})`, input(square)),
    call(`x.diag(${random.integer(-2, 2)})`, input(square)),
    call(`torch.diagonal(x, ${random.integer(-2, 2)}, ${dims.join(", ")})`, input(shape)),
    call(`torch.diag_embed(x, ${random.integer(-2, 2)})`, input(square)),
    call(`torch.atleast_${random.integer(1, 3)}d(x)`, input(shape)),
  ]);
};

const moving: Generator = (random) => {
  const shape = shapeOf(random);
  const rank = shape.length;
  const [a, b, c, d] = Array.from({ length: 4 }, () => axis(random, rank)) as [number, number, number, number];
  const other = random.once(4) ? shapeOf(random) : random.shuffle(shape);
  return random.pick([
    call(`torch.movedim(x, ${a}, ${b})`, input(shape)),
    call(`x.movedim((${a}, ${b}), (${c}, ${d}))`, input(shape)),
    call(`torch.moveaxis(x, ${a}, ${b})`, input(shape)),
    call(`x.swapaxes(${a}, ${b})`, input(shape)),
    call(`torch.swapdims(x, dim0=${a}, dim1=${b})`, input(shape)),
    call("x.t()", input(shape)),
    call("x.ravel()", input(shape)),
    call(`x.${random.pick(["view_as", "reshape_as"])}(y)`, input(shape), input(other)),
    call(`x.${random.pick(["mT", "T"])}`, input(rank > 2 ? shape.slice(0, 2) : shape)),
    call("torch.adjoint(x)", input(shape)),
  ]);
};

const selecting: Generator = (random) => {
  const shape = shapeOf(random, random.once(10) ? 0 : 1);
  const rank = shape.length;
  const dim = axis(random, rank);
  const place = dim < 0 ? dim + rank : dim;
  const index = shape.map((size, i) =>
    random.once(12) ? size + 1 : i === place ? random.integer(1, 3) : random.integer(1, size),
  );
  const wrongRank = random.once(10) ? [...index, 1] : index;
  const source = random.once(8) ? index.map((size) => Math.max(1, size - 1)) : index;
  const vector = random.once(10) ? [2, 2] : [random.integer(0, 4)];
  const mask = shape
    .map((size) => (random.once(4) ? 1 : random.once(12) ? size + 1 : size))
    .slice(random.integer(0, rank));
  const long = "int64";
  return random.pick([
    call(`torch.gather(x, ${dim}, y)`, input(shape), input(wrongRank, long)),
    call(`x.gather(dim=${dim}, index=y)`, input(shape), input(wrongRank, long)),
    call(`x.scatter(${dim}, y, z)`, input(shape), input(wrongRank, long), input(source)),
    call(`x.scatter_(${dim}, y, 1.0)`, input(shape), input(index, long)),
    call(`x.scatter_add_(${dim}, y, z)`, input(shape), input(index, long), input(source)),
    call(`torch.index_select(x, ${dim}, y)`, input(shape), input(vector, long)),
    call(`x.index_fill_(${dim}, y, 0)`, input(shape), input(vector, long)),
    call("x.take(y)", input(shape), input(wrongRank, long)),
    call(`torch.take_along_dim(x, y, dim=${dim})`, input(shape), input(wrongRank, long)),
    call("torch.take_along_dim(x, y)", input(shape), input(wrongRank, long)),
    call("x.masked_fill(y, -1.0)", input(shape), input(mask, "bool")),
    call("x.masked_fill_(y, 0)", input(shape), input(mask, "bool")),
    call("x.masked_select(y)", input(shape), input(mask, "bool")),
    call("torch.where(y, x, 0.5)", input(shape), input(mask, "bool")),
    call("torch.where(y, x, z)", input(shape), input(mask, "bool"), input(mask)),
    call("torch.where(x)", input(shape)),
    call(`x.nonzero(${random.pick(["", "as_tuple=True"])})`, input(shape)),
  ]);
};

const sorting: Generator = (random) => {
  const shape = shapeOf(random, random.once(10) ? 0 : 1);
  const dim = axis(random, shape.length);
  const flags = random.pick(["", ", return_inverse=True", ", return_counts=True", ", True, True, True"]);
  return random.pick([
    call(`x.topk(${random.integer(1, 3)}, ${dim})`, input(shape)),
    call(`torch.topk(x, k=${random.integer(1, 3)}, dim=${dim}, largest=False)`, input(shape)),
    call(`torch.topk(x, ${random.integer(1, 3)})[1]`, input(shape)),
    call(`x.sort(${dim}, descending=True)`, input(shape)),
    call(`torch.sort(x, dim=${dim}).indices`, input(shape)),
    call(`x.argsort(dim=${dim})`, input(shape)),
    call(`torch.kthvalue(x, 1, ${dim}, ${random.pick(["True", "False"])})`, input(shape)),
    call(`x.mode(${dim})`, input(shape)),
    call(`torch.unique(x${flags})`, input(shape)),
    call(`torch.unique(x, dim=${dim})`, input(shape)),
    call("torch.searchsorted(x, y)", input([5]), input(shape)),
    call("torch.bucketize(x, y, right=True)", input(shape), input([4])),
    call(`torch.histc(x, ${random.integer(1, 9)})`, input(shape)),
    call(`torch.cum${random.pick(["sum", "prod"])}(x, ${dim})`, input(shape, random.pick(["float32", "int64"]))),
    call(`x.cum${random.pick(["max", "min"])}(${dim})`, input(shape)),
    call(`x.max(${dim}).values`, input(shape)),
  ]);
};

const reducing: Generator = (random) => {
  const shape = shapeOf(random);
  const rank = shape.length;
  const dim = axis(random, rank);
  const dims = random.once(2) ? tuple([dim, axis(random, rank)]) : String(dim);
  const keepdim = random.pick(["", ", keepdim=True"]);
  const other = random.once(3) ? [] : shape.map((size) => (random.once(4) ? 1 : size));
  return random.pick([
    call(`x.${random.pick(["amax", "amin"])}(${dims}${keepdim})`, input(shape)),
    call(`torch.${random.pick(["any", "all"])}(x, ${dim}${keepdim})`, input(shape, random.pick(["bool", "float32"]))),
    call(
      `x.${random.pick(["any", "all", "std", "var", "norm", "median", "amax", "count_nonzero", "nansum"])}()`,
      input(shape),
    ),
    call(`x.${random.pick(["var", "std"])}(dim=${dims}${keepdim})`, input(shape)),
    call(`torch.${random.pick(["var", "std"])}(x, ${dims}, unbiased=False)`, input(shape)),
    call(`x.${random.pick(["var", "std"])}(${random.pick(["False", `${dim}, False, True`])})`, input(shape)),
    call(`torch.${random.pick(["var_mean", "std_mean"])}(x, ${dims}${keepdim})`, input(shape)),
    call(`torch.norm(x, dim=${dims}${keepdim})`, input(shape)),
    call(`x.norm(p=2, dim=${dim}${keepdim})`, input(shape)),
    call(`torch.linalg.norm(x, dim=${dims}${keepdim})`, input(shape)),
    call(`torch.linalg.vector_norm(x${random.pick(["", `, dim=${dims}`])}${keepdim})`, input(shape)),
    call(`torch.median(x, ${dim}${keepdim})`, input(shape)),
    call(`torch.${random.pick(["max", "min"])}(x, y)`, input(shape), input(other)),
    call(`torch.quantile(x, ${random.pick(["0.5", "torch.tensor([0.1, 0.9])"])}, dim=${dim}${keepdim})`, input(shape)),
    call(`torch.aminmax(x, dim=${dim}${keepdim})`, input(shape)),
    call(`torch.count_nonzero(x, ${dims})`, input(shape)),
    call(`x.sum(dim=[]${keepdim})`, input(shape)),
  ]);
};

const inPlace: Generator = (random) => {
  const shape = shapeOf(random);
  const other = shape
    .slice(random.integer(0, shape.length))
    .map((size) => (random.once(4) ? 1 : random.once(10) ? size + 1 : size));
  const both: [number[], number[]] = random.once(5) ? [other, shape] : [shape, other];
  const type = random.pick(["float32", "float32", "int64"]);
  const second = random.pick(["float32", "float32", "int64", "bool"]);
  return random.pick([
    call(
      `x.${random.pick(["add_", "sub_", "mul_", "div_", "eq_", "lt_", "copy_"])}(y)`,
      input(both[0], type),
      input(both[1], second === "bool" ? "float32" : second),
    ),
    call(
      `x.${random.pick(["add_", "mul_", "pow_", "clamp_", "fill_"])}(${random.pick(["2", "0.5"])})`,
      input(shape, type),
    ),
    call(
      `x.${random.pick(["exp_", "sqrt_", "neg_", "zero_", "abs_", "relu_", "tanh_", "round_", "floor_"])}()`,
      input(shape, type),
    ),
    call("x.addcmul_(y, y, value=0.1)", input(both[0]), input(both[1])),
    call("x.lerp_(y, 0.5)", input(both[0]), input(both[1])),
    call("torch.lerp(x, y, 0.5)", input(both[0]), input(both[1])),
    call("torch.addcdiv(x, y, y)", input(both[0]), input(both[1])),
    call(`x.${random.pick(["uniform_", "normal_"])}(0, 1)`, input(shape)),
  ]);
};

const elements: Generator = (random) => {
  const shape = shapeOf(random);
  const other = shape.slice(random.integer(0, shape.length)).map((size) => (random.once(3) ? 1 : size));
  const type = random.pick(["float32", "float32", "int64", "float64"]);
  const name = random.pick(
    "floor_divide remainder fmod bitwise_and bitwise_or gcd maximum fmax greater not_equal logical_xor isclose atan2 hypot".split(
      " ",
    ),
  );
  const isInteger = /bitwise|gcd/.test(name);
  const one = random.pick(
    "tan asin sinh atan expm1 exp2 erfc lgamma digamma trunc sgn logit nan_to_num isnan isfinite logical_not signbit rad2deg positive conj angle".split(
      " ",
    ),
  );
  return random.pick([
    call(
      `torch.${name}(x, y)`,
      input(shape, isInteger ? "int64" : type),
      input(other, isInteger ? "int64" : "float32"),
    ),
    call(`torch.${one}(x)`, input(shape, type)),
    call("torch.div(x, y, rounding_mode='floor')", input(shape, type), input(other)),
    call(`x.${random.pick(["add", "sub"])}(y, alpha=2)`, input(shape, type), input(other, "float32")),
    call(`torch.pow(${random.pick(["x, 2", "2, x", "x, 0.5", "x, y"])})`, input(shape), input(other)),
    call("torch.complex(x, y)", input(shape), input(shape)),
    call("torch.polar(x, y).abs()", input(shape), input(shape)),
    call("torch.view_as_real(torch.complex(x, x))", input(shape)),
    call(`x.${random.pick(["byte", "short", "bfloat16", "cfloat", "char"])}()`, input(shape, type)),
    call("x.type_as(y)", input(shape, type), input([2], "int64")),
    call(`x.type(${random.pick(["torch.long", "'torch.FloatTensor'"])})`, input(shape, type)),
  ]);
};

const algebra: Generator = (random) => {
  const [b, n, m, p] = sizes(random, 4, 1, 3) as [number, number, number, number];
  const inner = random.once(8) ? m + 1 : m;
  const batch = random.pick([[], [b], [2, b]]);
  const added = random.pick([[], [p], [1, p], [n, p], [n, p + 1], [2, n, p]]);
  const square = random.once(8) ? [n, n + 1] : [n, n];
  return random.pick([
    call("torch.addmm(x, y, z)", input(added), input([n, m]), input([inner, p])),
    call("x.addmm(y, z, beta=0.5)", input(added), input([n, m]), input([inner, p])),
    call(
      "torch.baddbmm(x, y, z)",
      input(random.pick([[b, n, p], [p], [n, p]])),
      input([b, n, m]),
      input([b, inner, p]),
    ),
    call("torch.addbmm(x, y, z)", input(added), input([b, n, m]), input([b, inner, p])),
    call("torch.mv(x, y)", input([n, m]), input([inner])),
    call("torch.dot(x, y)", input([m]), input([inner])),
    call(`torch.${random.pick(["outer", "ger"])}(x, y)`, input([n]), input(random.once(6) ? [m, p] : [m])),
    call("torch.inner(x, y)", input([...batch, n, m]), input([p, inner])),
    call(
      `torch.tensordot(x, y, dims=${random.pick(["1", "([1], [0])", "[[-1], [0]]"])})`,
      input([n, m]),
      input([inner, p]),
    ),
    call("torch.kron(x, y)", input(shapeOf(random)), input(shapeOf(random))),
    call("torch.cdist(x, y)", input([...batch, n, m]), input([p, inner])),
    call(
      `torch.${random.pick(["det", "logdet", "slogdet", "inverse", "matrix_exp", "trace"])}(x + torch.eye(${n}))`,
      input([...batch, n, n]),
    ),
    call(
      `torch.${random.pick(["linalg.eigh", "linalg.det", "linalg.svdvals", "linalg.qr", "linalg.eigvalsh", "det"])}(x)`,
      input([...batch, ...square]),
    ),
    call(`torch.linalg.svd(x${random.pick(["", ", full_matrices=False"])})`, input([...batch, n, m])),
    call(`torch.svd(x${random.pick(["", ", some=False"])})`, input([...batch, n, m])),
    call(`torch.linalg.qr(x, mode=${random.pick(["'reduced'", "'complete'"])})`, input([...batch, n, m])),
    call(
      `torch.linalg.solve(torch.eye(${n}).expand(${[...batch, n, n].join(", ")}), x)`,
      input([...batch, random.once(6) ? n + 1 : n, p]),
    ),
    call(`torch.linalg.pinv(x)`, input([...batch, n, m])),
    call("torch.cross(x, y, dim=-1)", input([n, 3]), input(random.once(4) ? [1, 3] : [n, 3])),
  ]);
};

const spectral: Generator = (random) => {
  const shape = sizes(random, random.integer(1, 3), 2, 6);
  const dim = axis(random, shape.length);
  const n = random.pick(["", `, n=${random.integer(2, 7)}`]);
  return random.pick([
    call(`torch.fft.${random.pick(["fft", "ifft", "rfft", "irfft"])}(x${n}, dim=${dim})`, input(shape)),
    call(`torch.fft.${random.pick(["fft2", "rfft2", "irfft2"])}(x)`, input(shape)),
    call(
      `torch.fft.${random.pick(["fftn", "rfftn"])}(x, s=(${sizes(random, Math.min(2, shape.length), 2, 5).join(", ")},))`,
      input(shape),
    ),
    call(`torch.fft.fftn(x, dim=(${dim},)).real`, input(shape)),
    call("torch.fft.fftshift(x)", input(shape)),
    call(
      `torch.stft(x, 8, ${random.integer(1, 4)}, center=${random.pick(["True", "False"])}, return_complex=True)`,
      input([2, 40]),
    ),
  ]);
};

const making: Generator = (random) => {
  const shape = shapeOf(random, 1);
  const list = shape.join(", ");
  const [a, b, c] = [random.integer(-3, 4), random.integer(0, 9), random.integer(1, 4)];
  const like = input(shape, random.pick(["float32", "int64"]));
  return random.pick([
    call(
      `torch.arange(${random.pick([`${b}`, `${a}, ${b}`, `${a}, ${b}, ${c}`, `${b}.0`, `0, 1, 0.25`, `${b}, ${a}, -1`])})`,
    ),
    call(`torch.arange(x.size(0), dtype=torch.float32)`, like),
    call(`torch.${random.pick(["linspace", "logspace"])}(0, 1, ${c}${random.pick(["", ", dtype=torch.float64"])})`),
    call(`torch.eye(${b}${random.pick(["", `, ${c}`])})`),
    call(`torch.randperm(${b})`),
    call(
      `torch.randint(${random.pick([`9, ${tuple(shape)}`, `0, 9, ${tuple(shape)}`, `high=9, size=${tuple(shape)}`])})`,
    ),
    call("torch.full_like(x, 2)", like),
    call(`x.new_${random.pick(["zeros", "ones", "empty"])}(${random.pick([list, tuple(shape)])})`, like),
    call(`x.new_full(${tuple(shape)}, 1)`, like),
    call("x.new_tensor([[1, 2], [3, 4]])", like),
    call(
      `torch.normal(${random.pick(["0.0, 1.0, size=(2, 3)", "x, 1.0", "x, x", "torch.zeros(3), 1.0"])})`,
      input(shape),
    ),
    call("torch.multinomial(x + 1, 1)", input(shapeOf(random))),
    call("torch.bernoulli(x)", input(shape)),
    call(`torch.${random.pick(["tril_indices", "triu_indices"])}(${b}, ${c}, ${random.integer(-2, 2)})`),
    call(`torch.${random.pick(["Tensor", "FloatTensor", "LongTensor"])}(${random.pick([list, "[1, 2]"])})`),
    call("torch.as_tensor([[1.0, 2.0]], dtype=torch.float64)"),
    call("torch.tensor(x.shape)", like),
    call(`torch.tensor([x.size(0), ${b}])`, like),
  ]);
};

const combining: Generator = (random) => {
  const shape = shapeOf(random);
  const other = random.once(2) ? shape : shapeOf(random);
  const vectors = [random.integer(1, 3), random.integer(1, 3)].map((size) => input(random.once(8) ? [] : [size]));
  const [x, y] = vectors as [Input, Input];
  return random.pick([
    call(`torch.${random.pick(["hstack", "vstack", "dstack", "column_stack"])}([x, y])`, input(shape), input(other)),
    call(`torch.meshgrid(x, y${random.pick(["", ", indexing='ij'", ", indexing='xy'"])})`, x, y),
    call("torch.meshgrid([x, y])", x, y),
    call("torch.cartesian_prod(x, y)", x, y),
    call("torch.block_diag(x, y)", input(shape.slice(0, 2)), input(other)),
    call("torch.broadcast_tensors(x, y)", input(shape), input(other)),
  ]);
};

export const tensorGenerators: Readonly<Record<string, Generator>> = {
  splitting,
  expanding,
  "dimensions moved": moving,
  selecting,
  sorting,
  "reductions of all kinds": reducing,
  "changes in place": inPlace,
  "elements of all kinds": elements,
  "linear algebra": algebra,
  "Fourier transforms": spectral,
  "tensors made": making,
  "tensors combined": combining,
};
