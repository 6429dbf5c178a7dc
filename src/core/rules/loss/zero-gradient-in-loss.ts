/** A step function between parameters and the loss: its derivative is 0, so what lies before it is never trained. */
import { mayTrain } from "../../infer/modules/moduleMethods";
import { type Inference } from "../../infer/analysis";
import { type InstanceValue } from "../../infer/values/value";
import { type Producer, type TensorValue } from "../../ops/value";
import { type Finding, type Rule } from "../define";
import { functionName } from "../reading/flow";
import { isFlat, mayStop } from "../reading/graph";
import { objectivesOf, optimised } from "../reading/objectives";
import { stepsOf } from "../reading/training";

/** Arguments that say which numbers are taken, and what they are compared with. */
const beside = ["index", "condition", "target", "mask", "labels"];

interface Reach {
  /** Parameters that get a gradient. */
  readonly parameters: Set<number>;
  /** The flat steps at which the gradient ends. */
  readonly ends: Set<Producer>;
}

function* check(inference: Inference): Iterable<Finding> {
  const isUnknown = stepsOf(inference).some(({ kind, object }) => kind === "backward" && object?.kind !== "tensor");
  const trained = optimised(inference);
  const objectives = objectivesOf(inference);
  if (inference.incomplete || isUnknown || !trained || trained.size === 0 || objectives.length === 0) return;
  const reach = reached(objectives.map(({ loss }) => loss));
  for (const end of reach.ends) {
    if (end.origin.path !== inference.source.path) continue;
    const before = reached(end.inputs, true).parameters;
    const isTrained = (id: number): boolean => trained.has(id) && mayTrain(inference.machine, id) === true;
    const lost = [...before].filter((id) => isTrained(id) && !reach.parameters.has(id));
    if (lost.length === 0) continue;
    const name = names[functionName(end.operation)] ?? functionName(end.operation);
    yield {
      span: end.origin.span,
      message: `${name} has the derivative 0 wherever it has one, and the loss depends on ${lost.length} parameter ${lost.length === 1 ? "tensor" : "tensors"} only through it: they get no gradient and are never trained.`,
    };
  }
}

const names: Readonly<Record<string, string>> = {
  eq: "A comparison",
  ne: "A comparison",
  lt: "A comparison",
  le: "A comparison",
  gt: "A comparison",
  ge: "A comparison",
};

/** Walks back from some tensors along the gradient, or with `all` along everything that they are computed from. */
function reached(roots: readonly TensorValue[], all = false): Reach {
  const reach: Reach = { parameters: new Set(), ends: new Set() };
  const seen = new Set<Producer>();
  const waiting = [...roots];
  for (let next = waiting.pop(); next; next = waiting.pop()) {
    if (next.stored?.kind === "parameter") reach.parameters.add(next.stored.id);
    const { producer } = next;
    if (!producer || seen.has(producer)) continue;
    seen.add(producer);
    const isEnd = isFlat(producer) && (!("grad" in producer) || producer.grad === true);
    if (isEnd && !all) reach.ends.add(producer);
    if (isEnd ? !all : mayStop(producer)) continue;
    for (const id of parametersOf(producer)) reach.parameters.add(id);
    const aside = beside.map((argument) => producer.values?.get(argument));
    const isTokens = functionName(producer.operation) === "embedding";
    waiting.push(...producer.inputs.filter((input) => !isTokens && !aside.includes(input)));
  }
  return reach;
}

function parametersOf({ layer }: Producer): number[] {
  const values = (layer as InstanceValue | undefined)?.attributes.values() ?? [];
  return [...values].flatMap((value) =>
    value.kind === "tensor" && value.stored?.kind === "parameter" ? [value.stored.id] : [],
  );
}

export const zeroGradientInLoss: Rule = {
  id: "zero-gradient-in-loss",
  summary: "A step function between parameters and the loss lets no gradient through.",
  category: "loss",
  severity: "error",
  confidence: "certain",
  preset: "recommended",
  needs: "dataflow",
  fix: "none",
  check,
};
