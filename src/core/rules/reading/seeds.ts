/** Which random number generators a file seeds. */
import { type Inference } from "../../infer/analysis";
import type { Call } from "../../python/syntax";
import { isMentioned } from "./mentions";
import { callsNamed } from "./names";

/** The call that seeds torch's generator. */
export function torchSeed(inference: Inference): Call | undefined {
  return callsNamed(inference, /^torch\.(random\.)?manual_seed$/)[0];
}

/** Helpers that seed everything, by what people call them. */
export function hasSeedHelper(inference: Inference): boolean {
  return isMentioned(
    inference,
    /seed_everything|\w*set_\w*seeds?\b|seed_all|fix_\w*seed|setup_seed|init_seeds?|seed_torch/i,
  );
}
