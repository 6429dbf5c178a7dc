/** The banks that come with the product. */
import bugsModes from "../../../media/exams/bugs-modes.quiz.md";
import drills from "../../../media/exams/drills.quiz.md";
import foundations from "../../../media/exams/exam-000.quiz.md";
import trainingBugs from "../../../media/exams/training-bugs.quiz.md";
import { readBank, type ReadBank } from "./bank";

const texts: readonly (readonly [name: string, text: string])[] = [
  ["exam-000.quiz.md", foundations],
  ["training-bugs.quiz.md", trainingBugs],
  ["bugs-modes.quiz.md", bugsModes],
  ["drills.quiz.md", drills],
];

let read: readonly ReadBank[] | undefined;

/** Read at the first call and kept; the paths are relative to the product's root. */
export function builtinBanks(): readonly ReadBank[] {
  read ??= texts.map(([name, text]) => readBank(`media/exams/${name}`, text));
  return read;
}
