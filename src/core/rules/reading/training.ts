/** The steps of a training program in the order of the run: what is cleared, computed backwards, stepped, switched. */
import { type CallRecord } from "../../infer/record/part";
import { type Region, regionsAround } from "../../infer/record/trace";
import { type Value } from "../../infer/values/value";
import { type Inference } from "../../infer/analysis";
import { containsYield } from "../../infer/calls/yields";
import type { Call } from "../../python/syntax";
import { isKind } from "../../python/visit";
import { callAt } from "./calls";

export type StepKind =
  | "build-optimizer"
  | "zero-grad"
  | "backward"
  | "step"
  | "schedule"
  | "scale"
  | "clip"
  | "unscale"
  | "update-scale"
  | "forward"
  | "train"
  | "eval";

/** One step; `object` is what it acts on: the optimizer, the module, the loss, the scheduler. */
export interface Step {
  readonly kind: StepKind;
  readonly call: CallRecord;
  readonly object: Value | undefined;
  /** How the program writes the object: `self.optimizer`. Empty where it is not written. */
  readonly name: string;
  /** Its place in the order of the run. */
  readonly index: number;
}

/** Not those of a noise, a weight in the loss or a temperature. */
const schedulerName =
  /^(?!.*(noise|beta|kl|temp|eps|teacher|anneal|mask|dropout|ema|curriculum|weight|diffusion|ddp?m|sampl)).*sched/i;

/** A method's meaning by the record's name for it; those of unknown objects also by what the object is called. */
interface Meaning {
  readonly operation: RegExp;
  readonly kind: StepKind;
  readonly named?: RegExp;
  /** The object is the first argument, as in `scaler.step(optimizer)`. */
  readonly ofArgument?: true;
}

const optimizerName = /(^|[._])(optim\w*|opt|opt_?\w{1,4}|\w*_opt|solver\w*|trainer_\w+|\w*optim\w*)$/i;

const meanings: readonly Meaning[] = [
  { operation: /^torch\.optim\.(?!lr_scheduler)(\w+\.)?[A-Z]\w*$/, kind: "build-optimizer" },
  { operation: /^(Optimizer|Module|\?)\.zero_grad$/, kind: "zero-grad" },
  { operation: /^Tensor\.grad=$/, kind: "zero-grad" },
  { operation: /^(Tensor|\?)\.backward$/, kind: "backward" },
  { operation: /^torch\.autograd\.backward$/, kind: "backward", ofArgument: true },
  { operation: /^GradScaler\.step$/, kind: "step", ofArgument: true },
  { operation: /^\?\.step$/, kind: "step", named: /scaler/i, ofArgument: true },
  { operation: /^Optimizer\.step$/, kind: "step" },
  { operation: /^\?\.step$/, kind: "step", named: optimizerName },
  { operation: /^Scheduler\.step$/, kind: "schedule" },
  { operation: /^\?\.step$/, kind: "schedule", named: schedulerName },
  { operation: /^torch\.nn\.utils\.(clip_grad\.)?clip_grad_(norm|value)_?$/, kind: "clip", ofArgument: true },
  { operation: /^GradScaler\.scale$/, kind: "scale", ofArgument: true },
  { operation: /^\?\.scale$/, kind: "scale", named: /scaler/i, ofArgument: true },
  { operation: /^GradScaler\.unscale_$/, kind: "unscale", ofArgument: true },
  { operation: /^\?\.unscale_$/, kind: "unscale", ofArgument: true },
  { operation: /^GradScaler\.update$/, kind: "update-scale" },
  { operation: /^\?\.update$/, kind: "update-scale", named: /scaler/i },
  { operation: /^Module\.__call__$/, kind: "forward" },
  { operation: /^(Module|\?)\.train$/, kind: "train" },
  { operation: /^(Module|\?)\.eval$/, kind: "eval" },
];

const known = new WeakMap<Inference["record"], readonly Step[]>();

/** All steps of the run. Helper functions and methods are followed, also into other files. */
export function stepsOf(inference: Inference): readonly Step[] {
  const found =
    known.get(inference.record) ?? inference.record.calls.flatMap((call, index) => stepOf(call, index) ?? []);
  known.set(inference.record, found);
  return found;
}

function stepOf(call: CallRecord, index: number): Step | undefined {
  const node = callAt(call.origin.span);
  const written = node?.callee.kind === "Attribute" ? pathOf(node.callee.value) : "";
  const meaning = meanings.find(
    ({ operation, named }) => operation.test(call.operation) && (!named || named.test(written)),
  );
  if (!meaning) return undefined;
  const kind = meaning.kind === "train" && isOff(call) ? "eval" : meaning.kind;
  const object = meaning.ofArgument
    ? call.positional.find((value) => value !== call.receiver)
    : meaning.kind === "build-optimizer"
      ? call.result
      : (call.receiver ?? call.positional[0]);
  const name = meaning.ofArgument && node?.args[0] ? pathOf(node.args[0]) : written;
  return { kind, call, object, name, index };
}

/** Whether a run computes gradients anywhere, so that it says something of how things are trained. */
export function isTraining(inference: Inference): boolean {
  return stepsOf(inference).some(({ kind }) => kind === "backward");
}

/** `model.train(False)` is `model.eval()`. */
function isOff({ positional, receiver, keywords }: CallRecord): boolean {
  const mode = positional.find((value) => value !== receiver) ?? keywords.get("mode");
  return mode?.kind === "bool" && mode.value === false;
}

/** `self.net.optimizer` of names and attributes; of anything else nothing. */
export function pathOf(expression: Call["callee"]): string {
  if (expression.kind === "Name") return expression.id;
  if (expression.kind !== "Attribute") return "";
  const owner = pathOf(expression.value);
  return owner ? `${owner}.${expression.attribute.name}` : expression.attribute.name;
}

/** Whether two steps act on the same object; undefined where that is not known. */
export function actOnSame(one: Step, other: Step): boolean | undefined {
  const [a, b] = [one.object, other.object];
  if (a?.kind === "instance" && b?.kind === "instance") return a.attributes === b.attributes;
  if (a && a === b) return true;
  if (one.name !== "" && one.name === other.name) return true;
  return undefined;
}

/** A loop whose rounds compute gradients: the innermost around a `backward`. */
export interface TrainingLoop {
  readonly region: Region & { readonly kind: "loop" };
  /** What happens in a round, in order: that of the last one that was looked at. */
  readonly round: readonly Step[];
  /** The region of that round. */
  readonly within: Region;
}

const knownLoops = new WeakMap<Inference["record"], Map<StepKind, readonly TrainingLoop[]>>();

/** The training loops of a run; of one that is run again and again the first runs and the last. */
export function trainingLoops(inference: Inference): readonly TrainingLoop[] {
  return loopsAround(inference, "backward");
}

/** The innermost loops around steps of a kind, likewise. */
export function loopsAround(inference: Inference, kind: StepKind): readonly TrainingLoop[] {
  const loops = knownLoops.get(inference.record) ?? new Map<StepKind, readonly TrainingLoop[]>();
  knownLoops.set(inference.record, loops);
  const found = loops.get(kind) ?? findLoops(inference, kind);
  loops.set(kind, found);
  return found;
}

function findLoops(inference: Inference, kind: StepKind): TrainingLoop[] {
  const steps = stepsOf(inference);
  const rounds = new Map<Region, Region>();
  for (const step of steps) {
    if (step.kind !== kind) continue;
    const round = roundAround(step.call.region);
    // Later rounds replace earlier ones: by then nothing is new any more.
    if (round?.parent) rounds.set(round.parent, round);
  }
  return fewOfEach([...rounds]).flatMap(([region, within]) =>
    region.kind === "loop"
      ? [{ region, within, round: steps.filter((step) => isInside(step.call.region, within)) }]
      : [],
  );
}

/** A loop inside of another one is run again and again; the first runs of it and the last one say all there is to know. */
const mostRuns = 4;

function fewOfEach(rounds: readonly [Region, Region][]): [Region, Region][] {
  const runs = new Map<object, [Region, Region][]>();
  for (const round of rounds) {
    const [region] = round;
    const own = (region.kind === "loop" ? runs.get(region.node) : undefined) ?? [];
    if (own.length >= mostRuns) own.pop();
    own.push(round);
    if (region.kind === "loop") runs.set(region.node, own);
  }
  return [...runs.values()].flat();
}

/** The round of the innermost loop around a place. */
export function roundAround(region: Region | undefined): Region | undefined {
  for (const at of regionsAround(region)) if (at.kind === "round") return at;
  return undefined;
}

export function isInside(region: Region | undefined, outer: Region): boolean {
  for (const at of regionsAround(region)) if (at === outer) return true;
  return false;
}

/** Whether a step happens exactly once in a round: it depends on no test, and no loop inside the round repeats it. */
export function isStraight(step: Step, within: Region): boolean {
  for (const at of regionsAround(step.call.region)) {
    if (at === within) return true;
    if (at.kind === "branch" || at.kind === "loop") return false;
  }
  return false;
}

/** The tests between a step and the region around it on which it depends whether the step happens. */
export function conditionsOf(step: Step, within: Region): Region[] {
  const conditions: Region[] = [];
  for (const at of regionsAround(step.call.region)) {
    if (at === within) break;
    if (at.kind === "branch") conditions.push(at);
  }
  return conditions;
}

/** Whether a call stands in a generator: it happens when somebody takes the next item, which need not be where it is noted. */
export function isInGenerator(region: Region | undefined): boolean {
  for (const around of regionsAround(region))
    if (around.kind === "call" && isKind(around.node, "FunctionDef") && containsYield(around.node)) return true;
  return false;
}
