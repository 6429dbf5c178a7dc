/** A disk on which nothing can be written: the student hears of it once, works on, and loses nothing when it is mended. */
import { readdirSync, readFileSync } from "node:fs";
import { mkdir, rm, writeFile } from "node:fs/promises";
import { dirname, join } from "node:path";
import { assert } from "chai";
import { scene } from "../vscode/scene";
import { progressFolder, quickInput, runCommandThatAsks, screenshot, webview } from "../vscode/workbench";

describe("a disk that takes nothing", () => {
  const workbench = scene("cannotWrite");
  const page = () => workbench().page;
  const frame = () => webview(workbench());
  const storage = dirname(progressFolder("cannotWrite"));
  const folders = ["progress", "drafts", "exams"];
  const told = (words: string) => page().locator(".notifications-toasts .notification-list-item", { hasText: words });

  const choose = async (command: string, ask: string, answer: string): Promise<void> => {
    await runCommandThatAsks(workbench(), `Forward Pass: ${command}`, ask);
    await quickInput(page()).fill(answer);
    await page().locator(".quick-input-list .monaco-list-row.focused", { hasText: answer }).waitFor();
    await page().keyboard.press("Enter");
  };

  before(async () => {
    // No file can come into a folder that is a file itself.
    await mkdir(storage, { recursive: true });
    for (const name of folders) await rm(join(storage, name), { recursive: true, force: true });
    for (const name of folders) await writeFile(join(storage, name), "");
  });

  it("is told of while an answer is typed, once", async () => {
    await choose("Open question…", "Which question?", "One step of gradient descent");
    await frame().locator("input:focus").waitFor();
    await page().keyboard.type("theta - eta * grad", { delay: 200 });
    await told("What you are typing could not be saved").waitFor();
    assert.equal(await told("What you are typing").count(), 1);
    await screenshot(workbench(), "cannot-write");
  });

  it("keeps no answer from being graded, and the answer is written when the disk is mended", async () => {
    await page().keyboard.press("Enter");
    await frame().locator(".verdict.right").waitFor();
    const answer = told("Your answer could not be saved");
    await answer.waitFor();
    for (const name of folders) await rm(join(storage, name));
    await answer.getByRole("button", { name: "Try again" }).click();
    const names = (): string[] => readdirSync(progressFolder("cannotWrite")).filter((name) => name.endsWith(".jsonl"));
    for (let attempt = 0; attempt < 50 && !readable(names); attempt++) await page().waitForTimeout(100);
    assert.lengthOf(names(), 1);
    assert.include(readFileSync(join(progressFolder("cannotWrite"), names()[0]!), "utf8"), "theta - eta * grad");
  });

  it("keeps an exam from nothing either", async () => {
    await rm(join(storage, "exams"), { recursive: true, force: true });
    await writeFile(join(storage, "exams"), "");
    await choose("Sit a mock exam…", "Which exam do you want to sit?", "foundations");
    await frame().locator("textarea:focus").waitFor();
    await page().keyboard.type("Layers.");
    await told("Your exam could not be saved").waitFor();
    await frame().locator("#entry-0.all").waitFor();
    await rm(join(storage, "exams"));
    await frame().locator("textarea").press("End");
    await page().keyboard.type(" Many.");
    const kept = (): string => readdirSync(join(storage, "exams")).map((name) => readFileSync(join(storage, "exams", name), "utf8")).join(); // prettier-ignore
    for (let attempt = 0; attempt < 50 && !(readable(kept) ?? "").includes("Many."); attempt++) await page().waitForTimeout(100); // prettier-ignore
    assert.include(kept(), "Layers. Many.");
  });
});

/** Undefined as long as it is not there. */
function readable<Value>(read: () => Value): Value | undefined {
  try {
    return read();
  } catch {
    return undefined;
  }
}
