/** The transforms of a dataset, in order, and which of them change a picture at random. */
import { type Inference } from "../../infer/analysis";
import { type CallRecord } from "../../infer/record/part";
import { knownItems } from "../../infer/collections/lists";
import { type Value } from "../../infer/values/value";
import { argumentOf } from "./calls";
import { makerOf } from "./data";
import { type Built } from "./splits";

/** The place of `transform` among the arguments. */
const places: readonly (readonly [names: RegExp, position: number])[] = [
  [/\.(MNIST|FashionMNIST|KMNIST|CIFAR10|CIFAR100|SVHN|USPS)$/, 2],
  [/\.ImageFolder$/, 1],
  [/\.STL10$/, 3],
];

/** What a dataset does with each sample; undefined where it is not known. */
export function transformsOf(inference: Inference, { call, dataset, part }: Built): CallRecord[] | undefined {
  if (part) return transformsOf(inference, part);
  if (dataset.kind === "instance") return stepsIn(inference, dataset.attributes.get("transform"));
  if (!call) return undefined;
  const position = places.find(([names]) => names.test(call.operation))?.[1] ?? 9;
  return stepsIn(inference, argumentOf(call, "transform", position) as Value | undefined);
}

/** Whether a dataset's transform has steps that are not torchvision's, or that may do anything. */
export function hasOpaqueSteps(inference: Inference, built: Built): boolean {
  const { call, dataset, part } = built;
  if (part) return hasOpaqueSteps(inference, part);
  if (dataset.kind === "instance" || !call) return true;
  const position = places.find(([names]) => names.test(call.operation))?.[1] ?? 9;
  return isOpaque(inference, argumentOf(call, "transform", position) as Value | undefined);
}

function isOpaque(inference: Inference, transform: Value | undefined): boolean {
  const call = makerOf(inference, transform);
  if (!call?.operation.startsWith("torchvision.transforms.")) return true;
  if (!/\.(Compose|Sequential)$/.test(call.operation))
    return /\.(Lambda|RandomApply|RandomChoice)$/.test(call.operation);
  const steps = argumentOf(call, "transforms", 0) as Value | undefined;
  return (steps && knownItems(steps))?.some((step) => isOpaque(inference, step)) ?? true;
}

/** The calls that built the steps of a transform, those of a `Compose` in order. */
export function stepsIn(inference: Inference, transform: Value | undefined): CallRecord[] | undefined {
  const call = makerOf(inference, transform);
  if (!call?.operation.startsWith("torchvision.transforms.")) return undefined;
  if (!/\.(Compose|Sequential)$/.test(call.operation)) return [call];
  const steps = argumentOf(call, "transforms", 0) as Value | undefined;
  return (steps && knownItems(steps))?.flatMap((step) => stepsIn(inference, step) ?? []);
}

const augmentation = /\.(Random\w+|ColorJitter|AutoAugment|RandAugment|TrivialAugmentWide|AugMix|ElasticTransform)$/;

export function isAugmentation({ operation }: CallRecord): boolean {
  return augmentation.test(operation);
}

export function transformName({ operation }: CallRecord): string {
  return operation.split(".").at(-1)!;
}
