/** A test on the data that the model was trained on, where no other data is ever tested. */
import { type Inference } from "../../infer/analysis";
import { type CallRecord } from "../../infer/record/part";
import { type Span } from "../../text/source";
import { type Finding, type Rule } from "../define";
import { callAt } from "../reading/calls";
import { type Loader, type LoaderLoop, loaderLoops, loadersOf } from "../reading/data";
import { type Built, builtDataset, nameOfFunctionAround, nameOfResult, splitNamed } from "../reading/splits";
import { nodesOf } from "../reading/syntax";

const heldOut = /test|valid|(^|[_.])(val|dev|holdout)([_.]|$)/i;

function* check(inference: Inference): Iterable<Finding> {
  const loops = loaderLoops(inference);
  const trained = loops.filter(({ trains }) => trains).map(({ loader }) => loader);
  const evaluated = loops.filter(({ evaluates }) => evaluates);
  const isTrained = ({ loader }: LoaderLoop): boolean => trained.some((other) => readSame(inference, loader, other));
  // Where some other data is evaluated, evaluating the training data as well says how far the two are apart.
  if (trained.length === 0 || !evaluated.every(isTrained)) return;
  const unread = unreadHeldOut(inference, loops);
  for (const loop of evaluated) {
    const claims = unread !== undefined || claimsToTest(inference, loop, loops);
    const span = claims ? placeOf(inference, loop, trained) : undefined;
    if (!span) continue;
    yield {
      span,
      message:
        "The model is tested on the very data that it was trained on, and on nothing else: the result says how well it remembers, not how well it does on new data.",
      ...(unread && { related: [{ span: unread, message: "This data is never read." }] }),
    };
  }
}

/** The same dataset object, or two that were built alike from the training split. */
function readSame(inference: Inference, one: Loader, other: Loader): boolean {
  if (!one.dataset || one.dataset.kind === "unknown") return one === other;
  if (one.dataset === other.dataset) return true;
  const [a, b] = [one, other].map(({ dataset }) => builtDataset(inference, dataset));
  const isTrain = (built: Built | undefined): boolean => built?.split === "train" && !built.part;
  return isTrain(a) && isTrain(b) && a!.builder === b!.builder && rootOf(inference, a!) === rootOf(inference, b!);
}

/** As it is written: two folders may be two datasets. */
function rootOf({ source }: Inference, { call }: Built): string | undefined {
  const node = call && callAt(call.origin.span);
  const root = node && (node.keywords.find(({ name }) => name?.name === "root")?.value ?? node.args[0]);
  return root && source.slice(root);
}

/** A function that trains as well is no test of the model, whatever its name: it may be a test of the program. */
function claimsToTest(inference: Inference, { loader, region }: LoaderLoop, loops: readonly LoaderLoop[]): boolean {
  const name = nameOfFunctionAround(inference, region.node);
  const trains = loops.some((loop) => loop.trains && nameOfFunctionAround(inference, loop.region.node) === name);
  return heldOut.test(nameOfResult(inference, loader.call)) || (heldOut.test(name) && !trains);
}

/** A loader for the data that should be tested, which nothing uses. */
function unreadHeldOut(inference: Inference, loops: readonly LoaderLoop[]): Span | undefined {
  const read = new Set(loops.map(({ loader }) => loader));
  const isUnread = (call: CallRecord): boolean => {
    const name = nameOfResult(inference, call);
    const isClaimed = heldOut.test(name) || splitNamed(name) !== undefined;
    return isClaimed && nodesOf(inference, "Name").filter(({ id }) => id === name).length === 1;
  };
  const loader = loadersOf(inference).find((one) => !read.has(one) && isUnread(one.call));
  return loader?.call.origin.path === inference.source.path ? loader.call.origin.span : undefined;
}

/** The loader that has the wrong data, or where the one for training is read again. */
function placeOf({ source }: Inference, loop: LoaderLoop, trained: readonly Loader[]): Span | undefined {
  const { loader, region } = loop;
  if (!trained.includes(loader)) return loader.call.origin.path === source.path ? loader.call.origin.span : undefined;
  if (region.path !== source.path || !("kind" in region.node) || region.node.kind !== "For") return undefined;
  return region.node.iterable;
}

export const sameSplitForTrainingAndTesting: Rule = {
  id: "same-split-for-training-and-testing",
  summary: "The model is tested on its training data only.",
  category: "data",
  severity: "error",
  confidence: "likely",
  preset: "recommended",
  needs: "dataflow",
  fix: "none",
  check,
};
