/** The panel in which a mock exam is sat and looked through. */
import * as vscode from "vscode";
import type { GradingTools } from "../../core/exam/kinds/kind";
import type { Bank } from "../../core/exam/question";
import { seedFrom } from "../../core/exam/random";
import {
  type MockExam,
  answerPart,
  answeredOf,
  attemptFor,
  endExam,
  goTo,
  isGiven,
  marksOf,
  pauseExam,
  responseTo,
  resumeExam,
  timeLeft,
  toggleFlag,
  totalOf,
  totalsByTopic,
  type PartMark,
} from "../../core/exam/mock";
import type { Handlers } from "../../protocol/channel";
import type { ExamAnswer, ExamHost, ExamMemory, ExamQuestion, ExamState } from "../../protocol/exam";
import { beginSitting, draftPart, handedIn, shownQuestion, understandPart, type Sitting } from "../../protocol/sitting";
import { panelIds } from "../ids";
import { bankAt } from "../study/banks";
import type { WorkspaceBanks } from "../study/workspaceBanks";
import type { ExamStore } from "../study/examStore";
import { hasProgram, type CodeDesk } from "../study/codeDesk";
import type { Progress } from "../study/progress";
import { singlePanel, type Opened } from "./singlePanel";

export interface ExamPanels {
  readonly open: (exam: MockExam) => void;
  readonly dispose: () => void;
}

export interface ExamServices {
  readonly extension: vscode.Uri;
  readonly store: ExamStore;
  readonly progress: Progress;
  readonly workspace: WorkspaceBanks;
  readonly programs: CodeDesk;
}

/** An exam with its bank. */
interface Table {
  readonly exam: MockExam;
  readonly bank: Bank;
}

export function createExamPanels(services: ExamServices): ExamPanels {
  const { extension, store } = services;
  const panel = singlePanel<ExamHost, Promise<Table>, ExamState>({
    id: panelIds.exam,
    source: { extension, name: "exam" },
    column: vscode.ViewColumn.Active,
    handlers: (opened) => handlersFor(opened, services),
    restore: (memory) => {
      const table = findTable((memory as Partial<ExamMemory> | undefined)?.exam, services);
      table.catch(() => undefined); // The page asks for it, and says what is wrong.
      return table;
    },
    stateOf: async (table) => {
      const { exam, bank } = await table;
      return stateOf({ exam, bank }, new Date(), await services.programs.toolsFor(bank.questions));
    },
    // Nobody sits an exam whose page is closed: the clock stops.
    closed: (content) => {
      void content.then(({ exam }) => store.keep(pauseExam(exam, new Date())), () => undefined); // prettier-ignore
    },
  });
  return {
    open: (exam) => {
      const bank = bankAt(exam.bank);
      if (bank) panel.open(bank.title, Promise.resolve({ exam: resumeExam(exam, new Date()), bank }));
      else void vscode.window.showErrorMessage(`The questions of this exam (“${exam.bank}”) are not there any more.`);
    },
    dispose: panel.dispose,
  };
}

async function findTable(id: string | undefined, { store, workspace }: ExamServices): Promise<Table> {
  await workspace.load();
  const exam = id === undefined ? undefined : await store.find(id);
  const bank = exam && bankAt(exam.bank);
  if (!exam || !bank) throw new Error("Start an exam in the view “Exams”.");
  // While the window was closed nobody worked on it.
  return {
    exam: exam.ended === undefined ? { ...exam, running: undefined } : exam,
    bank,
  };
}

function handlersFor(
  opened: () => Opened<Promise<Table>>,
  { store, progress, programs }: ExamServices,
): Handlers<ExamHost> {
  /** Makes a change on the newest state and keeps it; an exam whose time is up ends first. */
  const change = async (step: (exam: MockExam, bank: Bank) => MockExam): Promise<Table> => {
    const target = opened();
    const before = target.content;
    const after = before.then(async ({ exam, bank }): Promise<Table> => {
      const now = new Date();
      const filled = exam.ended === undefined ? await withPrograms(exam, bank, programs) : exam;
      const current = exam.ended === undefined && timeLeft(exam, now) <= 0 ? endExam(filled, now) : filled;
      const next = step(current, bank);
      if (next === exam) return { exam, bank };
      const kept = await store.keep(next);
      await logMarks(exam, kept, bank, progress, await programs.toolsFor(bank.questions));
      return { exam: kept, bank };
    });
    target.content = after.catch(() => before);
    return after;
  };
  const show = async (step: (exam: MockExam, bank: Bank) => MockExam): Promise<ExamState> => {
    const table = await change(step);
    return stateOf(table, new Date(), await programs.toolsFor(table.bank.questions));
  };
  const answered =
    ({ exam: id, at, part, response }: ExamAnswer) =>
    (exam: MockExam, bank: Bank): MockExam => {
      const question = bank.questions[at];
      return exam.id === id && question ? answerPart(exam, question.id, part, response, new Date()) : exam;
    };
  return {
    ready: () => show((exam) => exam),
    answer: async (answer: ExamAnswer) => {
      const { exam, bank } = await change(answered(answer));
      const question = bank.questions[answer.at]!;
      return {
        reading: understandPart(question, answer.part, answer.response),
        answered: answeredOf(exam, question),
      };
    },
    openProgram: async ({ exam: id, at, part }: ExamAnswer) => {
      const { exam, bank } = await opened().content;
      const question = bank.questions[at];
      if (exam.id === id && question) await programs.open({ bank: bank.id, question: question.id, part, exam: id });
      return null;
    },
    tick: (answer: ExamAnswer) => show(answered(answer)),
    go: (at: number) => show((exam, { questions }) => goTo(exam, Math.max(0, Math.min(at, questions.length - 1)))),
    flag: (at: number) =>
      show((exam, { questions }) => (questions[at] ? toggleFlag(exam, questions[at].id, new Date()) : exam)),
    pause: () => show((exam) => pauseExam(exam, new Date())),
    resume: () => show((exam) => resumeExam(exam, new Date())),
    end: () => show((exam) => endExam(exam, new Date())),
    timeUp: () => show((exam) => exam),
  };
}

/** Takes in what was written in the editor. */
async function withPrograms(exam: MockExam, bank: Bank, programs: CodeDesk): Promise<MockExam> {
  let filled = exam;
  for (const { id: question, parts } of bank.questions.filter(hasProgram)) {
    for (const { id: part, answer } of parts) {
      if (answer.kind !== "code") continue;
      const text = await programs.textOf({ bank: bank.id, question, part, exam: exam.id });
      const before = responseTo(filled, question, part).text;
      if (text !== undefined && text !== before) filled = answerPart(filled, question, part, { text }, new Date());
    }
  }
  return filled;
}

/** At the end, and when an open answer has been ticked, what has been decided goes into the log. */
async function logMarks(
  before: MockExam,
  after: MockExam,
  bank: Bank,
  progress: Progress,
  tools: GradingTools,
): Promise<void> {
  if (after.ended === undefined) return;
  const known = new Map(
    before.ended === undefined ? [] : marksOf(before, bank, tools).map((mark) => [keyOf(mark), mark.fraction]),
  );
  for (const mark of marksOf(after, bank, tools)) {
    if (known.get(keyOf(mark)) === mark.fraction) continue;
    const attempt = attemptFor(after, mark, new Date());
    if (attempt) await progress.add(attempt);
  }
}

const keyOf = ({ question, part }: PartMark): string => `${question.id}/${part.id}`;

function stateOf({ exam, bank }: Table, now: Date, tools: GradingTools): ExamState {
  const marks = exam.ended === undefined ? [] : marksOf(exam, bank, tools);
  const ended = exam.ended !== undefined;
  const stage = ended ? "ended" : exam.running === undefined ? "paused" : "running";
  const entries = bank.questions.map((question) => ({
    title: question.title,
    points: question.points,
    answered: answeredOf(exam, question),
    flagged: exam.flagged.includes(question.id),
    ...(ended && { marks: totalOf(marks.filter((mark) => mark.question === question)) }),
  }));
  return {
    ...{
      id: exam.id,
      title: bank.title,
      stage,
      minutes: exam.minutes,
      left: timeLeft(exam, now),
      entries,
      at: exam.at,
    },
    ...(stage === "paused" ? {} : { question: questionOf(exam, bank, tools) }),
    ...(ended && {
      results: {
        total: totalOf(marks),
        topics: [...totalsByTopic(marks)].map(([topic, total]) => ({ topic, marks: total })),
      },
    }),
  };
}

/** During the exam only what was typed; after it everything that the question page shows as well. */
function questionOf(exam: MockExam, bank: Bank, tools: GradingTools): ExamQuestion {
  const question = bank.questions[exam.at] ?? bank.questions[0]!;
  const responses = question.parts.map(({ id }) => [id, responseTo(exam, question.id, id)] as const);
  const order = seedFrom(`${exam.id}/${question.id}`);
  if (exam.ended !== undefined) {
    const given = responses.filter(([, response]) => isGiven(response));
    return shownQuestion(question, handedIn(question, Object.fromEntries(given), order, tools));
  }
  const drafts = responses.reduce<Sitting>(
    (sitting, [id, response]) => draftPart(sitting, id, response),
    beginSitting(question, {}, order),
  );
  // Hints belong to practice.
  const shown = shownQuestion(question, drafts);
  const none = { shown: [], left: 0 };
  return { ...shown, hints: none, parts: shown.parts.map((part) => ({ ...part, hints: none })) };
}
