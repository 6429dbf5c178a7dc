/** In which mode a model is when it is called, and whether that makes a difference to it. */
import { type Inference } from "../../infer/analysis";
import { namedModules } from "../../infer/modules/modules";
import { type CallRecord } from "../../infer/record/part";
import { type Region, regionsAround } from "../../infer/record/trace";
import { type InstanceValue } from "../../infer/values/value";
import { attributesOf, onceARun } from "./memory";
import { nodesWithin } from "./syntax";
import { callAt, isForeign, numberOf } from "./calls";
import { type Step, conditionsOf, pathOf, stepsOf } from "./training";

/** Layers that do something else in training than in evaluation. */
const switched = /^torch\.nn\.((Alpha|FeatureAlpha)?Dropout(1d|2d|3d)?|(Sync|Lazy)?BatchNorm(1d|2d|3d)?|RReLU)$/;
/** Layers with dropout inside, where their argument `dropout` is not 0. */
const withDropout = /^torch\.nn\.(LSTM|GRU|RNN|MultiheadAttention|Transformer(Encoder|Decoder)?(Layer)?)$/;

/** What in a model the mode makes a difference to: `Dropout`, `BatchNorm2d`, `the dropout of LSTM`. */
export const modeLayerOf = onceARun(
  (model: InstanceValue): string | undefined =>
    namedModules(model)
      .map(({ module }) => switchedName(module) ?? functionalDropout(module))
      .find((name) => name !== undefined),
  attributesOf,
);

/** `F.dropout(x, 0.5, self.training)` in the class of a module. */
function functionalDropout({ type }: InstanceValue): string | undefined {
  if (type.kind !== "class") return undefined;
  const isSwitched = nodesWithin(type.node, "Call").some(
    ({ callee, args, keywords }) =>
      callee.kind === "Attribute" &&
      /^(alpha_|feature_)?dropout(1d|2d|3d)?$/.test(callee.attribute.name) &&
      [args[2], keywords.find(({ name }) => name?.name === "training")?.value].some(
        (flag) => flag && pathOf(flag) === "self.training",
      ),
  );
  return isSwitched ? "F.dropout" : undefined;
}

function switchedName(module: InstanceValue): string | undefined {
  const layer = module.layer.get("layer");
  const name = layer?.operation.qualifiedName;
  if (!layer || name === undefined) return undefined;
  const rate = numberOf(layer.call.values.get(withDropout.test(name) ? "dropout" : "p"));
  const isDropout = withDropout.test(name) || name.includes("Dropout");
  if (isDropout && (rate === undefined || rate === 0)) return undefined;
  const bare = name.split(".").at(-1)!;
  if (withDropout.test(name)) return `the dropout of ${bare}`;
  return switched.test(name) ? bare : undefined;
}

/** What a layer does in evaluation mode, told where it ought to learn; of a model that is not known what some would do. */
export function inEvaluation(layer: string | undefined): string {
  if (layer === undefined) return "Dropout is off, and BatchNorm does not learn its statistics";
  if (layer.includes("BatchNorm")) return `${layer} uses its stored mean and variance and does not update them`;
  return layer === "RReLU" ? "RReLU draws no random slopes" : `${layer} is off`;
}

/** Calls of models: those that are known, and those of which only the name is. */
export function forwardsOf(inference: Inference): readonly Step[] {
  const found = forwards.get(inference.record) ?? findForwards(inference);
  forwards.set(inference.record, found);
  return found;
}

const forwards = new WeakMap<Inference["record"], readonly Step[]>();

function findForwards(inference: Inference): readonly Step[] {
  const certain = stepsOf(inference).filter(
    ({ kind, object }) => kind === "forward" && object?.kind === "instance" && isModel(object),
  );
  const loose = inference.record.calls.flatMap((call, index): Step[] => {
    if (call.operation !== "?") return [];
    const name = nameOfCallee(call);
    return name === "" ? [] : [{ kind: "forward", call, object: undefined, name, index }];
  });
  return [...certain.map((step) => ({ ...step, name: nameOfCallee(step.call) })), ...loose];
}

/** A model, and no loss or layer of PyTorch that the program calls by itself. */
function isModel(object: InstanceValue): boolean {
  return !(object.type.kind === "external" && object.type.name.endsWith("Loss"));
}

function nameOfCallee({ origin }: CallRecord): string {
  const node = callAt(origin.span);
  return node ? pathOf(node.callee) : "";
}

/** The call in which a function runs that nobody calls: what was run before it says nothing about it. */
export function entryOf(region: Region | undefined): Region | undefined {
  const outermost = [...regionsAround(region)].at(-1);
  return outermost?.kind === "call" && outermost.at === outermost.node ? outermost : undefined;
}

const partsOf = onceARun(
  (outer: InstanceValue): ReadonlySet<object> => new Set(namedModules(outer).map(({ module }) => module.attributes)),
  attributesOf,
);

/** Whether one module is another one, or a part of it. */
function holds(outer: InstanceValue, inner: InstanceValue): boolean {
  return partsOf(outer).has(inner.attributes);
}

/** Whether a step switches or trains the model that is called, or a model that it is part of. */
export function concerns(step: Step, forward: Step): boolean {
  const [outer, inner] = [step.object, forward.object];
  if (outer?.kind === "instance" && inner?.kind === "instance") return holds(outer, inner);
  return outer?.kind !== "instance" && inner?.kind !== "instance" && step.name !== "" && step.name === forward.name;
}

/** The call that last set the mode of a model before it was called; `unclear` where it may have been another one. */
export function modeStepBefore(forward: Step, inference: Inference): Step | "unclear" | undefined {
  const entry = entryOf(forward.call.region);
  const around = new Set(regionsAround(forward.call.region));
  const before = stepsOf(inference).filter(
    (step) =>
      (step.kind === "train" || step.kind === "eval") &&
      step.index < forward.index &&
      entryOf(step.call.region) === entry &&
      (concerns(step, forward) || isPartOf(step, forward)),
  );
  const last = before.at(-1);
  const from = last?.index ?? -1;
  if (mayBeSwitchedBetween(from, forward, inference)) return "unclear";
  if (!last) return undefined;
  // Nothing but `train()`: whichever of them have happened, it trains.
  if (before.every((step) => step.kind === "train" && concerns(step, forward))) return last;
  const isCertain = [...regionsAround(last.call.region)].every(
    (region) => region.kind !== "branch" || around.has(region),
  );
  return isCertain && concerns(last, forward) ? last : "unclear";
}

/** A step on a part of the model, such as a frozen BatchNorm. */
function isPartOf(step: Step, forward: Step): boolean {
  const [part, whole] = [step.object, forward.object];
  return part?.kind === "instance" && whole?.kind === "instance" && holds(whole, part);
}

interface Foreign {
  readonly call: CallRecord;
  readonly index: number;
}

const foreign = new WeakMap<Inference["record"], readonly Foreign[]>();

/** Calls of things that nobody knows. */
function foreignCalls(inference: Inference): readonly Foreign[] {
  const found =
    foreign.get(inference.record) ??
    inference.record.calls.map((call, index) => ({ call, index })).filter(({ call }) => isForeign(call));
  foreign.set(inference.record, found);
  return found;
}

/** Something unknown got the model in between, and may have set its mode. */
function mayBeSwitchedBetween(from: number, forward: Step, inference: Inference): boolean {
  const { object, name } = forward;
  return foreignCalls(inference).some(({ call, index }) => {
    if (index <= from || index >= forward.index) return false;
    if (call.operation === "?" && nameOfCallee(call) === name) return false;
    const given = [...call.positional, ...call.keywords.values()];
    if (object?.kind === "instance")
      return given.some((value) => value.kind === "instance" && value.attributes === object.attributes);
    const node = callAt(call.origin.span);
    return node?.args.some((arg) => pathOf(arg) === name) ?? false;
  });
}

/** Whether what happens in a step depends on a test inside of a region. */
export function isConditional(step: Step, within: Region): boolean {
  return conditionsOf(step, within).length > 0;
}
