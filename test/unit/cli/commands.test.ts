/** The terminal's other commands as processes. */
import { assert } from "chai";
import { forwardPass, json } from "./run";

describe("forward-pass summary", () => {
  it("counts the sample's 1,707,274 parameters", () => {
    const run = forwardPass([
      "summary",
      "test/workspace/photo_mlp.py",
      "--model",
      "PhotoClassifier()",
      "--input",
      "2,3,32,32",
      "--format",
      "json",
    ]);
    const summary = json(run) as {
      parameters: number;
      trainable: number;
      buffers: number;
      macs: number;
      outputs: unknown;
      modules: { name: string; type: string }[];
    };
    assert.equal(summary.parameters, 1_707_274);
    assert.equal(summary.trainable, 1_707_274);
    assert.equal(summary.buffers, 0);
    assert.equal(summary.macs, 2 * (3072 * 512 + 512 * 256 + 256 * 10));
    assert.deepEqual(summary.outputs, [{ shape: [2, 10], dtype: "float32" }]);
    assert.deepEqual(
      summary.modules.slice(0, 3).map(({ name, type }) => `${name}:${type}`),
      [":PhotoClassifier", "stack:Sequential", "stack.0:Linear"],
    );
  });

  it("says what is refused of an expression that stands in no file", () => {
    const run = forwardPass(["summary", "test/workspace/lenet.py", "--model", "nn.Linear(4, 5)", "--input", "2,3"]);
    assert.equal(run.status, 1);
    assert.equal(run.stderr.trim(), "forward-pass: nn.Linear expects 4 features but gets 3.");
  });

  it("says where another file is refused", () => {
    const run = forwardPass([
      "summary",
      "test/projects/trainer/run.py",
      "--model",
      "SmallCNN()",
      "--input",
      "2,5,28,28",
    ]);
    assert.equal(run.status, 1);
    assert.equal(run.stderr.trim(), "forward-pass: models.py:22: nn.Conv2d expects 1 channels but gets 5.");
  });

  it("gives outputs, multiply-adds and receptive fields of a LeNet", () => {
    const run = forwardPass([
      "summary",
      "test/workspace/lenet.py",
      "--model",
      "LeNet(classes=7)",
      "--input",
      "1,1,28,28",
      "--format",
      "json",
    ]);
    const { modules } = json(run) as {
      modules: { name: string; outputs: { shape: number[] }[]; macs: number; receptiveField: number[] | null }[];
    };
    assert.deepEqual(
      modules.map(({ name, outputs, macs, receptiveField }) => [name, outputs[0]!.shape, macs, receptiveField]),
      [
        ["", [1, 7], 416_268, null],
        ["conv1", [1, 6, 28, 28], 117_600, [5, 5]],
        ["conv2", [1, 16, 10, 10], 240_000, [14, 14]],
        ["fc1", [1, 120], 48_000, null],
        ["fc2", [1, 84], 10_080, null],
        ["fc3", [1, 7], 588, null],
      ],
    );
  });

  it("reports the shape error of a model, with status 1", () => {
    const run = forwardPass([
      "summary",
      "test/workspace/wrong_width.py",
      "--model",
      "LeNet()",
      "--input",
      "1,1,28,28",
      "--format",
      "json",
    ]);
    const { diagnostics, outputs } = json(run) as {
      diagnostics: { line: number; message: string }[];
      outputs: unknown;
    };
    assert.equal(run.status, 1);
    assert.deepEqual(outputs, [{ shape: null, dtype: null }]);
    assert.deepEqual(
      diagnostics.map(({ line, message }) => [line, message]),
      [[20, "nn.Linear expects 400 features but gets 256 = 16·4·4 from flatten (line 19)."]],
    );
  });

  it("says what is wrong with a shape, an element type, a model or a file, with status 2", () => {
    const cases: [string[], RegExp][] = [
      [["--model", "LeNet()", "--input", "2,?"], /"2,\?" is no shape/],
      [["--model", "LeNet()", "--input", "2,3:float99"], /"float99" is no element type/],
      [["--model", "LeNet("], /Cannot read LeNet\(/],
      [["--model", "Nothing()"], /Nothing\(\) is not known to be a model/],
      [[], /required option '--model/],
    ];
    for (const [args, message] of cases) {
      const run = forwardPass(["summary", "test/workspace/lenet.py", ...args]);
      assert.equal(run.status, 2, args.join(" "));
      assert.match(run.stderr, message);
    }
    const missing = forwardPass(["summary", "nowhere.py", "--model", "Net()"]);
    assert.deepEqual([missing.status, missing.stderr], [2, "forward-pass: nowhere.py does not exist.\n"]);
  });
});

describe("forward-pass shapes", () => {
  it("lists assignments, returns and calls with their shapes", () => {
    const run = forwardPass(["shapes", "test/workspace/lenet.py", "--format", "json"]);
    const { file, values, diagnostics } = json(run) as {
      file: string;
      values: {
        line: number;
        scope: string;
        name: string;
        kind: string;
        shape: unknown;
        dtype: unknown;
        text: string;
      }[];
      diagnostics: unknown[];
    };
    assert.deepEqual([run.status, file, diagnostics], [0, "test/workspace/lenet.py", []]);
    const named = values
      .filter(({ kind }) => kind !== "call")
      .map(({ line, scope, name, kind, text }) => `${line} ${scope} ${name} ${kind} ${text}`);
    assert.deepEqual(named, [
      "18 LeNet.forward x assignment (64, 6, 14, 14)",
      "19 LeNet.forward x assignment (64, 16, 5, 5)",
      "20 LeNet.forward x assignment (64, 400)",
      "21 LeNet.forward x assignment (64, 120)",
      "22 LeNet.forward x assignment (64, 84)",
      "23 LeNet.forward return return (64, 10)",
      "27 <module> logits assignment (64, 10)",
    ]);
    const size = values.find(({ name }) => name === "x.size");
    assert.deepEqual([size?.shape, size?.dtype, size?.text], [null, null, "64"]);
  });

  it("names the sizes of inputs that nobody described", () => {
    const run = forwardPass(["shapes", "test/workspace/photo_mlp.py", "--format", "json"]);
    const { values } = json(run) as { values: { name: string; shape: unknown }[] };
    assert.deepEqual(values.find(({ name }) => name === "pixels")?.shape, ["B", 3072]);
  });
});

describe("forward-pass compute", () => {
  it("answers with numbers and shapes", () => {
    const cases: [string, string][] = [
      ["conv2d(32, kernel=3, stride=2, padding=1)", "16"],
      ["conv2d((100, 50), kernel=3, stride=2, padding=1)", "(50, 25)"],
      ["conv_transpose2d(16, kernel=4, stride=2, padding=1)", "32"],
      ["max_pool2d(9, kernel=2)", "4"],
      ["max_pool2d(9, kernel=2, ceil_mode=True)", "5"],
      ["params(Linear(784, 256))", "200960"],
      ["params(Conv2d(3, 8, 3), Linear(8, 2, bias=False))", "240"],
      ["receptive_field((3, 1), (3, 2))", "5"],
      ["7 // 2 + 2**3", "11"],
    ];
    const run = forwardPass(["compute", ...cases.map(([expression]) => expression)]);
    assert.deepEqual([run.status, run.stdout.trim().split("\n")], [0, cases.map(([, answer]) => answer)]);
    assert.closeTo(
      Number(forwardPass(["compute", "kl_gaussian(0, 1, 1, 2)"]).stdout),
      Math.log(2) + 2 / 8 - 0.5,
      1e-12,
    );
  });

  it("says why there is no answer, with status 2", () => {
    for (const expression of ["conv2d(4, kernel=7)", "conv2d(", "params(3)", "unheard_of(1)"]) {
      const run = forwardPass(["compute", expression]);
      assert.equal(run.status, 2, expression);
      assert.isNotEmpty(run.stderr);
    }
  });
});

describe("forward-pass explain and exam", () => {
  it("explains a rule, and lists the rules where the name is wrong", () => {
    const run = forwardPass(["explain", "init-std-too-small"]);
    assert.equal(run.status, 0);
    assert.include(run.stdout, "## Why it is wrong");
    assert.include(run.stdout, "training-bugs/initialisation-std");
    const wrong = forwardPass(["explain", "no-such-rule"]);
    assert.equal(wrong.status, 2);
    assert.include(wrong.stderr, "adam-learning-rate-too-high");
  });

  it("lists the questions of the first exam with their points", () => {
    const rows = json(forwardPass(["exam", "list", "--format", "json"])) as {
      bank: string;
      id: string;
      source: string | null;
      points: number;
      kind: string;
      graded: string;
    }[];
    const exam = rows.filter(({ source, bank }) => source?.startsWith("000/") && bank === "foundations");
    assert.lengthOf(exam, 16);
    assert.equal(
      exam.reduce((total, row) => total + row.points, 0),
      29,
    );
    assert.isTrue(rows.every((row) => ["machine", "partly", "self"].includes(row.graded) && row.kind !== ""));
  });

  it("finds nothing wrong with the banks that come along", () => {
    const run = forwardPass(["exam", "validate", "--format", "json"]);
    assert.deepEqual([run.status, json(run)], [0, []]);
  });

  it("shows a question, its solution only when asked", () => {
    assert.notInclude(forwardPass(["exam", "show", "foundations/dense-weights"]).stdout, "Solution");
    assert.include(forwardPass(["exam", "show", "foundations/dense-weights", "--solution"]).stdout, "Solution");
    const { stdout } = forwardPass(["exam", "show", "theory-to-practice/alternating-rnn"]);
    assert.include(stdout, "Figure: The network unrolled");
    assert.notInclude(stdout, "```figure");
    assert.equal(forwardPass(["exam", "show", "foundations/nothing"]).status, 2);
  });

  it("prints a bug hunt by its number, the same each time, and with its solution", function () {
    this.timeout(60_000);
    const { stdout, status } = forwardPass(["exam", "show", "hunt/4711"]);
    assert.equal(status, 0);
    assert.match(stdout, /^# Bug hunt 4711: /);
    assert.equal(forwardPass(["exam", "show", "hunt/4711"]).stdout, stdout);
    assert.match(
      forwardPass(["exam", "show", "hunt/4711", "--solution"]).stdout,
      /Line \d+ of the correct program: [a-z-]+/,
    );
    const variant = ["exam", "show", "drills/conv-output/332914"];
    assert.include(
      forwardPass(variant).stdout,
      "A 5×5 convolution with stride 1 and padding 2 reads one channel of 122×122",
    );
    assert.include(forwardPass([...variant, "--solution"]).stdout, "on each side: $122 \\times 122$");
    for (const wrong of ["drills/conv-output/0", "drills/conv-output/x", "foundations/mlp/1"])
      assert.equal(forwardPass(["exam", "show", wrong]).status, 2, wrong);
    for (const wrong of ["hunt/0", "hunt/x", "hunt/", "hunt/1e3"])
      assert.equal(forwardPass(["exam", "show", wrong]).status, 2, wrong);
  });
});
