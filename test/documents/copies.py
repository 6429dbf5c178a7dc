# run: Copies()(torch.zeros(3, 4))
import copy

import torch
from torch import nn


class Copies(nn.Module):
    def __init__(self):
        super().__init__()
        layer = nn.Linear(4, 4)
        self.layers = nn.ModuleList([copy.deepcopy(layer) for _ in range(3)])
        self.shared = nn.ModuleList([layer for _ in range(3)])

    def forward(self, x):
        own = torch.zeros(len(list(self.layers.parameters())))  # shape: (6,)
        shared = torch.zeros(len(list(self.shared.parameters())))  # shape: (2,)
        return own, shared
