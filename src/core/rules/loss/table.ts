/** Losses, and what is fed to them. */
import { type DocumentedRule } from "../define";
import boundedActivationBeforeSoftmaxDocument from "./bounded-activation-before-softmax.md";
import { boundedActivationBeforeSoftmax } from "./bounded-activation-before-softmax";
import logSoftmaxBeforeCrossEntropyDocument from "./log-softmax-before-cross-entropy.md";
import { logSoftmaxBeforeCrossEntropy } from "./log-softmax-before-cross-entropy";
import logitsToBceLossDocument from "./logits-to-bce-loss.md";
import { logitsToBceLoss } from "./logits-to-bce-loss";
import logitsToNllLossDocument from "./logits-to-nll-loss.md";
import { logitsToNllLoss } from "./logits-to-nll-loss";
import lossBroadcastsDocument from "./loss-broadcasts.md";
import { lossBroadcasts } from "./loss-broadcasts";
import sigmoidBeforeBceWithLogitsDocument from "./sigmoid-before-bce-with-logits.md";
import { sigmoidBeforeBceWithLogits } from "./sigmoid-before-bce-with-logits";
import softmaxBeforeCrossEntropyDocument from "./softmax-before-cross-entropy.md";
import { softmaxBeforeCrossEntropy } from "./softmax-before-cross-entropy";
import softmaxBeforeNllLossDocument from "./softmax-before-nll-loss.md";
import { softmaxBeforeNllLoss } from "./softmax-before-nll-loss";

export const lossRules: readonly DocumentedRule[] = [
  { rule: boundedActivationBeforeSoftmax, document: boundedActivationBeforeSoftmaxDocument },
  { rule: logSoftmaxBeforeCrossEntropy, document: logSoftmaxBeforeCrossEntropyDocument },
  { rule: logitsToBceLoss, document: logitsToBceLossDocument },
  { rule: logitsToNllLoss, document: logitsToNllLossDocument },
  { rule: lossBroadcasts, document: lossBroadcastsDocument },
  { rule: sigmoidBeforeBceWithLogits, document: sigmoidBeforeBceWithLogitsDocument },
  { rule: softmaxBeforeCrossEntropy, document: softmaxBeforeCrossEntropyDocument },
  { rule: softmaxBeforeNllLoss, document: softmaxBeforeNllLossDocument },
];
