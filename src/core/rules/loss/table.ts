/** Losses, and what is fed to them. */
import generatorGivenFakeLabelsDocument from "./generator-given-fake-labels.md";
import { generatorGivenFakeLabels } from "./generator-given-fake-labels";
import oneHotTargetDocument from "./one-hot-target.md";
import { oneHotTarget } from "./one-hot-target";
import saturatingGeneratorLossDocument from "./saturating-generator-loss.md";
import { saturatingGeneratorLoss } from "./saturating-generator-loss";
import { type DocumentedRule } from "../define";
import activationBeforeRegressionLossDocument from "./activation-before-regression-loss.md";
import { activationBeforeRegressionLoss } from "./activation-before-regression-loss";
import argmaxOverBatchDocument from "./argmax-over-batch.md";
import { argmaxOverBatch } from "./argmax-over-batch";
import boundedActivationBeforeSoftmaxDocument from "./bounded-activation-before-softmax.md";
import { boundedActivationBeforeSoftmax } from "./bounded-activation-before-softmax";
import klDivArgumentsDocument from "./kl-div-arguments.md";
import { klDivArguments } from "./kl-div-arguments";
import klDivMeanReductionDocument from "./kl-div-mean-reduction.md";
import { klDivMeanReduction } from "./kl-div-mean-reduction";
import logOfSoftmaxDocument from "./log-of-softmax.md";
import { logOfSoftmax } from "./log-of-softmax";
import logOnePlusDocument from "./log-one-plus.md";
import { logOnePlus } from "./log-one-plus";
import logSoftmaxBeforeCrossEntropyDocument from "./log-softmax-before-cross-entropy.md";
import { logSoftmaxBeforeCrossEntropy } from "./log-softmax-before-cross-entropy";
import logSumExpDocument from "./log-sum-exp.md";
import { logSumExp } from "./log-sum-exp";
import logitsToBceLossDocument from "./logits-to-bce-loss.md";
import { logitsToBceLoss } from "./logits-to-bce-loss";
import logitsToNllLossDocument from "./logits-to-nll-loss.md";
import { logitsToNllLoss } from "./logits-to-nll-loss";
import lossBroadcastsDocument from "./loss-broadcasts.md";
import { lossBroadcasts } from "./loss-broadcasts";
import lossSignDocument from "./loss-sign.md";
import { lossSign } from "./loss-sign";
import reluBeforeSoftmaxDocument from "./relu-before-softmax.md";
import { reluBeforeSoftmax } from "./relu-before-softmax";
import sigmoidBeforeBceLossDocument from "./sigmoid-before-bce-loss.md";
import { sigmoidBeforeBceLoss } from "./sigmoid-before-bce-loss";
import sigmoidBeforeBceWithLogitsDocument from "./sigmoid-before-bce-with-logits.md";
import { sigmoidBeforeBceWithLogits } from "./sigmoid-before-bce-with-logits";
import softmaxBeforeCrossEntropyDocument from "./softmax-before-cross-entropy.md";
import { softmaxBeforeCrossEntropy } from "./softmax-before-cross-entropy";
import softmaxBeforeNllLossDocument from "./softmax-before-nll-loss.md";
import { softmaxBeforeNllLoss } from "./softmax-before-nll-loss";
import softmaxOfOneClassDocument from "./softmax-of-one-class.md";
import { softmaxOfOneClass } from "./softmax-of-one-class";
import softmaxOverBatchDocument from "./softmax-over-batch.md";
import { softmaxOverBatch } from "./softmax-over-batch";
import softmaxTwiceDocument from "./softmax-twice.md";
import { softmaxTwice } from "./softmax-twice";
import softmaxWithoutDimDocument from "./softmax-without-dim.md";
import { softmaxWithoutDim } from "./softmax-without-dim";
import swappedLossArgumentsDocument from "./swapped-loss-arguments.md";
import { swappedLossArguments } from "./swapped-loss-arguments";
import vaeKlHalfDocument from "./vae-kl-half.md";
import { vaeKlHalf } from "./vae-kl-half";
import vaeKlSignDocument from "./vae-kl-sign.md";
import { vaeKlSign } from "./vae-kl-sign";
import vaeLogVarianceAsStdDocument from "./vae-log-variance-as-std.md";
import { vaeLogVarianceAsStd } from "./vae-log-variance-as-std";
import vaeReductionMismatchDocument from "./vae-reduction-mismatch.md";
import { vaeReductionMismatch } from "./vae-reduction-mismatch";
import zeroGradientInLossDocument from "./zero-gradient-in-loss.md";
import { zeroGradientInLoss } from "./zero-gradient-in-loss";

export const lossRules: readonly DocumentedRule[] = [
  { rule: activationBeforeRegressionLoss, document: activationBeforeRegressionLossDocument },
  { rule: argmaxOverBatch, document: argmaxOverBatchDocument },
  { rule: boundedActivationBeforeSoftmax, document: boundedActivationBeforeSoftmaxDocument },
  { rule: generatorGivenFakeLabels, document: generatorGivenFakeLabelsDocument },
  { rule: klDivArguments, document: klDivArgumentsDocument },
  { rule: klDivMeanReduction, document: klDivMeanReductionDocument },
  { rule: logOfSoftmax, document: logOfSoftmaxDocument },
  { rule: logOnePlus, document: logOnePlusDocument },
  { rule: logSoftmaxBeforeCrossEntropy, document: logSoftmaxBeforeCrossEntropyDocument },
  { rule: logSumExp, document: logSumExpDocument },
  { rule: logitsToBceLoss, document: logitsToBceLossDocument },
  { rule: logitsToNllLoss, document: logitsToNllLossDocument },
  { rule: lossBroadcasts, document: lossBroadcastsDocument },
  { rule: lossSign, document: lossSignDocument },
  { rule: oneHotTarget, document: oneHotTargetDocument },
  { rule: reluBeforeSoftmax, document: reluBeforeSoftmaxDocument },
  { rule: sigmoidBeforeBceLoss, document: sigmoidBeforeBceLossDocument },
  { rule: sigmoidBeforeBceWithLogits, document: sigmoidBeforeBceWithLogitsDocument },
  { rule: saturatingGeneratorLoss, document: saturatingGeneratorLossDocument },
  { rule: softmaxBeforeCrossEntropy, document: softmaxBeforeCrossEntropyDocument },
  { rule: softmaxBeforeNllLoss, document: softmaxBeforeNllLossDocument },
  { rule: softmaxOfOneClass, document: softmaxOfOneClassDocument },
  { rule: softmaxOverBatch, document: softmaxOverBatchDocument },
  { rule: softmaxTwice, document: softmaxTwiceDocument },
  { rule: softmaxWithoutDim, document: softmaxWithoutDimDocument },
  { rule: swappedLossArguments, document: swappedLossArgumentsDocument },
  { rule: vaeKlHalf, document: vaeKlHalfDocument },
  { rule: vaeKlSign, document: vaeKlSignDocument },
  { rule: vaeLogVarianceAsStd, document: vaeLogVarianceAsStdDocument },
  { rule: vaeReductionMismatch, document: vaeReductionMismatchDocument },
  { rule: zeroGradientInLoss, document: zeroGradientInLossDocument },
];
