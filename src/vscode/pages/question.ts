/** The panel in which a question is answered. */
import * as vscode from "vscode";
import type { Evaluator } from "../../core/exam/drill";
import type { Reading } from "../../core/exam/answer";
import type { Handlers } from "../../protocol/channel";
import type { Handed, QuestionHost, QuestionMemory, QuestionPlace, QuestionState } from "../../protocol/question";
import {
  beginSitting,
  checkPart,
  comparePart,
  draftPart,
  showHint,
  shownQuestion,
  understandPart,
  type Sitting,
} from "../../protocol/sitting";
import { commandIds, panelIds } from "../ids";
import type { Progress } from "../study/progress";
import { randomSeed } from "../study/seed";
import { teachingRules } from "../study/teaching";
import type { WorkspaceBanks } from "../study/workspaceBanks";
import { attemptAt, lastResponses, neighbour, taskAt, type Task } from "../study/task";
import { singlePanel, type Opened } from "./singlePanel";

export interface QuestionPanels {
  readonly open: (place: QuestionPlace) => Promise<void>;
  readonly dispose: () => void;
}

export interface QuestionServices {
  readonly extension: vscode.Uri;
  readonly progress: Progress;
  readonly workspace: WorkspaceBanks;
  readonly evaluator: () => Promise<Evaluator>;
}

/** What is on the table, and how far it has come. */
interface Table {
  readonly task: Task;
  readonly sitting: Sitting;
}

export function createQuestionPanels(services: QuestionServices): QuestionPanels {
  const panel = singlePanel<QuestionHost, Promise<Table>, QuestionState>({
    id: panelIds.question,
    source: { extension: services.extension, name: "question" },
    column: vscode.ViewColumn.Active,
    handlers: (opened) => handlersFor(opened, services),
    restore: (memory) => {
      const { place, drafts } = { ...(memory as Partial<QuestionMemory> | undefined) };
      const table = layTable(place, services, drafts);
      table.catch(() => undefined); // The page asks for it, and says what is wrong.
      return table;
    },
    stateOf: async (table) => stateOf(await table),
  });
  const open = async (place: QuestionPlace): Promise<void> => {
    try {
      const table = await layTable(place, services);
      panel.open(table.task.question.title, Promise.resolve(table));
    } catch (error) {
      void vscode.window.showErrorMessage(error instanceof Error ? error.message : String(error));
    }
  };
  return { open, dispose: panel.dispose };
}

/** The question with what was answered before, and drafts on top. Throws, in words for the user, where there is none. */
async function layTable(
  place: QuestionPlace | undefined,
  { evaluator, progress, workspace }: QuestionServices,
  drafts: QuestionMemory["drafts"] = {},
): Promise<Table> {
  if (!place) throw new Error("Choose a question in the view “Exams”.");
  await workspace.load();
  const [task] = await Promise.all([taskAt(place, evaluator), progress.load()]);
  const sitting = beginSitting(task.question, lastResponses(progress.log(), task));
  const withDrafts = Object.entries(drafts).reduce((next, [part, draft]) => draftPart(next, part, draft), sitting);
  return { task, sitting: withDrafts };
}

/** What the page can ask. Each change of the table is made on the newest one and answered with what to show. */
function handlersFor(opened: () => Opened<Promise<Table>>, services: QuestionServices): Handlers<QuestionHost> {
  const show = async (change: (table: Table) => Table | Promise<Table>): Promise<QuestionState> => {
    const target = opened();
    const before = target.content;
    const after = before.then(change);
    target.content = after.catch(() => before); // What fails leaves everything as it was.
    const table = await after;
    target.panel.title = table.task.question.title;
    return stateOf(table);
  };
  type Step = (sitting: Sitting, task: Task) => Sitting | Promise<Sitting>;
  const sit = (step: Step): Promise<QuestionState> =>
    show(async ({ task, sitting }) => ({ task, sitting: await step(sitting, task) }));
  // What belongs to another question than the one on the table comes too late.
  const answer = ({ place }: Handed, step: Step): Promise<QuestionState> =>
    sit((sitting, task) => (isSamePlace(place, task.place) ? step(sitting, task) : sitting));
  const move = (next: (task: Task) => QuestionPlace | undefined): Promise<QuestionState> =>
    show((table) => {
      const place = next(table.task);
      return place ? layTable(place, services) : table;
    });

  return {
    ready: () => show((table) => table),
    understand: async (handed: Handed): Promise<Reading> => {
      await answer(handed, (sitting) => draftPart(sitting, handed.part, handed.response));
      return understandPart((await opened().content).task.question, handed.part, handed.response);
    },
    check: (handed: Handed) => answer(handed, (sitting, task) => check(sitting, task, handed, services)),
    compare: (handed: Handed) => answer(handed, (sitting) => comparePart(sitting, handed.part, handed.response)),
    hint: ({ part }: { part?: string }) => sit((sitting) => showHint(sitting, part)),
    startOver: () => sit((_sitting, { question }) => beginSitting(question)),
    go: (step: 1 | -1) => move((task) => neighbour(task, step)),
    newVariant: () => move(({ place }) => (place.kind === "drill" ? { ...place, seed: randomSeed() } : undefined)),
    explain: (rule: string) => {
      void vscode.commands.executeCommand(commandIds.explainFinding, rule);
      return null;
    },
  };
}

function isSamePlace(a: QuestionPlace, b: QuestionPlace): boolean {
  const seed = (place: QuestionPlace): number | undefined => (place.kind === "drill" ? place.seed : undefined);
  return a.kind === b.kind && a.reference === b.reference && seed(a) === seed(b);
}

/** Grades a part. Only an attempt goes into the log, and it is there before the student sees the grade. */
async function check(
  sitting: Sitting,
  task: Task,
  { part: id, response }: Handed,
  { progress }: QuestionServices,
): Promise<Sitting> {
  const { sitting: next, graded } = checkPart(task.question, sitting, id, response);
  const part = task.question.parts.find((candidate) => candidate.id === id);
  if (graded && part) await progress.add(attemptAt(task, part, response, graded.fraction, new Date()));
  return next;
}

function stateOf({ task, sitting }: Table): QuestionState {
  const { place, bank, question, position } = task;
  return {
    ...shownQuestion(question, sitting),
    ...{ place, bank: bank.title },
    ...(position ? { position } : {}),
    rules: place.kind === "question" ? teachingRules(place.reference) : [],
  };
}
