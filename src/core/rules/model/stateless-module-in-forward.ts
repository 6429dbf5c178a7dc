/** Layers without weights that `forward` builds in every call, where a function does the same. */
import { type Inference } from "../../infer/analysis";
import { type Finding, type Rule } from "../define";
import { namedTensors } from "../../infer/modules/moduleState";
import { builtInForward } from "./module-built-in-forward";

function* check(inference: Inference): Iterable<Finding> {
  for (const { layer, name } of builtInForward(inference)) {
    if (/Dropout|Sequential|Module(List|Dict)/.test(name) || namedTensors(layer, "parameter").length > 0) continue;
    yield {
      span: layer.origin.span,
      message: `${name} is built anew in every call of forward. It has no weights, so nothing is lost but time; it stays out of print(model) and of hooks. Build it in __init__, or call its function.`,
    };
  }
}

export const statelessModuleInForward: Rule = {
  id: "stateless-module-in-forward",
  summary: "A layer without weights is built anew in every call of forward.",
  category: "model",
  severity: "information",
  confidence: "certain",
  preset: "strict",
  needs: "dataflow",
  fix: "none",
  check,
};
