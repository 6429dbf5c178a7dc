/** Loaders: how many samples a training loop meets at once, and how they are put together. */
import { int, tensor, unknown } from "../../ops/value";
import { type Dim, constant, constantValue, newSymbol } from "../../shape/dim";
import { tensorInArray } from "../tensors/arrays";
import { knownItems } from "../collections/lists";
import { type Machine, args } from "../machine";
import { truthOf } from "../values/truth";
import { type DictEntry, type Value } from "../values/value";
import { countIn, sampleOf } from "./datasets";
import { type Builtin, type Functions, argument, numberIn } from "./given";

/** Options that change neither what a batch holds nor how many there are. */
export const asideForLoaders =
  /^(num_workers|pin_memory|pin_memory_device|prefetch_factor|persistent_workers|timeout|worker_init_fn|generator|multiprocessing_context|shuffle)$/;

const loader: Builtin = (machine, given, site) => {
  const dataset = argument(given, 0, "dataset");
  const has = (name: string): boolean => (given.keywords.get(name)?.kind ?? "none") !== "none";
  if (!dataset) return unknown("the batches are not known");
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

/**
 * Samples stacked, as PyTorch's default does it: tuples come out as lists, whose items are batches
 * (https://pytorch.org/docs/stable/data.html#torch.utils.data.default_collate).
 */
function batchOf(machine: Machine, sample: Value, batch: Dim): Value {
  const items = sample.kind === "tuple" || sample.kind === "list" ? knownItems(sample) : undefined;
  if (items) {
    const batches = items.map((item) => batchOf(machine, item, batch));
    return sample.kind === "tuple" && sample.names ? { ...sample, items: batches } : machine.newList(batches);
  }
  const inside = tensorInArray(sample) ?? sample;
  switch (inside.kind) {
    case "tensor":
      return tensor([batch, ...machine.facts.resolveShape(inside.shape)], inside.dtype);
    case "int":
      return tensor([batch], "int64");
    case "bool":
      return tensor([batch], "bool");
    case "float":
      return tensor([batch], inside.ofNumpy === "perhaps" ? undefined : "float64");
    case "str":
      return { ...machine.newList({ each: { kind: "str", value: undefined }, count: batch }), type: "builtins.tuple" };
    case "dict": {
      const entries = machine.newTable<DictEntry>();
      for (const [name, entry] of inside.entries.items())
        entries.set(name, { ...entry, value: batchOf(machine, entry.value, batch) });
      return { kind: "dict", entries };
    }
    default:
      return unknown("how such samples are put together is not known");
  }
}

export const loaderFunctions: Functions = [
  ["torch.utils.data.DataLoader", loader],
  ["torch.utils.data.dataloader.DataLoader", loader],
];
