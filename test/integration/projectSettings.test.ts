/** The settings of a pyproject.toml in the editor: they hold, follow the file, give way to the user's, and show their faults. */
import { assert } from "chai";
import { DiagnosticSeverity, languages, workspace, type Uri } from "vscode";
import { closeEverything, findingsIn, program, rule, rulesIn, until, untilRules, writeFile } from "./support";

describe("the settings of a project", () => {
  const written: Uri[] = [];

  afterEach(async () => {
    await closeEverything();
    for (const uri of written.splice(0)) await workspace.fs.delete(uri);
  });

  async function write(name: string, content: string): Promise<Uri> {
    const uri = await writeFile(name, content);
    written.push(uri);
    return uri;
  }

  async function open(name: string): Promise<Uri> {
    const uri = await write(name, program);
    await workspace.openTextDocument(uri);
    return uri;
  }

  it("hold for the files below, and follow the file", async () => {
    const uri = await open("project/training/run.py");
    await untilRules(uri, rule);
    await write("project/pyproject.toml", `[tool.forward-pass]\nignore = ["${rule}"]\n`);
    await untilRules(uri);
    await writeFile("project/pyproject.toml", `[tool.forward-pass.severity]\n"${rule}" = "information"\n`);
    await untilRules(uri, rule);
    assert.equal(findingsIn(uri)[0]!.severity, DiagnosticSeverity.Information);
    await workspace.fs.delete(written.pop()!);
    await until(
      () => findingsIn(uri).map(({ severity }) => severity),
      (severities) => severities.length === 1 && severities[0] !== DiagnosticSeverity.Information,
    );
  });

  it("leave files alone, and rules by file", async () => {
    const settings = `[tool.forward-pass]\nexclude = ["old"]\n[tool.forward-pass.per-file-ignores]\n"tests/**" = ["${rule}"]\n`;
    await write("packages/pyproject.toml", settings);
    // A file without a table of ours hides none further up.
    await write("packages/tests/pyproject.toml", '[project]\nname = "tests"\n');
    const [old, tests, checked] = [
      await open("packages/old/a.py"),
      await open("packages/tests/b.py"),
      await open("packages/c.py"),
    ];
    await untilRules(checked, rule);
    assert.deepEqual([rulesIn(old), rulesIn(tests)], [[], []]);
  });

  it("give way to those that the user has made", async () => {
    await write("chosen/pyproject.toml", `[tool.forward-pass]\nignore = ["${rule}"]\n`);
    const uri = await open("chosen/run.py");
    const other = await open("beside.py");
    await untilRules(other, rule);
    await untilRules(uri);
    const configuration = workspace.getConfiguration("forwardPass");
    await configuration.update("rules", { [rule]: "warning" });
    await untilRules(uri, rule);
    await configuration.update("rules", undefined);
    await untilRules(uri);
  });

  it("show what means nothing where it is written", async () => {
    const settings = '[project]\nname = "missing"\n\n[tool.forward-pass]\nselect = ["missing-sed"]\n';
    const file = await write("faulty/pyproject.toml", settings);
    const uri = await open("faulty/run.py");
    await untilRules(uri, rule);
    const faults = (): string[] =>
      languages
        .getDiagnostics(file)
        .map(({ message, range }) => `${range.start.line}:${range.start.character} ${message}`);
    await until(faults, (found) => found.join() === "4:11 [tool.forward-pass] names missing-sed, which is no rule.");
    await writeFile("faulty/pyproject.toml", "[tool.forward-pass]\nselect = [\n");
    await until(faults, (found) => found.length === 1 && found[0]!.endsWith("Its settings are left out."));
    await writeFile("faulty/pyproject.toml", "[tool.forward-pass]\n");
    await until(faults, (found) => found.length === 0);
  });
});
