/** Training data that is normalised, and evaluation data that is not, or otherwise. */
import { type Inference } from "../../infer/analysis";
import { type CallRecord } from "../../infer/record/part";
import { knownItems } from "../../infer/collections/lists";
import { type Value } from "../../infer/values/value";
import { type Finding, type Rule } from "../define";
import { argumentOf, numberOf } from "../reading/calls";
import { type Loader, loaderLoops } from "../reading/data";
import { builtDataset } from "../reading/splits";
import { hasOpaqueSteps, transformName, transformsOf } from "../reading/transforms";

function* check(inference: Inference): Iterable<Finding> {
  const loops = loaderLoops(inference);
  const trained = new Set(loops.filter(({ trains }) => trains).map(({ loader }) => loader));
  const evaluated = new Set(loops.filter(({ evaluates }) => evaluates).map(({ loader }) => loader));
  const own = [...trained].map((loader) => normalisationOf(inference, loader));
  const [first] = own;
  // With several training sets it is not clear which one the evaluation goes with.
  if (!first || own.some((other) => other?.text !== first.text)) return;
  for (const loader of evaluated) {
    const other = trained.has(loader) ? undefined : normalisationOf(inference, loader);
    if (!other || other.text === first.text || other.builder !== first.builder) continue;
    const place = other.call ?? first.call;
    const dataset = builtDataset(inference, loader.dataset)?.call ?? loader.call;
    if (dataset.origin.path !== inference.source.path || !place) continue;
    yield {
      span: dataset.origin.span,
      message: describe(first.call, other.call),
      related: [
        {
          span: place.origin.span,
          message: other.call ? "The other normalisation." : "The normalisation in training.",
        },
      ],
    };
  }
}

function describe(inTraining: CallRecord | undefined, here: CallRecord | undefined): string {
  const end = "the model meets inputs of another scale than those that it was trained on.";
  if (!here) return `The training data goes through Normalize, and this data does not: ${end}`;
  if (!inTraining) return `This data goes through Normalize, and the training data does not: ${end}`;
  return `The training data is normalised with other numbers than this data: ${end}`;
}

interface Normalisation {
  readonly call: CallRecord | undefined;
  /** The numbers; empty where nothing is normalised. */
  readonly text: string;
  readonly builder: string;
}

/** Undefined where not all steps are known. */
function normalisationOf(inference: Inference, { dataset }: Loader): Normalisation | undefined {
  const built = builtDataset(inference, dataset);
  const steps = built && transformsOf(inference, built);
  if (!built || !steps || hasOpaqueSteps(inference, built)) return undefined;
  const builder = (built.part ?? built).builder;
  const call = steps.find((step) => transformName(step) === "Normalize");
  if (!call) return { call, text: "", builder };
  const numbers = ["mean", "std"].map((name, i) => numbersIn(argumentOf(call, name, i) as Value | undefined));
  return numbers.includes(undefined) ? undefined : { call, text: numbers.join("; "), builder };
}

function numbersIn(value: Value | undefined): string | undefined {
  const numbers = (value && knownItems(value))?.map(numberOf);
  return !numbers || numbers.includes(undefined) ? undefined : numbers.join(", ");
}

export const normalisationDiffers: Rule = {
  id: "normalisation-differs",
  summary: "Training and evaluation data are normalised differently.",
  category: "data",
  severity: "error",
  confidence: "likely",
  preset: "recommended",
  needs: "dataflow",
  fix: "none",
  check,
};
