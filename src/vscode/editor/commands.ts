/** The commands of the editor: explain a finding, summarise a model. */
import * as vscode from "vscode";
import type { Analysis } from "../../core/analyzer";
import type { Diagnostic } from "../../core/text/diagnostic";
import type { SourceText } from "../../core/text/source";
import { toSpan } from "../convert";
import { commandIds } from "../ids";
import type { Explanations } from "../pages/explanation";
import type { Summaries } from "../pages/summary";
import type { Analyses } from "./analyses";
import { askForModel } from "./modelInput";

export function registerEditorCommands(
  analyses: Analyses,
  explanations: Explanations,
  summaries: Summaries,
): vscode.Disposable {
  return vscode.Disposable.from(
    vscode.commands.registerCommand(commandIds.explainFinding, async (given?: unknown) => {
      const rule = typeof given === "string" ? given : await chooseFinding(analyses);
      if (rule !== undefined) explanations.open(rule);
    }),
    vscode.commands.registerCommand(commandIds.showSummary, async () => {
      const shown = await analysisShown(analyses);
      const request = shown && (await askForModel(shown.editor, shown.analysis));
      if (request) await summaries.open(request);
    }),
  );
}

interface Shown {
  readonly editor: vscode.TextEditor;
  readonly analysis: Analysis;
}

/** The Python file that the user looks at; says so where there is none. */
async function analysisShown(analyses: Analyses): Promise<Shown | undefined> {
  const editor = vscode.window.activeTextEditor;
  const analysis = editor && (await analyses.of(editor.document));
  if (analysis) return { editor, analysis };
  void vscode.window.showInformationMessage("Open a Python file first.");
  return undefined;
}

interface Choice extends vscode.QuickPickItem {
  readonly rule: string;
}

/** The finding under the cursor, else one of the file's that the user chooses. */
async function chooseFinding(analyses: Analyses): Promise<string | undefined> {
  const shown = await analysisShown(analyses);
  if (!shown) return undefined;
  const { source, diagnostics } = shown.analysis;
  if (diagnostics.length === 0) {
    const words = analyses.conceals(shown.editor.document)
      ? "What Forward Pass finds in a bug hunt is told when the hunt is over."
      : "Forward Pass finds nothing wrong in this file.";
    void vscode.window.showInformationMessage(words);
    return undefined;
  }
  const { start, end } = toSpan(source, shown.editor.selection);
  const here = new Set<string>(
    diagnostics.filter(({ span }) => span.start <= end && start <= span.end).map(({ rule }) => rule),
  );
  const [only] = here;
  if (only !== undefined && here.size === 1) return only;
  const choices = diagnostics.map((found) => choiceFor(source, found));
  const options = { placeHolder: "Which finding?", matchOnDescription: true, matchOnDetail: true };
  return (await vscode.window.showQuickPick(choices, options))?.rule;
}

function choiceFor(source: SourceText, { rule, message, span }: Diagnostic): Choice {
  return { rule, label: rule, description: `line ${source.positionAt(span.start).line + 1}`, detail: message };
}
