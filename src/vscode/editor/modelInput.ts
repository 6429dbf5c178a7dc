/** Asks which model is to be summarised, and on what it is to be run. */
import * as vscode from "vscode";
import type { Analysis } from "../../core/analyzer";
import { readInputSpec } from "../../core/features/inputSpec";
import { contains } from "../../core/text/source";
import type { SummaryRequest } from "../../protocol/summary";
import { toOffset } from "../convert";

/** The user's choice; nothing where it was cancelled. */
export async function askForModel(editor: vscode.TextEditor, analysis: Analysis): Promise<SummaryRequest | undefined> {
  const title = "Summary of a model";
  const model = await vscode.window.showInputBox({
    title: `${title} (1/2)`,
    prompt: "The model, as this file would make it.",
    value: modelAt(analysis, toOffset(analysis.source, editor.selection.active)),
    placeHolder: "Net(num_classes=10)",
    validateInput: (text) => (text.trim() === "" ? "Which model? For instance Net()." : undefined),
  });
  if (model === undefined) return undefined;
  const input = await vscode.window.showInputBox({
    title: `${title} (2/2)`,
    prompt: "The shape of its input, to see shapes and multiply-adds. Leave it empty to count parameters only.",
    placeHolder: "1,3,32,32",
    validateInput: (text) => {
      const read = text.trim() === "" ? undefined : readInputSpec(text);
      return typeof read === "string" ? read : undefined;
    },
  });
  return input === undefined ? undefined : { uri: editor.document.uri.toString(), model, input };
}

/** The class around the cursor, else the last one of the file. */
function modelAt({ module }: Analysis, offset: number): string {
  const classes = module.body.filter((statement) => statement.kind === "ClassDef");
  const chosen = classes.find((statement) => contains(statement, offset)) ?? classes.at(-1);
  return chosen ? `${chosen.name.name}()` : "";
}
