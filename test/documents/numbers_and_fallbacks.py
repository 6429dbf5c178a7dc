"""Infinite bounds, complex numbers, numbers of buffers and of running totals, and what named tuples have."""
from collections import namedtuple
import functools
import itertools
import operator

import numpy as np
import torch
from torch import nn

x = torch.zeros(min(4 + 4, float("inf")), min(3, None or float("inf")))  # shape: (8, 3)
kernel = np.outer([1, 2, 1], [-1, 0, 1]) / 8.0
x = torch.from_numpy(np.stack([kernel, kernel.T]))  # shape: (2, 3, 3)
rows, columns = np.meshgrid(np.arange(4.0), np.arange(5.0), sparse=False)
first, second = np.stack([rows, columns])
x = torch.from_numpy(first)  # shape: (5, 4)

x = torch.zeros(2, 6)
spun = 1j * x  # shape: (2, 6)
turned = torch.exp(-1j * x)  # shape: (2, 6)
parts = torch.view_as_real(turned)  # shape: (2, 6, 2)
wide = torch.zeros(2, dtype=torch.float64) * 2j + 1.0
y = torch.zeros(2 if wide.dtype == torch.complex128 else 3, 2 if spun.dtype == torch.complex64 else 3)  # shape: (2, 2)

ends = torch.cumsum(torch.LongTensor([0, 3, 2]), dim=0)
y = x[:, ends[0] : ends[1]]  # shape: (2, 3)
pieces = [x[:, start:end] for start, end in zip(ends[:-1], ends[1:])]
y = pieces[1]  # shape: (2, 2)

Pair = namedtuple("Pair", "left right")


class Wide(Pair):
    @property
    def both(self):
        return self.left + self.right


y = torch.zeros(2 if hasattr(Pair(1, 2), "left") else 3, 2 if hasattr(Pair(1, 2), "both") else 3)  # shape: (2, 3)
y = torch.zeros(Wide(1, 2).both if hasattr(Wide(1, 2), "both") else 9)  # shape: (3,)


class Levels(nn.Module):
    def __init__(self, levels=(4, 3, 3)):
        super().__init__()
        self.register_buffer("levels", torch.tensor(levels), persistent=False)
        self.table = nn.Embedding(self.levels.prod().item(), 5)

    def forward(self, codes):
        return self.table(codes)  # shape: (2, 5)


levels = Levels()
y = levels(torch.zeros(2).long())  # shape: (2, 5)
y = torch.zeros(sum(p.numel() for p in levels.parameters()))  # shape: (180,)
levels.load_state_dict({"table.weight": torch.zeros(36, 5)})
y = torch.zeros(int(levels.levels.max()))  # shape: (?,)


def known(key):
    try:
        return {3: 4}[key]
    except KeyError:
        return 10


y = torch.zeros(known(3), known(5))  # shape: (4, 10)

layers = [[nn.Linear(6, 8), nn.GELU()], [nn.Linear(8, 4)]]
y = nn.Sequential(*functools.reduce(operator.add, layers))(x)  # shape: (2, 4)


def pairwise(items):
    a, b = itertools.tee(items)
    next(b, None)
    return zip(a, b)


y = nn.Sequential(*[nn.Linear(a, b) for a, b in pairwise([6, 5, 7])])(x)  # shape: (2, 7)

lowest = -float("inf")
y = torch.zeros(pow(2, 5, 7), max(lowest, 3))  # shape: (4, 3)
y = torch.zeros(max(float("-inf"), 2), 5 if lowest < 0 else 7)  # shape: (2, 5)


class Gains(nn.Module):
    """A container of parameters makes one of every tensor."""

    def __init__(self):
        super().__init__()
        self.named = nn.ParameterDict({"a": torch.zeros(3), "b": nn.Parameter(torch.zeros(2))})
        self.listed = nn.ParameterList([torch.zeros(4), nn.Parameter(torch.zeros(2))])
        self.listed.append(torch.zeros(5))
        self.named["c"] = torch.zeros(7)
        self.plain = torch.zeros(9)

    def forward(self, x):
        return x * self.named["a"] + self.named.c.sum() + self.listed[2].sum()


gains = Gains()
y = gains(torch.randn(2, 3))  # shape: (2, 3)
y = torch.zeros(sum(p.numel() for p in gains.parameters()), len(gains.listed), len(gains.named))  # shape: (23, 3, 3)
