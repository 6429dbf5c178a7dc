/** What runs in each thread of `check`: a program of its own, which threads.ts starts and sends files to. */
import { parentPort, workerData } from "node:worker_threads";
import { createChecker } from "./checkFiles";
import { type Configuration } from "./configuration";
import { type FileReport } from "./reports/entries";
import { type Portion, type Sent } from "./threads";

const checker = createChecker(workerData as Configuration);

parentPort?.on("message", ({ files, fix }: Portion) => {
  void (async (): Promise<void> => {
    const ready = await checker;
    const sent: Sent[] = [];
    for (const file of files) {
      const report = await ready.checkFile(file, fix);
      sent.push(report && toSend(report));
    }
    parentPort?.postMessage(sent);
  })();
});

function toSend({ source, notebook, diagnostics }: FileReport): Sent {
  return { path: source.path, text: source.text, cells: notebook?.cells, diagnostics };
}
