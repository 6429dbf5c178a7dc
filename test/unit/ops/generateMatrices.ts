/** Random calls of linear algebra, special functions and the functions of `torch` that layers have as well. */
import { type Input } from "../support/operations";
import { type Random } from "../support/random";
import { type Generator, call, float, image, options, perAxis, shapeOf, sizes, tuple } from "./generate";

/** A batch of matrices, now and then of another rank. */
function matrices(random: Random, square: boolean, batch = sizes(random, random.integer(0, 2), 1, 3)): Input {
  if (random.once(10)) return float(...shapeOf(random));
  const [rows, columns] = sizes(random, 2, 1, 4) as [number, number];
  return float(...batch, rows, square && !random.once(8) ? rows : columns);
}

const decomposition: Generator = (random) => {
  const square = random.once(2);
  const input = matrices(random, square);
  const name = random.pick([
    ..."eigvals cholesky_ex lu lu_factor_ex inv_ex ldl_factor_ex matrix_rank diagonal".split(" "),
    ..."svdvals qr slogdet vander".split(" "),
  ]);
  const k = random.integer(-2, 3);
  return random.pick([
    call(`torch.linalg.${name}(x)`, input),
    call("torch.geqrf(x)", input),
    call("x.diagflat()", input),
    call(`torch.diagflat(x, ${k})`, input),
    call(`torch.linalg.diagonal(x, offset=${k})`, input),
    call(`torch.linalg.vander(x, N=${k})`, input),
    call(`torch.linalg.cond(x, ${random.pick(["None", "2", "-2", "1", "'fro'"])})`, input),
  ]);
};

/** Matrices with ones on their diagonals, so that there is a solution. */
const solution: Generator = (random) => {
  const size = random.integer(1, 4);
  const batch = sizes(random, random.integer(0, 2), 1, 3);
  const rows = random.once(8) ? size + 1 : size;
  const front = random.pick([batch, batch, batch, [], batch.map(() => 1)]);
  const right = float(...front, rows, ...(random.once(6) ? [] : [random.integer(1, 3)]));
  const matrix = float(...batch, size, size);
  const places = { shape: [...batch, size], dtype: "int32" };
  const one = `x + torch.eye(${size})`;
  return random.pick([
    call(`torch.linalg.solve_ex(${one}, y)`, matrix, right),
    call(`torch.linalg.lstsq(${one}, y).solution`, matrix, right),
    call("torch.linalg.lstsq(x, y)[0]", float(...batch, rows, random.integer(1, 4)), right),
    call(`torch.linalg.lu_solve(${one}, z + 1, y)`, matrix, right, places),
    call(`torch.lu_solve(y, ${one}, z + 1)`, matrix, right, places),
    call(`torch.linalg.ldl_solve(${one}, z + 1, y)`, matrix, right, places),
    call(`y.triangular_solve(${one})`, matrix, right),
    call(`torch.linalg.tensorsolve(torch.eye(6).reshape(2, 3, 6), x)`, float(...random.pick([[2, 3], [6], [3, 2]]))),
  ]);
};

const chain: Generator = (random) => {
  const inner = sizes(random, 4, 1, 4);
  const factors = [0, 1, 2].map((i) => [inner[i]!, random.once(12) ? inner[i + 1]! + 1 : inner[i + 1]!]);
  if (random.once(4)) factors[0]!.shift();
  if (random.once(4)) factors[2]!.pop();
  const inputs = factors.map((shape) => float(...shape));
  const shape = shapeOf(random);
  return random.pick([
    call("torch.linalg.multi_dot([x, y, z])", ...inputs),
    call("torch.chain_matmul(x, y, z)", ...inputs),
    call(
      `torch.linalg.vecdot(x, y, dim=${random.integer(-2, 1)})`,
      float(...shape),
      float(...(random.once(3) ? shapeOf(random) : shape)),
    ),
  ]);
};

const alongOne: Generator = (random) => {
  const shape = shapeOf(random);
  const input = float(...shape);
  const dim = random.integer(-3, 2);
  const left = shape.filter((_, i) => i !== (dim < 0 ? dim + shape.length : dim));
  return random.pick([
    call(`torch.cumulative_trapezoid(x, dim=${dim})`, input),
    call("torch.gradient(x)", input),
    call(`torch.gradient(x, dim=${dim}, edge_order=${random.integer(1, 2)})`, input),
    call(`torch.renorm(x, 2, ${dim}, 1.0)`, input),
    call(`x.select_scatter(y, ${dim}, 0)`, input, float(...(random.once(5) ? shape : left))),
    call(`x.split_with_sizes(${tuple(sizes(random, 2, 1, 2))}, ${dim})`, input),
    call(`torch.unsafe_chunk(x, ${random.integer(1, 3)}, ${dim})`, input),
    call(`torch.narrow_copy(x, ${dim}, 0, ${random.integer(0, 3)})`, input),
    call(`x.diagonal_scatter(y, ${random.integer(-1, 1)})`, input, float(...shapeOf(random, 2))),
    call(`x.sum_to_size(${tuple(shape.map((size) => (random.once(2) ? 1 : size)))})`, input),
    call(`x.sum_to_size(${tuple(sizes(random, 2, 1, 3))})`, input),
    call(`torch.histogram(x, ${random.integer(1, 5)})`, input),
    call("torch.isin(x, y)", input, float(...shapeOf(random))),
    call("torch.frexp(x)", input),
    call(`x.resize_(${tuple(sizes(random, 2, 0, 4))})`, input),
    call("x.resize_as_(y)", input, float(...shapeOf(random))),
    call(`x.new(${sizes(random, 2, 0, 4).join(", ")})`, input),
  ]);
};

const special: Generator = (random) => {
  const shape = shapeOf(random, 3);
  const other = random.once(3) ? shapeOf(random, 3) : shape.map((size) => (random.once(3) ? 1 : size));
  const [a, b] = [shape, other].map((sizes) => ({ shape: sizes, dtype: random.pick(["float32", "float64", "int64"]) }));
  const one = random.pick("entr expit i1e log_ndtr ndtri sinc bessel_j0 gammaln".split(" "));
  const two = random.pick("xlogy xlog1py zeta chebyshev_polynomial_t legendre_polynomial_p gammainc".split(" "));
  const plain = random.pick("float_power ldexp igamma heaviside".split(" "));
  return random.pick([
    call(`torch.special.${one}(x)`, a!),
    call(`torch.special.${two}(x, y)`, a!, b!),
    call(`torch.${plain}(x, y)`, a!, b!),
    call(`x.${plain}(y)`, a!, b!),
    call(`torch.special.logsumexp(x, dim=${random.integer(-2, 2)})`, a!),
    call(`x.to(torch.result_type(x, y))`, a!, b!),
    call(`torch.special.polygamma(${random.integer(1, 3)}, x)`, a!),
  ]);
};

const likeLayers: Generator = (random) => {
  const rank = random.integer(1, 3);
  const channels = random.integer(1, 3);
  const input = image(random, rank, channels);
  const kernel = sizes(random, rank, 1, 3);
  const filters = float(random.integer(1, 4), channels, ...kernel);
  const window = { stride: perAxis(random, rank, 1, 3), padding: perAxis(random, rank, 0, 1) };
  const size = tuple(kernel.map((one) => (random.once(4) ? "None" : one)));
  const wanted = tuple(sizes(random, random.once(6) ? rank + 1 : rank, 1, 20));
  const one = float(channels);
  return random.pick([
    call(`torch.conv${rank}d(x, y${options(random, { ...window, dilation: "2" })})`, input, filters),
    call(`torch.conv_transpose${rank}d(x, y${options(random, window)})`, input, float(channels, 2, ...kernel)),
    call(`torch.max_pool${rank}d(x, ${tuple(kernel)}${options(random, window)})`, input),
    call(`F.max_pool${rank}d_with_indices(x, ${tuple(kernel)}${options(random, window)})`, input),
    call(`torch.avg_pool1d(x, ${kernel[0]!})`, input),
    call(`nn.AdaptiveAvgPool${rank}d(${size})(x)`, input),
    call(`F.adaptive_max_pool${rank}d(x, ${size})`, input),
    call(`nn.ConvTranspose${rank}d(${channels}, 2, ${kernel[0]!}, stride=2)(x, output_size=${wanted})`, input),
    call(`torch.batch_norm(x, y, y, y, y, ${random.pick(["True", "False"])}, 0.1, 1e-5, False)`, input, one),
    call("torch.instance_norm(x, y, y, None, None, True, 0.1, 1e-5, False)", input, one),
    call(`torch.group_norm(x, ${random.integer(1, 3)})`, input),
    call("torch.layer_norm(x, x.shape[-1:])", input),
    call("torch.prelu(x, y)", input, one),
    call("torch.conv_tbc(x, y, z)", float(...sizes(random, 2, 1, 4), channels), float(2, channels, 3), float(3)),
  ]);
};

export const matrixGenerators: Readonly<Record<string, Generator>> = {
  "decompositions of matrices": decomposition,
  "systems of equations": solution,
  "chains of products": chain,
  "operations along one dimension": alongOne,
  "special functions": special,
  "functions like layers": likeLayers,
};
