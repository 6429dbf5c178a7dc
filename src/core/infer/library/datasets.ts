/** Datasets and loaders: the shapes of what a training loop meets, from the dataset's pictures and its transforms. */
import { bool, int, none, tensor, unknown } from "../../ops/value";
import {
  type Dim,
  add,
  constant,
  constantValue,
  newSymbol,
  unknownInteger,
  unknownSize,
  newDraw,
} from "../../shape/dim";
import { isRest, knownDims } from "../../shape/shape";
import { classAttribute, linearised } from "../classes/classes";
import { countOfData, elementsOf, itemsFrom } from "../collections/elements";
import { join } from "../values/join";
import { countOf, itemsOf } from "../collections/lists";
import { type Arguments, type Machine, type Site, args } from "../machine";
import { subscript } from "../collections/sequences";
import { truthOf } from "../values/truth";
import { type DictEntry, type Value } from "../values/value";
import { type Builtin, type Functions, argument, numberIn } from "./given";
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
  return open
    ? unknown("the tensors are not known")
    : datasetOf({ kind: "tuple", items: rows }, count && !isRest(count) ? count : undefined);
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
function countIn(machine: Machine, dataset: Value, site: Site): Dim | undefined {
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
function sampleOf(machine: Machine, dataset: Value, site: Site, count?: Dim): Value {
  if (dataset.kind === "data" && dataset.data.is === "dataset") return dataset.data.sample;
  if (dataset.kind === "tensor") {
    const dims = knownDims(machine.facts.resolveShape(dataset.shape));
    return dims && dims.length > 0 ? tensor(dims.slice(1), dataset.dtype) : unknown("a row is not known");
  }
  if (dataset.kind === "list") return subscript(machine, dataset, label, site);
  if (dataset.kind !== "instance" || dataset.type.kind !== "class") return unknown("the dataset is not known");
  const read = machine.attribute(dataset, "__getitem__", site);
  const below = count ?? countIn(machine, dataset, site);
  const index = below ? int(newDraw(0, below)) : label;
  return read.kind === "method" ? machine.call(read, args(index), site) : unknown("the dataset has no samples");
}

const loader: Builtin = (machine, given, site) => {
  const dataset = argument(given, 0, "dataset");
  const has = (name: string): boolean => (given.keywords.get(name)?.kind ?? "none") !== "none";
  if (!dataset || given.open) return unknown("the batches are not known");
  const size = argument(given, 1, "batch_size") ?? int(1);
  const isWhole = !(has("batch_sampler") || has("sampler") || given.positional.length > 3);
  const all = countIn(machine, dataset, site);
  const samples = isWhole && all ? constantValue(all) : undefined;
  const isDropped = given.keywords.has("drop_last") ? truthOf(given.keywords.get("drop_last")!) : false;
  const sample = sampleOf(machine, dataset, site, all);
  const batch = has("batch_sampler") ? newSymbol("B", "given") : batchSize(size, isDropped, samples);
  const isSingle = size.kind === "none" && !has("batch_sampler");
  const count = batchCount(isSingle ? 1 : numberIn(size), isDropped, samples);
  const giving = (each: Value): Value => ({
    kind: "data",
    data: {
      is: "stream",
      each,
      dataset,
      // Batches of several sizes are not to be counted as if they were of one.
      ...(count !== undefined && { batches: constant(count) }),
      ...(count !== undefined && constantValue(batch) !== undefined && { count: constant(count) }),
    },
  });
  const collate = has("collate_fn") ? given.keywords.get("collate_fn") : undefined;
  if (collate && isSingle) return giving(unknown("the batches are not known"));
  if (collate) return giving(machine.call(collate, args(machine.newList({ each: sample, count: batch })), site));
  return giving(isSingle ? sample : batchOf(machine, sample, batch));
};

/** The last batch is smaller, unless it is dropped or the samples come out even. */
function batchSize(size: Value, isDropped: boolean | undefined, samples: number | undefined): Dim {
  const number = numberIn(size);
  if (number === undefined || number < 1) return newSymbol("B", "given");
  const isEven = samples !== undefined && samples > 0 && samples % number === 0;
  return number === 1 || isDropped || isEven ? constant(number) : newSymbol("B", "given", 1, number);
}

function batchCount(
  size: number | undefined,
  isDropped: boolean | undefined,
  samples: number | undefined,
): number | undefined {
  if (size === undefined || size < 1 || samples === undefined || isDropped === undefined) return undefined;
  return isDropped ? Math.floor(samples / size) : Math.ceil(samples / size);
}

/** Samples stacked, as PyTorch's default does it (https://pytorch.org/docs/stable/data.html#torch.utils.data.default_collate). */
function batchOf(machine: Machine, sample: Value, batch: Dim): Value {
  switch (sample.kind) {
    case "tensor":
      return tensor([batch, ...machine.facts.resolveShape(sample.shape)], sample.dtype);
    case "int":
      return tensor([batch], "int64");
    case "float":
      return tensor([batch], sample.ofNumpy === "perhaps" ? undefined : "float64");
    case "tuple":
      return { kind: "tuple", items: sample.items.map((item) => batchOf(machine, item, batch)) };
    case "dict": {
      const entries = machine.newTable<DictEntry>();
      for (const [name, entry] of sample.entries.items())
        entries.set(name, { ...entry, value: batchOf(machine, entry.value, batch) });
      return { kind: "dict", entries };
    }
    default:
      return unknown("how such samples are put together is not known");
  }
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
  ["torch.utils.data.DataLoader", loader],
  ["torch.utils.data.dataloader.DataLoader", loader],
];
