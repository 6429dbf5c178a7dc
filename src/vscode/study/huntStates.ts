/** How far the hunts have come that were begun: hints and ends, kept by their numbers over windows and reloads. */
import * as vscode from "vscode";
import { huntKind, type HuntProgress } from "../../core/exam/kept/hunts";
import { createKeptValues } from "../../core/exam/kept/keptValues";
import { failureTeller, keptFolder, windowToken } from "./keptFolder";

export interface HuntStates {
  /** Reads what is kept: again where other windows may have written. */
  readonly load: () => Promise<void>;
  readonly of: (number: number) => HuntProgress;
  /** Resolves when it is on the disk, or its failure has been told. */
  readonly keep: (number: number, progress: HuntProgress) => Promise<void>;
  readonly onDidChange: vscode.Event<void>;
  readonly dispose: () => void;
}

const begun: HuntProgress = { hints: [] };

/** `memory`: where earlier versions kept it. */
export function createHuntStates(storage: vscode.Uri, memory: vscode.Memento): HuntStates {
  const changed = new vscode.EventEmitter<void>();
  const kept = createKeptValues(keptFolder(vscode.Uri.joinPath(storage, "hunt-states")), windowToken, huntKind);
  const told = failureTeller(
    (reason) => `How far your hunt has come could not be saved (${reason}). It is kept as long as this window is open.`,
  );
  const known = new Map<string, HuntProgress>();
  return {
    load: async () => {
      for (const [id, progress] of await kept.all()) known.set(id, progress);
      changed.fire();
    },
    of: (number) => known.get(String(number)) ?? memory.get<HuntProgress>(`hunt/${number}`) ?? begun,
    keep: async (number, progress) => {
      const id = String(number);
      known.set(id, progress);
      known.set(id, (await told(kept.keep(id, progress))) ?? progress);
      changed.fire();
    },
    onDidChange: changed.event,
    dispose: () => {
      changed.dispose();
    },
  };
}
