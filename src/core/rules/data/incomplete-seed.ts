/** A program that seeds torch, and draws from a generator that nobody seeds. */
import { type Inference } from "../../infer/analysis";
import type { Call } from "../../python/syntax";
import { type Finding, type Rule } from "../define";
import { callsNamed } from "../reading/names";
import { hasSeedHelper, torchSeed } from "../reading/seeds";
import { enclosing } from "../reading/syntax";

const generators: readonly {
  readonly name: string;
  readonly draw: RegExp;
  readonly seed: RegExp;
  readonly how: string;
}[] = [
  {
    name: "NumPy's",
    draw: /^numpy\.random\.(rand|randn|randint|random|random_sample|uniform|normal|choice|shuffle|permutation|beta|binomial)$/,
    seed: /^numpy\.random\.(seed|set_state)$/,
    how: "numpy.random.seed",
  },
  {
    name: "Python's",
    draw: /^random\.(random|randint|randrange|choice|choices|sample|shuffle|uniform|gauss|normalvariate)$/,
    seed: /^random\.(seed|setstate)$/,
    how: "random.seed",
  },
];

function* check(inference: Inference): Iterable<Finding> {
  const seed = torchSeed(inference);
  if (!seed || hasSeedHelper(inference)) return;
  for (const { name, draw, seed: own, how } of generators) {
    if (callsNamed(inference, own).length > 0) continue;
    const drawn = callsNamed(inference, draw).find((call) => !isInWorker(inference, call));
    if (!drawn) continue;
    yield {
      span: drawn,
      message: `torch has a seed, and this draws from ${name} own generator, which has none: runs differ all the same. Call ${how} too.`,
      related: [{ span: seed, message: "Seeds torch only." }],
    };
  }
}

/** Workers of a loader are seeded by torch. */
function isInWorker(inference: Inference, call: Call): boolean {
  const around = enclosing(inference, call, "FunctionDef");
  return around !== undefined && /^__(getitem|iter|call)__$/.test(around.name.name);
}

export const incompleteSeed: Rule = {
  id: "incomplete-seed",
  summary: "One generator is seeded, and another one is drawn from.",
  category: "data",
  severity: "information",
  confidence: "likely",
  preset: "strict",
  needs: "syntax",
  fix: "none",
  check,
};
