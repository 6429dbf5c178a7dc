"""The numbers in small tensors that a program computes from constants, and what makes them unknown."""
import math

import numpy as np
import torch
from torch import nn

depth, first, slope, factor = 6, 24, 10.0, 2.0
wanted = torch.arange(depth) * slope + first
steps = torch.round(torch.log(wanted / first) / math.log(factor))
widths = (torch.round(torch.divide(first * torch.pow(factor, steps), 8)) * 8).int().tolist()
a = torch.zeros(*widths[:3])  # shape: (24, 48, 48)
raised = torch.round(80 * torch.pow(2.25, torch.arange(3)) / 8).int().tolist()
a = torch.zeros(raised)  # shape: (10, 22, 51)
stages = torch.diff(torch.tensor([0, 2, 5, 6])).tolist()
a = torch.zeros(stages)  # shape: (2, 3, 1)
a = torch.zeros(int(torch.tensor([3, 4])[-1]))  # shape: (4,)
a = torch.zeros([n.item() for n in torch.arange(1, 4)])  # shape: (1, 2, 3)
a = torch.zeros(int(torch.ones(2)[0] + torch.full((1,), 2.0)[0]))  # shape: (3,)
b = torch.zeros(int((torch.tensor([5.0]) / 2 * 3).floor().item()))  # shape: (7,)
b = torch.zeros(int((torch.tensor([6.0]) / 3).floor().item()))  # shape: (?,)
b = torch.zeros(int((torch.tensor([7.0]) * 0.5 + 0.5).ceil()))  # shape: (4,)
b = torch.zeros(int(torch.tensor([0.1, 0.2])[1].item() * 10))  # shape: (?,)

# Whatever may write to the memory of a tensor makes its numbers unknown, in all tensors that share it.
written = torch.tensor([1, 2])
written[0] = 5
c = torch.zeros(written.tolist())  # shape: (5, 2)
added = torch.tensor([1, 2])
alias = added
added += 1
c = torch.zeros(alias.tolist())  # shape: (?, ?)
viewed = torch.tensor([1, 2])
viewed.view(2, 1).fill_(3)
c = torch.zeros(viewed.tolist())  # shape: (?, ?)
rows = torch.tensor([1, 2])
row = rows[0]
row.mul_(4)
c = torch.zeros(rows.tolist())  # shape: (?, ?)
kept = torch.tensor([1, 2])
same = kept.long()
same.add_(1)
c = torch.zeros(kept.tolist())  # shape: (?, ?)
shared = torch.tensor([1, 2])
as_array = shared.numpy()
as_array[0] = 7
c = torch.zeros(shared.tolist())  # shape: (?, ?)
target = torch.tensor([1, 2])
torch.add(torch.tensor([1, 1]), 1, out=target)
c = torch.zeros(target.tolist())  # shape: (?, ?)
part = torch.tensor([1, 2])
part.data.zero_()
c = torch.zeros(*part.tolist())  # shape: (?, ?)
relu = nn.ReLU(inplace=True)
negative = torch.tensor([-1.0, 2.0])
relu(negative)
c = torch.zeros(int(negative[0] + 2))  # shape: (?,)
looked = torch.tensor([1, 2])
count = looked.numel() + len(looked) + looked.size(0) + looked.dim()
c = torch.zeros(looked.tolist())  # shape: (1, 2)


class DropPath(nn.Module):
    def __init__(self, rate):
        super().__init__()
        self.rate = rate
        self.layer = nn.Linear(4, 5) if rate > 0.0 else nn.Linear(4, 6)

    def forward(self, x):
        return self.layer(x)


rates = [rate.item() for rate in torch.linspace(0, 0.1, 3)]
blocks = [DropPath(rate) for rate in rates]
d = blocks[0](torch.zeros(2, 4))  # shape: (2, 6)
d = blocks[1](torch.zeros(2, 4))  # shape: (2, 5)
d = blocks[2](torch.zeros(2, 4))  # shape: (2, 5)
smooth = np.linspace(0, 0.2, 3).tolist()
d = DropPath(smooth[0])(torch.zeros(2, 4))  # shape: (2, 6)
d = DropPath(smooth[2])(torch.zeros(2, 4))  # shape: (2, 5)
d = torch.zeros(int(smooth[1] * 100))  # shape: (10,)
