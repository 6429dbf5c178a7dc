/** Datasets and loaders of a program, by identity: which split a loader reads, and which loops read the loader. */
import { type Inference } from "../../infer/analysis";
import { type CallRecord } from "../../infer/record/part";
import { type Region, gradModeIn, regionsAround } from "../../infer/record/trace";
import { knownItems } from "../../infer/collections/lists";
import { type Value } from "../../infer/values/value";
import { argumentOf } from "./calls";
import { stepsOf } from "./training";

/** A data loader; what is undefined is not known. */
export interface Loader {
  readonly call: CallRecord;
  readonly dataset: Value | undefined;
  readonly shuffle: boolean | undefined;
  /** Whether something else than `shuffle` decides on the order, or may do so. */
  readonly hasSampler: boolean;
}

/** A loop that reads a loader. */
export interface LoaderLoop {
  readonly region: Region & { readonly kind: "loop" };
  readonly loader: Loader;
  /** Its rounds compute gradients and step an optimizer. */
  readonly trains: boolean;
  /** Its rounds compute no gradients, and the model is in evaluation mode or no graph is built. */
  readonly evaluates: boolean;
}

interface DataIndex {
  /** The call that made an object. */
  readonly makers: ReadonlyMap<Value, CallRecord>;
  readonly loaders: ReadonlyMap<Value, Loader>;
  readonly loops: readonly LoaderLoop[];
}

const indexes = new WeakMap<Inference["record"], DataIndex>();

const loaderClass = /^torch\.utils\.data\.(dataloader\.)?DataLoader$/;
/** What gives the items of its arguments. */
const iterators =
  /^(builtins\.(enumerate|zip|iter|reversed|list)|tqdm\.(\w+\.)?(tqdm|trange)|rich\.progress\.track|itertools\.(islice|cycle|chain))$/;
const makersOfData = new RegExp(
  `${loaderClass.source}|${iterators.source}|^(torch(vision)?\\.(datasets|transforms|utils\\.data)|sklearn)\\.`,
);

export function makerOf(inference: Inference, value: Value | undefined): CallRecord | undefined {
  return value && indexOf(inference).makers.get(value);
}

/** All loaders in the order of the run. */
export function loadersOf(inference: Inference): readonly Loader[] {
  return [...indexOf(inference).loaders.values()];
}

/** The loops that read a known loader, each as often as it is run. */
export function loaderLoops(inference: Inference): readonly LoaderLoop[] {
  return indexOf(inference).loops;
}

function indexOf(inference: Inference): DataIndex {
  const known = indexes.get(inference.record);
  if (known) return known;
  const makers = new Map<Value, CallRecord>();
  const loaders = new Map<Value, Loader>();
  const reads: CallRecord[] = [];
  for (const call of inference.record.calls) {
    if (call.operation === "builtins.next") reads.push(call);
    if (!makersOfData.test(call.operation) || call.result.kind === "none") continue;
    // Functions that give their argument back make nothing.
    if (!call.positional.includes(call.result)) makers.set(call.result, call);
    if (call.operation.endsWith("random_split"))
      for (const part of knownItems(call.result) ?? []) makers.set(part, call);
    if (loaderClass.test(call.operation) && call.result.kind === "data") loaders.set(call.result, readLoader(call));
  }
  const partial = { makers, loaders };
  const index = { ...partial, loops: loaders.size > 0 ? findLoops(inference, partial, reads) : [] };
  indexes.set(inference.record, index);
  return index;
}

function readLoader(call: CallRecord): Loader {
  const shuffle = argumentOf(call, "shuffle", 2);
  const given = (name: string, position: number): boolean =>
    (argumentOf(call, name, position)?.kind ?? "none") !== "none";
  return {
    call,
    dataset: argumentOf(call, "dataset", 0) as Value | undefined,
    shuffle: shuffle === undefined || shuffle.kind === "none" ? false : truth(shuffle as Value),
    hasSampler: given("sampler", 3) || given("batch_sampler", 4),
  };
}

export function truth(value: Value | undefined): boolean | undefined {
  if (value?.kind === "bool") return value.value;
  if (value?.kind === "int" && /^[01]$/.test(value.value.key)) return value.value.key === "1";
  return undefined;
}

type Found = Pick<DataIndex, "makers" | "loaders">;

/** The loaders whose batches something gives, through `enumerate`, progress bars and the like. */
function loadersIn({ makers, loaders }: Found, value: Value, depth = 0): Loader[] {
  const own = loaders.get(value);
  if (own) return [own];
  const maker = makers.get(value);
  if (!maker || depth > 8 || !iterators.test(maker.operation)) return [];
  return [...maker.positional, ...maker.keywords.values()].flatMap((arg) =>
    loadersIn({ makers, loaders }, arg, depth + 1),
  );
}

function findLoops(inference: Inference, found: Found, reads: readonly CallRecord[]): LoaderLoop[] {
  const { calls } = inference.record;
  const first = new Map<Region, number>();
  const withoutGraph = new Set<Region>();
  for (const [index, { region }] of calls.entries()) {
    const isOff = region !== undefined && gradModeIn(region) === false;
    for (const at of regionsAround(region)) {
      // What is around was met before.
      if (first.has(at) && (!isOff || withoutGraph.has(at))) break;
      if (!first.has(at)) first.set(at, index);
      if (isOff) withoutGraph.add(at);
    }
  }
  const backwards = regionsWith(inference, "backward");
  const stepped = regionsWith(inference, "step");
  const modes = stepsOf(inference).filter(({ kind }) => kind === "train" || kind === "eval");
  const describe = (region: LoaderLoop["region"], loader: Loader): LoaderLoop => {
    const start = first.get(region) ?? 0;
    const mode = modes.findLast(({ index }) => index < start)?.kind;
    const isInert = !backwards.has(region) && !stepped.has(region);
    return {
      region,
      loader,
      trains: backwards.has(region) && stepped.has(region),
      evaluates: isInert && (withoutGraph.has(region) || mode === "eval"),
    };
  };
  const loops = [...first.keys()].flatMap((region) =>
    region.kind === "loop" && region.over
      ? loadersIn(found, region.over).map((loader) => describe(region, loader))
      : [],
  );
  const nexts = reads.flatMap((call) => {
    const region = [...regionsAround(call.region)].find((at) => at.kind === "loop");
    const loaders = call.positional[0] ? loadersIn(found, call.positional[0]) : [];
    // Beside the loader that the loop is over, another one is there to look at samples.
    const isSide = region?.kind === "loop" && region.over && loadersIn(found, region.over).length > 0;
    // What is read where no gradients are computed is there to be measured with.
    const isMeasured = call.region !== undefined && gradModeIn(call.region) === false;
    return region?.kind === "loop" && !isSide && !isMeasured ? loaders.map((loader) => describe(region, loader)) : [];
  });
  return [...loops, ...nexts];
}

/** Every region in which such a step happens. */
function regionsWith(inference: Inference, kind: "backward" | "step"): Set<Region> {
  const regions = new Set<Region>();
  for (const step of stepsOf(inference)) {
    if (step.kind !== kind) continue;
    for (const at of regionsAround(step.call.region)) {
      if (regions.has(at)) break;
      regions.add(at);
    }
  }
  return regions;
}
