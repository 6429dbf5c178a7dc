/** Runs the integration tests inside an extension host, Node's or the web worker's, and reports them on the console. */
import Mocha from "mocha";
import { describeTally, marks } from "../vscode/tally";

/** Loads the test files with mocha's globals in place, runs them, and rejects when one of them failed. */
export async function runSuite(load: () => void): Promise<void> {
  const mocha = new Mocha({ ui: "bdd", timeout: 30_000, color: false, reporter: Report });
  mocha.suite.emit("pre-require", globalThis, "", mocha);
  load();
  const failed = await new Promise<number>((resolve) => mocha.run(resolve));
  if (failed > 0) throw new Error(`${failed} integration tests failed.`);
}

/** A line for each test as it ends, and the result in the last one. */
class Report extends Mocha.reporters.Base {
  constructor(runner: Mocha.Runner, options: Mocha.MochaOptions) {
    super(runner, options);
    runner.on("pass", (test) => {
      console.log(`${marks.passed}${test.fullTitle()} (${test.duration ?? 0} ms)`);
    });
    runner.on("pending", (test) => {
      console.log(`${marks.skipped}${test.fullTitle()}`);
    });
    runner.on("fail", (test, error: Error) => {
      console.log(`${marks.failed}${test.fullTitle()}\n${error.stack ?? error.message}`);
    });
    runner.on("end", () => {
      const { passes, failures, pending } = this.stats;
      console.log(marks.result + describeTally({ passed: passes, failed: failures, skipped: pending }));
    });
  }
}
