/** Imports in the editor: the other file is read, and followed when it changes. */
import { workspace } from "vscode";
import { closeEverything, replaceText, untilRules, writeFile } from "./support";

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
});
