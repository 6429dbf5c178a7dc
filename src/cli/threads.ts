/** Checking on all cores: threads that take portions of the files until none are left. */
import { join } from "node:path";
import { Worker } from "node:worker_threads";
import { type NotebookCell } from "../core/text/notebook";
import { type Elsewhere } from "../core/rules/elsewhere";
import { SourceText } from "../core/text/source";
import { type Checked } from "./checkFiles";
import { type Configuration } from "./configuration";

/** Files that a thread takes at a time. */
const portion = 16;

/** What was checked as it crosses from thread to thread, with plain texts; undefined for a file that could not be read. */
export type Sent =
  | (Omit<Checked, "source" | "notebook" | "elsewhere"> & {
      readonly path: string;
      readonly text: string;
      readonly cells: readonly NotebookCell[] | undefined;
      readonly elsewhere: readonly (Omit<Elsewhere, "source"> & { readonly text: string })[];
    })
  | undefined;

/** What was checked in the files' order. */
export async function checkInThreads(
  files: readonly string[],
  count: number,
  configuration: Configuration,
): Promise<(Checked | undefined)[]> {
  const checked = new Array<Checked | undefined>(files.length);
  let next = 0;
  const run = (): Promise<void> =>
    new Promise((done, fail) => {
      const worker = new Worker(join(__dirname, "thread.js"), { workerData: configuration });
      let first = 0;
      const send = (): void => {
        first = next;
        next += portion;
        if (first < files.length) worker.postMessage(files.slice(first, first + portion));
        else
          void worker.terminate().then(() => {
            done();
          }, fail);
      };
      worker.on("message", (sent: readonly Sent[]) => {
        for (const [i, one] of sent.entries()) checked[first + i] = one && received(one);
        send();
      });
      worker.on("error", fail);
      send();
    });
  await Promise.all(Array.from({ length: count }, run));
  return checked;
}

function received({ path, text, cells, elsewhere, ...rest }: NonNullable<Sent>): Checked {
  const source = new SourceText(path, text);
  return {
    ...rest,
    source,
    ...(cells && { notebook: { source, cells } }),
    elsewhere: elsewhere.map(({ text: other, ...one }) => ({ ...one, source: new SourceText(one.path, other) })),
  };
}
