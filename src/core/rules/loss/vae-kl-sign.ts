/** The KL term of a variational autoencoder with the wrong sign, as a whole or in one of its parts. */
import { type Inference } from "../../infer/analysis";
import { type Finding, type Rule } from "../define";
import { divergenceIn } from "../reading/divergence";
import { objectivesOf } from "../reading/objectives";

function* check(inference: Inference): Iterable<Finding> {
  for (const { terms, call } of objectivesOf(inference)) {
    const divergence = divergenceIn(terms);
    if (!divergence) continue;
    const parts = { "mu^2": divergence.mean, variance: divergence.variance, "log-variance": divergence.logarithm };
    const wrong = Object.entries(parts).flatMap(([name, factor]) => (factor < 0 ? [name] : []));
    if (wrong.length === 0) continue;
    const place = divergence.terms[0].reducedAt ?? call.origin;
    if (place.path !== inference.source.path) continue;
    const message =
      wrong.length === 3
        ? "The KL term is minimised with the wrong sign: training drives the latent distribution away from the standard normal one, without end. It is -0.5 * sum(1 + logvar - mu^2 - exp(logvar))."
        : `The ${wrong.join(" and the ")} ${wrong.length > 1 ? "have" : "has"} the wrong sign in the KL term. It is -0.5 * sum(1 + logvar - mu^2 - exp(logvar)).`;
    yield { span: place.span, message };
  }
}

export const vaeKlSign: Rule = {
  id: "vae-kl-sign",
  summary: "The KL term of a variational autoencoder has the wrong sign.",
  category: "loss",
  severity: "error",
  confidence: "certain",
  preset: "recommended",
  needs: "dataflow",
  fix: "none",
  check,
};
