/** Attention over padded sequences that no mask keeps away from the padding. */
import { type Inference } from "../../infer/analysis";
import { type OpValue, type Producer, type TensorValue } from "../../ops/value";
import { type Span } from "../../text/source";
import { type Finding, type Rule } from "../define";
import { attentionsOf } from "../reading/attention";
import { argumentOf, callAt, callsOf } from "../reading/calls";
import { functionName } from "../reading/flow";
import { flowOf, isDropout, isLayout } from "../reading/layers";
import { paddedEmbedding } from "../reading/padding";

function* check(inference: Inference): Iterable<Finding> {
  const places = new Map<number, Attended>();
  for (const attended of attentions(inference)) {
    const { start } = attended.span;
    // A place that gets a mask once has a caller who knows of masks.
    if (!places.get(start)?.isMasked) places.set(start, attended);
  }
  for (const { span, keys, isMasked } of places.values()) {
    const padded = isMasked || isMaskWritten(span, inference) ? undefined : paddedEmbedding(keys);
    if (!padded) continue;
    const { origin } = padded.layer;
    yield {
      span,
      message: `Token ${padded.padding} is padding to the embedding, and a word like any other to this attention: what comes out for a sequence depends on how far its batch was padded. Hide it with a mask, tokens == ${padded.padding}.`,
      related:
        origin.path === inference.source.path ? [{ span: origin.span, message: "The padding of the embedding." }] : [],
    };
  }
}

interface Attended {
  readonly span: Span;
  readonly keys: TensorValue;
  readonly isMasked: boolean;
}

const ownName = "torch.nn.functional.scaled_dot_product_attention";

/** Every attention of the file with its keys, PyTorch's own and those that are written out. */
function* attentions(inference: Inference): Iterable<Attended> {
  for (const call of callsOf(inference, ownName)) {
    const argument = (name: string, position: number): OpValue | undefined =>
      argumentOf(call, name, position) as OpValue | undefined;
    yield* attended(call.origin.span, argument);
  }
  for (const { operation, values, origin } of flowOf(inference).producers) {
    if (origin.path !== inference.source.path || !values) continue;
    if (operation === ownName || operation.endsWith(".MultiheadAttention"))
      yield* attended(origin.span, (name) => values.get(name));
  }
  for (const { softmax, scores, between } of attentionsOf(inference)) {
    const keys = scores.inputs[1];
    const isMasked = !between.every((step) => isScale(step) || isLayout(step) || isDropout(step));
    if (keys) yield { span: softmax.origin.span, keys, isMasked };
  }
}

function* attended(span: Span, argument: (name: string, position: number) => OpValue | undefined): Iterable<Attended> {
  const keys = argument("key", 1);
  const masks = [argument("key_padding_mask", 99), argument("attn_mask", 3)];
  const isCausal = argument("is_causal", 5);
  const isOpen = masks.every(isNothing) && (isCausal === undefined || isFalse(isCausal));
  if (keys?.kind === "tensor") yield { span, keys, isMasked: !isOpen };
}

function isNothing(mask: OpValue | undefined): boolean {
  return mask === undefined || mask.kind === "none";
}

function isFalse(flag: OpValue): boolean {
  return flag.kind === "none" || (flag.kind === "bool" && flag.value === false);
}

/** A product with a number, or a division by one. */
function isScale({ operation, inputs }: Producer): boolean {
  return /^(mul|div|float|to)_?$/.test(functionName(operation)) && inputs.length === 1;
}

/** Where a mask is handed on that happens to be `None` here, somebody else may give one. */
function isMaskWritten(span: Span, { source }: Inference): boolean {
  const call = callAt(span);
  const given = call ? [...call.args, ...call.keywords.map(({ value }) => value)] : [];
  return call?.keywords.some(({ name }) => !name) === true || given.some((arg) => /mask|pad/i.test(source.slice(arg)));
}

export const paddingAttended: Rule = {
  id: "padding-attended",
  summary: "Attention reads the padding of sequences.",
  category: "model",
  severity: "warning",
  confidence: "likely",
  preset: "recommended",
  needs: "dataflow",
  fix: "none",
  check,
};
