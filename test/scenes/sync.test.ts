/**
 * Settings Sync: the schedule is offered to it where the user allows that, and only then, and what comes from another
 * machine counts. The account's server is not there; what VS Code hands over to it is in the browser's database.
 */
import { readdirSync, rmSync } from "node:fs";
import { join } from "node:path";
import { assert } from "chai";
import { scratch } from "../vscode/places";
import { testSettings, writeSettings } from "../vscode/profile";
import { scene } from "../vscode/scene";
import { progressFolder, quickInput, reloadWindow, runCommandThatAsks } from "../vscode/workbench";

const daysAgo = (days: number): string => new Date(Date.now() - days * 24 * 60 * 60 * 1000).toISOString();
const attempt = (question: string, days: number, more: object = {}): string =>
  JSON.stringify({
    ...{ version: 1, at: daysAgo(days), bank: "training-bugs", question },
    ...{ response: { chosen: [2] }, fraction: 0, points: 1, ...more },
  });
const progress = [attempt("cross-entropy-input", 5), attempt("loss-broadcasts", 3, { part: "mend" })].join("\n");

describe("the schedule on other machines", () => {
  const workbench = scene("sync", { progress: [progress], settings: { "forwardPass.study.sync": true } });
  const page = () => workbench().page;

  /** What VS Code keeps of the extension in all windows and profiles. */
  const kept = async (): Promise<{ keys: readonly string[]; schedule: readonly string[] }> => {
    const entries = await page().evaluate(readDatabase);
    const keys = entries.find(([key]) => key.startsWith("extensionKeys/forward-pass.forward-pass@"))?.[1];
    const memory = JSON.parse(entries.find(([key]) => key === "forward-pass.forward-pass")?.[1] ?? "{}") as Record<string, string>; // prettier-ignore
    const schedule = JSON.parse(memory["study.schedule"] ?? "{}") as { cards?: object };
    return { keys: JSON.parse(keys ?? "[]") as string[], schedule: Object.keys(schedule.cards ?? {}).sort() };
  };
  const until = async (pleases: (now: Awaited<ReturnType<typeof kept>>) => boolean): Promise<void> => {
    let now = await kept();
    for (let attempt = 0; attempt < 200 && !pleases(now); attempt++) {
      await page().waitForTimeout(200);
      now = await kept();
    }
    assert.isTrue(pleases(now), JSON.stringify(now));
  };
  /** Starts the extension, as every use of it does. */
  const start = async (): Promise<void> => {
    await runCommandThatAsks(workbench(), "Forward Pass: Open question…", "Which question?");
    await quickInput(page()).press("Escape");
  };
  const due = (count: number) => page().getByRole("button", { name: `${count} questions due` });

  it("is handed over where the user allows it, one card a question, without the answers", async () => {
    await start();
    await due(2).waitFor();
    await until(({ keys, schedule }) => keys.includes("study.schedule") && schedule.length === 2);
    assert.deepEqual(await kept(), {
      keys: ["study.schedule", "study.examDay"],
      schedule: ["training-bugs/cross-entropy-input/answer", "training-bugs/loss-broadcasts/mend"],
    });
    const all = await page().evaluate(readDatabase);
    assert.isEmpty(all.filter(([, value]) => value.includes('\\"chosen\\"')));
  });

  it("is known on a machine where nothing was answered", async () => {
    // Another machine has what is carried, and no answers of its own.
    const folder = progressFolder("sync");
    for (const name of readdirSync(folder)) rmSync(join(folder, name));
    await reloadWindow(workbench());
    await start();
    await due(2).waitFor();
  });

  it("stays here, and counts no more, where the user forbids it again", async () => {
    await writeSettings(scratch("data", "sync", "data"), { ...testSettings, "forwardPass.study.sync": false });
    await reloadWindow(workbench());
    await start();
    await until(({ keys }) => keys.length === 0);
    // Longer than the status bar waits before it says what is due.
    await page().waitForTimeout(5000);
    assert.equal(await due(2).count(), 0);
  });
});

/** Runs in the page: the entries of VS Code's storage for all windows. */
async function readDatabase(): Promise<(readonly [key: string, value: string])[]> {
  const result = <Value>(request: IDBRequest<Value>): Promise<Value> =>
    new Promise((resolve, reject) => {
      request.onsuccess = () => { resolve(request.result); }; // prettier-ignore
      request.onerror = () => { reject(new Error("The database cannot be read.")); }; // prettier-ignore
    });
  const entries: (readonly [string, string])[] = [];
  for (const { name = "" } of await indexedDB.databases()) {
    if (!name.startsWith("vscode-web-state-db-global")) continue;
    const database = await result(indexedDB.open(name));
    const store = database.transaction("ItemTable").objectStore("ItemTable");
    const [keys, values] = [await result(store.getAllKeys()), await result(store.getAll())];
    for (const [place, key] of keys.entries()) if (typeof key === "string") entries.push([key, String(values[place])]);
    database.close();
  }
  return entries;
}
