/** Datasets and loaders: the shapes of what a training loop meets, from the dataset's pictures and its transforms. */
import { tensor, unknown } from "../../ops/value";
import { type Dim, constant, newSymbol, unknownInteger, unknownSize } from "../../shape/dim";
import { isRest, knownDims } from "../../shape/shape";
import { type Machine, type Site, args } from "../machine";
import { elementsOf } from "../elements";
import { subscript } from "../sequences";
import { truthOf } from "../truth";
import { streamOf } from "../iterators";
import { type DictEntry, type Value } from "../value";
import { type Builtin, type Functions, argument, numberIn } from "./given";
import { pictureOf } from "./pictures";

/** Channels and sides of the pictures, and where the transform stands among the arguments. */
interface PictureSet {
  readonly names: string;
  readonly channels: number;
  /** Pictures of many sizes where there is none. */
  readonly side?: number;
  readonly transformAt: number;
}

// https://pytorch.org/vision/stable/datasets.html
const pictureSets: readonly PictureSet[] = [
  { names: "MNIST FashionMNIST KMNIST", channels: 1, side: 28, transformAt: 2 },
  { names: "EMNIST", channels: 1, side: 28, transformAt: 9 },
  { names: "QMNIST", channels: 1, side: 28, transformAt: 9 },
  { names: "USPS", channels: 1, side: 16, transformAt: 2 },
  { names: "CIFAR10 CIFAR100", channels: 3, side: 32, transformAt: 2 },
  { names: "SVHN", channels: 3, side: 32, transformAt: 2 },
  { names: "STL10", channels: 3, side: 96, transformAt: 3 },
  { names: "ImageFolder", channels: 3, transformAt: 1 },
  { names: "Flowers102 Food101 OxfordIIITPet StanfordCars", channels: 3, transformAt: 9 },
];

function datasetOf(sample: Value): Value {
  return { kind: "data", data: { is: "dataset", sample } };
}

const label: Value = { kind: "int", value: unknownInteger() };

const pictures =
  ({ channels, side, transformAt }: PictureSet): Builtin =>
  (machine, given, site) => {
    const size = (): Dim => (side === undefined ? unknownSize() : constant(side));
    const picture = pictureOf(constant(channels), size(), size());
    const transform = argument(given, transformAt, "transform");
    const target = given.keywords.get("target_transform");
    const changed = transform && transform.kind !== "none" ? machine.call(transform, args(picture), site) : picture;
    const known = !target || target.kind === "none" ? label : unknown("the transformed target is not known");
    return given.open ? unknown("the dataset is not known") : datasetOf({ kind: "tuple", items: [changed, known] });
  };

/** Datasets whose samples are not modelled. */
const others =
  "ImageNet Places365 Caltech101 Caltech256 CelebA LFWPeople CocoDetection CocoCaptions VOCDetection VOCSegmentation " +
  "Cityscapes Omniglot LSUN FakeData DatasetFolder GTSRB DTD EuroSAT FGVCAircraft Country211 PCAM RenderedSST2 SBDataset";

const unmodelled: Builtin = (_, { open }) =>
  open ? unknown("the dataset is not known") : datasetOf(unknown("such samples are not modelled"));

/** The first of each tensor: a sample is a row of all of them. */
const tensorDataset: Builtin = (machine, { positional, open }) => {
  const rows = positional.map((value): Value => {
    const dims = value.kind === "tensor" ? machine.facts.resolveShape(value.shape) : undefined;
    if (value.kind !== "tensor" || !dims || dims.length === 0 || isRest(dims[0]!)) return unknown("a row is not known");
    return tensor(dims.slice(1), value.dtype);
  });
  return open ? unknown("the tensors are not known") : datasetOf({ kind: "tuple", items: rows });
};

/** One part of a dataset has the samples of the whole, and is an object of its own. */
const subset: Builtin = (machine, given, site) => {
  const dataset = argument(given, 0, "dataset");
  return dataset && !given.open ? datasetOf(sampleOf(machine, dataset, site)) : unknown("the dataset is missing");
};

const randomSplit: Builtin = (machine, given, site) => {
  const dataset = argument(given, 0, "dataset");
  const lengths = argument(given, 1, "lengths");
  const parts = lengths && elementsOf(machine, lengths);
  if (!dataset || !parts) return unknown("the parts are not known");
  const sample = sampleOf(machine, dataset, site);
  return machine.newList(parts.map(() => datasetOf(sample)));
};

/** What a dataset gives for an index: of a class of the program what its `__getitem__` says. */
function sampleOf(machine: Machine, dataset: Value, site: Site): Value {
  if (dataset.kind === "data" && dataset.data.is === "dataset") return dataset.data.sample;
  if (dataset.kind === "tensor") {
    const dims = knownDims(machine.facts.resolveShape(dataset.shape));
    return dims && dims.length > 0 ? tensor(dims.slice(1), dataset.dtype) : unknown("a row is not known");
  }
  if (dataset.kind === "list") return subscript(machine, dataset, label, site);
  if (dataset.kind !== "instance" || dataset.type.kind !== "class") return unknown("the dataset is not known");
  const read = machine.attribute(dataset, "__getitem__", site);
  return read.kind === "method" ? machine.call(read, args(label), site) : unknown("the dataset has no samples");
}

const loader: Builtin = (machine, given, site) => {
  const dataset = argument(given, 0, "dataset");
  const has = (name: string): boolean => (given.keywords.get(name)?.kind ?? "none") !== "none";
  if (!dataset || given.open) return unknown("the batches are not known");
  const size = argument(given, 1, "batch_size") ?? { kind: "int", value: constant(1) };
  const sample = sampleOf(machine, dataset, site);
  const batch = has("batch_sampler") ? newSymbol("B", "given") : batchSize(size, given.keywords.get("drop_last"));
  const isSingle = size.kind === "none" && !has("batch_sampler");
  const collate = has("collate_fn") ? given.keywords.get("collate_fn") : undefined;
  if (collate && isSingle) return streamOf(unknown("the batches are not known"));
  if (collate) return streamOf(machine.call(collate, args(machine.newList({ each: sample, count: batch })), site));
  return streamOf(isSingle ? sample : batchOf(machine, sample, batch));
};

/** The last batch is smaller, unless it is dropped. */
function batchSize(size: Value, dropLast: Value | undefined): Dim {
  const number = numberIn(size);
  if (number === undefined || number < 1) return newSymbol("B", "given");
  return number === 1 || (dropLast && truthOf(dropLast)) ? constant(number) : newSymbol("B", "given", 1, number);
}

/** Samples stacked, as PyTorch's default does it (https://pytorch.org/docs/stable/data.html#torch.utils.data.default_collate). */
function batchOf(machine: Machine, sample: Value, batch: Dim): Value {
  switch (sample.kind) {
    case "tensor":
      return tensor([batch, ...machine.facts.resolveShape(sample.shape)], sample.dtype);
    case "int":
      return tensor([batch], "int64");
    case "float":
      return tensor([batch], "float64");
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
  ["torch.utils.data.TensorDataset", tensorDataset],
  ["torch.utils.data.Subset", subset],
  ["torch.utils.data.random_split", randomSplit],
  ["torch.utils.data.DataLoader", loader],
  ["torch.utils.data.dataloader.DataLoader", loader],
];
