/** Which of the exams' questions belong to a bank by topic, so that a topic can be practised across the exams. */
import type { Bank, Question } from "./question";

/** The topics of each bank by topic; a question of the exams belongs to every bank that has one of its topics. */
const topicsOfBank: Readonly<Record<string, readonly string[]>> = {
  losses: ["mlp", "loss", "softmax", "likelihood", "margin", "activation", "linear", "quadratic-layer", "basics"],
  backpropagation: ["backpropagation", "autograd", "gradients"],
  optimisation: ["optimisation", "sgd", "momentum"],
  initialisation: ["initialisation", "vanishing-gradients"],
  convolutions: ["cnn", "pooling", "receptive-field", "residual"],
  recurrent: ["rnn", "sequences"],
  autoencoders: ["autoencoder", "vae", "kl"],
  gans: ["gan", "generative"],
  regularisation: ["regularisation", "generalisation", "dropout"],
  transformers: ["transformer", "normalisation", "attention"],
  "self-supervision": ["self-supervision", "contrastive"],
  graphs: ["graph-networks"],
  metrics: ["metrics"],
};

export interface ExamQuestion {
  readonly bank: Bank;
  readonly question: Question;
}

/** In the order of the exams; none for a bank that is not by topic. */
export function examQuestionsFor(bank: Bank, exams: readonly Bank[]): readonly ExamQuestion[] {
  const topics = topicsOfBank[bank.id] ?? [];
  return exams.flatMap((exam) =>
    exam.questions
      .filter((question) => question.topics.some((topic) => topics.includes(topic)))
      .map((question) => ({ bank: exam, question })),
  );
}
