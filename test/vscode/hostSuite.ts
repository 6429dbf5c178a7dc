/** Runs the integration suite inside an extension host of the VS Code server and counts what it reports. */
import { mkdir, writeFile } from "node:fs/promises";
import { join } from "node:path";
import type { Page } from "playwright-core";
import { launchBrowser } from "./browser";
import { root, screenshots } from "./places";
import type { Payload, Server } from "./server";
import { failure, isReport, marks, readResult, type Tally } from "./tally";

/** How long a host may be silent, in milliseconds, before it counts as dead. */
const patience = 90_000;

/** What the server always complains about: optional native modules, and servers of the internet. */
const noise =
  /Could not locate the bindings file|watchdog|open-vsx\.org|ERR_NAME_NOT_RESOLVED|status of 404|status code: 404|HTTP response code \(404\)/;

export interface HostRun {
  /** Names the browser's profile, the log and the picture of a failure. */
  readonly name: string;
  readonly server: Server;
  /** The workspace that the tests see. */
  readonly folder: string;
  readonly payload: Payload;
}

/** Opens the workbench, lets it run the tests, and passes their lines on; a host that dies or hangs is a failure. */
export async function runHostSuite({ name, server, folder, payload }: HostRun): Promise<Tally> {
  const browser = await launchBrowser(name);
  const page = browser.pages()[0] ?? (await browser.newPage());
  const journal: string[] = [];
  page.on("console", (message) => {
    if (!noise.test(message.text())) journal.push(`${message.type()}: ${message.text()}`);
  });
  page.on("pageerror", (error) => journal.push(`page error: ${error.message}`));
  try {
    const tally = await followSuite(page, server, server.address(folder, payload));
    if (tally.failed > 0) await saveEvidence(name, page, server, journal);
    return tally;
  } catch (error) {
    console.log(`  ✘ ${error instanceof Error ? error.message : String(error)}`);
    console.log(["The end of the log:", ...journal.slice(-12)].join("\n"));
    await saveEvidence(name, page, server, journal);
    return failure(name);
  } finally {
    await browser.close();
  }
}

/** Resolves with the suite's result; rejects when the host, the browser or the server ends or falls silent before that. */
async function followSuite(page: Page, server: Server, address: string): Promise<Tally> {
  let tally: Tally | undefined;
  const failures: string[] = [];
  let silence: NodeJS.Timeout | undefined;
  return new Promise<Tally>((resolve, reject) => {
    const fail = (reason: string): void => {
      reject(new Error(reason));
    };
    const heard = (): void => {
      clearTimeout(silence);
      silence = setTimeout(fail, patience, `Nothing was heard of the tests for ${patience / 1000} s.`);
    };
    // VS Code calls two functions of its page while it runs tests: one for each line of the console, one at the end.
    const logged = (_type: string, words: readonly unknown[]): void => {
      const line = words.map(String).join(" ");
      if (!isReport(line)) return;
      heard();
      if (line.startsWith(marks.failed)) failures.push(line.slice(marks.failed.length).split("\n")[0]!);
      tally ??= readResult(line);
      console.log(line);
    };
    const exited = (code: number): void => {
      if (!tally) fail(`The tests ended with code ${code} before they reported a result.`);
      else if (code !== 0 && tally.failed === 0) fail(`The tests passed but ended with code ${code}.`);
      else if (tally.passed + tally.failed === 0) fail("There was no test.");
      else resolve({ ...tally, failures });
    };
    heard();
    page.once("crash", () => {
      fail("The browser's page crashed.");
    });
    page.once("close", () => {
      fail("The browser ended.");
    });
    void server.gone.then(() => {
      fail("The VS Code server ended.");
    });
    Promise.all([page.exposeFunction("codeAutomationLog", logged), page.exposeFunction("codeAutomationExit", exited)])
      .then(() => page.goto(address))
      .catch(reject);
  }).finally(() => {
    clearTimeout(silence);
  });
}

/** Keeps what a developer needs to understand a failure: everything that was logged, and the screen. */
async function saveEvidence(name: string, page: Page, server: Server, journal: readonly string[]): Promise<void> {
  await mkdir(screenshots, { recursive: true });
  const log = join(root, "out", `failed-${name}.log`);
  await writeFile(log, ["Page:", ...journal, "Server:", server.log()].join("\n"));
  const picture = join(screenshots, `failed-${name}.png`);
  const taken = await page.screenshot({ path: picture, timeout: 5000 }).catch(() => undefined);
  console.log(`  See ${log}${taken ? ` and ${picture}` : ""}`);
}
