/** The banks that come with the product. */
import lossBugs from "../../../media/exams/bugs-losses.quiz.md";
import optimisationBugs from "../../../media/exams/bugs-optimisation.quiz.md";
import bugsInitialisation from "../../../media/exams/bugs-initialisation.quiz.md";
import bugsModels from "../../../media/exams/bugs-models.quiz.md";
import bugsData from "../../../media/exams/bugs-data.quiz.md";
import bugsModes from "../../../media/exams/bugs-modes.quiz.md";
import code from "../../../media/exams/code.quiz.md";
import drills from "../../../media/exams/drills.quiz.md";
import foundations from "../../../media/exams/exam-000.quiz.md";
import theoryToPractice from "../../../media/exams/exam-001.quiz.md";
import trainingAndGeneration from "../../../media/exams/exam-002.quiz.md";
import essentials from "../../../media/exams/exam-003.quiz.md";
import representations from "../../../media/exams/exam-004.quiz.md";
import findTheLine from "../../../media/exams/find-the-line.quiz.md";
import autoencoders from "../../../media/exams/topics-autoencoders.quiz.md";
import backpropagation from "../../../media/exams/topics-backpropagation.quiz.md";
import convolutions from "../../../media/exams/topics-convolutions.quiz.md";
import initialisation from "../../../media/exams/topics-initialisation.quiz.md";
import losses from "../../../media/exams/topics-losses.quiz.md";
import optimisation from "../../../media/exams/topics-optimisation.quiz.md";
import regularisation from "../../../media/exams/topics-regularisation.quiz.md";
import gans from "../../../media/exams/topics-gans.quiz.md";
import graphs from "../../../media/exams/topics-graphs.quiz.md";
import metrics from "../../../media/exams/topics-metrics.quiz.md";
import recurrent from "../../../media/exams/topics-recurrent.quiz.md";
import selfSupervision from "../../../media/exams/topics-self-supervision.quiz.md";
import transformers from "../../../media/exams/topics-transformers.quiz.md";
import trainingBugs from "../../../media/exams/training-bugs.quiz.md";
import { readBank, type ReadBank } from "./bank";

const texts: readonly (readonly [name: string, text: string])[] = [
  ["exam-000.quiz.md", foundations],
  ["exam-001.quiz.md", theoryToPractice],
  ["exam-002.quiz.md", trainingAndGeneration],
  ["exam-003.quiz.md", essentials],
  ["exam-004.quiz.md", representations],
  ["topics-losses.quiz.md", losses],
  ["topics-backpropagation.quiz.md", backpropagation],
  ["topics-optimisation.quiz.md", optimisation],
  ["topics-initialisation.quiz.md", initialisation],
  ["topics-convolutions.quiz.md", convolutions],
  ["topics-autoencoders.quiz.md", autoencoders],
  ["topics-regularisation.quiz.md", regularisation],
  ["topics-recurrent.quiz.md", recurrent],
  ["topics-transformers.quiz.md", transformers],
  ["topics-gans.quiz.md", gans],
  ["topics-self-supervision.quiz.md", selfSupervision],
  ["topics-graphs.quiz.md", graphs],
  ["topics-metrics.quiz.md", metrics],
  ["training-bugs.quiz.md", trainingBugs],
  ["bugs-losses.quiz.md", lossBugs],
  ["bugs-optimisation.quiz.md", optimisationBugs],
  ["bugs-models.quiz.md", bugsModels],
  ["bugs-initialisation.quiz.md", bugsInitialisation],
  ["bugs-data.quiz.md", bugsData],
  ["bugs-modes.quiz.md", bugsModes],
  ["find-the-line.quiz.md", findTheLine],
  ["code.quiz.md", code],
  ["drills.quiz.md", drills],
];

let read: readonly ReadBank[] | undefined;

/** Read at the first call and kept; the paths are relative to the product's root. */
export function builtinBanks(): readonly ReadBank[] {
  read ??= texts.map(([name, text]) => readBank(`media/exams/${name}`, text));
  return read;
}
