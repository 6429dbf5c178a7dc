/** The KL term of a variational autoencoder without its factor of one half, as a whole or in one of its parts. */
import { type Inference } from "../../infer/analysis";
import { type Finding, type Rule } from "../define";
import { type Divergence, divergenceIn } from "../reading/divergence";
import { objectivesOf } from "../reading/objectives";

function* check(inference: Inference): Iterable<Finding> {
  for (const { terms, call } of objectivesOf(inference)) {
    const divergence = divergenceIn(terms);
    const message = divergence && problemWith(divergence);
    const place = divergence?.terms[0].reducedAt ?? call.origin;
    if (message && place.path === inference.source.path) yield { span: place.span, message };
  }
}

function problemWith({ mean, variance, logarithm, terms }: Divergence): string | undefined {
  if (mean < 0 || variance < 0 || logarithm < 0) return undefined;
  if (mean === variance && variance === logarithm) {
    const isBare = terms.every(({ isExact, isScaled }) => isExact && !isScaled);
    return isBare && mean === 2
      ? "The KL term lacks its factor of 0.5: it counts twice, and the latent code carries less than it could. It is -0.5 * sum(1 + logvar - mu^2 - exp(logvar))."
      : undefined;
  }
  // Another variance of the prior divides mu^2 and the variance alike.
  if (mean === variance || !terms.every(({ isExact }) => isExact)) return undefined;
  const [name, times] = variance === logarithm ? ["mu^2", mean / variance] : ["variance", variance / mean];
  return (name === "mu^2" || mean === logarithm) && (times === 2 || times === 0.5)
    ? `The ${name} counts ${times === 2 ? "twice" : "half"} in the KL term: the factor of 0.5 belongs to all of its parts, -0.5 * sum(1 + logvar - mu^2 - exp(logvar)).`
    : undefined;
}

export const vaeKlHalf: Rule = {
  id: "vae-kl-half",
  summary: "The KL term of a variational autoencoder lacks its factor of one half.",
  category: "loss",
  severity: "warning",
  confidence: "likely",
  preset: "recommended",
  needs: "dataflow",
  fix: "none",
  check,
};
