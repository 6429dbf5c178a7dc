# run: early(torch.zeros(2, 8), True)
# run: early(torch.zeros(2, 8), False)
# run: widths(True)
# run: widths(False)
# run: other(True)
# run: breaks([1, 2, 3])
# run: nested([1, 2], True)
# run: attempt()
# run: Switch(True)(torch.zeros(2, 8))
# run: Either(True)(torch.zeros(2, 8))
# run: Either(False)(torch.zeros(2, 16))
import torch
from torch import nn


def early(x: torch.Tensor, flag):
    if flag:
        return torch.zeros(2, 3)  # shape: (2, 3)
    y = torch.zeros(2, 5)  # shape: (2, 5)
    return y


one_of = early(torch.zeros(2, 8), len(open("/dev/null").read()) == 1)  # shape: (2, ?)


def widths(flag):
    if flag:
        x = torch.zeros(4, 16)
    else:
        x = torch.zeros(4, 32)
    y = x  # shape: (4, ?)
    layer = nn.Linear(16, 2) if flag else nn.Linear(32, 2)
    z = layer(x)  # shape: (4, 2)
    return y, z


def other(flag):
    if flag:
        x = torch.zeros(4, 16)
    else:
        x = torch.zeros(4)
    y = x  # shape: (4, …)
    return y


def breaks(items):
    x = torch.zeros(2, 4)
    for item in items:
        if item == 2:
            x = torch.zeros(2, 5)
            break
        if item == 1:
            continue
        x = torch.zeros(2, 4)
    y = x  # shape: (2, ?)
    return y


def nested(items, flag):
    x = torch.zeros(2, 4)
    for item in items:
        if flag:
            x = torch.zeros(3, 4)
            if item == 1:
                break
            x = torch.zeros(2, 4)
    y = x  # shape: (?, 4)
    return y


def attempt():
    x = torch.zeros(2, 3)
    try:
        x = nn.Linear(4, 5)(x)
    except RuntimeError:
        x = torch.zeros(2, 6)
    y = x  # shape: ?
    return y


class Switch(nn.Module):
    def __init__(self, wide):
        super().__init__()
        self.fc = nn.Linear(8, 4)
        if wide:
            self.extra = nn.Linear(4, 9)

    def forward(self, x):
        x = self.fc(x)  # shape: (*, 4)
        if hasattr(self, "extra"):
            x = self.extra(x)
        return x  # shape: (*, ?)


class Either(nn.Module):
    def __init__(self, small):
        super().__init__()
        self.small = small
        self.a = nn.Linear(8, 4)
        self.b = nn.Linear(16, 4)

    def forward(self, x):
        # Each side says another width of the input, so that none is known before; all others are the same ones.
        y = self.a(x) if self.small else self.b(x)  # shape: (*, 4)
        return y
