/** Mock exams on the disk: each in a file of its own, replaced as a whole at every change. */
import * as vscode from "vscode";
import { type MockExam, readExam } from "../../core/exam/mock";

export interface ExamStore {
  /** All exams, the latest first; what cannot be read is left alone. */
  readonly all: () => Promise<readonly MockExam[]>;
  readonly find: (id: string) => Promise<MockExam | undefined>;
  /** Resolves when it is on the disk, or its failure has been told. */
  readonly keep: (exam: MockExam) => Promise<void>;
}

const ending = ".json";

export function createExamStore(storage: vscode.Uri): ExamStore {
  const { fs } = vscode.workspace;
  const folder = vscode.Uri.joinPath(storage, "exams");
  const file = (id: string): vscode.Uri => vscode.Uri.joinPath(folder, `${id}${ending}`);
  /** Newest states, also of those that could not be written. */
  const open = new Map<string, MockExam>();
  const writing = new Map<string, Promise<void>>();

  const read = async (uri: vscode.Uri): Promise<MockExam | undefined> => {
    try {
      return readExam(new TextDecoder().decode(await fs.readFile(uri)));
    } catch {
      return undefined;
    }
  };
  const write = async (id: string): Promise<void> => {
    const partial = file(`${id}.part`);
    await fs.writeFile(partial, new TextEncoder().encode(JSON.stringify(open.get(id))));
    await fs.rename(partial, file(id), { overwrite: true });
  };
  return {
    find: async (id) => open.get(id) ?? read(file(id)),
    all: async () => {
      const entries = await Promise.resolve(fs.readDirectory(folder)).catch(() => []);
      const names = entries.map(([name]) => name).filter((name) => /^[^.]+\.json$/.test(name));
      const found = await Promise.all(
        names.map(async (name) => open.get(name.slice(0, -ending.length)) ?? read(vscode.Uri.joinPath(folder, name))),
      );
      return found.filter((exam) => exam !== undefined).sort((a, b) => (a.begun < b.begun ? 1 : -1));
    },
    keep: (exam) => {
      open.set(exam.id, exam);
      // One write after the other, each of the newest state.
      const next = (writing.get(exam.id) ?? Promise.resolve())
        .catch(() => undefined)
        .then(() => write(exam.id))
        .catch((error: unknown) => {
          const reason = error instanceof Error ? error.message : String(error);
          void vscode.window.showErrorMessage(
            `Your exam could not be saved (${reason}). It is kept as long as this window is open, and saved with the next answer.`,
          );
        });
      writing.set(exam.id, next);
      return next;
    },
  };
}
