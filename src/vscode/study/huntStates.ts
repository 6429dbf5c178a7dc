/** How far the hunts have come that were begun: hints and ends, kept by their numbers over windows and reloads. */
import * as vscode from "vscode";
import type { GivenHint } from "../../core/exam/hunt/hints";

export interface HuntProgress {
  readonly hints: readonly GivenHint[];
  readonly ended?: { readonly outcome: "solved" | "given up"; readonly fraction: number };
}

export interface HuntStates {
  readonly of: (number: number) => HuntProgress;
  readonly keep: (number: number, progress: HuntProgress) => Promise<void>;
  readonly onDidChange: vscode.Event<void>;
  readonly dispose: () => void;
}

const key = (number: number): string => `hunt/${number}`;
const begun: HuntProgress = { hints: [] };

export function createHuntStates(memory: vscode.Memento): HuntStates {
  const changed = new vscode.EventEmitter<void>();
  return {
    of: (number) => memory.get<HuntProgress>(key(number)) ?? begun,
    keep: async (number, progress) => {
      await memory.update(key(number), progress);
      changed.fire();
    },
    onDidChange: changed.event,
    dispose: () => {
      changed.dispose();
    },
  };
}
