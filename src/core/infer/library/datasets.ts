/** Datasets: what a sample of each is like, from its pictures and their transforms or from a class of the program. */
import { bool, int, none, tensor, unknown } from "../../ops/value";
import { type Dim, add, constant, unknownInteger, unknownSize, newDraw } from "../../shape/dim";
import { isRest, knownDims } from "../../shape/shape";
import { classAttribute, linearised } from "../classes/classes";
import { countOfData, elementsOf, itemsFrom } from "../collections/elements";
import { join } from "../values/join";
import { countOf, isOpenItems, itemsOf } from "../collections/lists";
import { type Arguments, type Machine, type Site, args } from "../machine";
import { subscript } from "../collections/sequences";
import { truthOf } from "../values/truth";
import { type Value } from "../values/value";
import { type Builtin, type Functions, argument } from "./given";
import { pictureOf } from "./pictures";

/** Channels and sides of the pictures, and where the transform stands among the arguments. */
interface PictureSet {
  readonly names: string;
  readonly channels: number;
  /** Pictures of many sizes where there is none. */
  readonly side?: number;
  readonly transformAt: number;
  /** How many there are to train with and to test with, by the argument `train`. */
  readonly counts?: readonly [train: number, test: number];
}

// https://pytorch.org/vision/stable/datasets.html
const pictureSets: readonly PictureSet[] = [
  { names: "MNIST FashionMNIST KMNIST", channels: 1, side: 28, transformAt: 2, counts: [60_000, 10_000] },
  { names: "EMNIST", channels: 1, side: 28, transformAt: 9 },
  { names: "QMNIST", channels: 1, side: 28, transformAt: 9 },
  { names: "USPS", channels: 1, side: 16, transformAt: 2 },
  { names: "CIFAR10 CIFAR100", channels: 3, side: 32, transformAt: 2, counts: [50_000, 10_000] },
  { names: "SVHN", channels: 3, side: 32, transformAt: 2 },
  { names: "STL10", channels: 3, side: 96, transformAt: 3 },
  { names: "ImageFolder", channels: 3, transformAt: 1 },
  { names: "Flowers102 Food101 OxfordIIITPet StanfordCars", channels: 3, transformAt: 9 },
];

function datasetOf(sample: Value, count?: Dim): Value {
  return { kind: "data", data: { is: "dataset", sample, ...(count && { count }) } };
}

const label: Value = { kind: "int", value: unknownInteger() };

const pictures =
  ({ channels, side, transformAt, counts }: PictureSet): Builtin =>
  (machine, given, site) => {
    const size = (): Dim => (side === undefined ? unknownSize() : constant(side));
    const sample = transformed(machine, pictureOf(constant(channels), size(), size()), given, transformAt, site);
    const isTraining = truthOf(argument(given, 1, "train") ?? bool(true));
    const count = counts && isTraining !== undefined ? constant(counts[isTraining ? 0 : 1]) : undefined;
    return given.open ? unknown("the dataset is not known") : datasetOf(sample, count);
  };

/** A picture after the transform, and its label. */
function transformed(machine: Machine, picture: Value, given: Arguments, transformAt: number, site: Site): Value {
  const transform = argument(given, transformAt, "transform");
  const target = given.keywords.get("target_transform");
  const changed = transform && transform.kind !== "none" ? machine.call(transform, args(picture), site) : picture;
  const known = !target || target.kind === "none" ? label : unknown("the transformed target is not known");
  return { kind: "tuple", items: [changed, known] };
}

/** `FakeData(size, image_size, num_classes, transform)`: pictures of noise. */
const fakeData: Builtin = (machine, given, site) => {
  const size = argument(given, 0, "size") ?? int(1000);
  const sides = argument(given, 1, "image_size");
  const [channels, height, width] = sides
    ? (elementsOf(machine, sides) ?? []).map((side) => (side.kind === "int" ? side.value : unknownSize()))
    : [3, 224, 224].map(constant);
  if (given.open || !channels || !height || !width) return unknown("the dataset is not known");
  const sample = transformed(machine, pictureOf(channels, height, width), given, 3, site);
  return datasetOf(sample, size.kind === "int" ? size.value : undefined);
};

/** Datasets whose samples are not modelled. */
const others =
  "ImageNet Places365 Caltech101 Caltech256 CelebA LFWPeople CocoDetection CocoCaptions VOCDetection VOCSegmentation " +
  "Cityscapes Omniglot LSUN DatasetFolder GTSRB DTD EuroSAT FGVCAircraft Country211 PCAM RenderedSST2 SBDataset";

const unmodelled: Builtin = (_, { open }) =>
  open ? unknown("the dataset is not known") : datasetOf(unknown("such samples are not modelled"));

/** The first of each tensor: a sample is a row of all of them. */
const tensorDataset: Builtin = (machine, { positional, open }) => {
  const [count] = positional[0]?.kind === "tensor" ? machine.facts.resolveShape(positional[0].shape) : [];
  const rows = positional.map((value): Value => {
    const dims = value.kind === "tensor" ? machine.facts.resolveShape(value.shape) : undefined;
    if (value.kind !== "tensor" || !dims || dims.length === 0 || isRest(dims[0]!)) return unknown("a row is not known");
    return tensor(dims.slice(1), value.dtype);
  });
  const sample: Value = { kind: "tuple", items: rows };
  return open
    ? unknown("the tensors are not known")
    : {
        kind: "data",
        data: {
          is: "dataset",
          sample,
          tensors: { kind: "tuple", items: positional },
          ...(count && !isRest(count) && { count }),
        },
      };
};

/** One part of a dataset has the samples of the whole, and is an object of its own. */
const subset: Builtin = (machine, given, site) => {
  const dataset = argument(given, 0, "dataset");
  const indices = argument(given, 1, "indices");
  const isSized = indices && (indices.kind === "list" || indices.kind === "tuple");
  const count = isSized ? countOf(itemsFrom(machine, indices)) : undefined;
  return dataset && !given.open
    ? datasetOf(sampleOf(machine, dataset, site), count)
    : unknown("the dataset is missing");
};

const randomSplit: Builtin = (machine, given, site) => {
  const dataset = argument(given, 0, "dataset");
  const lengths = argument(given, 1, "lengths");
  const parts = lengths && elementsOf(machine, lengths);
  if (!dataset || !parts) return unknown("the parts are not known");
  const sample = sampleOf(machine, dataset, site);
  // Fractions are rounded, and what is over goes to the first ones.
  return machine.newList(parts.map((part) => datasetOf(sample, part.kind === "int" ? part.value : undefined)));
};

/** `ConcatDataset([a, b])`, of which the samples are alike. */
const concatenated: Builtin = (machine, given, site) => {
  const parts = elementsOf(machine, argument(given, 0, "datasets") ?? none);
  if (!parts || parts.length === 0) return unknown("the parts are not known");
  const samples = parts.map((part) => sampleOf(machine, part, site));
  const counts = parts.map((part) => countIn(machine, part, site));
  const isSized = counts.every((count) => count !== undefined);
  return datasetOf(
    samples.reduce((a, b) => join(a, b, machine.facts)),
    isSized ? counts.reduce((a, b) => add(a, b)) : undefined,
  );
};

/** How many samples a dataset has: of a class of the program what its `__len__` says. */
export function countIn(machine: Machine, dataset: Value, site: Site): Dim | undefined {
  if (dataset.kind === "data") return countOfData(dataset);
  if (dataset.kind === "list") return dataset.reading ? undefined : countOf(itemsOf(dataset));
  const rows = dataset.kind === "tensor" ? machine.facts.resolveShape(dataset.shape)[0] : undefined;
  if (dataset.kind === "tensor") return rows && !isRest(rows) ? rows : undefined;
  if (dataset.kind !== "instance" || dataset.type.kind !== "class") return undefined;
  // What gives its samples one after the other may say another number than it has.
  const order = linearised(dataset.type);
  if (order.some((base) => base.kind === "external" && base.name.endsWith("IterableDataset"))) return undefined;
  const own = classAttribute(order, "__len__");
  const length = own && machine.call(machine.attribute(dataset, "__len__", site), args(), site);
  return length?.kind === "int" ? length.value : undefined;
}

/**
 * What a dataset gives for an index: of a class of the program what its `__getitem__` says for one below its `__len__`, so
 * that a window that begins there is whole.
 */
export function sampleOf(machine: Machine, dataset: Value, site: Site, count?: Dim): Value {
  if (dataset.kind === "data" && dataset.data.is === "dataset") return dataset.data.sample;
  if (dataset.kind === "tensor") {
    const dims = knownDims(machine.facts.resolveShape(dataset.shape));
    return dims && dims.length > 0 ? tensor(dims.slice(1), dataset.dtype) : unknown("a row is not known");
  }
  if (dataset.kind === "list") return subscript(machine, dataset, label, site);
  if (dataset.kind !== "instance" || dataset.type.kind !== "class") return unknown("the dataset is not known");
  if (!classAttribute(linearised(dataset.type), "__getitem__")) return eachGiven(machine, dataset);
  const read = machine.attribute(dataset, "__getitem__", site);
  const below = count ?? countIn(machine, dataset, site);
  const index = below ? int(newDraw(0, below)) : label;
  return read.kind === "method" ? machine.call(read, args(index), site) : unknown("the dataset has no samples");
}

/** What the `__iter__` of a class of samples gives: what all of them have in common. */
function eachGiven(machine: Machine, dataset: Value): Value {
  const items = itemsFrom(machine, dataset);
  if (isOpenItems(items)) return items.each ?? unknown("the samples are not known");
  return items.length > 0 ? items.reduce((a, b) => join(a, b, machine.facts)) : unknown("the dataset has no samples");
}

/** They give what they get. */
const progressBars = ["tqdm.tqdm", "tqdm.auto.tqdm", "tqdm.notebook.tqdm", "rich.progress.track"];
const sameIterable: Builtin = (_, given) => argument(given, 0, "iterable") ?? unknown("the iterable is missing");

export const datasetFunctions: Functions = [
  ...pictureSets.flatMap((row) =>
    row.names.split(" ").map((name) => [`torchvision.datasets.${name}`, pictures(row)] as const),
  ),
  ...others.split(" ").map((name) => [`torchvision.datasets.${name}`, unmodelled] as const),
  ...progressBars.map((name) => [name, sameIterable] as const),
  ["torchvision.datasets.FakeData", fakeData],
  ["torch.utils.data.TensorDataset", tensorDataset],
  ["torch.utils.data.ConcatDataset", concatenated],
  ["torch.utils.data.Subset", subset],
  ["torch.utils.data.random_split", randomSplit],
];
