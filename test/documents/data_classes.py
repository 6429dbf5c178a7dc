"""Configurations as data classes, named tuples and enumerations."""
import dataclasses
from collections import namedtuple
from dataclasses import dataclass, field
from enum import Enum, EnumMeta, auto
from typing import ClassVar, List, NamedTuple, Optional

import torch
from torch import nn


@dataclass
class Config:
    width: int = 16
    heads: int = 4
    sizes: List[int] = field(default_factory=lambda: [3, 5])
    classes: Optional[int] = None
    count: ClassVar[int] = 9
    head_size: int = field(init=False)

    def __post_init__(self):
        self.head_size = self.width // self.heads
        if self.classes is None:
            self.classes = 10

    @property
    def double(self):
        return 2 * self.width

    @classmethod
    def large(cls):
        return cls(width=64, classes=3)


@dataclass(frozen=True)
class Wide:
    rows: int
    columns: int = 2


@dataclass
class Deep(Config):
    depth: int = 3
    width: int = 32


class Model(nn.Module):
    def __init__(self, config: Config):
        super().__init__()
        self.config = config
        self.fc = nn.Linear(config.width, config.classes)

    def forward(self, x):
        return self.fc(x)


a = Model(Config())(torch.zeros(2, 16))  # shape: (2, 10)
a = Model(Config(8, classes=5))(torch.zeros(2, 8))  # shape: (2, 5)
a = Model(Config.large())(torch.zeros(2, 64))  # shape: (2, 3)
wider = dataclasses.replace(Config(), width=24)
a = torch.zeros(wider.width, wider.head_size)  # shape: (24, 6)
a = torch.zeros(Config().head_size, Config().double, Config.count)  # shape: (4, 32, 9)
a = torch.zeros(*Config().sizes)  # shape: (3, 5)
a = torch.zeros(Deep().width, Deep().depth, Deep().head_size)  # shape: (32, 3, 8)
a = torch.zeros(Deep(2, 1).width, len(Deep(2, 1).sizes))  # shape: (2, 2)
first = Config()
first.sizes.append(7)
a = torch.zeros(len(first.sizes), len(Config().sizes))  # shape: (3, 2)
a = torch.zeros(dataclasses.replace(Wide(3), columns=6).columns, Wide(rows=3).columns)  # shape: (6, 2)
a = torch.zeros(*dataclasses.asdict(Wide(3)).values())  # shape: (3, 2)
a = torch.zeros(len(dataclasses.fields(Wide)))  # shape: (2,)

Point = namedtuple("Point", ["x", "y", "z"], defaults=[4])
p = Point(2, y=3)
b = torch.zeros(p.x, p.y, p.z)  # shape: (2, 3, 4)
b = torch.zeros(p)  # shape: (2, 3, 4)
x, y, z = p
b = torch.zeros(z, p[0])  # shape: (4, 2)
b = torch.zeros(p._replace(x=9))  # shape: (9, 3, 4)
b = torch.zeros(*p._asdict().values())  # shape: (2, 3, 4)


class Size(NamedTuple):
    height: int
    width: int = 6

    @property
    def area(self):
        return self.height * self.width


s = Size(2)
b = torch.zeros(s.height, s.width, s.area)  # shape: (2, 6, 12)


class Mode(Enum):
    TRAIN = "train"
    TEST = "test"


def choose(mode):
    if mode == Mode.TRAIN:
        return 3
    return 5


c = torch.zeros(choose(Mode.TRAIN), choose(Mode.TEST), choose(Mode("train")))  # shape: (3, 5, 3)
c = torch.zeros(len(Mode.TEST.value), len(Mode["TRAIN"].name))  # shape: (4, 5)
c = torch.zeros(2 if Mode.TRAIN is Mode.TEST else 1)  # shape: (1,)
c = torch.zeros(2 if Mode.TRAIN == "train" else 1)  # shape: (?,)


class Preset(Enum):
    TINY = auto()
    LARGE = auto()

    @property
    def width(self):
        return {Preset.TINY: 16, Preset.LARGE: 64}[self]


c = torch.zeros(Preset.TINY.width, Preset.LARGE.width, Preset.LARGE.value)  # shape: (16, 64, 2)


class ByName(EnumMeta):
    def named(cls, name):
        return cls[name]


@dataclass
class Recipe:
    url: str
    width: int
    change: object = dataclasses.field(default_factory=dict)


class Weights(Enum, metaclass=ByName):
    def __init__(self, recipe):
        self._value_ = recipe

    FIRST = Recipe("first", 3)
    SECOND = Recipe("second", 5)
    BEST = SECOND


c = torch.zeros(Weights.BEST.value.width, Weights.named("FIRST").value.width)  # shape: (5, 3)
c = torch.zeros(Weights["BEST"].value.width, Weights.SECOND.value.width)  # shape: (5, 5)
