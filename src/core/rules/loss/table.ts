/** Losses, and what is fed to them. */
import { saturatingGeneratorLoss } from "./saturating-generator-loss";
import { type Rule } from "../define";
import { activationBeforeRegressionLoss } from "./activation-before-regression-loss";
import { argmaxOverBatch } from "./argmax-over-batch";
import { boundedActivationBeforeSoftmax } from "./bounded-activation-before-softmax";
import { generatorGivenFakeLabels } from "./generator-given-fake-labels";
import { klDivArguments } from "./kl-div-arguments";
import { klDivMeanReduction } from "./kl-div-mean-reduction";
import { logOfSoftmax } from "./log-of-softmax";
import { logOnePlus } from "./log-one-plus";
import { logSoftmaxBeforeCrossEntropy } from "./log-softmax-before-cross-entropy";
import { logSumExp } from "./log-sum-exp";
import { logitsToBceLoss } from "./logits-to-bce-loss";
import { logitsToNllLoss } from "./logits-to-nll-loss";
import { lossBroadcasts } from "./loss-broadcasts";
import { lossSign } from "./loss-sign";
import { oneHotTarget } from "./one-hot-target";
import { reluBeforeSoftmax } from "./relu-before-softmax";
import { sigmoidBeforeBceLoss } from "./sigmoid-before-bce-loss";
import { sigmoidBeforeBceWithLogits } from "./sigmoid-before-bce-with-logits";
import { softmaxBeforeCrossEntropy } from "./softmax-before-cross-entropy";
import { softmaxBeforeNllLoss } from "./softmax-before-nll-loss";
import { softmaxOfOneClass } from "./softmax-of-one-class";
import { softmaxOverBatch } from "./softmax-over-batch";
import { softmaxTwice } from "./softmax-twice";
import { softmaxWithoutDim } from "./softmax-without-dim";
import { swappedLossArguments } from "./swapped-loss-arguments";
import { vaeKlHalf } from "./vae-kl-half";
import { vaeKlSign } from "./vae-kl-sign";
import { vaeLogVarianceAsStd } from "./vae-log-variance-as-std";
import { vaeReductionMismatch } from "./vae-reduction-mismatch";
import { zeroGradientInLoss } from "./zero-gradient-in-loss";

export const lossRules: readonly Rule[] = [
  activationBeforeRegressionLoss,
  argmaxOverBatch,
  boundedActivationBeforeSoftmax,
  generatorGivenFakeLabels,
  klDivArguments,
  klDivMeanReduction,
  logOfSoftmax,
  logOnePlus,
  logSoftmaxBeforeCrossEntropy,
  logSumExp,
  logitsToBceLoss,
  logitsToNllLoss,
  lossBroadcasts,
  lossSign,
  oneHotTarget,
  reluBeforeSoftmax,
  sigmoidBeforeBceLoss,
  sigmoidBeforeBceWithLogits,
  saturatingGeneratorLoss,
  softmaxBeforeCrossEntropy,
  softmaxBeforeNllLoss,
  softmaxOfOneClass,
  softmaxOverBatch,
  softmaxTwice,
  softmaxWithoutDim,
  swappedLossArguments,
  vaeKlHalf,
  vaeKlSign,
  vaeLogVarianceAsStd,
  vaeReductionMismatch,
  zeroGradientInLoss,
];
