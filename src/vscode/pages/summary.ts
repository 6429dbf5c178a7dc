/** The panel with a model's summary; it follows the file as it is edited. */
import * as vscode from "vscode";
import { readInputSpec } from "../../core/features/inputSpec";
import type { SummaryHost, SummaryRequest, SummaryState } from "../../protocol/summary";
import type { Analyses } from "../editor/analyses";
import { panelIds } from "../ids";
import { singlePanel } from "./singlePanel";

export interface Summaries {
  readonly open: (request: SummaryRequest) => Promise<void>;
  readonly dispose: () => void;
}

export function createSummaries(extension: vscode.Uri, analyses: Analyses): Summaries {
  const stateOf = async (request: SummaryRequest): Promise<SummaryState> => summaryOf(request, analyses);
  const panel = singlePanel<SummaryHost, SummaryRequest, SummaryState>({
    id: panelIds.summary,
    source: { extension, name: "summary" },
    column: vscode.ViewColumn.Beside,
    handlers: (opened) => ({ ready: () => stateOf(opened().content) }),
    restore: (memory) => ({ uri: "", model: "", input: "", ...(memory as Partial<SummaryRequest> | undefined) }),
    stateOf,
  });
  const following = analyses.onDidChange(({ document }) => {
    if (panel.opened()?.content.uri === document.uri.toString()) panel.refresh();
  });
  return {
    open: async (request) => {
      try {
        await stateOf(request);
        panel.open(`Summary of ${request.model}`, request);
      } catch (error) {
        void vscode.window.showErrorMessage(error instanceof Error ? error.message : String(error));
      }
    },
    dispose: () => {
      following.dispose();
      panel.dispose();
    },
  };
}

/** Throws, in words for the user, where the file, the model or the input cannot be read. */
async function summaryOf(request: SummaryRequest, analyses: Analyses): Promise<SummaryState> {
  if (request.uri === "") throw new Error("Open a Python file and run “Show summary of a model…”.");
  const document = await openDocument(vscode.Uri.parse(request.uri));
  const input = request.input.trim() === "" ? undefined : readInputSpec(request.input);
  if (typeof input === "string") throw new Error(input);
  const summary = await analyses.summarise(document, { model: request.model, inputs: input ? [input] : [] });
  if (typeof summary === "string") throw new Error(summary);
  return { request, file: vscode.workspace.asRelativePath(document.uri), summary };
}

async function openDocument(uri: vscode.Uri): Promise<vscode.TextDocument> {
  try {
    return await vscode.workspace.openTextDocument(uri);
  } catch {
    throw new Error(`${vscode.workspace.asRelativePath(uri)} is not there any more.`);
  }
}
