/** The cheat sheets that come with the product, and the topics that each is about. */
import activationsAndLosses from "../../../media/cheatsheets/activations-and-losses.md";
import attentionAndTransformers from "../../../media/cheatsheets/attention-and-transformers.md";
import backpropagation from "../../../media/cheatsheets/backpropagation.md";
import convolutions from "../../../media/cheatsheets/convolutions.md";
import generativeModels from "../../../media/cheatsheets/generative-models.md";
import initialisation from "../../../media/cheatsheets/initialisation.md";
import metrics from "../../../media/cheatsheets/metrics.md";
import optimisers from "../../../media/cheatsheets/optimisers.md";
import recurrentNetworks from "../../../media/cheatsheets/recurrent-networks.md";
import regularisationAndNormalisation from "../../../media/cheatsheets/regularisation-and-normalisation.md";
import selfSupervisionAndGraphs from "../../../media/cheatsheets/self-supervision-and-graphs.md";
import trainingLoop from "../../../media/cheatsheets/training-loop.md";

export interface CheatSheet {
  readonly id: string;
  readonly title: string;
  /** Without the title; Markdown with `$…$`. */
  readonly markdown: string;
  /** The questions' topics that it helps with. */
  readonly topics: readonly string[];
}

const table: readonly (readonly [id: string, text: string, topics: string])[] = [
  ["activations-and-losses", activationsAndLosses, "activation loss softmax margin mlp numerics"],
  ["backpropagation", backpropagation, "backpropagation gradients autograd linear-algebra quadratic-layer"],
  ["optimisers", optimisers, "optimisation adam sgd momentum training"],
  ["initialisation", initialisation, "initialisation vanishing-gradients residual"],
  ["regularisation-and-normalisation", regularisationAndNormalisation, "regularisation normalisation generalisation"],
  ["convolutions", convolutions, "cnn shapes parameters receptive-field pooling 3d"],
  ["recurrent-networks", recurrentNetworks, "rnn sequences vanishing-gradients"],
  ["attention-and-transformers", attentionAndTransformers, "transformer sequences"],
  [
    "generative-models",
    generativeModels,
    "autoencoder vae gan generative kl gaussian likelihood latent-space sampling",
  ],
  ["self-supervision-and-graphs", selfSupervisionAndGraphs, "self-supervision semi-supervised contrastive graph-networks"], // prettier-ignore
  ["metrics", metrics, "metrics"],
  [
    "training-loop",
    trainingLoop,
    "data debugging evaluation training dropout modules transforms distributed language-models security gpu amp python reproducibility code finetuning",
  ],
];

/** In the order of a course. */
export const cheatSheets: readonly CheatSheet[] = table.map(([id, text, topics]) => {
  const [heading = "", ...rest] = text.split("\n");
  return { id, title: heading.replace(/^# /, ""), markdown: rest.join("\n").trim(), topics: topics.split(" ") };
});

export const cheatSheetAt = (id: string): CheatSheet | undefined => cheatSheets.find((sheet) => sheet.id === id);

/** The sheets that share topics with a question, the one that shares most of them first. */
export function cheatSheetsFor(topics: readonly string[]): readonly CheatSheet[] {
  const shared = (sheet: CheatSheet): number => sheet.topics.filter((topic) => topics.includes(topic)).length;
  return cheatSheets.filter((sheet) => shared(sheet) > 0).sort((a, b) => shared(b) - shared(a));
}
