/** What can be done with a hunt, above the first line of its program. */
import * as vscode from "vscode";
import { costOfHint } from "../../core/exam/hunt/judge";
import { commandIds, huntScheme } from "../ids";
import type { HuntDesk } from "./huntDesk";
import { huntNumber } from "./huntFiles";

const top = new vscode.Range(0, 0, 0, 0);

export function registerHuntLenses(desk: HuntDesk): vscode.Disposable {
  return vscode.languages.registerCodeLensProvider(
    { scheme: huntScheme },
    {
      onDidChangeCodeLenses: desk.onDidChange,
      provideCodeLenses: ({ uri }) => {
        const number = huntNumber(uri);
        if (number === undefined) return [];
        const lens = (title: string, command: string): vscode.CodeLens =>
          new vscode.CodeLens(top, { title, command, arguments: [number] });
        if (desk.isOver(number))
          return [
            lens("Result", commandIds.checkHunt),
            lens("Show the differences", commandIds.showHuntDifferences),
            new vscode.CodeLens(top, { title: "Another hunt…", command: commandIds.startHunt }),
          ];
        return [
          lens("Check", commandIds.checkHunt),
          lens(`Hint (−${Math.round(100 * costOfHint)} %)`, commandIds.hintHunt),
          lens("Give up", commandIds.giveUpHunt),
        ];
      },
    },
  );
}
