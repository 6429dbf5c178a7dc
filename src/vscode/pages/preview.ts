/** The panel beside a bank with the question at the cursor. */
import * as vscode from "vscode";
import { placeAt } from "../../core/exam/authoring/place";
import { drawVariant, type Evaluator } from "../../core/exam/drill";
import type { Question } from "../../core/exam/question";
import type { PreviewHost, PreviewState } from "../../protocol/preview";
import type { Handed, QuestionPlace } from "../../protocol/question";
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
import { isBank, openBank, type BankDocuments, type OpenBank } from "../authoring/bankDocuments";
import { toOffset } from "../convert";
import { commandIds, panelIds } from "../ids";
import { singlePanel } from "./singlePanel";

/** What is on the page. The sitting belongs to one question and begins anew with another. */
interface Content {
  readonly document: vscode.Uri | undefined;
  readonly offset: number;
  readonly seed: number;
  readonly question?: string;
  readonly sitting: Sitting;
}

/** The question that a content stands for, or why there is none. */
type Found =
  | { readonly question: Question; readonly place: QuestionPlace; readonly open: OpenBank }
  | { readonly title: string; readonly says: readonly string[] };

const untouched: Sitting = { parts: {}, hints: 0 };

export function registerPreview(
  extension: vscode.Uri,
  documents: BankDocuments,
  evaluator: () => Promise<Evaluator>,
): vscode.Disposable {
  const panel = singlePanel<PreviewHost, Content, PreviewState>({
    id: panelIds.preview,
    source: { extension, name: "preview" },
    column: vscode.ViewColumn.Beside,
    handlers: (opened) => {
      const change = async (step: (content: Content, question: Question) => Content): Promise<PreviewState> => {
        const target = opened();
        const found = await findQuestion(target.content, evaluator);
        if ("question" in found) target.content = step(target.content, found.question);
        return stateOf(target.content, evaluator);
      };
      const sit = (step: (sitting: Sitting, question: Question) => Sitting): Promise<PreviewState> =>
        change((content, question) => ({ ...content, sitting: step(content.sitting, question) }));
      return {
        ready: () => stateOf(opened().content, evaluator),
        understand: async ({ part, response }: Handed) => {
          await sit((sitting) => draftPart(sitting, part, response));
          const found = await findQuestion(opened().content, evaluator);
          return "question" in found ? understandPart(found.question, part, response) : { state: "empty" };
        },
        check: ({ part, response }: Handed) =>
          sit((sitting, question) => checkPart(question, sitting, part, response).sitting),
        openProgram: () => {
          void vscode.window.showInformationMessage(
            "The program opens from the question itself, not from its preview.",
          );
          return null;
        },
        compare: ({ part, response }: Handed) => sit((sitting) => comparePart(sitting, part, response)),
        hint: ({ part }: { part?: string }) => sit((sitting) => showHint(sitting, part)),
        startOver: () => sit((_sitting, question) => beginSitting(question)),
        newVariant: () => change((content) => ({ ...content, seed: content.seed + 1, sitting: untouched })),
        go: async (step: 1 | -1) => {
          await moveCursor(opened().content, step);
          return stateOf(opened().content, evaluator);
        },
        explain: () => null,
      };
    },
    // Which bank it was follows from the editors that came back with it.
    restore: () => {
      const editor = vscode.window.visibleTextEditors.find(({ document }) => isBank(document));
      return editor ? contentOf(editor) : { document: undefined, offset: 0, seed: 1, sitting: untouched };
    },
    stateOf: (content) => stateOf(content, evaluator),
  });

  /** Follows the cursor of a bank; the sitting stays as long as the question does. */
  const follow = (editor: vscode.TextEditor | undefined): void => {
    const opened = panel.opened();
    if (!opened || !editor || !isBank(editor.document)) return;
    const next = contentOf(editor);
    const before = opened.content;
    const same = next.document?.toString() === before.document?.toString() && next.question === before.question;
    opened.content = same ? { ...before, offset: next.offset } : next;
    if (!same) panel.refresh();
  };
  return vscode.Disposable.from(
    panel,
    vscode.commands.registerCommand(commandIds.previewQuestion, () => {
      const editor = vscode.window.activeTextEditor;
      if (editor && isBank(editor.document)) panel.open("Preview", contentOf(editor));
      else void vscode.window.showInformationMessage("Open a bank of questions (*.quiz.md) first.");
    }),
    vscode.window.onDidChangeTextEditorSelection(({ textEditor }) => {
      follow(textEditor);
    }),
    vscode.window.onDidChangeActiveTextEditor(follow),
    documents.onDidRead(({ document }) => {
      if (panel.opened()?.content.document?.toString() === document.uri.toString()) panel.refresh();
    }),
  );
}

function contentOf({ document, selection }: vscode.TextEditor): Content {
  const { source } = openBank(document);
  const offset = toOffset(source, selection.active);
  const { question } = placeAt(source, offset);
  return {
    document: document.uri,
    offset,
    seed: 1,
    ...(question === undefined ? {} : { question }),
    sitting: untouched,
  };
}

async function findQuestion(
  { document: uri, offset, seed }: Content,
  evaluator: () => Promise<Evaluator>,
): Promise<Found> {
  const document = vscode.workspace.textDocuments.find((other) => other.uri.toString() === uri?.toString());
  if (!document) return { title: "No bank", says: ["Put the cursor into a bank of questions."] };
  const open = openBank(document);
  const { bank, diagnostics } = open.read;
  const { question: id, lines } = placeAt(open.source, offset);
  if (id === undefined || !lines) return { title: bank.title, says: ["Put the cursor into a question."] };
  const reference = `${bank.id}/${id}`;
  const question = bank.questions.find((other) => other.id === id);
  if (question) return { question, place: { kind: "question", reference }, open };
  const drill = bank.drills.find((other) => other.id === id);
  const drawn = drill && drawVariant(drill, seed, await evaluator(), bank.symbols);
  if (drawn && "variant" in drawn)
    return { question: drawn.variant.question, place: { kind: "drill", reference, seed }, open };
  const here = diagnostics.filter(({ span }) => {
    const { line } = open.source.positionAt(span.start);
    return line >= lines.first && line <= lines.last;
  });
  const says = drawn
    ? [drawn.problem]
    : here.map(({ message, span }) => `Line ${open.source.positionAt(span.start).line + 1}: ${message}`);
  return { title: "This question is not complete yet", says };
}

async function stateOf(content: Content, evaluator: () => Promise<Evaluator>): Promise<PreviewState> {
  const found = await findQuestion(content, evaluator);
  if (!("question" in found)) return { kind: "nothing", ...found };
  const { question, place, open } = found;
  const { bank } = open.read;
  const number = bank.questions.indexOf(question) + 1;
  const position = number > 0 ? { position: { number, of: bank.questions.length } } : {};
  return {
    kind: "question",
    state: {
      ...shownQuestion(question, content.sitting),
      place,
      bank: `Preview · ${bank.title}`,
      ...position,
      rules: [],
      sheets: [],
      order: 0,
    },
  };
}

/** Puts the cursor into the question before or behind, which the page then shows. */
async function moveCursor({ document: uri, offset }: Content, step: 1 | -1): Promise<void> {
  const editor = vscode.window.visibleTextEditors.find(({ document }) => document.uri.toString() === uri?.toString());
  if (!editor) return;
  const { read, source } = openBank(editor.document);
  const here = read.bank.questions.findIndex(({ id }) => id === placeAt(source, offset).question);
  const next = read.bank.questions[here + step];
  if (!next) return;
  const position = editor.document.positionAt(next.span.start);
  editor.selection = new vscode.Selection(position, position);
  editor.revealRange(editor.selection, vscode.TextEditorRevealType.AtTop);
  // The change of the selection comes back by its own event; the page is answered with it.
  await new Promise((resolve) => setTimeout(resolve, 50));
}
