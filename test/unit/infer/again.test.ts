/** What is kept of a file from one keystroke to the next changes nothing in what is said of it. */
import { existsSync, readFileSync, readdirSync } from "node:fs";
import { dirname, join, resolve } from "node:path";
import { assert } from "chai";
import { type Analysis, type Analyzer, type FollowedFile, createAnalyzer } from "../../../src/core/analyzer";
import { shapeHints } from "../../../src/core/features/hints";
import { shapesOf } from "../../../src/core/features/shapes";
import { SourceText } from "../../../src/core/text/source";
import { loadPythonParser } from "../support/parser";
import { type Random, seeded } from "../support/random";

const packages = "/usr/lib/python3/dist-packages";

const filesIn = (folder: string): string[] =>
  existsSync(folder)
    ? readdirSync(folder)
        .filter((name) => name.endsWith(".py"))
        .sort()
        .map((name) => join(folder, name))
    : [];

const files = [
  "test/bench/resnet.py",
  ...filesIn("media/programs"),
  ...filesIn("test/documents"),
  ...filesIn(join(packages, "torchvision/models")),
  ...filesIn(join(packages, "torchvision/models/detection")),
];

const typed = ["    x = 3", "# a remark", "class Other:\n    pass", "import torch", "    return self", "x = 1 +"];

/** What is typed into a line, mostly something that Python can read. */
function edited(line: string, random: Random): string {
  const indent = /^\s*/.exec(line)![0];
  const edits = [
    `${line}  # a remark`,
    line.replace(/\d+/, String(random.integer(1, 9))),
    `${indent}x = torch.relu(x)\n${line}`,
    `${line}\n${indent}y = self.training`,
    line.replace("self.", "self.own_"),
    line.replace("x", "x.flatten(1)"),
    `${indent}global seen\n${indent}seen = self\n${line}`,
    `${indent}pass`,
  ];
  return random.pick(edits);
}

function changed(text: string, random: Random): string {
  const lines = text.split("\n");
  const at = random.integer(0, lines.length - 1);
  const inFunctions = lines.flatMap((line, i) => (/^ {4,}\S/.test(line) ? [i] : []));
  if (inFunctions.length > 0 && !random.once(5)) {
    const inside = random.pick(inFunctions);
    lines.splice(inside, 1, edited(lines[inside]!, random));
  } else if (random.once(3)) lines.splice(at, 1);
  else lines.splice(at, 0, random.pick(typed));
  return lines.join("\n");
}

function told(analysis: Analysis): unknown {
  const { record, diagnostics, source } = analysis;
  return {
    counts: [record.moduleCalls.length, record.instances.length, record.ownCalls, record.ownFunctions],
    diagnostics,
    shapes: shapesOf(analysis),
    hints: shapeHints(analysis, { start: 0, end: source.text.length }),
    calls: record.calls.map(({ operation, origin: { path, span } }) => [operation, path, span.start, span.end]),
    problems: record.problems.map(({ operation, origin: { span } }) => [operation, span.start, span.end]).sort(),
  };
}

describe("An analysis after a keystroke", () => {
  let analyzer: Analyzer;

  before(async () => {
    const read = (path: string): string | undefined => (existsSync(path) ? readFileSync(path, "utf8") : undefined);
    analyzer = createAnalyzer(await loadPythonParser(), { read, absolute: resolve, roots: [packages] });
  });

  /** Edits of one file, one after the other; some are taken back. How many analyses went on from the one before. */
  function compare(file: string, random: Random, rounds: number): number {
    const texts = [readFileSync(file, "utf8")];
    const followed: FollowedFile = analyzer.follow();
    const path = join(dirname(file), "again.py");
    let machine: Analysis["machine"] | undefined;
    let goesOn = 0;
    for (let round = 0; round < rounds; round++) {
      const source = new SourceText(path, texts.at(-1)!);
      const analysis = followed.analyze(source);
      if (analysis.machine === machine) goesOn++;
      ({ machine } = analysis);
      const again = told(analysis);
      const whole = told(analyzer.analyze(source));
      assert.equal(JSON.stringify(again, undefined, 1), JSON.stringify(whole, undefined, 1), `${file}, round ${round}`);
      if (random.once(3) && texts.length > 1) texts.pop();
      else texts.push(changed(source.text, random));
    }
    return goesOn;
  }

  const perFile = Number(process.env.CASES ?? 6);
  it("says what an analysis of the whole says", function () {
    this.timeout(3_600_000);
    const random = seeded(Number(process.env.SEED ?? 3));
    let goesOn = 0;
    for (const file of files) goesOn += compare(file, random, perFile);
    assert.isAbove(goesOn, (files.length * perFile) / 6);
  });

  const parts = (width: number): string => `
import torch
from torch import nn

made = []


class Block(nn.Module):
    def __init__(self, inputs):
        super().__init__()
        self.linear = nn.Linear(inputs, ${width})

    def forward(self, x):
        return self.linear(x).relu()
`;
  const net = (width: number): string => `
import torch
from torch import nn


class Net(nn.Module):
    def __init__(self):
        super().__init__()
        from parts import Block

        self.block = Block(8)

    def forward(self, x):
        y = self.block(x)
        return torch.cat([y, y], 1).view(-1, ${width})


def other(items):
    return len(items)
`;

  it("keeps the files that it imports until they change", async () => {
    const texts = new Map([["/p/parts.py", parts(4)]]);
    const project = createAnalyzer(await loadPythonParser(), {
      read: (path) => texts.get(path),
      absolute: (path) => path,
      roots: [],
    });
    const followed = project.follow();
    const machines = new Set<unknown>();
    const runs: number[] = [];
    for (const [width, ofParts] of [
      [8, 4],
      [4, 4],
      [2, 4],
      [2, 16],
      [16, 16],
    ] as const) {
      texts.set("/p/parts.py", parts(ofParts));
      const source = new SourceText("/p/net.py", net(width));
      const analysis = followed.analyze(source);
      machines.add(analysis.machine);
      runs.push(machines.size);
      assert.deepEqual(told(analysis), told(project.analyze(source)));
    }
    assert.deepEqual(runs, [1, 1, 1, 2, 2]);
  });

  it("runs only what the edit concerns", () => {
    const followed = analyzer.follow();
    const text = (inOne: string, inOther: string): SourceText =>
      new SourceText(
        "two.py",
        `import torch\n\n\ndef one(x):\n    return ${inOne}\n\n\ndef other(x):\n    return ${inOther}\n`,
      );
    const parts = ({ kept }: Analysis): unknown[] => kept!.done.map(({ part }) => part);
    const first = parts(followed.analyze(text("torch.zeros(2)", "torch.zeros(3)")));
    const second = parts(followed.analyze(text("torch.zeros(2)", "torch.zeros(3) + x")));
    const third = parts(followed.analyze(text("torch.zeros(2)  # here", "torch.zeros(3) + x")));
    assert.deepEqual(
      first.map((part, i) => part === second[i]),
      [true, false],
    );
    assert.deepEqual(
      second.map((part, i) => part === third[i]),
      [true, true],
    );
    assert.equal(parts(followed.analyze(text("1 +", "torch.zeros(3) + x"))).length, 2);
    const last = parts(followed.analyze(text("torch.ones(2)", "torch.zeros(3) + x")));
    assert.deepEqual(
      third.map((part, i) => part === last[i]),
      [false, true],
    );
  });
});
