/** Reading a text again after an edit gives what reading it whole gives. */
import { readFileSync } from "node:fs";
import { assert } from "chai";
import { createLiveText } from "../../../src/core/python/liveText";
import type { Module } from "../../../src/core/python/syntax";
import { SourceText } from "../../../src/core/text/source";
import { loadPythonParser } from "../support/parser";
import { torchFiles } from "../support/python";
import { type Random, seeded } from "../support/random";

const program = `import torch
from torch import nn  # layers

WIDTH = 4; HEIGHT = 5


@torch.no_grad()
def halved(n):
    """Half of it."""
    return n // 2


# Two layers.
class Net(nn.Module):
    def __init__(self):
        super().__init__()
        self.layer = nn.Linear(WIDTH, \\
            halved(HEIGHT))

    def forward(self, x):
        return self.layer(x)  # forward


if WIDTH > 3:
    net = Net()
else:
    net = None
`.padEnd(3000, "# padding\n");

let whole: (text: string) => Module;
let parts = 0;

before(async () => {
  const parser = await loadPythonParser();
  whole = (text) => parser.parse(new SourceText("a.py", text));
});

/** The number of units that are read for the second text after the first. */
function compare(first: string, second: string): number {
  const live = createLiveText((text) => {
    parts += text.length;
    return whole(text);
  });
  live.read(first);
  parts = 0;
  assert.deepEqual(live.read(second).module, whole(second));
  return parts;
}

describe("Reading again", () => {
  const edits: [what: string, from: string, to: string][] = [
    ["a word in a method", "self.layer(x)", "self.layer(x) + 1"],
    ["a new first line", "import torch\n", "import os\nimport torch\n"],
    ["a decorator", "@torch.no_grad()\n", ""],
    [
      "a line that belongs to the function before it",
      '"""Half of it."""\n    return n // 2\n',
      '"""Half."""\n    return n\n    x = 3\n',
    ],
    ["an indented line behind a statement", "WIDTH = 4; HEIGHT = 5\n", "WIDTH = 4; HEIGHT = 5\n  \n"],
    ["a statement on the same line", "HEIGHT = 5", "HEIGHT = 6"],
    ["a line joined to the next statement", "WIDTH = 4; HEIGHT = 5\n", "WIDTH = 4; HEIGHT = 5 + \\\n"],
    ["a branch taken away", "else:\n    net = None\n", ""],
    ["a string that swallows the rest", "return n // 2", 'return """n // 2'],
    ["a comment", "# Two layers.", "# Two layers, and more."],
    ["the last line", "net = None", "net = 3"],
    ["an open bracket", "super().__init__()", "super().__init__("],
  ];
  for (const [what, from, to] of edits)
    it(`gives the whole after ${what}`, () => {
      assert.include(program, from);
      compare(program, program.replace(from, to));
      compare(program.replace(from, to), program);
    });

  it("reads no more than the statements around the edit", () => {
    assert.isBelow(compare(program, program.replace("n // 2", "n // 3")), 300);
  });

  const pieces = [
    "x",
    "(",
    ")",
    '"',
    "'''",
    "\n",
    "    ",
    "\\\n",
    "#",
    ":",
    "@f\n",
    "def f():\n    pass\n",
    "else:\n",
    ";",
  ];

  function change(text: string, random: Random): string {
    const at = random.integer(0, text.length);
    const end = random.once(2) ? at : Math.min(text.length, at + random.integer(1, 60));
    return text.slice(0, at) + (random.once(3) ? "" : random.pick(pieces)) + text.slice(end);
  }

  it("gives the whole after random edits", function () {
    this.timeout(120_000);
    const random = seeded(Number(process.env.SEED ?? 5));
    const files = torchFiles().filter((file) => /torchvision\/models\/\w+\.py$/.test(file));
    const texts = [program, ...files.slice(0, 8).map((file) => readFileSync(file, "utf8"))];
    for (let i = 0; i < Number(process.env.CASES ?? 200); i++) {
      const text = random.pick(texts);
      compare(text, change(text, random));
    }
  });
});
