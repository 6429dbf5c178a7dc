/** Checking on all cores: threads that take portions of the files until none are left. */
import { Worker, isMainThread, parentPort, workerData } from "node:worker_threads";
import { type Diagnostic } from "../core/text/diagnostic";
import { type NotebookCell } from "../core/text/notebook";
import { SourceText } from "../core/text/source";
import { createChecker } from "./checkFiles";
import { type Configuration } from "./configuration";
import { type FileReport } from "./reports/entries";

/** Files that a thread takes at a time. */
const portion = 16;

interface Portion {
  readonly files: readonly string[];
  readonly fix: boolean;
}

/** A report as it crosses from thread to thread; undefined for a file that could not be read. */
type Sent =
  | {
      readonly path: string;
      readonly text: string;
      readonly cells: readonly NotebookCell[] | undefined;
      readonly diagnostics: readonly Diagnostic[];
    }
  | undefined;

/** The reports in the files' order. `script` is the program itself, which runs in every thread. */
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
      const worker = new Worker(__filename, { workerData: configuration });
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

/** What a thread does; false in the main one. */
export function runAsThread(): boolean {
  const port = parentPort;
  if (isMainThread || !port) return false;
  const checker = createChecker(workerData as Configuration);
  port.on("message", ({ files, fix }: Portion) => {
    void (async (): Promise<void> => {
      const ready = await checker;
      const sent: Sent[] = [];
      for (const file of files) {
        const report = await ready.checkFile(file, fix);
        sent.push(report && toSend(report));
      }
      port.postMessage(sent);
    })();
  });
  return true;
}

function toSend({ source, notebook, diagnostics }: FileReport): Sent {
  return { path: source.path, text: source.text, cells: notebook?.cells, diagnostics };
}

function received({ path, text, cells, diagnostics }: NonNullable<Sent>): FileReport {
  const source = new SourceText(path, text);
  return { source, diagnostics, ...(cells && { notebook: { source, cells } }) };
}
