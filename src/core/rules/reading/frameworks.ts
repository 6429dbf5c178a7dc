/** Frameworks that run the training loop themselves: what they do there, a program need not do. */
import { type Inference } from "../../infer/analysis";
import { nodesOf } from "./syntax";

/** By the root of the import, and for libraries that do other things too by what is imported. */
const frameworks: readonly (readonly [module: RegExp, name?: RegExp])[] = [
  [/^(pytorch_lightning|lightning|lightning_fabric)(\.|$)/],
  [/^accelerate(\.|$)/],
  [/^deepspeed(\.|$)/],
  [/^ignite(\.|$)/],
  [/^fast(ai|core)(\.|$)/],
  [/^(catalyst|composer|skorch|poutyne|colossalai|torchtnt|mmcv|mmengine)(\.|$)/],
  [/^transformers(\.|$)/, /Trainer$/],
  [/^torch\.distributed\.(autograd|optim)(\.|$)/],
];

const known = new WeakMap<Inference, boolean>();

/** Whether a file leaves its training loop, or part of it, to a framework. */
export function leavesLoopToFramework(inference: Inference): boolean {
  const found = known.get(inference) ?? importsOf(inference).some(isFramework);
  known.set(inference, found);
  return found;
}

interface Imported {
  readonly module: string;
  readonly names: readonly string[];
}

function isFramework({ module, names }: Imported): boolean {
  return frameworks.some(([pattern, name]) => pattern.test(module) && (!name || names.some((one) => name.test(one))));
}

/** The imports of a file, also those inside of functions and tests. */
function importsOf(inference: Inference): Imported[] {
  return [
    ...nodesOf(inference, "Import").flatMap(({ names }) => names.map(({ name }) => ({ module: name, names: [] }))),
    ...nodesOf(inference, "ImportFrom").map(({ module, names }) => ({ module, names: names.map(({ name }) => name) })),
  ];
}
