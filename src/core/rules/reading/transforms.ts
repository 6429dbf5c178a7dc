/** The transforms of a dataset, in order, and which of them change a picture at random. */
import { type Inference } from "../../infer/analysis";
import { type CallRecord } from "../../infer/record";
import { type Value, knownItems } from "../../infer/value";
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
