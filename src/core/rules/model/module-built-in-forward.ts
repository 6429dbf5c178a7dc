/** Layers that `forward` builds anew in every call: their weights are never trained, and they never leave training mode. */
import { type Inference } from "../../infer/analysis";
import { isModule } from "../../infer/classes/classes";
import { namedTensors } from "../../infer/modules/moduleState";
import { type InstanceValue } from "../../infer/values/value";
import type { FunctionDef } from "../../python/syntax";
import { isKind } from "../../python/visit";
import { type Finding, type Rule } from "../define";
import { callAt } from "../reading/calls";
import { methodAround, modelClasses } from "../reading/classes";
import { ancestorsOf, enclosing, nodesOf } from "../reading/syntax";

/** A layer of PyTorch that is built in the `forward` of a model of the file. */
export interface BuiltInForward {
  readonly layer: InstanceValue;
  readonly name: string;
  readonly forward: FunctionDef;
}

/** Layers built once and kept (`if self.fc is None`) are left out. */
export function* builtInForward(inference: Inference): Iterable<BuiltInForward> {
  const models = new Set(modelClasses(inference).map(({ node }) => node));
  const forwards = nodesOf(inference, "FunctionDef").filter(({ name }) => name.name === "forward");
  for (const layer of inference.record.instances) {
    const { path, span } = layer.origin;
    if (path !== inference.source.path || layer.type.kind !== "external" || !isModule(layer)) continue;
    const forward = forwards.find(({ start, end }) => start <= span.start && span.end <= end);
    const call = callAt(span);
    if (!forward || !call || enclosing(inference, call, "FunctionDef") !== forward) continue;
    const owner = enclosing(inference, forward, "ClassDef");
    const isConditional = [...ancestorsOf(inference, call)].some(
      (node) => isKind(node, "If") && node.start > forward.start,
    );
    if (!owner || !models.has(owner) || isConditional || methodAround(inference, call) !== forward) continue;
    yield { layer, name: layer.type.name.split(".").at(-1)!, forward };
  }
}

function* check(inference: Inference): Iterable<Finding> {
  for (const { layer, name, forward } of builtInForward(inference)) {
    const span = layer.origin.span;
    if (name.includes("Dropout")) {
      yield {
        span,
        message: `${name} is built anew in every call of forward, so eval() never reaches it: it goes on dropping values in evaluation. Build it in __init__, as self.dropout.`,
      };
    } else if (namedTensors(layer, "parameter").length > 0 && !isGivenWeights(forward, inference)) {
      const what = name.includes("BatchNorm") ? "averages and weights" : "weights";
      yield {
        span,
        message: `${name} is built anew in every call of forward, with new random ${what} that no optimizer has. Build it in __init__, as an attribute of self.`,
      };
    }
  }
}

/** A layer as a tool: its weights are set by hand, as those of a fixed filter. */
function isGivenWeights(forward: FunctionDef, inference: Inference): boolean {
  return nodesOf(inference, "Attribute").some(
    ({ start, attribute }) =>
      start > forward.start &&
      start < forward.end &&
      /^(weight|data|load_state_dict|requires_grad_?)$/.test(attribute.name),
  );
}

export const moduleBuiltInForward: Rule = {
  id: "module-built-in-forward",
  summary: "A layer with weights, or a dropout, is built anew in every call of forward.",
  category: "model",
  severity: "error",
  confidence: "likely",
  preset: "recommended",
  needs: "dataflow",
  fix: "none",
  check,
};
