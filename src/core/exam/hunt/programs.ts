/** The correct programs that come with the product, and what each of them is for. */
import autoencoder from "../../../../media/programs/autoencoder.py";
import classifier from "../../../../media/programs/classifier.py";
import cnn from "../../../../media/programs/cnn.py";
import gan from "../../../../media/programs/gan.py";
import regression from "../../../../media/programs/regression.py";
import rnn from "../../../../media/programs/rnn.py";
import transformer from "../../../../media/programs/transformer.py";
import vae from "../../../../media/programs/vae.py";

export interface HuntProgram {
  /** Progress refers to it. */
  readonly id: string;
  readonly title: string;
  /** What it does when it is correct, in one sentence. */
  readonly task: string;
  readonly text: string;
}

export const huntPrograms: readonly HuntProgram[] = [
  {
    id: "regression",
    title: "House prices",
    task: "It learns a price from eight numbers, with a lower learning rate every ten epochs, and prints the validation error.",
    text: regression,
  },
  {
    id: "classifier",
    title: "Digits with a fully connected network",
    task: "It learns to tell handwritten digits apart and prints loss and test accuracy after every epoch.",
    text: classifier,
  },
  {
    id: "cnn",
    title: "Photographs with a convolutional network",
    task: "It learns to tell ten kinds of photographs apart, on augmented training data, and measures its accuracy on test data.",
    text: cnn,
  },
  {
    id: "rnn",
    title: "A language model of characters",
    task: "It learns to guess the next character of a text; its state is handed from one stretch of the text to the next.",
    text: rnn,
  },
  {
    id: "autoencoder",
    title: "Autoencoder",
    task: "It learns to squeeze its inputs through a narrow code and to restore them.",
    text: autoencoder,
  },
  {
    id: "vae",
    title: "Variational autoencoder",
    task: "It learns a distribution of codes for points in ten dimensions: reconstruction error plus the KL term.",
    text: vae,
  },
  {
    id: "gan",
    title: "Generative adversarial network",
    task: "Generator and discriminator learn in turns until the made-up points lie on a ring like the real ones.",
    text: gan,
  },
  {
    id: "transformer",
    title: "Transformer",
    task: "It learns to classify sequences by self-attention in several blocks, and measures its accuracy on other data.",
    text: transformer,
  },
];

/** The name under which progress keeps hunts, where questions have their bank. */
export const huntBank = "hunts";
