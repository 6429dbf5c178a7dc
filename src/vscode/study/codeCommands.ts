/** What can be done with a question's program where it is open: check it, begin it anew. */
import * as vscode from "vscode";
import { codeScheme, commandIds } from "../ids";
import type { QuestionPanels } from "../pages/question";
import type { CodeDesk } from "./codeDesk";
import { codePlace, type CodePlace } from "./codeFiles";

const top = new vscode.Range(0, 0, 0, 0);

export function registerCodeCommands(desk: CodeDesk, panels: QuestionPanels): vscode.Disposable {
  /** Runs something with the program that is named or shown. */
  const register = (id: string, act: (place: CodePlace) => Promise<void>): vscode.Disposable =>
    vscode.commands.registerCommand(id, async (given?: unknown) => {
      const uri = given instanceof vscode.Uri ? given : vscode.window.activeTextEditor?.document.uri;
      const place = uri && codePlace(uri);
      if (!place) void vscode.window.showInformationMessage("Open the program of a question first.");
      else await act(place);
    });
  return vscode.Disposable.from(
    register(commandIds.checkProgram, async (place) => {
      if (place.exam === undefined) await panels.checkProgram(place);
      else void vscode.window.showInformationMessage("Your program is kept. It is judged when you hand in the exam.");
    }),
    register(commandIds.resetProgram, desk.reset),
    vscode.languages.registerCodeLensProvider(
      { scheme: codeScheme },
      {
        provideCodeLenses: ({ uri }) => {
          const place = codePlace(uri);
          const lens = (title: string, command: string): vscode.CodeLens =>
            new vscode.CodeLens(top, { title, command, arguments: [uri] });
          const again = lens("Start over", commandIds.resetProgram);
          return place?.exam === undefined ? [lens("Check", commandIds.checkProgram), again] : [again];
        },
      },
    ),
  );
}
