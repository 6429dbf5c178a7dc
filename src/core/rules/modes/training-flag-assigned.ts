/** `model.training = False` switches the outermost module alone: Dropout and BatchNorm inside stay in training mode. */
import { type Inference } from "../../infer/analysis";
import { namedChildren } from "../../infer/modules/modules";
import type { Expression } from "../../python/syntax";
import { type Finding, type Rule } from "../define";
import { modeLayerOf } from "../reading/modes";
import { nodesOf } from "../reading/syntax";

function* check(inference: Inference): Iterable<Finding> {
  for (const assign of nodesOf(inference, "Assign")) {
    const [target] = assign.targets;
    const flag = assign.value;
    if (target?.kind !== "Attribute" || target.attribute.name !== "training" || flag.kind !== "Constant") continue;
    if (flag.type !== "bool" || (target.value.kind === "Name" && target.value.id === "self")) continue;
    if (isEachOfLoop(target.value, inference)) continue;
    const layer = switchedInside(target.value, inference);
    if (layer === undefined) continue;
    const owner = inference.source.slice(target.value);
    const method = flag.value ? "train" : "eval";
    yield {
      span: target,
      message: `This sets the flag of the outermost module alone, and ${layer} inside of it keeps its own. Call ${owner}.${method}(), which goes through all layers.`,
      fix: { title: `Call ${method}()`, edits: [{ span: assign, text: `${owner}.${method}()` }] },
    };
  }
}

/** In `for module in model.modules()` every module gets its turn. */
function isEachOfLoop(object: Expression, inference: Inference): boolean {
  if (object.kind !== "Name") return false;
  const { id } = object;
  return nodesOf(inference, "For").some(
    ({ target, start, end }) =>
      start < object.start && object.end <= end && new RegExp(`\\b${id}\\b`).test(inference.source.slice(target)),
  );
}

/** A layer below the object to which the mode makes a difference, where the object is known to be a model. */
function switchedInside(object: Expression, { record }: Inference): string | undefined {
  for (const { value } of record.seenAt(object) ?? []) {
    if (value.kind !== "instance") continue;
    const inside = namedChildren(value).map(([, child]) => modeLayerOf(child));
    const name = inside.find((layer) => layer !== undefined);
    if (name !== undefined) return name;
  }
  return undefined;
}

export const trainingFlagAssigned: Rule = {
  id: "training-flag-assigned",
  summary: "The training flag is set on the outermost module alone.",
  category: "modes",
  severity: "error",
  confidence: "certain",
  preset: "recommended",
  needs: "dataflow",
  fix: "suggested",
  check,
};
