/** Programs that are run with words on their command line, and models in training mode. */
import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { assert } from "chai";
import { type Run, forwardPass } from "./run";

const program = `import argparse
import sys

import torch
from torch import nn

parser = argparse.ArgumentParser()
parser.add_argument("--channels", type=int, default=1)
parser.add_argument("--flat", action="store_true")
options = parser.parse_args()
seed = torch.zeros(len(sys.argv))


class Net(nn.Module):
    def __init__(self):
        super().__init__()
        self.conv = nn.Conv2d(options.channels, 8, 3)

    def forward(self, x):
        y = self.conv(x)
        if options.flat:
            y = y.flatten(1)
        return (y, x) if self.training else y
`;

describe("a program that is run with words", () => {
  const folder = mkdtempSync(join(tmpdir(), "forward-pass-"));
  const run = (command: string, ...words: string[]): Run => forwardPass([command, "net.py", ...words], folder);
  const summary = (...words: string[]): Run => run("summary", "--model", "Net()", ...words);

  before(() => {
    writeFileSync(join(folder, "net.py"), program);
  });
  after(() => {
    rmSync(folder, { recursive: true });
  });

  it("has the options that they say, and else those of its own", () => {
    assert.include(summary("--input", "2,1,5,5").stdout, "(2, 8, 3, 3)");
    const words = ["--", "--channels=3", "--flat"];
    assert.include(summary("--input", "2,3,5,5", ...words).stdout, "(2, 72)");
    assert.equal(summary("--input", "2,1,5,5", ...words).status, 1);
    assert.match(run("shapes", ...words).stdout, /seed +\(3,\)/);
    assert.match(run("shapes", "--", "--channels", "7").stdout, /seed +\(3,\)/);
  });

  it("takes words for its own only behind --", () => {
    const stray = run("shapes", "other.py");
    assert.equal(stray.status, 2);
    assert.include(stray.stderr, "other.py");
    assert.include(stray.stderr, "--");
  });

  it("is run in training mode where that is asked for", () => {
    assert.include(summary("--input", "2,1,5,5", "--training").stdout, "(2, 8, 3, 3) (2, 1, 5, 5)");
  });
});
