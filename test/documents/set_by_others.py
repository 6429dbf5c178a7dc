# run: Components().projected()
"""What a method finds on its object may have been set by another one, by a hook or by a class that derives from its own."""
import torch
from torch import nn


class Components:
    """Nobody calls its methods here; who does calls `fit` first."""

    size = torch.zeros(1)

    def __init__(self, rank=(), reduction="none"):
        self.rows = []
        self.mean = torch.empty(0)
        self.rank = rank
        self.loss = nn.MSELoss(reduction=reduction)
        self._scale = torch.zeros(1)
        self.reset()

    def reset(self):
        self.basis = torch.zeros(4, 2)

    @property
    def scale(self):
        return self._scale

    @scale.setter
    def scale(self, value):
        self._scale = value

    def fit(self, x):
        self.rows = torch.stack(self.rows)
        self.mean, _ = x.mean(0), x.std(0)

    def transform(self, x):
        centred = torch.ones(3, 4) - self.mean
        return self.rows[:, 0], self.rank.shape, self.scale[0, 1], self.size[0, 1], centred

    def measured(self, x):
        return self.loss(torch.zeros(2), torch.zeros(2)).item()

    def projected(self):
        return torch.ones(3, 5) @ self.basis  # error: shape-mismatch


class Wider(Components):
    size = torch.zeros(2, 2)


class Scaled(nn.Module):
    def __init__(self):
        super().__init__()
        self.layer = nn.Linear(3, 8)
        self.mean = torch.empty(0)

    def fit(self, x):
        self.mean = x.mean(0)

    def forward(self, x):
        return self.layer(x) - self.mean


class Attributed:
    """Gradients that a hook leaves when they are computed."""

    def __init__(self, layer):
        self.gradient = []
        layer.register_full_backward_hook(self.keep)

    def keep(self, layer, inputs, outputs):
        self.gradient = outputs[0]


layer = nn.Linear(3, 4)
attributed = Attributed(layer)
x = torch.zeros(len(attributed.gradient))  # shape: (0,)
layer(torch.rand(2, 3)).sum().backward()
weights = attributed.gradient[:, 0]

seen = []
x = torch.rand(3, requires_grad=True)
y = x * 2
y.register_hook(lambda gradient: seen.append(gradient))
x = torch.zeros(len(seen))  # shape: (0,)
y.sum().backward()
x = torch.zeros(len(seen))  # shape: (?,)
