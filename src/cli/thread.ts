/** What runs in each thread of `check`: a program of its own, which threads.ts starts and sends files to. */
import { parentPort, workerData } from "node:worker_threads";
import { type CheckerOptions, createChecker } from "./checkFiles";
import { type Sent, toSend } from "./checked";

const checker = createChecker(workerData as CheckerOptions);

parentPort?.on("message", (files: readonly string[]) => {
  void (async (): Promise<void> => {
    const ready = await checker;
    const sent: (Sent | undefined)[] = [];
    for (const file of files) {
      const checked = await ready.checkFile(file);
      sent.push(checked && toSend(checked));
    }
    parentPort?.postMessage(sent);
  })();
});
