/** What runs in each thread of `check`: a program of its own, which threads.ts starts and sends files to. */
import { parentPort, workerData } from "node:worker_threads";
import { type Checked, createChecker } from "./checkFiles";
import { type Configuration } from "./configuration";
import { type Sent } from "./threads";

const checker = createChecker(workerData as Configuration);

parentPort?.on("message", (files: readonly string[]) => {
  void (async (): Promise<void> => {
    const ready = await checker;
    const sent: Sent[] = [];
    for (const file of files) {
      const checked = await ready.checkFile(file);
      sent.push(checked && toSend(checked));
    }
    parentPort?.postMessage(sent);
  })();
});

function toSend({ source, notebook, elsewhere, ...rest }: Checked): Sent {
  return {
    ...rest,
    path: source.path,
    text: source.text,
    cells: notebook?.cells,
    elsewhere: elsewhere.map(({ source: other, ...one }) => ({ ...one, text: other.text })),
  };
}
