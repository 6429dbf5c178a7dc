/** The panel in which a question is answered. */
import * as vscode from "vscode";
import { cheatSheetsFor } from "../../core/exam/cheatsheets";
import type { Evaluator } from "../../core/exam/drill";
import type { Reading, Response } from "../../core/exam/answer";
import { isSameQuestion } from "../../core/exam/due";
import { openDrafts } from "../../core/exam/kept/drafts";
import type { Handlers } from "../../protocol/channel";
import type {
  Handed,
  QuestionHost,
  QuestionMemory,
  QuestionPlace,
  QuestionState,
  Round,
} from "../../protocol/question";
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
import type { Planner } from "../study/planner";
import type { CodeDesk } from "../study/codeDesk";
import type { CodePlace } from "../study/codeFiles";
import type { DraftStore } from "../study/draftStore";
import type { Progress } from "../study/progress";
import { placeOf, restOf, roundFrom } from "../study/round";
import { askForSeed, randomSeed } from "../study/seed";
import { teachingRules } from "../study/teaching";
import type { WorkspaceBanks } from "../study/workspaceBanks";
import { answeredBefore, attemptAt, neighbour, taskAt, type Task } from "../study/task";
import { singlePanel, type Opened } from "./singlePanel";

export interface QuestionPanels {
  readonly open: (place: QuestionPlace) => Promise<void>;
  /** Opens a question of a round, the first to come where none is given; resolves to whether there is one. */
  readonly begin: (round: Round, place?: QuestionPlace) => Promise<boolean>;
  /** Grades a program and shows what it is worth. */
  readonly checkProgram: (place: CodePlace) => Promise<void>;
  readonly dispose: () => void;
}

export interface QuestionServices {
  readonly extension: vscode.Uri;
  readonly progress: Progress;
  readonly workspace: WorkspaceBanks;
  readonly planner: Planner;
  readonly programs: CodeDesk;
  readonly drafts: DraftStore;
  readonly evaluator: () => Promise<Evaluator>;
}

/** What is on the table, and how far it has come. */
interface Table {
  readonly task: Task;
  readonly sitting: Sitting & { readonly order: number };
  readonly round?: Round;
  /** The parts that were due when it was laid. */
  readonly due: readonly string[];
}

export function createQuestionPanels(services: QuestionServices): QuestionPanels {
  const panel = singlePanel<QuestionHost, Promise<Table>, QuestionState>({
    id: panelIds.question,
    source: { extension: services.extension, name: "question" },
    column: vscode.ViewColumn.Active,
    handlers: (opened) => handlersFor(opened, services),
    restore: (memory) => {
      const { place, ...rest } = { ...(memory as Partial<QuestionMemory> | undefined) };
      const table = layTable(place, services, rest);
      table.catch(() => undefined); // The page asks for it, and says what is wrong.
      return table;
    },
    stateOf: async (table) => stateOf(await table, services.planner),
  });
  const open = async (place: QuestionPlace, round?: Round): Promise<void> => {
    try {
      const table = await layTable(place, services, round ? { round } : {});
      panel.open(table.task.question.title, Promise.resolve(table));
    } catch (error) {
      void vscode.window.showErrorMessage(error instanceof Error ? error.message : String(error));
    }
  };
  const begin = async (round: Round, place?: QuestionPlace): Promise<boolean> => {
    await services.progress.load();
    const [first] = restOf(round, services.planner, undefined);
    if (!place && !first) return false;
    await open(place ?? placeOf(first!), round);
    return true;
  };
  const checkProgram = async ({ bank, question, part }: CodePlace): Promise<void> => {
    const place: QuestionPlace = { kind: "question", reference: `${bank}/${question}` };
    try {
      const before = await panel.opened()?.content.catch(() => undefined);
      const table = before && isSamePlace(before.task.place, place) ? before : await layTable(place, services);
      const sitting = await check(table, { place, part, response: {} }, services);
      const content = { ...table, sitting: { ...sitting, order: table.sitting.order } };
      panel.open(table.task.question.title, Promise.resolve(content));
    } catch (error) {
      void vscode.window.showErrorMessage(error instanceof Error ? error.message : String(error));
    }
  };
  return { open: (place) => open(place), begin, checkProgram, dispose: panel.dispose };
}

/** The question with what was answered before, and drafts on top. Throws, in words for the user, where there is none. */
async function layTable(
  place: QuestionPlace | undefined,
  { evaluator, progress, planner, workspace, programs, drafts: kept }: QuestionServices,
  { drafts, round, ...memory }: Partial<QuestionMemory> = {},
): Promise<Table> {
  if (!place) throw new Error("Choose a question in the view “Exams”.");
  await workspace.load();
  const [task] = await Promise.all([taskAt(place, evaluator), progress.load()]);
  const before = answeredBefore(progress.log(), task, round?.since);
  const order = memory.order ?? before.order ?? randomSeed();
  const sitting = beginSitting(task.question, before.responses, order, await programs.toolsFor([task.question]));
  const since = (part: string): string => before.times[part] ?? round?.since ?? "";
  const typed = { ...openDrafts(await kept.find(place), since), ...drafts };
  const withDrafts = Object.entries(typed).reduce((next, [part, draft]) => draftPart(next, part, draft), sitting);
  const due = round?.kind === "due" ? planner.due().find((entry) => isSameQuestion(entry, task)) : undefined;
  return { task, sitting: { ...withDrafts, order }, due: due?.parts ?? [], ...(round && { round }) };
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
    return stateOf(table, services.planner);
  };
  type Step = (sitting: Sitting, task: Task, table: Table) => Sitting | Promise<Sitting>;
  const sit = (step: Step): Promise<QuestionState> =>
    show(async (table) => {
      const next = await step(table.sitting, table.task, table);
      return { ...table, sitting: { ...next, order: next.order ?? table.sitting.order } };
    });
  // What belongs to another question than the one on the table comes too late.
  const answer = ({ place }: Handed, step: Step): Promise<QuestionState> =>
    sit((sitting, task, table) => (isSamePlace(place, task.place) ? step(sitting, task, table) : sitting));
  const move = (next: (table: Table) => QuestionPlace | undefined): Promise<QuestionState> =>
    show((table) => {
      const place = next(table);
      const round = table.round && roundFrom(table.round, new Date());
      return place ? layTable(place, services, round ? { round } : {}) : table;
    });

  return {
    ready: () => show((table) => table),
    understand: async (handed: Handed): Promise<Reading> => {
      const { place, part, response } = handed;
      await answer(handed, (sitting) => {
        if (isDraft(response, sitting.parts[part]?.response)) void services.drafts.keep(place, part, response);
        return draftPart(sitting, part, response);
      });
      return understandPart((await opened().content).task.question, handed.part, handed.response);
    },
    check: (handed: Handed) => answer(handed, (_sitting, _task, table) => check(table, handed, services)),
    openProgram: async (handed: Handed) => {
      const { task, sitting } = await opened().content;
      if (isSamePlace(handed.place, task.place)) await openProgram(task, sitting, handed.part, services);
      return null;
    },
    compare: (handed: Handed) => answer(handed, (sitting) => comparePart(sitting, handed.part, handed.response)),
    hint: ({ part }: { part?: string }) => sit((sitting) => showHint(sitting, part)),
    startOver: () =>
      sit(async (_sitting, task) => {
        await services.drafts.drop(task.place, task.question.parts.map(({ id }) => id)); // prettier-ignore
        for (const part of task.question.parts)
          if (part.answer.kind === "code") await services.programs.reset(programOf(task, part.id));
        return beginSitting(task.question, {}, randomSeed());
      }),
    go: (step: 1 | -1) => move(({ task }) => neighbour(task, step)),
    newVariant: () =>
      move(({ task: { place } }) => (place.kind === "drill" ? { ...place, seed: randomSeed() } : undefined)),
    chooseVariant: async () => {
      const seed = await askForSeed();
      return move(({ task: { place } }) =>
        seed !== undefined && place.kind === "drill" && place.seed !== seed ? { ...place, seed } : undefined,
      );
    },
    nextInRound: () =>
      move(({ task, round }) => {
        const [next] = round ? restOf(round, services.planner, task) : [];
        return next && placeOf(next);
      }),
    explain: (rule: string) => {
      void vscode.commands.executeCommand(commandIds.explainFinding, rule);
      return null;
    },
    openSheet: (sheet: string) => {
      void vscode.commands.executeCommand(commandIds.openCheatSheet, sheet);
      return null;
    },
  };
}

/** What is on the table already is a draft that was kept, or an answer that was graded; a program is the editor's to keep. */
const isDraft = (response: Response, before: Response = {}): boolean =>
  Object.keys(response).length > 0 && JSON.stringify(response) !== JSON.stringify(before);

function isSamePlace(a: QuestionPlace, b: QuestionPlace): boolean {
  const seed = (place: QuestionPlace): number | undefined => (place.kind === "drill" ? place.seed : undefined);
  return a.kind === b.kind && a.reference === b.reference && seed(a) === seed(b);
}

/** Grades a part. Only an attempt goes into the log, and it is there before the student sees the grade. */
async function check(
  { task, sitting, round }: Table,
  { part: id, response: handed, confidence }: Handed,
  { progress, programs, drafts }: QuestionServices,
): Promise<Sitting> {
  const part = task.question.parts.find((candidate) => candidate.id === id);
  const text = part?.answer.kind === "code" ? await programs.textOf(programOf(task, id)) : undefined;
  const response = text === undefined ? handed : { ...handed, text };
  const tools = await programs.toolsFor([task.question]);
  const { sitting: next, graded } = checkPart(task.question, sitting, id, response, tools);
  if (!graded || !part) return next;
  const manner = {
    at: new Date(),
    ...(confidence && { confidence }),
    ...(round?.kind === "cram" && { practice: round.kind }),
    ...(("options" in part.answer || part.answer.kind === "ordering") && { order: sitting.order }),
  };
  await progress.add(attemptAt(task, part, response, graded.fraction, manner));
  void drafts.drop(task.place, [id]);
  return next;
}

const programOf = ({ bank, question }: Task, part: string): CodePlace => ({
  bank: bank.id,
  question: question.id,
  part,
});

/** Who comes back to a program that was mended before gets it unmended. */
async function openProgram(
  task: Task,
  sitting: Sitting,
  part: string,
  { programs, progress }: QuestionServices,
): Promise<void> {
  const program = programOf(task, part);
  const before = answeredBefore(progress.log(), task).responses[part]?.text;
  const isBack = sitting.parts[part]?.grade === undefined && before !== undefined;
  if (isBack && before === (await programs.textOf(program))) await programs.reset(program);
  await programs.open(program);
}

/** More would be a list to choose from, which the command has. */
const mostSheets = 2;

function stateOf({ task, sitting, round, due }: Table, planner: Planner): QuestionState {
  const { place, bank, question, position } = task;
  const shown = shownQuestion(question, sitting);
  return {
    ...shown,
    parts: shown.parts.map((part) => (due.includes(part.id) ? { ...part, due: true } : part)),
    ...{ place, bank: bank.title, order: sitting.order },
    ...(position ? { position } : {}),
    ...(round && { round: { round, left: restOf(round, planner, task).length } }),
    sheets: cheatSheetsFor(question.topics)
      .slice(0, mostSheets)
      .map(({ id: sheet, title }) => ({ sheet, title })),
    rules: place.kind === "question" ? teachingRules(place.reference) : [],
  };
}
