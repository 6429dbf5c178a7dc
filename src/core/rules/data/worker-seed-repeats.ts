/** Workers of a loader that are seeded with the same number in every epoch, and so draw the same "random" changes again. */
import { type Inference } from "../../infer/analysis";
import { type Value } from "../../infer/values/value";
import type { Call, Expression, FunctionDef, Lambda } from "../../python/syntax";
import { type Finding, type Rule } from "../define";
import { argumentOf, numberOf } from "../reading/calls";
import { loadersOf, truth } from "../reading/data";
import { isMentioned } from "../reading/mentions";
import { assignedTo, callsNamed, libraryPath } from "../reading/names";
import { isWithin } from "../reading/scopes";
import { nodesOf } from "../reading/syntax";
import { pathOf } from "../reading/training";

/** What seeds a generator, and what shows that the file draws from it: a call, or a library that does. */
const generators: readonly {
  readonly seed: RegExp;
  readonly draw: RegExp;
  readonly library?: RegExp;
  readonly name: string;
}[] = [
  {
    seed: /^numpy\.random\.seed$/,
    draw: /^numpy\.random\.(?!seed|default_rng|get_state|set_state|RandomState|Generator)\w+$/,
    library: /^\s*(import|from) (albumentations|imgaug)\b/m,
    name: "NumPy's generator",
  },
  {
    seed: /^random\.seed$/,
    draw: /^random\.(?!seed|getstate|setstate|Random)\w+$/,
    library: /^\s*(import|from) albumentations\b/m,
    name: "Python's generator",
  },
  {
    seed: /^torch\.(random\.)?manual_seed$/,
    draw: /^torchvision\.transforms(\.v2)?\.(Random\w+|ColorJitter|AutoAugment|RandAugment|TrivialAugmentWide|AugMix)$/,
    name: "torch's generator",
  },
];

function* check(inference: Inference): Iterable<Finding> {
  const seen = new Set<number>();
  for (const { call } of loadersOf(inference)) {
    if (numberOf(argumentOf(call, "num_workers", 5)) === 0) continue;
    const persists = argumentOf(call, "persistent_workers", 99) as Value | undefined;
    if (persists && truth(persists) !== false) continue;
    const starts = functionOf(argumentOf(call, "worker_init_fn", 10) as Value | undefined);
    const found =
      starts && nodesOf(inference, "Call").find((node) => isWithin(node, starts) && repeats(node, starts, inference));
    if (!found || seen.has(found.start)) continue;
    seen.add(found.start);
    const generator = generators.find(({ seed }) => seed.test(libraryPath(found.callee, inference) ?? ""))!;
    yield {
      span: found,
      message: `Workers are started anew in every epoch, and this gives ${generator.name} the same seed each time: every sample is changed in the same "random" way in all epochs. PyTorch seeds the workers by itself; take the seed from torch.initial_seed() where you must.`,
      related: call.origin.path === inference.source.path ? [{ span: call.origin.span, message: "The loader." }] : [],
    };
  }
}

/** The function behind a value, also one with some of its arguments given. */
function functionOf(value: Value | undefined): FunctionDef | Lambda | undefined {
  if (value?.kind === "partial") return functionOf(value.callee);
  return value?.kind === "function" ? value.node : undefined;
}

/** Whether a call seeds a generator that the file draws from, with what is the same in every epoch. */
function repeats({ callee, args }: Call, starts: FunctionDef | Lambda, inference: Inference): boolean {
  const generator = generators.find(({ seed }) => seed.test(libraryPath(callee, inference) ?? ""));
  const [seed] = args;
  if (!generator || !seed || !isFixed(seed, starts, inference)) return false;
  const draws = callsNamed(inference, generator.draw).length > 0;
  return draws || (generator.library !== undefined && isMentioned(inference, generator.library));
}

/** Numbers, the worker's own number, and names that the file sets at most once. */
function isFixed(expression: Expression, starts: FunctionDef | Lambda, inference: Inference): boolean {
  switch (expression.kind) {
    case "Constant":
      return true;
    case "BinaryOperation":
      return isFixed(expression.left, starts, inference) && isFixed(expression.right, starts, inference);
    case "Attribute":
      // Not the seed of `get_worker_info()`, which is another one in each epoch.
      return /seed$/i.test(expression.attribute.name) && /^(args|opt|cfg|config|self)$/.test(pathOf(expression.value));
    case "Name":
      return isFixedName(expression, starts, inference);
    default:
      return false;
  }
}

function isFixedName(
  name: Extract<Expression, { kind: "Name" }>,
  starts: FunctionDef | Lambda,
  inference: Inference,
): boolean {
  if (/epoch|step|round/i.test(name.id)) return false;
  const { positional, keywordOnly } = parametersOf(starts);
  if (positional === name.id) return true;
  const inner = assignedTo(name, inference);
  if (inner && isWithin(inner, starts)) return isFixed(inner, starts, inference);
  if (keywordOnly.includes(name.id)) return /seed/i.test(name.id);
  const writes = [
    ...nodesOf(inference, "Assign").flatMap(({ targets }) => targets),
    ...nodesOf(inference, "AugAssign").map(({ target }) => target),
  ].filter((target) => target.kind === "Name" && target.id === name.id);
  return writes.length === 1;
}

function parametersOf({ parameters }: FunctionDef | Lambda): { positional: string | undefined; keywordOnly: string[] } {
  const [first, ...rest] = parameters.map(({ name }) => name.name);
  return { positional: first, keywordOnly: rest };
}

export const workerSeedRepeats: Rule = {
  id: "worker-seed-repeats",
  summary: "The workers of a loader get the same seeds in every epoch.",
  category: "data",
  severity: "warning",
  confidence: "likely",
  preset: "recommended",
  needs: "dataflow",
  fix: "none",
  check,
};
