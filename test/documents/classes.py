# run: Child()(torch.zeros(5, 8))
# run: Left()
# run: ConvNormRelu(3, 8)(torch.zeros(1, 3, 4, 4))
# run: Named()(torch.zeros(2, 4))
# run: static(torch.zeros(2, 3))
# run: Wide.build()(torch.zeros(1, 3))
from collections import OrderedDict

import torch
from torch import nn


class Base(nn.Module):
    width = 8

    def __init__(self, out=4):
        super().__init__()
        self.fc = nn.Linear(self.width, out)
        self.build()

    def build(self):
        self.head = nn.Linear(4, 2)

    def forward(self, x):
        return self.head(self.fc(x))  # shape: (5, 3)


class Child(Base):
    def __init__(self):
        super().__init__(out=6)

    def build(self):
        self.head = nn.Linear(6, 3)

    @property
    def double(self):
        return 2 * self.width

    @staticmethod
    def twice(x):
        return torch.cat([x, x], dim=-1)

    def forward(self, x):
        x = super().forward(x)
        y = torch.zeros(1, self.double)  # shape: (1, 16)
        z = self.twice(y)  # shape: (1, 32)
        return x  # shape: (5, 3)


child = Child()
result = child(torch.zeros(5, 8))  # shape: (5, 3)


class Top(nn.Module):
    def __init__(self):
        super().__init__()
        self.order = ["top"]


class Right(Top):
    def __init__(self):
        super().__init__()
        self.order.append("right")


class Left(Top):
    def __init__(self):
        super().__init__()
        self.order.append("left")


class Both(Left, Right):
    def __init__(self):
        super().__init__()


# Python looks for `Right` before the base that both share.
seen = torch.zeros(len(Both().order))  # shape: (3,)


class ConvNormRelu(nn.Sequential):
    def __init__(self, before, after):
        super().__init__(nn.Conv2d(before, after, 3, padding=1), nn.BatchNorm2d(after), nn.ReLU())
        self.out_channels = after


features = ConvNormRelu(3, 8)(torch.zeros(2, 3, 16, 16))  # shape: (2, 8, 16, 16)


class Named(nn.Module):
    def __init__(self):
        super().__init__()
        self.net = nn.Sequential(OrderedDict([("a", nn.Linear(4, 5)), ("b", nn.Linear(5, 6))]))

    def forward(self, x):
        y = self.net.a(x)  # shape: (*, 5)
        return self.net(x)  # shape: (*, 6)


def static(x):
    y = Child.twice(torch.zeros(2, 3))  # shape: (2, 6)
    return y


class Wide(nn.Module):
    def __init__(self, width=3):
        super().__init__()
        self.fc = nn.Linear(3, width)

    @classmethod
    def build(cls):
        return cls(width=7)

    def forward(self, x):
        return self.fc(x)  # shape: (1, 7)


wide = Wide.build()(torch.zeros(1, 3))  # shape: (1, 7)
