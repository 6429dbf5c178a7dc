/** The banks that come with the product. */
import texts from "texts:../../../media/exams";
import { readBank, type ReadBank } from "./bank";

/** In the order in which they are listed: the exams, then topics, then bugs and practice. */
const order = [
  "exam-000",
  "exam-001",
  "exam-002",
  "exam-003",
  "exam-004",
  "topics-losses",
  "topics-backpropagation",
  "topics-optimisation",
  "topics-initialisation",
  "topics-convolutions",
  "topics-autoencoders",
  "topics-regularisation",
  "topics-recurrent",
  "topics-transformers",
  "topics-gans",
  "topics-self-supervision",
  "topics-graphs",
  "topics-metrics",
  "training-bugs",
  "bugs-losses",
  "bugs-optimisation",
  "bugs-models",
  "bugs-initialisation",
  "bugs-data",
  "bugs-modes",
  "find-the-line",
  "code",
  "drills",
];

let read: readonly ReadBank[] | undefined;

/** Read at the first call and kept; the paths are relative to the product's root. */
export function builtinBanks(): readonly ReadBank[] {
  read ??= order.map((name) => readBank(`media/exams/${name}.quiz.md`, texts[name]!));
  return read;
}
