/** Drafts of answers: kept while they are typed, laid on the table again when the question is opened, gone when they are graded. */
import * as vscode from "vscode";
import type { Response } from "../../core/exam/answer";
import { draftKind, type Drafts, openDrafts } from "../../core/exam/kept/drafts";
import { createKeptValues } from "../../core/exam/kept/keptValues";
import type { QuestionPlace } from "../../protocol/question";
import { failureTeller, keptFolder, windowToken } from "./keptFolder";

export interface DraftStore {
  readonly find: (place: QuestionPlace) => Promise<Drafts>;
  /** Resolves when it is on the disk, or its failure has been told. */
  readonly keep: (place: QuestionPlace, part: string, response: Response) => Promise<void>;
  readonly drop: (place: QuestionPlace, parts: readonly string[]) => Promise<void>;
}

const nameOf = (place: QuestionPlace): string =>
  place.kind === "drill" ? `${place.reference}/${place.seed}` : place.reference;

export function createDraftStore(storage: vscode.Uri): DraftStore {
  const kept = createKeptValues(keptFolder(vscode.Uri.joinPath(storage, "drafts")), windowToken, draftKind);
  const told = failureTeller(
    (reason) => `What you are typing could not be saved (${reason}). It is kept as long as this window is open.`,
  );
  const find = async (place: QuestionPlace): Promise<Drafts> =>
    (await kept.find(nameOf(place)).catch(() => undefined)) ?? {};
  return {
    find,
    keep: async (place, part, response) => {
      await told(kept.keep(nameOf(place), { [part]: { at: new Date().toISOString(), response } }));
    },
    drop: async (place, parts) => {
      const open = openDrafts(await find(place));
      const dropped = parts.filter((part) => open[part] !== undefined);
      if (dropped.length === 0) return;
      const at = new Date().toISOString();
      await told(kept.keep(nameOf(place), Object.fromEntries(dropped.map((part) => [part, { at }]))));
      await kept.remove(nameOf(place), (drafts) => Object.keys(openDrafts(drafts)).length === 0).catch(() => undefined);
    },
  };
}
