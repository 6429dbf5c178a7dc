/** The cheat sheets that come with the product, and the topics that each is about. */
import texts from "texts:../../../media/cheatsheets";

export interface CheatSheet {
  readonly id: string;
  readonly title: string;
  /** Without the title; Markdown with `$…$`. */
  readonly markdown: string;
  /** The questions' topics that it helps with. */
  readonly topics: readonly string[];
}

const table: Readonly<Record<string, string>> = {
  "activations-and-losses": "activation loss softmax margin mlp numerics",
  backpropagation: "backpropagation gradients autograd linear-algebra quadratic-layer",
  optimisers: "optimisation adam sgd momentum training",
  initialisation: "initialisation vanishing-gradients residual",
  "regularisation-and-normalisation": "regularisation normalisation generalisation",
  convolutions: "cnn shapes parameters receptive-field pooling 3d",
  "recurrent-networks": "rnn sequences vanishing-gradients",
  "attention-and-transformers": "transformer sequences",
  "generative-models": "autoencoder vae gan generative kl gaussian likelihood latent-space sampling",
  "self-supervision-and-graphs": "self-supervision semi-supervised contrastive graph-networks",
  metrics: "metrics",
  "training-loop":
    "data debugging evaluation training dropout modules transforms distributed language-models security gpu amp python reproducibility code finetuning",
};

/** In the order of a course. */
export const cheatSheets: readonly CheatSheet[] = Object.entries(table).map(([id, topics]) => {
  const [heading = "", ...rest] = texts[id]!.split("\n");
  return { id, title: heading.replace(/^# /, ""), markdown: rest.join("\n").trim(), topics: topics.split(" ") };
});

export const cheatSheetAt = (id: string): CheatSheet | undefined => cheatSheets.find((sheet) => sheet.id === id);

/** The sheets that share topics with a question, the one that shares most of them first. */
export function cheatSheetsFor(topics: readonly string[]): readonly CheatSheet[] {
  const shared = (sheet: CheatSheet): number => sheet.topics.filter((topic) => topics.includes(topic)).length;
  return cheatSheets.filter((sheet) => shared(sheet) > 0).sort((a, b) => shared(b) - shared(a));
}
