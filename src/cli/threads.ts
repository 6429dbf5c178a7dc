/** Checking on all cores: threads that take portions of the files until none are left. */
import { join } from "node:path";
import { Worker } from "node:worker_threads";
import { type Diagnostic } from "../core/text/diagnostic";
import { type NotebookCell } from "../core/text/notebook";
import { SourceText } from "../core/text/source";
import { type Configuration } from "./configuration";
import { type FileReport } from "./reports/entries";

/** Files that a thread takes at a time. */
const portion = 16;

export interface Portion {
  readonly files: readonly string[];
  readonly fix: boolean;
}

/** A report as it crosses from thread to thread; undefined for a file that could not be read. */
export type Sent =
  | {
      readonly path: string;
      readonly text: string;
      readonly cells: readonly NotebookCell[] | undefined;
      readonly diagnostics: readonly Diagnostic[];
    }
  | undefined;

/** The reports in the files' order. */
export async function checkInThreads(
  files: readonly string[],
  fix: boolean,
  count: number,
  configuration: Configuration,
): Promise<(FileReport | undefined)[]> {
  const reports = new Array<FileReport | undefined>(files.length);
  let next = 0;
  const run = (): Promise<void> =>
    new Promise((done, fail) => {
      const worker = new Worker(join(__dirname, "thread.js"), { workerData: configuration });
      let first = 0;
      const send = (): void => {
        first = next;
        next += portion;
        if (first < files.length)
          worker.postMessage({ files: files.slice(first, first + portion), fix } satisfies Portion);
        else
          void worker.terminate().then(() => {
            done();
          }, fail);
      };
      worker.on("message", (sent: readonly Sent[]) => {
        for (const [i, one] of sent.entries()) reports[first + i] = one && received(one);
        send();
      });
      worker.on("error", fail);
      send();
    });
  await Promise.all(Array.from({ length: count }, run));
  return reports;
}

function received({ path, text, cells, diagnostics }: NonNullable<Sent>): FileReport {
  const source = new SourceText(path, text);
  return { source, diagnostics, ...(cells && { notebook: { source, cells } }) };
}
