/** A reconstruction loss that is averaged beside a KL term that is summed: the KL term outweighs it by thousands. */
import { type Inference } from "../../infer/analysis";
import { shortName } from "../../ops/define";
import { type Finding, type Rule } from "../define";
import { divergenceIn } from "../reading/divergence";
import { familyOf } from "../reading/losses";
import { objectivesOf } from "../reading/objectives";

function* check(inference: Inference): Iterable<Finding> {
  for (const { terms } of objectivesOf(inference)) {
    const divergence = divergenceIn(terms);
    if (!divergence) continue;
    const isSummed = divergence.terms.every(({ isExact, reductions }) => isExact && reductions.join() === "sum");
    // Whoever weighs the terms has thought of their sizes.
    if (!isSummed || ![1, 2].includes(Math.abs(divergence.mean))) continue;
    for (const { base, factor, isScaled, reductions } of terms) {
      const producer = base.kind === "tensor" ? base.of.producer : undefined;
      if (!producer || factor !== 1 || isScaled || reductions.length > 0 || !familyOf(producer.operation)) continue;
      const reduction = producer.values?.get("reduction");
      const old = ["size_average", "reduce"].some((flag) => (producer.values?.get(flag)?.kind ?? "none") !== "none");
      if (reduction?.kind !== "str" || reduction.value !== "mean" || old) continue;
      if (producer.origin.path !== inference.source.path) continue;
      yield {
        span: producer.origin.span,
        message: `${shortName(producer.operation)} averages over all entries of the batch, while the KL term is summed over it: the KL term outweighs it by the size of the batch times that of an example, and the latent code collapses. Sum both, and divide both by the batch.`,
      };
    }
  }
}

export const vaeReductionMismatch: Rule = {
  id: "vae-reduction-mismatch",
  summary: "The reconstruction loss is averaged and the KL term summed.",
  category: "loss",
  severity: "warning",
  confidence: "likely",
  preset: "recommended",
  needs: "dataflow",
  fix: "none",
  check,
};
