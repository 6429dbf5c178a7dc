/** Imports in the editor: the other file is read, and followed when it changes. */
import { assert } from "chai";
import { workspace } from "vscode";
import { closeEverything, findingsIn, replaceText, rule, rulesIn, until, untilRules, writeFile } from "./support";

const layers = `from torch import nn

WIDTH = 8


class Encoder(nn.Linear):
    def __init__(self):
        super().__init__(16, WIDTH)
`;

const network = `import torch
from torch import nn

from parts.layers import Encoder

head = nn.Linear(8, 4)
scores = head(Encoder()(torch.zeros(2, 16)))
`;

const training = `import torch


def optimizer_for(model, lr):
    return torch.optim.Adam(model.parameters(), lr=lr)
`;

const entry = `from torch import nn

from parts.training import optimizer_for

model = nn.Sequential(nn.Linear(16, 8), nn.ReLU(), nn.Linear(8, 4))
optimizer = optimizer_for(model, lr=0.5)
`;

describe("imports", () => {
  afterEach(closeEverything);

  it("are followed into other files, as they are on the disk and as they are typed", async () => {
    const other = await writeFile("parts/layers.py", layers);
    const uri = await writeFile("uses_layers.py", network);
    await workspace.openTextDocument(uri);
    await untilRules(uri);
    await writeFile("parts/layers.py", layers.replace("WIDTH = 8", "WIDTH = 9"));
    await untilRules(uri, "shape-mismatch");
    await replaceText(await workspace.openTextDocument(other), "WIDTH = 9", "WIDTH = 8");
    await untilRules(uri);
    await workspace.fs.delete(uri);
    await workspace.fs.delete(other);
  });

  it("carry what a run shows into the files that it leads to, open or not", async () => {
    const other = await writeFile("parts/training.py", training);
    const uri = await writeFile("trains.py", entry);
    const document = await workspace.openTextDocument(uri);
    await untilRules(other, rule);
    const [found] = findingsIn(other);
    assert.include(found!.message, "(Seen in the run of trains.py.)");
    const [call] = found!.relatedInformation ?? [];
    assert.deepEqual([call?.location.uri.toString(), call?.location.range.start.line], [uri.toString(), 5]);
    assert.deepEqual(rulesIn(uri), []);

    await replaceText(await workspace.openTextDocument(other), "import torch\n", "import torch\n\nUNUSED = 1\n");
    await until(
      () => findingsIn(other).map(({ range }) => range.start.line),
      (lines) => lines.join() === "6",
    );

    await replaceText(document, "lr=0.5", "lr=1e-3");
    await untilRules(other);
    await workspace.fs.delete(uri);
    await workspace.fs.delete(other);
  });
});
