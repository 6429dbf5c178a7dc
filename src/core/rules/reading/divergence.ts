/** The KL divergence between a normal distribution and the standard one, found among the terms of a variational autoencoder's loss. */
import { type TensorValue } from "../../ops/value";
import { type Term, idOf } from "./terms";

/**
 * 0.5 * sum(mu^2 + sigma^2 - log sigma^2 - 1): the factors of its three parts, each divided by what it should be, so that
 * all three are equal where the formula is right.
 */
export interface Divergence {
  readonly mean: number;
  readonly variance: number;
  readonly logarithm: number;
  /** What the variance is computed from. */
  readonly spread: TensorValue;
  /** Whether `spread` is the logarithm of the variance, that of the standard deviation, or one of the two itself. */
  readonly spreadIs: "log-variance" | "log-std" | "variance" | "std";
  /** The three terms. */
  readonly terms: readonly [mean: Term, variance: Term, logarithm: Term];
}

/** The only divergence among the terms; undefined where there is none, or where it is not clear what belongs to it. */
export function divergenceIn(terms: readonly Term[]): Divergence | undefined {
  const found = terms.flatMap((variance) => spreads(variance, terms).flatMap((spread) => withMean(spread, terms)));
  return found.length === 1 ? found[0] : undefined;
}

type Spread = Omit<Divergence, "mean" | "terms"> & { readonly parts: readonly [variance: Term, logarithm: Term] };

/** A term that may be the variance, with the one that is its logarithm. */
function spreads(variance: Term, terms: readonly Term[]): Spread[] {
  const { base } = variance;
  if (base.kind === "one" || base.kind === "log") return [];
  const forms = {
    exp: ["tensor", base.kind === "exp" && base.times === 2 ? "log-std" : "log-variance"],
    square: ["log", "std"],
    tensor: ["log", "variance"],
  } as const;
  const [kind, spreadIs] = forms[base.kind];
  if (base.kind === "exp" && base.times !== 1 && base.times !== 2) return [];
  // The logarithm of the variance is twice that of the standard deviation.
  const share = spreadIs === "std" || spreadIs === "log-std" ? 1 : 0.5;
  return terms
    .filter((other) => other.base.kind === kind && idOf(other.base.of) === idOf(base.of))
    .map((logarithm) => ({
      variance: variance.factor / 0.5,
      logarithm: -logarithm.factor / share,
      spread: base.of,
      spreadIs,
      parts: [variance, logarithm],
    }));
}

function withMean({ parts, ...spread }: Spread, terms: readonly Term[]): Divergence[] {
  const means = terms.filter((other) => other.base.kind === "square" && idOf(other.base.of) !== idOf(spread.spread));
  return means.map((mean) => ({ ...spread, mean: mean.factor / 0.5, terms: [mean, ...parts] }));
}
