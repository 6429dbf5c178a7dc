/** A classifier with fewer outputs than its dataset has classes. */
import { knownItems } from "../../infer/collections/lists";
import { type Inference } from "../../infer/analysis";
import { type CallRecord } from "../../infer/record/part";
import { regionsAround } from "../../infer/record/trace";
import { type TensorValue } from "../../ops/value";
import { constantValue } from "../../shape/dim";
import { isRest } from "../../shape/shape";
import { type Finding, type Rule } from "../define";
import { argumentOf, callsOf } from "../reading/calls";
import { loaderLoops } from "../reading/data";
import { nodesOf } from "../reading/syntax";
import { type Built, builtDataset } from "../reading/splits";

/** Of the datasets whose labels run from 0 to their number of classes. */
const classes: Readonly<Record<string, number>> = {
  MNIST: 10,
  FashionMNIST: 10,
  KMNIST: 10,
  CIFAR10: 10,
  CIFAR100: 100,
  SVHN: 10,
  USPS: 10,
  STL10: 10,
  Food101: 101,
  Flowers102: 102,
  GTSRB: 43,
  ImageNet: 1000,
  OxfordIIITPet: 37,
  StanfordCars: 196,
  EuroSAT: 10,
  Country211: 211,
};

const losses = ["CrossEntropyLoss", "NLLLoss", "functional.cross_entropy", "functional.nll_loss"];

function* check(inference: Inference): Iterable<Finding> {
  // Labels that the program changes may be fewer.
  if (
    nodesOf(inference, "Attribute").some(({ attribute }) => /^(targets|labels|target_transform)$/.test(attribute.name))
  )
    return;
  for (const call of callsOf(inference, ...losses.map((name) => `torch.nn.${name}`))) {
    const logits = argumentOf(call, "input", 0);
    const outputs = logits?.kind === "tensor" ? outputsOf(inference, logits) : undefined;
    const found = outputs === undefined ? undefined : datasetAround(inference, call);
    const count = found && classes[found.builder.split(".").at(-1)!];
    if (!found || count === undefined || outputs! >= count) continue;
    const name = found.builder.split(".").at(-1)!;
    yield {
      span: call.origin.span,
      message: `The model has ${outputs} outputs, and ${name} has ${count} classes: for a label of ${outputs} or more there is no output, and the loss fails.`,
      related: found.call ? [{ span: found.call.origin.span, message: `${count} classes.` }] : [],
    };
  }
}

function outputsOf({ facts }: Inference, { shape }: TensorValue): number | undefined {
  const [, axis, ...more] = facts.resolveShape(shape);
  return axis && !isRest(axis) && more.length === 0 ? constantValue(axis) : undefined;
}

/** The dataset whose batches the innermost loop around a call reads, and whose labels the loss gets. */
function datasetAround(inference: Inference, call: CallRecord): Built | undefined {
  for (const region of regionsAround(call.region)) {
    if (region.kind !== "loop") continue;
    const loops = loaderLoops(inference).filter((loop) => loop.region === region);
    if (loops.length === 0) continue;
    const [only, ...others] = loops;
    const built = others.length === 0 ? builtDataset(inference, only!.loader.dataset) : undefined;
    const whole = built?.part && built.builder.endsWith("random_split") ? built.part : built;
    const isPlain = whole?.call && (argumentOf(whole.call, "target_transform", 9)?.kind ?? "none") === "none";
    return isPlain && isLabel(argumentOf(call, "target", 1) as TensorValue | undefined, only!.loader.call)
      ? whole
      : undefined;
  }
  return undefined;
}

/** The label as the loader gives it, moved or not. */
function isLabel(target: TensorValue | undefined, { result }: CallRecord): boolean {
  let leaf = target?.kind === "tensor" ? target : undefined;
  while (leaf?.producer && /\.(to|cuda|cpu|long|squeeze|view)$/.test(leaf.producer.operation))
    leaf = leaf.producer.inputs[0];
  const each = result.kind === "data" && result.data.is === "stream" ? result.data.each : undefined;
  return leaf !== undefined && each !== undefined && knownItems(each)?.[1] === leaf;
}

export const tooFewClasses: Rule = {
  id: "too-few-classes",
  summary: "The model has fewer outputs than the dataset has classes.",
  category: "data",
  severity: "error",
  confidence: "certain",
  preset: "recommended",
  needs: "shapes",
  fix: "none",
  check,
};
