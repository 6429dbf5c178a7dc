/** Checking on all cores: threads that take portions of the files until none are left. */
import { join } from "node:path";
import { Worker } from "node:worker_threads";
import { type CheckerOptions } from "./checkFiles";
import { type Checked, type Sent, received } from "./checked";

/** Files that a thread takes at a time. */
const portion = 16;

/** What was checked in the files' order. */
export async function checkInThreads(
  files: readonly string[],
  count: number,
  options: CheckerOptions,
): Promise<(Checked | undefined)[]> {
  const checked = new Array<Checked | undefined>(files.length);
  let next = 0;
  const run = (): Promise<void> =>
    new Promise((done, fail) => {
      const worker = new Worker(join(__dirname, "thread.js"), { workerData: options });
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
      worker.on("message", (sent: readonly (Sent | undefined)[]) => {
        for (const [i, one] of sent.entries()) checked[first + i] = one && received(one);
        send();
      });
      worker.on("error", fail);
      send();
    });
  await Promise.all(Array.from({ length: count }, run));
  return checked;
}
