/** `forward-pass check` as a process: formats, exit status, configuration, bad input. */
import { mkdtempSync, writeFileSync } from "node:fs";
import { createRequire } from "node:module";
import { tmpdir } from "node:os";
import { join, resolve } from "node:path";
import Ajv from "ajv-draft-04";
import addFormats from "ajv-formats";
import { assert } from "chai";
import { forwardPass, json } from "./run";

const sample = "test/workspace/photo_mlp.py";

interface Row {
  readonly file: string;
  readonly line: number;
  readonly column: number;
  readonly endLine: number;
  readonly endColumn: number;
  readonly rule: string;
  readonly severity: string;
  readonly message: string;
}

function folderWith(files: Readonly<Record<string, string>>): string {
  const folder = mkdtempSync(join(tmpdir(), "forward-pass-"));
  for (const [name, text] of Object.entries(files)) writeFileSync(join(folder, name), text);
  return folder;
}

describe("forward-pass check", () => {
  it("prints findings as rows with places from 1, and ends with status 1", () => {
    const run = forwardPass(["check", sample, "--format", "json"]);
    assert.equal(run.status, 1);
    const places = (json(run) as Row[]).map(({ file, line, column, endLine, endColumn, rule, severity }) => ({
      file,
      place: `${line}:${column}-${endLine}:${endColumn}`,
      rule,
      severity,
    }));
    assert.deepEqual(places, [
      { file: sample, place: "21:13-21:22", rule: "bounded-activation-before-softmax", severity: "error" },
      { file: sample, place: "31:42-31:46", rule: "init-std-too-small", severity: "warning" },
      { file: sample, place: "42:57-42:60", rule: "adam-learning-rate-too-high", severity: "error" },
    ]);
  });

  it("is silent on the corrected program, with status 0", () => {
    const run = forwardPass(["check", "test/workspace/photo_mlp_mended.py", "--format", "json"]);
    assert.deepEqual([run.status, json(run)], [0, []]);
  });

  it("shows the source line and a caret in text", () => {
    const run = forwardPass(["check", sample]);
    assert.include(run.stdout, "  21 |             nn.Tanh(),\n     |             ^^^^^^^^^\n");
    assert.include(run.stdout, "3 findings in 1 file.");
    assert.notInclude(run.stdout, "\u001b[", "no colour outside a terminal");
  });

  it("writes GitHub annotations", () => {
    const [first] = forwardPass(["check", sample, "--format", "github"]).stdout.split("\n");
    assert.match(
      first!,
      /^::error file=test\/workspace\/photo_mlp\.py,line=21,endLine=21,col=13,endColumn=22,title=bounded-activation-before-softmax::Tanh keeps/,
    );
  });

  it("writes SARIF that the published schema accepts", () => {
    const require = createRequire(resolve("package.json"));
    const schema = require("@microsoft/jest-sarif/lib/schemas/sarif-2.1.0-rtm.5.json") as object;
    const ajv = new Ajv({ strict: false, allErrors: true, unicodeRegExp: false });
    addFormats(ajv);
    const run = forwardPass(["check", "test/workspace", "--format", "sarif"]);
    const isValid = ajv.compile(schema);
    assert.isTrue(isValid(json(run)), JSON.stringify(isValid.errors));
    const [{ results, tool }] = (
      json(run) as {
        runs: [{ results: { ruleId: string; fixes?: unknown }[]; tool: { driver: { rules: unknown[] } } }];
      }
    ).runs;
    assert.lengthOf(results, 4);
    assert.isAbove(tool.driver.rules.length, 3);
    assert.lengthOf(
      results.filter((result) => result.fixes !== undefined),
      3,
    );
  });

  it("divides the work among shards without loss", () => {
    const files = ["1/2", "2/2"].flatMap(
      (shard) => json(forwardPass(["check", "test/workspace", "--format", "json", "--shard", shard])) as Row[],
    );
    const whole = json(forwardPass(["check", "test/workspace", "--format", "json"])) as Row[];
    assert.sameDeepMembers(files, whole);
  });

  it("names a path that does not exist, goes on with the rest, and ends with status 2", () => {
    const run = forwardPass(["check", "no/such/path.py", sample, "--format", "json"]);
    assert.equal(run.status, 2);
    assert.include(run.stderr, "no/such/path.py does not exist.");
    assert.lengthOf(json(run) as Row[], 3);
  });

  it("names the first place of a file that is not Python, and analyses the rest", () => {
    const folder = folderWith({ "broken.py": "import torch\nx = torch.randn(2, 3)\ny = x.view(4, 4)\nclass (:\n" });
    const run = forwardPass(["check", "broken.py", "--format", "json"], folder);
    assert.deepEqual(
      (json(run) as Row[]).map(({ line, rule }) => `${line} ${rule}`),
      ["3 shape-mismatch", "4 syntax-error"],
    );
  });

  it("says that a file is no text", () => {
    const run = forwardPass(["check", "data.py"], folderWith({ "data.py": "\u0000\u0001" }));
    assert.deepEqual([run.status, run.stderr], [2, "forward-pass: data.py is not a text file.\n"]);
  });

  it("refuses options that mean nothing, with status 2", () => {
    for (const args of [["check", "--format", "xml"], ["check", "--shard", "5/2"], ["nonsense"]]) {
      const run = forwardPass(args);
      assert.equal(run.status, 2, args.join(" "));
      assert.match(run.stderr, /error: /, args.join(" "));
    }
  });

  it("takes its settings from pyproject.toml", () => {
    const settings =
      '[tool.forward-pass]\nignore = ["shape-mismatch"]\n\n[tool.forward-pass.severity]\n"adam-learning-rate-too-high" = "information"\n';
    const code =
      "import torch\nmodel = torch.nn.Linear(2, 3)\noptimizer = torch.optim.Adam(model.parameters(), lr=1)\nmodel(torch.randn(4, 5))\n";
    const run = forwardPass(
      ["check", ".", "--format", "json"],
      folderWith({ "pyproject.toml": settings, "train.py": code }),
    );
    assert.deepEqual(
      (json(run) as Row[]).map(({ rule, severity }) => `${rule} ${severity}`),
      ["adam-learning-rate-too-high information"],
    );
  });

  it("names the place in a pyproject.toml that it cannot read, and a rule that does not exist", () => {
    const broken = forwardPass(["check", "."], folderWith({ "pyproject.toml": "[tool\nx = 1\n", "a.py": "x = 1\n" }));
    assert.equal(broken.status, 2);
    assert.match(broken.stderr, /^forward-pass: pyproject\.toml:1:\d+: /);
    const wrong = forwardPass(
      ["check", "."],
      folderWith({ "pyproject.toml": '[tool.forward-pass]\nignore = ["no-such-rule"]\n', "a.py": "x = 1\n" }),
    );
    assert.equal(wrong.status, 2);
    assert.include(wrong.stderr, "names no-such-rule, which is no rule.");
  });
});
