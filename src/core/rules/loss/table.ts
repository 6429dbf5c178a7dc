/** Losses, and what is fed to them. */
import boundedActivationBeforeSoftmaxDocument from "./bounded-activation-before-softmax.md";
import { boundedActivationBeforeSoftmax } from "./bounded-activation-before-softmax";
import lossBroadcastsDocument from "./loss-broadcasts.md";
import { lossBroadcasts } from "./loss-broadcasts";
import { type DocumentedRule } from "../define";

export const lossRules: readonly DocumentedRule[] = [
  { rule: boundedActivationBeforeSoftmax, document: boundedActivationBeforeSoftmaxDocument },
  { rule: lossBroadcasts, document: lossBroadcastsDocument },
];
