/** Completion in banks: blocks, kinds of answers and their fields, attributes and topics. */
import * as vscode from "vscode";
import { completeBank } from "../../core/exam/authoring/complete";
import { toOffset, toRange } from "../convert";
import { bankSelector, openBank } from "./bankDocuments";

export function registerBankCompletion(): vscode.Disposable {
  const provider: vscode.CompletionItemProvider = {
    provideCompletionItems(document, position) {
      const { source, read } = openBank(document);
      return completeBank(source, toOffset(source, position), read.bank).map(({ label, detail, insert, span }) => {
        const item = new vscode.CompletionItem({ label, description: detail }, vscode.CompletionItemKind.Keyword);
        item.insertText = new vscode.SnippetString(insert);
        item.range = toRange(source, span);
        return item;
      });
    },
  };
  return vscode.languages.registerCompletionItemProvider(bankSelector, provider, "`", "{", " ", "=", ",");
}
