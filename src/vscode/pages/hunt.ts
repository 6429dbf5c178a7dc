/** The panel that shows how a bug hunt stands. */
import * as vscode from "vscode";
import type { HuntHost, HuntMemory, HuntState } from "../../protocol/hunt";
import { commandIds, panelIds } from "../ids";
import type { HuntDesk } from "../study/huntDesk";
import { singlePanel } from "./singlePanel";

export interface HuntPanel {
  readonly open: (number: number) => void;
  readonly dispose: () => void;
}

export function createHuntPanel(extension: vscode.Uri, desk: HuntDesk): HuntPanel {
  const stateOf = (number: number | undefined): Promise<HuntState> => {
    if (number === undefined) throw new Error("Start a bug hunt in the view “Exams”.");
    return desk.stateOf(number);
  };
  const run = (command: string, ...values: readonly unknown[]): null => {
    void vscode.commands.executeCommand(command, ...values);
    return null;
  };
  const panel = singlePanel<HuntHost, number | undefined, HuntState>({
    id: panelIds.hunt,
    source: { extension, name: "hunt" },
    column: vscode.ViewColumn.Beside,
    handlers: (opened) => ({
      ready: () => stateOf(opened().content),
      explain: (rule) => run(commandIds.explainFinding, rule),
      openQuestion: (reference) => run(commandIds.openQuestion, reference),
      showProgram: async () => {
        const number = opened().content;
        if (number !== undefined) await desk.show(number);
        return null;
      },
      showDifferences: () => run(commandIds.showHuntDifferences, opened().content),
      another: () => run(commandIds.startHunt),
    }),
    restore: (memory) => {
      const { number } = { ...(memory as Partial<HuntMemory> | undefined) };
      return Number.isInteger(number) ? number : undefined;
    },
    stateOf,
  });
  return {
    open: (number) => {
      panel.open(`Bug hunt ${number}`, number);
    },
    dispose: panel.dispose,
  };
}
