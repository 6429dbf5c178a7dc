/** Packages that model code is written with and that PyTorch does not bring: configurations, Lightning's modules. */
import { assert } from "chai";
import { checkDocument } from "../support/document";

const head = `import argparse
import numpy as np
import torch
from torch import nn
import pytorch_lightning as pl
import ml_collections
from easydict import EasyDict as edict
from omegaconf import OmegaConf
`;

const programs: Record<string, string> = {
  "all arguments of a constructor as hyperparameters": `
class System(pl.LightningModule):
    def __init__(self, hidden=32, classes: int = 3, backbone=None, **more):
        super().__init__()
        self.save_hyperparameters(ignore=["backbone"])
        self.layer = nn.Linear(self.hparams.hidden, self.hparams["classes"])
        self.kept = nn.Linear(self.hparams.get("extra", 7), len(self.hparams))
    def forward(self, x):
        return self.layer(x)
    def training_step(self, batch, index):
        x, y = batch
        loss = nn.functional.cross_entropy(self(x), y)
        self.log("loss", loss)
        return loss
model = System(hidden=16)
y = model(torch.zeros(4, 16))  # shape: (4, 3)
z = model.kept(torch.zeros(2, 7))  # shape: (2, 2)
w = System(extra=5).kept(torch.zeros(2, 5))  # shape: (2, 3)
model.freeze()
left = torch.zeros(sum(p.numel() for p in model.parameters() if p.requires_grad))  # shape: (0,)
model.unfreeze()
all = torch.zeros(sum(p.numel() for p in model.parameters() if p.requires_grad))  # shape: (67,)
`,
  "some of them, and those of a namespace": `
class Named(pl.LightningModule):
    def __init__(self, width, depth, rate):
        super().__init__()
        self.save_hyperparameters("width", "depth")
        self.layers = nn.Sequential(*[nn.Linear(self.hparams.width, self.hparams.width) for _ in range(self.hparams.depth)])
class Given(pl.LightningModule):
    def __init__(self, options):
        super().__init__()
        self.save_hyperparameters(options)
        self.layer = nn.Linear(self.hparams.width, 2)
n = sum(p.numel() for p in Named(4, 3, 0.1).parameters())
a = torch.zeros(n)  # shape: (60,)
b = Given(argparse.Namespace(width=6)).layer(torch.zeros(1, 6))  # shape: (1, 2)
c = Given({"width": 5}).layer(torch.zeros(1, 5))  # shape: (1, 2)
`,
  "a derived class whose base keeps them": `
class Base(pl.LightningModule):
    def __init__(self, width=4):
        super().__init__()
        self.save_hyperparameters()
class Derived(Base):
    def __init__(self, classes=5):
        super().__init__(width=6)
        self.layer = nn.Linear(self.hparams.width, 3)
x = Derived().layer(torch.zeros(2, 6))  # shape: (2, 3)
`,
  "configurations whose keys are attributes": `
cfg = edict({"width": 3, "head": {"classes": 4}})
x = torch.zeros(cfg.width, cfg["head"].classes, cfg.get("depth", 5))  # shape: (3, 4, 5)
cfg.depth = 6
y = torch.zeros(cfg["depth"], len(cfg), 1 if "width" in cfg else 2)  # shape: (6, 3, 1)
def build(width, depth, head):
    return torch.zeros(width, depth)
z = build(**cfg)  # shape: (3, 6)
def settings():
    config = ml_collections.ConfigDict()
    config.size = 16
    config.transformer = ml_collections.ConfigDict({"layers": 2})
    config.transformer.width = 8
    return config
c = settings()
t = torch.zeros(c.size, c.transformer.width, c.transformer["layers"])  # shape: (16, 8, 2)
o = OmegaConf.create({"model": {"dim": 12}})
d = torch.zeros(o.model.dim)  # shape: (12,)
`,
  "arrays that do not fit together": `
rows, marks = np.random.randn(120, 6), np.random.randint(0, 2, (120, 4))
table = np.concatenate([rows, marks], axis=1)
sums = rows + 2 * np.arange(6) - rows.mean(axis=1, keepdims=True)
table - rows  # error: shape-mismatch
np.concatenate([rows, marks], axis=0)  # error: shape-mismatch
rows.reshape(7, -1)  # error: shape-mismatch
rows @ rows  # error: shape-mismatch
(rows - rows.min(axis=1)) / 2  # error: shape-mismatch
np.stack([rows, marks])  # error: shape-mismatch
np.power(rows, np.arange(20))  # error: shape-mismatch
equal = rows == marks[0]
mixed = rows.astype("float32") @ marks.T[:, :6].T[:6]
`,
  "a cache by sizes and the name of a device": `
made = {}
def grid(x):
    key = f"{x.shape[-1]}-{x.device}"
    if key not in made:
        made[key] = torch.arange(x.shape[-1])
    return made[key]
def plane(x):
    key = (x.shape[-2], x.shape[-1], str(x.device))
    if key not in made:
        made[key] = torch.zeros(x.shape[-2:])
    return made[key]
a = grid(torch.zeros(2, 5))  # shape: (5,)
b = grid(torch.zeros(2, 7))  # shape: (7,)
c = plane(torch.zeros(3, 5))  # shape: (3, 5)
d = plane(torch.zeros(4, 5))  # shape: (4, 5)
`,
};

describe("Other packages", () => {
  for (const [what, program] of Object.entries(programs))
    it(`are understood: ${what}`, async () => {
      assert.deepEqual(await checkDocument(head + program), []);
    });
});
