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


# A shallow copy keeps its parts where the model itself does, and everything else apart.
class Classifier(nn.Module):
    def __init__(self):
        super().__init__()
        self.body = nn.Linear(4, 6)
        self.head = nn.Linear(6, 2)


model = Classifier()
other = copy.copy(model)
other.head = nn.Linear(6, 7)
other.width = 3
x = model.head(torch.zeros(2, 6))  # shape: (2, 7)
x = torch.zeros(3 if hasattr(model, "width") else 5)  # shape: (5,)
del other.body
x = torch.zeros(len(list(model.children())))  # shape: (1,)
