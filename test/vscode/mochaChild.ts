/** Runs the test files that it is given with mocha and sends the tally to the process that started it. */
import Mocha from "mocha";
import type { Tally } from "./tally";

const [reporter = "spec", timeout, ...files] = process.argv.slice(2);
const mocha = new Mocha({ ui: "bdd", reporter, timeout: Number(timeout) });
for (const file of files) mocha.addFile(file);
const runner = mocha.run(() => {
  const { passes = 0, failures = 0, pending = 0 } = runner.stats ?? {};
  const tally: Tally = { passed: passes, failed: failures, skipped: pending };
  process.send?.(tally, undefined, undefined, () => process.exit());
});
