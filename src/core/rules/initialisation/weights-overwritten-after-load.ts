/** Weights that are loaded and then initialised: what was learnt is gone. */
import { type Inference } from "../../infer/analysis";
import { isModule } from "../../infer/classes/classes";
import { namedTensors } from "../../infer/modules/moduleState";
import { type CallRecord } from "../../infer/record/part";
import { type Region, regionsAround } from "../../infer/record/trace";
import { type Finding, type Rule } from "../define";
import { type Write, writesOf } from "../reading/weights";

const drawing = /^torch\.nn\.init\.|^Tensor\.(normal_|uniform_|zero_|fill_)$/;

function* check(inference: Inference): Iterable<Finding> {
  const { record, source } = inference;
  const writes = writesOf(inference).filter(({ call }) => drawing.test(call.operation));
  if (writes.length === 0) return;
  for (const [index, load] of record.calls.entries()) {
    if (load.operation !== "Module.load_state_dict" || !load.receiver || !isModule(load.receiver)) continue;
    const weights = namedTensors(load.receiver, "parameter").filter(([, value]) => value.shape.length > 1);
    const stored = new Set(weights.map(([, value]) => value.stored));
    const later = writes.filter((write) => write.index > index && stored.has(write.stored) && mayFollow(load, write));
    // A new head for the same body is drawn anew on purpose.
    const drawn = new Set(later.map((write) => write.stored));
    const [first] = later;
    if (!first || drawn.size * 2 <= stored.size || load.origin.path !== source.path) continue;
    yield {
      span: load.origin.span,
      message: `The weights that are loaded here are drawn anew afterwards, ${drawn.size} of ${stored.size} of them: nothing of the loaded model is left there. Load after the initialisation.`,
      related: [{ span: first.call.origin.span, message: "They are drawn here." }].filter(
        () => first.call.origin.path === source.path,
      ),
    };
  }
  yield* overwrittenCopies(inference, writes);
}

/** Pretrained embeddings: `weight.copy_(vectors)`, and later `xavier_uniform_(weight)`. */
function* overwrittenCopies(inference: Inference, draws: readonly Write[]): Iterable<Finding> {
  for (const copy of writesOf(inference)) {
    if (copy.call.operation !== "Tensor.copy_" || copy.call.origin.path !== inference.source.path) continue;
    const draw = draws.find(
      ({ stored, index, call }) => stored === copy.stored && index > copy.index && surelyFollows(copy.call, call),
    );
    if (!draw) continue;
    yield {
      span: copy.call.origin.span,
      message:
        "The weights that are copied here are drawn anew afterwards: nothing of them is left. Copy after the initialisation.",
      related: [{ span: draw.call.origin.span, message: "They are drawn here." }].filter(
        () => draw.call.origin.path === inference.source.path,
      ),
    };
  }
}

/** Where the copy happens, the draw happens too: it hangs on no test of its own. */
function surelyFollows(copy: CallRecord, draw: CallRecord): boolean {
  const around = new Set(regionsAround(copy.region));
  return [...regionsAround(draw.region)].every((at) => at.kind !== "branch" || around.has(at));
}

/** Not on the other side of one test: `if resume: load() else: init()`. */
function mayFollow({ region }: CallRecord, { call }: Pick<Write, "call">): boolean {
  const sides = new Map<unknown, number>();
  for (const at of regionsAround(region)) if (at.kind === "branch") sides.set(at.node, at.side);
  const isOther = (at: Region): boolean => at.kind === "branch" && sides.has(at.node) && sides.get(at.node) !== at.side;
  return ![...regionsAround(call.region)].some(isOther);
}

export const weightsOverwrittenAfterLoad: Rule = {
  id: "weights-overwritten-after-load",
  summary: "Weights are loaded, and then initialised.",
  category: "initialisation",
  severity: "error",
  confidence: "likely",
  preset: "recommended",
  needs: "dataflow",
  fix: "none",
  check,
};
