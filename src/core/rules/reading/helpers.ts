/** Calls of things that nobody knows, which may do a part of the training: clear, compute gradients, step. */
import { type Inference } from "../../infer/analysis";
import { type CallRecord } from "../../infer/record/part";
import { type Value } from "../../infer/values/value";
import { type Region } from "../../infer/record/trace";
import type { Call, Expression } from "../../python/syntax";
import { callAt, isForeign } from "./calls";
import { isInside, pathOf } from "./training";

/** Functions and objects that compute, measure or print something when they are called, by what they are called. */
const functions =
  /(^|\.)(criterion\w*|loss\w*|\w*_loss|crit\w*|model\w*|net\w*|\w*_?(model|net)|encoder\w*|decoder\w*|\w*(generator|discriminator)\w*|forward|[GD]|head|embed\w*|\w*accuracy\w*|metric\w*|acc|mse|bce|l1|ce|tqdm|time|sample\w*|noise\w*|get_batch|next|collate\w*|transform\w*|plot\w*|autocast)$/i;

/** Methods that move, measure, print or keep something, and those that are steps of training themselves. */
const methods =
  /\.(log\w*|add_\w+|set_postfix\w*|set_description\w*|write|flush|append|item|to|cuda|cpu|size|float|long|double|half|view|reshape|flatten|detach|numpy|train|eval|parameters|named_parameters|mean|sum|max|min|eq|argmax|squeeze|unsqueeze|state_dict|save\w*|get_last_lr|get_lr|init_hidden|zero_grad|backward|step|clip\w*|scale|unscale_|update|all_reduce|barrier|get_rank|get|items|keys|values|split|join|pop|copy|read|array|asarray|randint|range|shape|perf_counter|format)$/i;

/** Libraries whose functions have nothing to do with training steps. */
const bystanders =
  /^(torchvision|torchaudio|torchtext|argparse|os|sys|time|datetime|json|tqdm|wandb|matplotlib|seaborn|sklearn|pandas|PIL|logging|random|pathlib|itertools|functools|collections|typing|copy|pickle|re|warnings|scipy|cv2|nltk|tensorboard\w*|visdom|shutil|glob|string|yaml|csv|gym\w*|subprocess|signal|socket|hashlib|enum|abc|inspect|contextlib|operator|builtins|numpy|math|einops|urllib|requests|loguru|rich|fire|dataclasses)(\.|$)/;

/** Names of what a training step is done to, or by. */
const trainable = /optim|opt$|opt_|model|net|loss|scaler|trainer|learner|engine|agent|params|gen$|disc$|solver/i;

/** Whether a call may run a part of a training step: it is not known what it does, and it gets what that takes. */
export function mayTrain(call: CallRecord): boolean {
  if (!isForeign(call) || bystanders.test(call.operation)) return false;
  const node = callAt(call.origin.span);
  if (!node) return false;
  const isMethod = node.callee.kind === "Attribute";
  if (functions.test(pathOf(node.callee)) || (isMethod && methods.test(call.operation))) return false;
  const given = [...call.positional, ...call.keywords.values()];
  return given.some(isPartOfTraining) || mentions(node, trainable);
}

/** A model, an optimizer, an object of the program, a function: but not a device, say. */
function isPartOfTraining(value: Value): boolean {
  if (value.kind !== "instance") return value.kind === "function";
  return value.type.kind === "class" || /^torch\.(nn|optim|amp)\./.test(value.type.name);
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

const known = new WeakMap<Inference["record"], readonly CallRecord[]>();

/** The calls inside a region that may do a part of the training. */
export function trainingHelpers(inference: Inference, region: Region): readonly CallRecord[] {
  const found = known.get(inference.record) ?? inference.record.calls.filter(mayTrain);
  known.set(inference.record, found);
  return found.filter((call) => isInside(call.region, region));
}
