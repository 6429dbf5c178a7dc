/** Tests that keep the best state of a run: `if accuracy > best: best = accuracy; save(…)`. */
import { type Inference } from "../../infer/analysis";
import type { If } from "../../python/syntax";
import { nodesOf } from "../reading/syntax";
import { trainingLoops } from "../reading/training";

export interface Selection {
  readonly node: If;
  /** What is compared with the best so far, as it is written. */
  readonly measure: string;
}

const best = /best|lowest|highest|min_|max_|_min|_max/i;

export function selectionsOf(inference: Inference): Selection[] {
  if (trainingLoops(inference).length === 0) return [];
  const { source } = inference;
  return nodesOf(inference, "If").flatMap((node) => {
    const { test, body } = node;
    if (test.kind !== "Compare" || test.comparators.length !== 1 || !/^[<>]=?$/.test(test.operators[0]!)) return [];
    const sides = [test.left, test.comparators[0]!].map((side) => source.slice(side));
    const at = sides.findIndex((side) => best.test(side));
    const kept = body.map((statement) => source.slice(statement)).join("\n");
    if (at < 0 || best.test(sides[1 - at]!) || !/save|state_dict|deepcopy|checkpoint/i.test(kept)) return [];
    return [{ node, measure: sides[1 - at]! }];
  });
}
