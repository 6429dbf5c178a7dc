# run: opaque(torch.zeros(2, 3, 8))
# run: Pair()([torch.zeros(2, 4), torch.zeros(2, 5)])
# run: changed()
# run: flags(torch.zeros(2, 3, 4))
# run: Middle()(torch.zeros(2, 6))
import random

import torch
from torch import nn
import torch.nn.functional as F


def opaque(x):
    x = torch.zeros(2, 3, 8)  # shape: (2, 3, 8)
    y = torch.transpose_copy(x, 0, 1)  # shape: ?
    z = torch.view_copy(x, (6, 8))  # shape: ?
    x = torch.slice_copy(x, 0, 0, 1, 1)  # shape: ?
    return torch.ormqr(torch.zeros(8, 3), torch.zeros(3), torch.zeros(8, 3))  # shape: ?


class Pair(nn.Module):
    """Its input is a list, which nothing says."""

    def __init__(self):
        super().__init__()
        self.a = nn.Linear(4, 2)
        self.b = nn.Linear(5, 2)

    def forward(self, x):
        p = self.a(x[0])  # shape: (*, 2)
        q = self.b(x[1])  # shape: (*, 2)
        return p, q


def changed():
    sizes = [2, 3]
    random.shuffle(sizes)
    x = torch.zeros(*sizes)  # shape: ?
    sizes.sort()
    options = {"a": 1}
    if random.random() < 0.5:
        options["b"] = 2
    y = torch.zeros(len(options))  # shape: (?,)
    z = torch.zeros(options.get("b", 5))  # shape: (?,)
    w = torch.zeros(2, 3)
    w.unsqueeze_(0)
    v = w  # shape: (1, 2, 3)
    return v


def flags(x):
    a = torch.zeros(2, 3, 4)
    b = a.sum(axis=1)  # shape: (2, 4)
    c = a.mean(dim=-1, keepdims=True)  # shape: (2, 3, 1)
    d = torch.cat((a, a), axis=2)  # shape: (2, 3, 8)
    e, f = F.max_pool1d(a, 2, return_indices=True)  # shape: (2, 3, 2), (2, 3, 2)
    return d


class Middle(nn.Module):
    """Which dimension the second one is depends on the rank of the input."""

    def __init__(self):
        super().__init__()
        self.fc = nn.Linear(6, 8)
        self.weight = nn.Parameter(torch.zeros(8, 2))

    def forward(self, x):
        h = self.fc(x)  # shape: (D, 8)
        top = h.max(1)
        return torch.mm(h, self.weight)  # shape: (D, 2)
