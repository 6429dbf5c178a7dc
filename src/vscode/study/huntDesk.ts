/** A hunt from its start to its end: the program is opened, hints are given, the text is judged, the result goes into the log. */
import * as vscode from "vscode";
import type { PythonParser } from "../../core/python/parser";
import { hintText, nextHint } from "../../core/exam/hunt/hints";
import { createHunts, type Hunt, type Hunts } from "../../core/exam/hunt/hunt";
import { isJudged, judge, type Judgement, type NotPython } from "../../core/exam/hunt/judge";
import { huntBank } from "../../core/exam/hunt/programs";
import type { HuntProgress } from "../../core/exam/kept/hunts";
import { progressVersion } from "../../core/exam/progress";
import { ruleDocument } from "../../core/rules/documents";
import { SourceText } from "../../core/text/source";
import type { BugRow, HuntState } from "../../protocol/hunt";
import { questionAt } from "./banks";
import { correctUri, createHuntFiles, huntNumber, huntUri } from "./huntFiles";
import { createHuntStates } from "./huntStates";
import type { Progress } from "./progress";

export interface HuntDesk {
  /** Opens the program; a hunt that is over begins anew. */
  readonly start: (number: number) => Promise<void>;
  /** Judges the text as it is; a solved hunt is over. */
  readonly check: (number: number) => Promise<void>;
  /** Gives one more hint, where there is one; says whether. */
  readonly hint: (number: number) => Promise<boolean>;
  readonly giveUp: (number: number) => Promise<void>;
  readonly show: (number: number) => Promise<void>;
  readonly showDifferences: (number: number) => Promise<void>;
  /** What the page shows of a hunt as it stands. */
  readonly stateOf: (number: number) => Promise<HuntState>;
  readonly isOver: (number: number) => boolean;
  /** Whether the findings in a document would give the answers away. */
  readonly conceals: (uri: vscode.Uri) => boolean;
  /** A hint was given, or a hunt began or ended. */
  readonly onDidChange: vscode.Event<void>;
  readonly dispose: () => void;
}

export interface HuntServices {
  readonly storage: vscode.Uri;
  readonly memory: vscode.Memento;
  readonly parser: () => Promise<PythonParser>;
  readonly progress: Progress;
}

export function createHuntDesk({ storage, memory, parser, progress }: HuntServices): HuntDesk {
  let made: Promise<Hunts> | undefined;
  const hunts = (): Promise<Hunts> => (made ??= parser().then(createHunts));
  const draw = async (number: number): Promise<Hunt> => (await hunts()).draw(number);
  const files = createHuntFiles(storage, draw);
  const states = createHuntStates(storage, memory);
  const loaded = states.load();
  const isOver = (number: number): boolean => states.of(number).ended !== undefined;

  const show = async (number: number): Promise<void> => {
    await vscode.window.showTextDocument(huntUri(number), { viewColumn: vscode.ViewColumn.One, preview: false });
  };
  const judged = async (number: number): Promise<{ hunt: Hunt; result: Judgement | NotPython }> => {
    await loaded;
    const [known, hunt] = [await hunts(), await draw(number)];
    const document = await documentOf(number);
    const text = new SourceText(`hunt-${number}.py`, document.getText());
    return { hunt, result: judge(known, hunt, text, states.of(number).hints.length) };
  };
  /** The log keeps one attempt a hunt: what it was worth when it ended. */
  const end = async (hunt: Hunt, result: Judgement | NotPython, outcome: "solved" | "given up"): Promise<void> => {
    const { number, program, bugs } = hunt;
    if (isOver(number)) return;
    const { hints } = states.of(number);
    const fraction = isJudged(result) ? result.fraction : 0;
    await states.keep(number, { ...states.of(number), hints, ended: { outcome, fraction } });
    await progress.add({
      version: progressVersion,
      at: new Date().toISOString(),
      bank: huntBank,
      question: program.id,
      variant: number,
      response: { text: wordsOf(result, hints.length) },
      fraction,
      points: bugs.length,
    });
  };

  return {
    start: async (number) => {
      await states.load();
      if (isOver(number)) {
        const document = await documentOf(number);
        // What is open and unsaved would come back over the fresh program.
        if (document.isDirty) await document.save();
        await files.reset(number);
        await states.keep(number, { hints: [], round: (states.of(number).round ?? 0) + 1 });
      }
      await show(number);
    },
    check: async (number) => {
      const document = await documentOf(number);
      await document.save();
      const { hunt, result } = await judged(number);
      if (isJudged(result) && result.solved) await end(hunt, result, "solved");
    },
    hint: async (number) => {
      const { result } = await judged(number);
      const { bugs } = await draw(number);
      const open = isJudged(result)
        ? result.bugs.flatMap(({ state }, i) => (state === "mended" ? [] : [i]))
        : bugs.map((_, i) => i);
      const { hints } = states.of(number);
      const next = isOver(number) ? undefined : nextHint(open, hints);
      if (next) await states.keep(number, { ...states.of(number), hints: [...hints, next] });
      return next !== undefined;
    },
    giveUp: async (number) => {
      const { hunt, result } = await judged(number);
      await end(hunt, result, "given up");
    },
    show,
    showDifferences: async (number) => {
      const title = `Bug hunt ${number}: yours ↔ correct`;
      await vscode.commands.executeCommand("vscode.diff", huntUri(number), correctUri(number), title);
    },
    stateOf: async (number) => {
      const { hunt, result } = await judged(number);
      return shownState(await hunts(), hunt, result, states.of(number));
    },
    isOver,
    conceals: (uri) => {
      const number = huntNumber(uri);
      return number !== undefined && !isOver(number);
    },
    onDidChange: states.onDidChange,
    dispose: () => {
      files.dispose();
      states.dispose();
    },
  };
}

/** Also of a program that is not open. */
async function documentOf(number: number): Promise<vscode.TextDocument> {
  return vscode.workspace.openTextDocument(huntUri(number));
}

/** What the log says of the end. */
function wordsOf(result: Judgement | NotPython, hints: number): string {
  const mended = isJudged(result) ? result.bugs.filter(({ state }) => state === "mended").length : 0;
  const of = isJudged(result) ? ` of ${result.bugs.length}` : "";
  return `${mended}${of} mended, ${hints} ${hints === 1 ? "hint" : "hints"}`;
}

function shownState(
  hunts: Hunts,
  hunt: Hunt,
  result: Judgement | NotPython,
  { hints, ended }: HuntProgress,
): HuntState {
  const outcome = ended?.outcome ?? "open";
  const rows = hunt.bugs.map((bug, i): BugRow => {
    const state = isJudged(result) ? result.bugs[i]!.state : "found";
    const told = ended !== undefined || state === "mended";
    const rule = bug.rules[0];
    return {
      state,
      ...(told && rule !== undefined ? { rule: { rule, title: ruleDocument(rule)?.title ?? rule } } : {}),
      ...(ended ? { line: bug.line + 1 } : {}),
      hints: hints.filter((hint) => hint.bug === i).map((hint) => hintText(hunts, hunt, hint)),
    };
  });
  const references = ended ? hunt.bugs.flatMap(({ rules }) => ruleDocument(rules[0] ?? "")?.questions ?? []) : [];
  const questions = [...new Set(references)].flatMap((reference) => {
    const found = questionAt(reference);
    return found ? [{ reference, title: found.question.title }] : [];
  });
  const fraction = ended?.fraction ?? (isJudged(result) ? result.fraction : 0);
  return {
    number: hunt.number,
    title: hunt.program.title,
    outcome,
    ...(isJudged(result) ? {} : { problem: `Line ${result.line + 1} is not Python: ${result.problem}` }),
    bugs: rows,
    broken: isJudged(result) ? result.broken : [],
    hints: hints.length,
    percent: Math.round(100 * fraction),
    questions,
  };
}
