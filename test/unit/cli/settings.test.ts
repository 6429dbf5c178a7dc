/** What `forward-pass check` is told: presets, rules, thresholds, paths, standard input, notebooks, threads. */
import { mkdirSync, mkdtempSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { dirname, join } from "node:path";
import { assert } from "chai";
import { forwardPass, json } from "./run";

const adam = (rate: number): string =>
  `import torch\nmodel = torch.nn.Linear(2, 3)\noptimizer = torch.optim.Adam(model.parameters(), lr=${rate})\n`;

function folderWith(files: Readonly<Record<string, string>>): string {
  const folder = mkdtempSync(join(tmpdir(), "forward-pass-"));
  for (const [name, text] of Object.entries(files)) {
    mkdirSync(dirname(join(folder, name)), { recursive: true });
    writeFileSync(join(folder, name), text);
  }
  return folder;
}

function found(folder: string, ...args: readonly string[]): string[] {
  const run = forwardPass(["check", "--format", "json", ...args], folder);
  return (json(run) as { file: string; rule: string; line: number; cell?: number }[]).map(
    ({ file, rule, line, cell }) => `${file}:${cell === undefined ? "" : `${cell}:`}${line} ${rule}`,
  );
}

describe("what forward-pass check is told", () => {
  it("leaves out rules for some files, and files altogether", () => {
    const folder = folderWith({
      "pyproject.toml":
        '[tool.forward-pass]\nexclude = ["old"]\n\n[tool.forward-pass.per-file-ignores]\n"tests/**" = ["adam-learning-rate-too-high"]\n',
      "train.py": adam(1),
      "tests/deep/train.py": adam(1),
      "old/train.py": adam(1),
    });
    assert.deepEqual(found(folder), ["train.py:3 adam-learning-rate-too-high"]);
    assert.deepEqual(found(folder, "old/train.py"), ["old/train.py:3 adam-learning-rate-too-high"]);
  });

  it("looks past files without settings of its own", () => {
    const folder = folderWith({
      "pyproject.toml": '[tool.forward-pass]\nignore = ["adam-learning-rate-too-high"]\n',
      "part/pyproject.toml": '[project]\nname = "part"\n',
      "part/train.py": adam(1),
    });
    assert.deepEqual(found(join(folder, "part")), []);
  });

  it("compares with the thresholds that it is given", () => {
    const settings = '[tool.forward-pass.thresholds."adam-learning-rate-too-high"]\nhighest = 0.005\n';
    const folder = folderWith({ "pyproject.toml": settings, "train.py": adam(0.01) });
    assert.deepEqual(found(folder), ["train.py:3 adam-learning-rate-too-high"]);
  });

  it("names settings that mean nothing", () => {
    const settings = [
      "[tool.forward-pass]",
      'preset = "harsh"',
      "colour = true",
      'thresholds = { "adam-learning-rate-too-high" = { lowest = 1 } }',
    ].join("\n");
    const run = forwardPass(["check"], folderWith({ "pyproject.toml": settings, "train.py": "x = 1\n" }));
    assert.equal(run.status, 2);
    assert.include(run.stderr, "pyproject.toml:3:1: [tool.forward-pass] has no setting colour");
    for (const text of ["has a preset that is none of recommended", "has no setting colour", "names lowest for adam-"])
      assert.include(run.stderr, text);
  });

  it("is told more at the terminal than in the file", () => {
    const folder = folderWith({
      "pyproject.toml": '[tool.forward-pass]\nignore = ["adam-learning-rate-too-high"]\n',
      "train.py": adam(1),
    });
    assert.deepEqual(found(folder), []);
    assert.deepEqual(found(folder, "--select", "adam-learning-rate-too-high"), [
      "train.py:3 adam-learning-rate-too-high",
    ]);
    const run = forwardPass(["check", "--ignore", "no-such-rule"], folder);
    assert.deepEqual([run.status, run.stderr], [2, "forward-pass: no-such-rule is no rule.\n"]);
  });

  it("reads standard input under a name", () => {
    const folder = folderWith({});
    const run = forwardPass(["check", "-", "--stdin-filename", "model.py", "--format", "json"], folder, adam(1));
    assert.equal(run.status, 1);
    assert.deepInclude((json(run) as object[])[0], { file: "model.py", line: 3, rule: "adam-learning-rate-too-high" });
  });

  it("reads the cells of a notebook as one program, and names cell and line", () => {
    const cell = (...source: string[]): object => ({ cell_type: "code", source, metadata: {}, outputs: [] });
    const notebook = {
      nbformat: 4,
      cells: [
        { cell_type: "markdown", source: ["# Title"] },
        cell("%matplotlib inline\n", "!pip install torch\n", "import torch\n", "model = torch.nn.Linear(2, 3)"),
        cell("%%bash\n", "ls -la | grep (x"),
        cell("if True:\n", "    !nvidia-smi\n", "model(torch.randn(4, 5))"),
      ],
    };
    const folder = folderWith({ "lesson.ipynb": JSON.stringify(notebook), "data.ipynb": "[1, 2]" });
    assert.deepEqual(found(folder, "lesson.ipynb"), ["lesson.ipynb:4:3 shape-mismatch"]);
    const text = forwardPass(["check", "lesson.ipynb"], folder).stdout;
    assert.include(text, "lesson.ipynb:cell 4:3:1 error shape-mismatch");
    assert.include(text, "3 | model(torch.randn(4, 5))");
    const broken = forwardPass(["check", "data.ipynb"], folder);
    assert.deepEqual([broken.status, broken.stderr], [2, "forward-pass: data.ipynb is no notebook.\n"]);
  });

  it("finds the same in threads as without", () => {
    const files = Object.fromEntries(
      Array.from({ length: 90 }, (_, i) => [`train_${i}.py`, adam([0.001, 1, 2][i % 3]!)]),
    );
    const folder = folderWith(files);
    const alone = found(folder, "--jobs", "1");
    assert.lengthOf(alone, 60);
    assert.deepEqual(found(folder, "--jobs", "2"), alone);
  });

  it("warns of a comment that silences nothing, and takes it away", () => {
    const comment = "# forward-pass: ignore[adam-learning-rate-too-high]";
    const folder = folderWith({
      "idle.py": adam(0.001).replace(/\n$/, `  ${comment}\n`),
      "needed.py": adam(1).replace(/\n$/, `  ${comment}\n`),
      "other.py": "x = 1  # forward-pass: ignore[no-such-rule]\n",
      "alone.py": "# forward-pass: ignore-file\nx = 1\n",
    });
    assert.deepEqual(found(folder), [
      "alone.py:1 unused-suppression",
      "idle.py:3 unused-suppression",
      "other.py:1 unused-suppression",
    ]);
    assert.deepEqual(found(folder, "--fix"), []);
    assert.deepEqual(found(folder, "--ignore", "adam-learning-rate-too-high"), []);
  });
});
