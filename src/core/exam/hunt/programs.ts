/** The correct programs that come with the product, and what each of them is for. */
import texts from "texts:../../../../media/programs";

export interface HuntProgram {
  /** Progress refers to it. */
  readonly id: string;
  readonly title: string;
  /** What it does when it is correct, in one sentence. */
  readonly task: string;
  readonly text: string;
}

const programs: readonly Omit<HuntProgram, "text">[] = [
  {
    id: "regression",
    title: "House prices",
    task: "It learns a price from eight numbers, with a lower learning rate every ten epochs, and prints the validation error.",
  },
  {
    id: "classifier",
    title: "Digits with a fully connected network",
    task: "It learns to tell handwritten digits apart and prints loss and test accuracy after every epoch.",
  },
  {
    id: "cnn",
    title: "Photographs with a convolutional network",
    task: "It learns to tell ten kinds of photographs apart, on augmented training data, and measures its accuracy on test data.",
  },
  {
    id: "rnn",
    title: "A language model of characters",
    task: "It learns to guess the next character of a text; its state is handed from one stretch of the text to the next.",
  },
  {
    id: "autoencoder",
    title: "Autoencoder",
    task: "It learns to squeeze its inputs through a narrow code and to restore them.",
  },
  {
    id: "vae",
    title: "Variational autoencoder",
    task: "It learns a distribution of codes for points in ten dimensions: reconstruction error plus the KL term.",
  },
  {
    id: "gan",
    title: "Generative adversarial network",
    task: "Generator and discriminator learn in turns until the made-up points lie on a ring like the real ones.",
  },
  {
    id: "transformer",
    title: "Transformer",
    task: "It learns to classify sequences by self-attention in several blocks, and measures its accuracy on other data.",
  },
];

export const huntPrograms: readonly HuntProgram[] = programs.map((program) => ({
  ...program,
  text: texts[program.id]!,
}));

/** The name under which progress keeps hunts, where questions have their bank. */
export const huntBank = "hunts";
