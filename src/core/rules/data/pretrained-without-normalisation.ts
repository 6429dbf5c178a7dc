/** Weights that were learnt on normalised pictures, and pictures that nobody normalises. */
import { type Inference } from "../../infer/analysis";
import { type CallRecord } from "../../infer/record/part";
import type { Call } from "../../python/syntax";
import { isKind } from "../../python/visit";
import { type Finding, type Rule } from "../define";
import { callsNamed } from "../reading/names";
import { callAt } from "../reading/calls";
import { loaderLoops } from "../reading/data";
import { isMentioned } from "../reading/mentions";
import { builtDataset } from "../reading/splits";
import { parentOf } from "../reading/syntax";
import { hasOpaqueSteps, transformName, transformsOf } from "../reading/transforms";

function* check(inference: Inference): Iterable<Finding> {
  const model = callsNamed(inference, /^torchvision\.models\.[a-z]\w*$/).find(isPretrained);
  // The numbers may be applied anywhere: on the device, in the model, in a transform that comes with the weights.
  if (!model || isMentioned(inference, /normali[sz]|0\.485|\.transforms\(\)|imagenet_?(mean|std|default)/i)) return;
  const seen = new Set<number>();
  for (const { loader, trains, evaluates } of loaderLoops(inference)) {
    const built = trains || evaluates ? builtDataset(inference, loader.dataset) : undefined;
    const steps = built && !hasOpaqueSteps(inference, built) ? transformsOf(inference, built) : undefined;
    const converts = steps?.find((step) => transformName(step) === "ToTensor");
    if (converts?.origin.path !== inference.source.path || seen.has(converts.origin.span.start)) continue;
    seen.add(converts.origin.span.start);
    yield {
      span: converts.origin.span,
      message:
        "ToTensor gives numbers from 0 to 1, and the weights of this model were learnt on pictures with mean 0 and standard deviation 1 in each channel. Put Normalize((0.485, 0.456, 0.406), (0.229, 0.224, 0.225)) behind it.",
      related: [{ span: model, message: "The weights come from here." }],
      ...mend(converts, inference),
    };
  }
}

/** A classifier of torchvision with weights: its models for detection, in modules of their own, normalise by themselves. */
function isPretrained({ keywords }: Call): boolean {
  return keywords.some(({ name, value }) => {
    if (name?.name === "pretrained") return value.kind === "Constant" && value.type === "bool" && value.value;
    return (
      name?.name === "weights" && (value.kind === "Attribute" || (value.kind === "Constant" && value.type === "str"))
    );
  });
}

/** `Normalize` behind `ToTensor` in its list, under the same library's name. */
function mend({ origin }: CallRecord, inference: Inference): Pick<Finding, "fix"> {
  const call = callAt(origin.span);
  const isInList = call !== undefined && isKind(parentOf(inference, call) ?? inference.module, "List");
  if (!isInList || call.callee.kind !== "Attribute") return {};
  const library = inference.source.slice(call.callee.value);
  const text = `, ${library}.Normalize((0.485, 0.456, 0.406), (0.229, 0.224, 0.225))`;
  return {
    fix: { title: "Normalise as the weights expect", edits: [{ span: { start: call.end, end: call.end }, text }] },
  };
}

export const pretrainedWithoutNormalisation: Rule = {
  id: "pretrained-without-normalisation",
  summary: "A pretrained model gets pictures that are not normalised.",
  category: "data",
  severity: "warning",
  confidence: "likely",
  preset: "recommended",
  needs: "dataflow",
  fix: "suggested",
  check,
};
