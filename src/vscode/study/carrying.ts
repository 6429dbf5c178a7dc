/** Settings Sync: where the user allows it, the schedule and the exam's day travel to their other machines, without the answers. */
import * as vscode from "vscode";
import { joinCards, readCards, writeCards } from "../../core/exam/carried";
import type { ScheduleOptions } from "../../core/exam/schedule";
import { settingNames, settingsSection } from "../ids";
import { examDayKey, type Planner } from "./planner";

/** The place in the extension's memory that is carried. */
const memoryKey = "study.schedule";

/** Answers come in quick succession; what is carried may wait. */
const pause = 3000;

type SyncedMemory = vscode.Memento & { setKeysForSync(keys: readonly string[]): void };

const isAllowed = (): boolean =>
  vscode.workspace.getConfiguration(settingsSection).get<boolean>(settingNames.studySync, false);

/** What other machines know; the same map as long as nothing new has come. */
export function cardsElsewhere(memory: vscode.Memento): () => ScheduleOptions["elsewhere"] {
  let last: string | undefined;
  let cards: ScheduleOptions["elsewhere"];
  return () => {
    if (!isAllowed()) return undefined;
    const text = memory.get<string>(memoryKey);
    if (text !== last || !cards) cards = readCards(text);
    last = text;
    return cards;
  };
}

export function registerCarrying(planner: Planner, memory: SyncedMemory): vscode.Disposable {
  let timer: ReturnType<typeof setTimeout> | undefined;
  const allow = (): void => {
    memory.setKeysForSync(isAllowed() ? [memoryKey, examDayKey] : []);
  };
  const carry = async (): Promise<void> => {
    if (!isAllowed()) return;
    // A window that is just starting may not have had the user's settings when it asked for them.
    allow();
    const text = memory.get<string>(memoryKey);
    const next = writeCards(joinCards(planner.schedule(), readCards(text)));
    if (next !== text) await memory.update(memoryKey, next);
  };
  const later = (): void => {
    clearTimeout(timer);
    timer = setTimeout(() => void carry(), pause);
  };
  allow();
  return vscode.Disposable.from(
    planner.onDidChange(later),
    vscode.workspace.onDidChangeConfiguration((event) => {
      if (!event.affectsConfiguration(`${settingsSection}.${settingNames.studySync}`)) return;
      allow();
      later();
    }),
    {
      dispose: () => {
        clearTimeout(timer);
      },
    },
  );
}
