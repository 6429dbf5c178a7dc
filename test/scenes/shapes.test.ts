/** Shapes where nobody wrote any: over two files, with the author's names, and backwards from the layers. */
import { assert } from "chai";
import { hover } from "../vscode/editor";
import { scene } from "../vscode/scene";
import { openFile, screenshot } from "../vscode/workbench";

const blocks = `import torch.nn as nn


def block(channels_in, channels_out):
    return nn.Sequential(nn.Conv2d(channels_in, channels_out, 5), nn.ReLU(), nn.MaxPool2d(2))
`;

const network = `import torch.nn as nn

from blocks import block


class LeNet(nn.Module):
    def __init__(self):
        super().__init__()
        self.features = nn.Sequential(block(1, 6), block(6, 16))
        self.head = nn.Linear(16 * 5 * 5, 10)

    def forward(self, photos):
        maps = self.features(photos)
        scores = self.head(maps.flatten(1))
        return scores


class Heads(nn.Module):
    def __init__(self, config):
        super().__init__()
        self.count = config.n_head
        self.project = nn.Linear(config.n_embd, config.n_embd)

    def forward(self, tokens):
        B, T, C = tokens.size()
        split = self.project(tokens).view(B, T, self.count, C // self.count)
        attention = split.transpose(1, 2) @ split.permute(0, 2, 3, 1)
        return attention
`;

describe("shapes that nobody wrote", () => {
  const workbench = scene("shapes", { files: { "blocks.py": blocks, "network.py": network } });

  it("say what images a model wants, through layers of another file", async () => {
    await openFile(workbench(), "network.py");
    const words = await hover(workbench(), "photos");
    assert.match(words, /\(B, 1, H, W\)/);
    assert.match(words, /32×32.*32 to 35/s);
    await screenshot(workbench(), "hover-images");
  });

  it("carry the names that their author gave", async () => {
    await workbench().page.mouse.move(0, 0);
    await workbench().page.keyboard.press("Escape");
    assert.match(await hover(workbench(), "attention"), /\(B, n_head, T, T\)/);
    await screenshot(workbench(), "hover-names");
  });
});
