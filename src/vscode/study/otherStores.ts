/** What is kept beside answers and exams, as the export of everything takes it along and the import takes it in. */
import * as vscode from "vscode";
import type { KeptText } from "../../core/exam/archive";
import { draftKind } from "../../core/exam/kept/drafts";
import { huntKind } from "../../core/exam/kept/hunts";
import { createKeptValues, type KeptKind } from "../../core/exam/kept/keptValues";
import { programKind } from "../../core/exam/kept/programs";
import { keptFolder, windowToken } from "./keptFolder";

interface OtherStore {
  readonly name: string;
  readonly all: () => Promise<readonly KeptText[]>;
  /** Whether it was new; a program that is here already stays as it is. */
  readonly takeIn: (id: string, text: string) => Promise<boolean>;
}

export interface OtherStores {
  readonly all: () => Promise<readonly KeptText[]>;
  /** How many were new; rejects when one of them cannot be written. */
  readonly takeIn: (kept: readonly KeptText[]) => Promise<number>;
}

export function createOtherStores(storage: vscode.Uri): OtherStores {
  const stores = [
    storeOf(storage, "drafts", draftKind),
    storeOf(storage, "programs", programKind),
    storeOf(storage, "hunts", programKind),
    storeOf(storage, "hunt-states", huntKind),
  ];
  return {
    all: async () => (await Promise.all(stores.map((store) => store.all()))).flat(),
    takeIn: async (kept) => {
      let added = 0;
      for (const { store: name, id, text } of kept) {
        const store = stores.find((candidate) => candidate.name === name);
        if (store && (await store.takeIn(id, text))) added++;
      }
      return added;
    },
  };
}

function storeOf<Value>(storage: vscode.Uri, name: string, kind: KeptKind<Value>): OtherStore {
  const kept = createKeptValues(keptFolder(vscode.Uri.joinPath(storage, name)), `${windowToken}-all`, kind);
  return {
    name,
    all: async () => [...(await kept.all())].map(([id, value]) => ({ store: name, id, text: kind.write(value) })),
    takeIn: async (id, text) => {
      const value = kind.read(text);
      const here = await kept.find(id);
      if (value === undefined) return false;
      const next = here === undefined ? value : kind.join(value, here);
      if (here !== undefined && kind.write(next) === kind.write(here)) return false;
      await kept.keep(id, next);
      return true;
    },
  };
}
