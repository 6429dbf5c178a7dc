"""Enumerations whose members are texts or numbers, as configurations have them."""
import enum

import torch
from torch import nn


class Norm(str, enum.Enum):
    LAYER = "layer"
    BATCH = "batch"
    SAME = "layer"

    def width(self):
        return 4 if self is Norm.LAYER else 7

    @property
    def shouted(self):
        return self.value.upper()


class Size(enum.IntEnum):
    SMALL = 3
    BIG = enum.auto()


class Color(enum.Enum):
    RED = 1
    GREEN = 2


norm = Norm.LAYER
x = torch.zeros(len(norm.value), len(norm.name), len(Norm("batch").name), len(Norm.SAME.name))  # shape: (5, 5, 5, 5)
x = torch.zeros(len(Norm), len(list(Size)), Size.BIG, Size(3).value)  # shape: (2, 2, 4, 3)
x = torch.zeros(len(norm.shouted), norm.width(), Norm["BATCH"].width())  # shape: (5, 4, 7)
x = torch.zeros({"layer": 2}[norm.value], {Norm.LAYER: 9}[Norm("layer")])  # shape: (2, 9)
x = torch.zeros(1 if isinstance(norm, Norm) else 2, 1 if isinstance("layer", Norm) else 2)  # shape: (1, 2)
x = torch.zeros(1 if norm == "layer" else 2, 1 if norm in ("layer", "x") else 2)  # shape: (1, 1)
x = torch.zeros(*[color.value for color in Color], *[len(each) for each in Norm])  # shape: (1, 2, 5, 5)
x = torch.zeros(len(f"{norm}"), 1)  # shape: (?, 1)


class Normed(nn.Module):
    def __init__(self, norm=Norm.LAYER):
        super().__init__()
        self.linear = nn.Linear(3, 4)
        self.norm = nn.LayerNorm(4) if norm.value == "layer" else nn.BatchNorm2d(4)
        self.tables = nn.ModuleDict({"words": nn.Embedding(20, 4)})
        if Norm(norm) == Norm.BATCH:
            self.tables["places"] = nn.Embedding(20, 4)

    def forward(self, x):
        x = self.norm(self.linear(x))  # shape: (2, 4)
        return x + len(self.tables) if "places" in self.tables else x


y = Normed()(torch.zeros(2, 3))  # shape: (2, 4)
