/** Calls of things that nobody knows, which may do a part of the training: clear, compute gradients, step. */
import { type Inference } from "../../infer/analysis";
import { type CallRecord } from "../../infer/record";
import { type Region } from "../../infer/trace";
import type { Call, Expression } from "../../python/syntax";
import { callAt, isForeign } from "./calls";
import { isInside, pathOf } from "./training";

/** Functions and objects that compute, measure or print something when they are called, by what they are called. */
const functions =
  /(^|\.)(criterion\w*|loss\w*|\w*_loss|crit\w*|model\w*|net\w*|\w*_?(model|net)|encoder\w*|decoder\w*|\w*(generator|discriminator)\w*|forward|[GD]|head|embed\w*|\w*accuracy\w*|metric\w*|acc|mse|bce|l1|ce|tqdm|time|sample\w*|noise\w*|get_batch|next|collate\w*|transform\w*|plot\w*|autocast)$/i;

/** Methods that move, measure, print or keep something, and those that are steps of training themselves. */
const methods =
  /\.(log\w*|add_\w+|set_postfix\w*|set_description\w*|write|flush|append|item|to|cuda|cpu|size|float|long|double|half|view|reshape|flatten|detach|numpy|train|eval|parameters|named_parameters|mean|sum|max|min|eq|argmax|squeeze|unsqueeze|state_dict|save\w*|get_last_lr|get_lr|init_hidden|zero_grad|backward|step|clip\w*|scale|unscale_|update|all_reduce|barrier|get_rank|get|items|keys|values|split|join|pop|copy|read|array|asarray|randint|range|shape|perf_counter|format)$/i;

/** Names of what a training step is done to, or by. */
const trainable = /optim|opt$|opt_|model|net|loss|scaler|trainer|learner|engine|agent|params|gen$|disc$|solver/i;

/** Whether a call may run a part of a training step: it is not known what it does, and it gets what that takes. */
export function mayTrain(call: CallRecord): boolean {
  if (!isForeign(call)) return false;
  const node = callAt(call.origin.span);
  if (!node) return false;
  const called = pathOf(node.callee);
  if (functions.test(called) || methods.test(called)) return false;
  const given = [...call.positional, ...call.keywords.values()];
  return given.some(({ kind }) => kind === "instance" || kind === "function") || mentions(node, trainable);
}

function mentions(call: Call, pattern: RegExp): boolean {
  const written: Expression[] = [call.callee, ...call.args, ...call.keywords.map(({ value }) => value)];
  return written.some((expression) => {
    if (expression.kind === "Call") return mentions(expression, pattern);
    return pathOf(expression)
      .split(".")
      .some((name) => pattern.test(name));
  });
}

const known = new WeakMap<Inference, readonly CallRecord[]>();

/** The calls inside a region that may do a part of the training. */
export function trainingHelpers(inference: Inference, region: Region): readonly CallRecord[] {
  const found = known.get(inference) ?? inference.record.calls.filter(mayTrain);
  known.set(inference, found);
  return found.filter((call) => isInside(call.region, region));
}
