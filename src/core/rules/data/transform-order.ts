/** Transforms in an order in which they fail, or do something else than they are meant to. */
import { type Inference } from "../../infer/analysis";
import { type CallRecord } from "../../infer/record/part";
import { knownItems } from "../../infer/collections/lists";
import { type Value } from "../../infer/values/value";
import { type Finding, type Rule } from "../define";
import { argumentOf, callsOf, numberOf } from "../reading/calls";
import { stepsIn, transformName } from "../reading/transforms";

/** What a step turns a sample into. */
const toFloatTensor = new Set(["ToTensor"]);
/** Steps that want a tensor of floating-point numbers. */
const wantsTensor = new Set(["Normalize", "RandomErasing"]);
/** Steps of which one need not know what they make of a sample. */
const opaque = /^(Lambda|ToDtype|ToImage|PILToTensor|ConvertImageDtype|RandomApply|RandomChoice|ToPILImage)$/;

function* check(inference: Inference): Iterable<Finding> {
  for (const compose of callsOf(inference, ...compositions)) {
    const given = argumentOf(compose, "transforms", 0) as Value | undefined;
    const items = given && knownItems(given);
    if (!items) continue;
    yield* problems(
      items.map((item) => stepsIn(inference, item)?.[0]),
      inference,
    );
  }
}

const compositions = ["", "transforms.", "v2."].map((part) => `torchvision.transforms.${part}Compose`);

/** `undefined` stands for a step that is not known. */
function* problems(steps: readonly (CallRecord | undefined)[], inference: Inference): Iterable<Finding> {
  const names = steps.map((step) => step && transformName(step));
  const firstTensor = names.findIndex((name) => name !== undefined && toFloatTensor.has(name));
  const isKnown = (from: number, to: number): boolean =>
    names.slice(from, to).every((name) => name !== undefined && !opaque.test(name));
  for (const [at, step] of steps.entries()) {
    const name = names[at];
    if (!step || name === undefined || step.origin.path !== inference.source.path) continue;
    const earlier = names.indexOf(name);
    if (wantsTensor.has(name) && firstTensor > at && isKnown(0, at))
      yield misplaced(
        step,
        `${name} stands in front of ToTensor and gets a picture: it wants the tensor that ToTensor makes of it.`,
      );
    else if (name === "ToTensor" && earlier < at && isKnown(earlier, at))
      yield misplaced(step, "The sample is a tensor already: ToTensor takes a picture or an array, once.");
    else if (name === "Normalize" && earlier < at && isKnown(earlier, at))
      yield misplaced(
        step,
        "The data is normalised twice: what the first Normalize has centred, the second one shifts and scales again.",
      );
    else if (name === "Normalize" && firstTensor >= 0 && firstTensor < at && isKnown(firstTensor, at)) {
      const mean = largest(argumentOf(step, "mean", 0) as Value | undefined);
      if (mean !== undefined && mean > 2)
        yield misplaced(
          step,
          `ToTensor has scaled the pixels to between 0 and 1, and Normalize subtracts ${mean}, a mean of pixels between 0 and 255: divide mean and std by 255.`,
        );
    }
  }
}

function misplaced(step: CallRecord, message: string): Finding {
  return { span: step.origin.span, message };
}

function largest(value: Value | undefined): number | undefined {
  const numbers = (value && knownItems(value))?.map(numberOf);
  if (!numbers || numbers.length === 0 || numbers.includes(undefined)) return undefined;
  return Math.max(...(numbers as number[]));
}

export const transformOrder: Rule = {
  id: "transform-order",
  summary: "Transforms stand in the wrong order, or are applied twice.",
  category: "data",
  severity: "error",
  confidence: "certain",
  preset: "recommended",
  needs: "dataflow",
  fix: "none",
  check,
};
