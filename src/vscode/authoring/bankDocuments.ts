/** Banks that are open in an editor: read again shortly after each change. */
import * as vscode from "vscode";
import { readBank, type ReadBank } from "../../core/exam/bank";
import { SourceText } from "../../core/text/source";

/** A bank as it stands in the editor. */
export interface OpenBank {
  readonly document: vscode.TextDocument;
  readonly source: SourceText;
  readonly read: ReadBank;
}

export const bankPattern = "**/*.quiz.md";
export const bankSelector: vscode.DocumentSelector = { pattern: bankPattern };

export const isBank = ({ uri }: vscode.TextDocument): boolean => uri.path.endsWith(".quiz.md");

export function openBank(document: vscode.TextDocument): OpenBank {
  const text = document.getText();
  const path = document.uri.toString();
  return { document, source: new SourceText(path, text), read: readBank(path, text) };
}

export interface BankDocuments {
  readonly onDidRead: vscode.Event<OpenBank>;
  readonly dispose: () => void;
}

/** Milliseconds of silence before a bank is read again. */
const pause = 200;

export function createBankDocuments(): BankDocuments {
  const emitter = new vscode.EventEmitter<OpenBank>();
  const timers = new Map<string, ReturnType<typeof setTimeout>>();
  const soon = (document: vscode.TextDocument, wait: number): void => {
    if (!isBank(document)) return;
    const key = document.uri.toString();
    clearTimeout(timers.get(key));
    const read = (): void => {
      timers.delete(key);
      if (!document.isClosed) emitter.fire(openBank(document));
    };
    timers.set(key, setTimeout(read, wait));
  };
  const listening = vscode.Disposable.from(
    emitter,
    vscode.workspace.onDidOpenTextDocument((document) => {
      soon(document, 0);
    }),
    vscode.workspace.onDidChangeTextDocument(({ document }) => {
      soon(document, pause);
    }),
  );
  for (const document of vscode.workspace.textDocuments) soon(document, 0);
  return {
    onDidRead: emitter.event,
    dispose: () => {
      for (const timer of timers.values()) clearTimeout(timer);
      listening.dispose();
    },
  };
}
