/** A loss over padded sequences that counts the padding. */
import { type Inference } from "../../infer/analysis";
import { isMentioned } from "../reading/mentions";
import { type TensorValue } from "../../ops/value";
import { constantValue } from "../../shape/dim";
import { isRest } from "../../shape/shape";
import { type Finding, type Rule } from "../define";
import { argumentOf, callsOf } from "../reading/calls";
import { paddedEmbedding } from "../reading/padding";

const losses = [
  "torch.nn.CrossEntropyLoss",
  "torch.nn.functional.cross_entropy",
  "torch.nn.NLLLoss",
  "torch.nn.functional.nll_loss",
];
/** Classes of sequences are few; the words of a vocabulary are many. */
const fewestWords = 10;

function* check(inference: Inference): Iterable<Finding> {
  // Labels that are masked in another way.
  if (
    isMentioned(
      inference,
      /ignore_index|-100|(label|target|tgt|trg|loss|nll|ce)s?\w*(\[.*\])?\.masked_fill|mask\b.*loss|loss.*mask/,
    )
  )
    return;
  for (const call of callsOf(inference, ...losses)) {
    const logits = argumentOf(call, "input", 0);
    const reduction = call.values.get("reduction");
    if (logits?.kind !== "tensor" || (reduction?.kind === "str" && reduction.value === "none")) continue;
    const padded = paddedEmbedding(logits);
    const words = classesOf(inference, logits);
    if (!padded || words === undefined || words < fewestWords || padded.words !== words) continue;
    if (isOneForEach(inference, logits, padded.embedded) && !isStep(argumentOf(call, "target", 1))) continue;
    yield {
      span: call.origin.span,
      message: `Token ${padded.padding} is padding to the embedding, and an answer like any other to this loss: the model is rewarded for predicting padding. Pass ignore_index=${padded.padding}.`,
      related:
        padded.layer.origin.path === inference.source.path
          ? [{ span: padded.layer.origin.span, message: "The padding of the embedding." }]
          : [],
    };
  }
}

/** One place of sequences after the other: `tokens[:, step + 1]`. */
const isStep = (target: ReturnType<typeof argumentOf>): boolean =>
  target?.kind === "tensor" && target.producer?.operation === "Tensor.__getitem__";

/** Whether there is one answer for each sequence, which is a word and no padding. */
function isOneForEach({ facts }: Inference, logits: TensorValue, embedded: TensorValue): boolean {
  const [rows, ...others] = facts.resolveShape(logits.shape);
  const places = facts.resolveShape(embedded.shape).slice(0, -1);
  if (!rows || others.length !== 1 || isRest(rows) || places.length < 2) return false;
  const axes = places.filter((axis) => isRest(axis) || constantValue(axis) !== 1);
  return axes.length > 1 && axes.some((axis) => !isRest(axis) && axis.key === rows.key);
}

function classesOf({ facts }: Inference, { shape }: TensorValue): number | undefined {
  const axis = facts.resolveShape(shape)[1];
  return axis && !isRest(axis) ? constantValue(axis) : undefined;
}

export const paddingNotIgnored: Rule = {
  id: "padding-not-ignored",
  summary: "The loss counts padding as an answer.",
  category: "data",
  severity: "warning",
  confidence: "likely",
  preset: "recommended",
  needs: "shapes",
  fix: "none",
  check,
};
