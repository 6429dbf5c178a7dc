/** What a `pyproject.toml` says of the rules, and what goes before what. */
import { assert } from "chai";
import { isExcluded, readProjectFile, settingsFor } from "../../../src/core/rules/projectFile";
import { overlaid } from "../../../src/core/rules/settings";

const adam = "adam-learning-rate-too-high";

describe("a project's file", () => {
  it("is none of ours without the table", () => {
    assert.isUndefined(readProjectFile("p", '[project]\nname = "x"\n'));
    assert.isUndefined(readProjectFile("p", '[project]\nname = "forward-pass"\n'));
  });

  it("settles rules by file, and files to leave alone", () => {
    const text = `[tool.forward-pass]\nexclude = ["old"]\n[tool.forward-pass.per-file-ignores]\n"tests/**" = ["${adam}"]\n`;
    const { settings, problems } = readProjectFile("p", text)!;
    assert.deepEqual(problems, []);
    assert.deepEqual(settingsFor(settings, "src/train.py").ignore, undefined);
    assert.deepEqual(settingsFor(settings, "tests/deep/train.py").ignore, [adam]);
    assert.deepEqual([isExcluded(settings, "old/a.py"), isExcluded(settings, "older/a.py")], [true, false]);
  });

  for (const [what, text, found] of [
    ["a rule that is none", '[tool.forward-pass]\nselect = ["no-rule"]', "no-rule"],
    [
      "a name that comes before in another one",
      '[tool.forward-pass]\nignore = ["x-colour"]\ncolour = 1',
      "x-colour|colour",
    ],
    ["a word in another table", '[a]\nharsh = 1\n[tool.forward-pass]\npreset = "harsh"', "preset"],
    ["a threshold", `[tool.forward-pass.thresholds.${adam}]\nlowest = 1`, "lowest"],
    ["a syntax error", "[tool.forward-pass]\nselect = [1,\n", ""],
  ] as const) {
    it(`has its faults where they are: ${what}`, () => {
      const { source, problems } = readProjectFile("p", text)!;
      assert.equal(problems.map(({ span }) => source.slice(span)).join("|"), found);
    });
  }

  it("gives way to what somebody has for themselves", () => {
    const project = {
      preset: "strict",
      ignore: [adam, "missing-seed"],
      severity: { "loss-sign": "off", "missing-eval": "error" },
      thresholds: { [adam]: { highest: 1, other: 2 } },
    } as const;
    const own = {
      severity: { [adam]: "warning", "loss-sign": "error" },
      thresholds: { [adam]: { highest: 3 } },
    } as const;
    assert.deepEqual(overlaid(project, own), {
      preset: "strict",
      select: [],
      ignore: ["missing-seed"],
      severity: { "loss-sign": "error", "missing-eval": "error", [adam]: "warning" },
      thresholds: { [adam]: { highest: 3, other: 2 } },
    });
    assert.equal(overlaid(project, { preset: "teaching" }).preset, "teaching");
    assert.deepEqual(overlaid(project, { severity: { [adam]: "off" } }).ignore, [adam, "missing-seed"]);
  });
});
