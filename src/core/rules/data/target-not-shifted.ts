/** A language model whose targets are its very inputs. */
import { type Inference } from "../../infer/analysis";
import { type TensorValue } from "../../ops/value";
import type { Call } from "../../python/syntax";
import { type Finding, type Rule } from "../define";
import { buffersOf } from "../reading/buffers";
import { argumentOf, callAt, callsOf } from "../reading/calls";
import { enclosing } from "../reading/syntax";

const losses = ["torch.nn.CrossEntropyLoss", "torch.nn.functional.cross_entropy"];
const embeddings = /\.(Embedding|embedding)$/;
/** Steps that keep every token at its place. */
const placing = /\.(view|reshape|flatten|contiguous|to|cuda|cpu|long|clone|detach)$/;
const most = 4000;

function* check(inference: Inference): Iterable<Finding> {
  for (const call of callsOf(inference, ...losses)) {
    const logits = argumentOf(call, "input", 0);
    const target = argumentOf(call, "target", 1);
    if (logits?.kind !== "tensor" || target?.kind !== "tensor") continue;
    const tokens = placed(target);
    const { embedded, isCausal } = readsOf(logits, inference);
    if (!isCausal || !embedded.some((input) => isSameText(placed(input), tokens, inference))) continue;
    yield {
      span: call.origin.span,
      message:
        "The targets are the very tokens that the model gets: it learns to copy its input, not to predict the next token. Predict tokens[:, 1:] from tokens[:, :-1].",
    };
  }
}

/** One tensor, or two that one statement computes with the same words, chance aside. */
function isSameText(one: TensorValue, other: TensorValue, inference: Inference): boolean {
  if (one === other) return true;
  const [a, b] = [one.producer, other.producer];
  const { path } = inference.source;
  if (a?.origin.path !== path || b?.origin.path !== path || a.operation !== b.operation) return false;
  const [first, second] = [callAt(a.origin.span), callAt(b.origin.span)];
  if (!first || !second || first === second) return false;
  const text = inference.source.slice(first);
  if (text !== inference.source.slice(second) || /rand|sample|next|choice|pop/.test(text)) return false;
  const [here, there] = [first, second].map((node) => enclosing(inference, node, "Assign", "Return"));
  return here === there || nothingChanges(text, first, second, inference);
}

/** Two statements of one block, between which nothing is written that both of them read. */
function nothingChanges(text: string, first: Call, second: Call, inference: Inference): boolean {
  const [a, b] = [first, second].map((node) => enclosing(inference, node, "FunctionDef", "For", "While", "If", "With"));
  if (a !== b) return false;
  const [start, end] = first.end < second.start ? [first.end, second.start] : [second.end, first.start];
  const between = inference.source.text.slice(start, end);
  const names = new Set(text.match(/[A-Za-z_]\w*/g));
  return ![...between.matchAll(/([A-Za-z_]\w*)\s*(?:[-+*/]?=[^=]|,)/g)].some(([, name]) => names.has(name!));
}

/** A tensor as it was before it was moved or reshaped. */
function placed(tensor: TensorValue): TensorValue {
  let at = tensor;
  while (at.producer && placing.test(at.producer.operation) && at.producer.inputs[0]) at = at.producer.inputs[0];
  return at;
}

/** The tokens that were embedded on the way to the logits, and whether the model looks at earlier tokens only. */
function readsOf(logits: TensorValue, inference: Inference): { embedded: TensorValue[]; isCausal: boolean } {
  const seen = new Set<TensorValue>();
  const waiting = [logits];
  const embedded: TensorValue[] = [];
  let isCausal = false;
  const buffers = buffersOf(inference);
  for (let at = waiting.pop(); at && seen.size < most; at = waiting.pop()) {
    if (seen.has(at)) continue;
    seen.add(at);
    const { producer } = at;
    const made = at.stored && buffers.get(at.stored)?.producer;
    if (made && /\.(tril|triu)$/.test(made.operation)) isCausal = true;
    if (!producer) continue;
    if (/\.(tril|triu|LSTM|GRU|RNN|generate_square_subsequent_mask)$/.test(producer.operation))
      isCausal ||= isOneWay(producer);
    if (isCausalAttention(producer)) isCausal = true;
    if (embeddings.test(producer.operation)) embedded.push(...producer.inputs.filter(({ stored }) => !stored));
    waiting.push(...producer.inputs);
  }
  return { embedded, isCausal };
}

type Producer = NonNullable<TensorValue["producer"]>;

function isOneWay({ values }: Producer): boolean {
  const both = values?.get("bidirectional");
  return !(both?.kind === "bool" && both.value !== false);
}

function isCausalAttention({ operation, values }: Producer): boolean {
  const causal = values?.get("is_causal");
  return operation.endsWith("scaled_dot_product_attention") && causal?.kind === "bool" && causal.value === true;
}

export const targetNotShifted: Rule = {
  id: "target-not-shifted",
  summary: "A language model is trained to copy its input.",
  category: "data",
  severity: "error",
  confidence: "likely",
  preset: "recommended",
  needs: "dataflow",
  fix: "none",
  check,
};
