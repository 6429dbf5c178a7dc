/** The functions of `torch.special` (https://pytorch.org/docs/stable/special.html). */
import { typeArgument } from "./arguments";
import { along } from "./axes";
import { type Operation, operation } from "./define";
import { toFloating } from "./dtype";
import { derivative, floatingBinary, floatingTensors } from "./elementwise";
import { reduce } from "./reduction";
import { tensor } from "./value";

/** Functions of one number. */
const ofOne = (
  "digamma psi entr erf erfc erfcx erfinv exp2 expit expm1 gammaln i0 i0e i1 i1e log1p log_ndtr ndtr ndtri sinc " +
  "airy_ai bessel_j0 bessel_j1 bessel_y0 bessel_y1 spherical_bessel_j0 " +
  "modified_bessel_i0 modified_bessel_i1 modified_bessel_k0 modified_bessel_k1 " +
  "scaled_modified_bessel_k0 scaled_modified_bessel_k1"
).split(" ");

/** Polynomials by their degree, which is broadcast as well. */
const polynomials = ["t", "u", "v", "w"].flatMap((kind) => [
  `chebyshev_polynomial_${kind}`,
  `shifted_chebyshev_polynomial_${kind}`,
]);
const degrees = [
  ...polynomials,
  "hermite_polynomial_h",
  "hermite_polynomial_he",
  "laguerre_polynomial_l",
  "legendre_polynomial_p",
];

/** Functions of two numbers by the names of their arguments. */
const ofTwo = [
  ...["xlog1py", "xlogy", "zeta"].map((name) => ({ name, second: "other", result: floatingBinary })),
  ...["gammainc", "gammaincc"].map((name) => ({ name, second: "other", result: floatingTensors })),
  ...degrees.map((name) => ({ name, second: "n", result: floatingBinary })),
];

export const specials: readonly Operation[] = [
  ...ofOne.flatMap((name) =>
    operation(`torch.special.${name}(input)`, {
      says: "Applies a function to every element.",
      shape: "(*) -> (*)",
      dtype: "floating",
      sees: "place",
      example: `torch.special.${name}(x): (2, 3) -> (2, 3)`,
    }),
  ),
  ...["logit(input, eps=None)", "multigammaln(input, p)"].flatMap((signature) =>
    operation(`torch.special.${signature}`, {
      says: "Applies a function to every element.",
      shape: "(*) -> (*)",
      dtype: "floating",
      sees: "place",
      example: signature.startsWith("logit")
        ? "torch.special.logit(x): (2, 3) -> (2, 3)"
        : "torch.special.multigammaln(x + 5, 2): (2, 3) -> (2, 3)",
    }),
  ),
  ...operation("torch.special.round(input, *, decimals=0)", {
    says: "Rounds every element.",
    shape: "(*) -> (*)",
    sees: "place",
    example: "torch.special.round(x, decimals=2): (2, 3) -> (2, 3)",
  }),
  ...operation("torch.special.polygamma(n, input)", {
    says: "A derivative of the logarithm of the gamma function.",
    result: derivative,
    sees: "place",
    example: "torch.special.polygamma(1, x): (2, 3) -> (2, 3)",
  }),
  ...ofTwo.flatMap(({ name, second, result }) =>
    operation(`torch.special.${name}(input, ${second})`, {
      says: "Combines two tensors element by element, broadcasting their shapes.",
      result,
      sees: "place",
      example: `torch.special.${name}(x, y): (2, 1, 3), (4, 1) -> (2, 4, 3)`,
    }),
  ),
  ...operation("torch.special.logsumexp(input, dim, keepdim=False)", {
    says: "The logarithm of the sum of the exponentials over some dimensions.",
    result: reduce(toFloating),
    example: "torch.special.logsumexp(x, dim=1): (2, 3, 4) -> (2, 4)",
  }),
  ...["softmax", "log_softmax"].flatMap((name) =>
    operation(`torch.special.${name}(input, dim, *, dtype=None)`, {
      says: "Turns scores along one dimension into (logarithms of) probabilities.",
      result: along(({ input, shape }, call) => tensor(shape, typeArgument(call, input.dtype))),
      sees: "place",
      example: `torch.special.${name}(x, dim=1): (2, 10) -> (2, 10)`,
    }),
  ),
];
