"""Everything is built by name: what the names mean stands in files that nobody here names."""

import importlib

import torch

from zoo import build

config = dict(
    width=8,
    blocks=[dict(type="plain", stride=2), dict(type="Residual")],
    head=dict(type="Classes", classes=10),
)
model = build(config)
scores = model(torch.randn(4, 3, 16, 16))
table = torch.zeros(scores.shape[1], 3)
product = scores @ table
wrong = product @ scores  # error: shape-mismatch
by_name = importlib.import_module("zoo.heads").Classes(5, 2)
wrong = by_name(torch.randn(1, 6, 4, 4))  # error: shape-mismatch
