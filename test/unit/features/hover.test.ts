/** What a hover says, over the word that is marked. */
import { assert } from "chai";
import { createAnalyzer } from "../../../src/core/analyzer";
import { hoverAt } from "../../../src/core/features/hover";
import { shapeHints } from "../../../src/core/features/hints";
import { SourceText } from "../../../src/core/text/source";
import { loadPythonParser } from "../support/parser";

const network = `import torch
from torch import nn
import torch.nn.functional as F

class Net(nn.Module):
    def __init__(self, classes=10):
        super().__init__()
        self.conv = nn.Conv2d(1, 6, 5)
        self.fc1 = nn.Linear(864, 120)
        self.fc2 = nn.Linear(120, classes)

    def forward(self, images):
        x = F.max_pool2d(self.conv(images), 2)
        batch = x.size(0)
        B, T, C = torch.randn(2, 3, 4).shape
        x = x.view(batch, -1)
        x = torch.relu(self.fc1(x))
        scores = self.fc2(x)
        return F.softmax(scores, dim=1)

    def mystery(self, x):
        y = torch.renorm(x, 2, 0, 1.0)
        return y
`;

const blocks = `import torch
from torch import nn

class Block(nn.Module):
    def __init__(self, planes):
        super().__init__()
        self.conv = nn.Conv2d(planes, 2 * planes, 3, padding=1)

    def forward(self, x):
        batch, channels, height, width = x.shape
        y = self.conv(x)
        return y

for planes in (4, 8, 16, 32, 64):
    Block(planes)(torch.randn(2, planes, 7, planes))
`;

const patches = `import torch
from torch import nn
from einops.layers.torch import Rearrange

def pair(size):
    return size if isinstance(size, tuple) else (size, size)

class Patches(nn.Module):
    def __init__(self, image_size, patch_size, dim, channels=3):
        super().__init__()
        image_height, image_width = pair(image_size)
        patch_height, patch_width = pair(patch_size)
        count = (image_height // patch_height) * (image_width // patch_width)
        self.cut = Rearrange("b c (h p1) (w p2) -> b (h w) (p1 p2 c)", p1=patch_height, p2=patch_width)
        self.embed = nn.Linear(channels * patch_height * patch_width, dim)
        self.token = nn.Parameter(torch.randn(1, 1, dim))
        self.places = nn.Parameter(torch.randn(1, count + 1, dim))

    def forward(self, images):
        x = self.embed(self.cut(images))
        y = torch.cat([self.token.expand(x.shape[0], -1, -1), x], dim=1)
        z = y + self.places[:, : y.shape[1]]
        return z
`;

/** The hover over the word behind the first occurrence of some text. */
async function hoverOver(marked: string, program = network): Promise<string | undefined> {
  const analysis = createAnalyzer(await loadPythonParser()).analyze(new SourceText("net.py", program));
  const at = program.indexOf(marked.replace("|", ""));
  assert.isAtLeast(at, 0, marked);
  return hoverAt(analysis, at + marked.indexOf("|"))?.markdown;
}

describe("hover", () => {
  const cases: [string, string][] = [
    ["self.f|c1 = ", "**nn.Linear** `(B, 864) → (B, 120)` · 103,800 parameters"],
    ["nn.Lin|ear(864", "**nn.Linear** `(B, 864) → (B, 120)` · 103,800 parameters"],
    ["self.f|c1(x)", "weight `(120, 864)`, bias `(120,)`"],
    ["self.fc|2(x)", "`(B, 120) → (B, 10)` · 1,210 parameters"],
    ["sco|res = ", "**scores** `(batch, 10)`"],
    ["self.conv(ima|ges)", "**images** `(batch, 1, H, W)`"],
    ["self.conv(ima|ges)", "The layers want `28×28` (sides from 28 to 29 fit)."],
    ["bat|ch = ", "**batch** `batch`"],
    ["B, T|, C", "**T** `3`"],
    ["F.max_po|ol2d", "**F.max\\_pool2d(self.conv(images), 2)** `(batch, 6, H//2 - 2, W//2 - 2)`"],
    [
      "F.max_po|ol2d",
      "`F.max_pool2d(input, kernel_size, stride=None, padding=0, dilation=1, ceil_mode=False, return_indices=False)`",
    ],
    ["nn.Conv|2d(1", "Slides learned filters over its input."],
  ];
  for (const [marked, expected] of cases) {
    it(`says ${expected} over ${marked}`, async () => {
      assert.include(await hoverOver(marked), expected);
    });
  }

  it("says in its author's names what a block is in several sizes, and in which", async () => {
    const shapes = "`(2, 8, 7, 4)`, `(2, 16, 7, 8)`, `(2, 32, 7, 16)`, `(2, 64, 7, 32)`, and 1 more";
    const expected = `**y** \`(2, 2*planes, 7, width)\` float32\n\nIn this file: ${shapes}.`;
    assert.equal(await hoverOver("|y = self.conv(x)", blocks), expected);
    assert.equal(await hoverOver("batch, chan|nels", blocks), "**channels** `planes`");
  });

  it("knows the patches of images that nobody describes", async () => {
    const shapes = { x: "(b, h*w, dim)", y: "(b, h*w + 1, dim)", z: "(b, h*w + 1, dim)" };
    for (const [name, shape] of Object.entries(shapes))
      assert.include(await hoverOver(`|${name} = `, patches), `**${name}** \`${shape}\``);
    const table = "(1, (image_height//patch_height)*(image_width//patch_width) + 1, dim)";
    assert.include(await hoverOver("self.pl|aces = ", patches), table);
  });

  it("says nothing where nothing is known, and nothing over plain words", async () => {
    for (const marked of ["y| = torch.renorm", "clas|s Net", "tor|ch.renorm", "8|64, 120"])
      assert.isUndefined(await hoverOver(marked), marked);
  });
});

describe("shape hints", () => {
  it("stand behind the names that are assigned, where the shape is known", async () => {
    const source = new SourceText("net.py", network);
    const analysis = createAnalyzer(await loadPythonParser()).analyze(source);
    const hints = shapeHints(analysis, { start: 0, end: network.length });
    assert.deepEqual(
      hints.map(
        ({ offset, text }) => `${source.positionAt(offset).line + 1}:${source.positionAt(offset).column} ${text}`,
      ),
      ["13:9 : (batch, 6, H//2 - 2, W//2 - 2)", "16:9 : (batch, 864)", "17:9 : (batch, 120)", "18:14 : (batch, 10)"],
    );
  });
});
