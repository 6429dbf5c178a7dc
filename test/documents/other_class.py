"""An object that becomes one of another class: its attributes stay, its methods are others."""

import copy
import torch
from torch import nn


class Wide(nn.Linear):
    def forward(self, x):
        y = super().forward(x)
        return torch.cat([y, self.extra], -1)

    @classmethod
    def convert(cls, layer):
        new = copy.deepcopy(layer)
        new.__class__ = cls
        new.extra = nn.Parameter(torch.zeros(2, 5))
        return new


class Early(nn.Module):
    def __init__(self):
        super().__init__()
        self.a = nn.Linear(4, 6)

    def forward(self, x):
        return self.a(x)

    def become(self):
        self.__class__ = Late
        return self


class Late(Early):
    def forward(self, x):
        return super().forward(x).sum(-1)


x = torch.zeros(2, 4)
e = Early()
held = [e]
y = e(x)  # shape: (2, 6)
e.__class__ = Late
y = held[0](x)  # shape: (2,)
w = Wide.convert(nn.Linear(4, 6))
y = w(x)  # shape: (2, 11)
n = sum(p.numel() for p in w.parameters())
y = torch.zeros(n)  # shape: (40,)
late = Early().become()
y = late(x)  # shape: (2,)
o = Early()
o.a.__class__ = Wide
o.a.extra = torch.zeros(2, 1)
y = o(x)  # shape: (2, 7)
o.__class__ = nn.Identity
y = o(x)  # shape: ?


class Growing(Early):
    """What a constructor makes of its own object is not followed."""

    def __init__(self):
        super().__init__()
        self.__class__ = Late


y = Growing()(x)  # shape: ?
