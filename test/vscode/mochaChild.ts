/** Runs the test files that it is given with mocha and sends the tally of each to the process that started it. */
import Mocha from "mocha";
import { add, failure, nothing, type Tally } from "./tally";

const [reporter = "spec", timeout, ...files] = process.argv.slice(2);
const mocha = new Mocha({ ui: "bdd", reporter, timeout: Number(timeout) });
for (const file of files) mocha.addFile(file);

const tallies: Record<string, Tally> = {};
/** A hook that fails counts as a test that fails, in the file that it stands in. */
const count = (test: Mocha.Runnable, one: Tally): void => {
  const file = test.file ?? test.parent?.file ?? "";
  tallies[file] = add(tallies[file] ?? nothing, one);
};
const runner = mocha.run(() => {
  process.send?.(tallies, undefined, undefined, () => process.exit());
});
runner
  .on("pass", (test) => {
    count(test, { ...nothing, passed: 1 });
  })
  .on("fail", (test) => {
    count(test, failure(test.fullTitle()));
  })
  .on("pending", (test) => {
    count(test, { ...nothing, skipped: 1 });
  });
