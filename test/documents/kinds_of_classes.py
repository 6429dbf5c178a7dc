"""What a class derives from and has: PyTorch's own layers, dicts and namespaces among the bases."""
from argparse import Namespace
from collections import namedtuple
from types import SimpleNamespace
from typing import NamedTuple

import torch
from torch import nn
from torch.nn.modules.batchnorm import _BatchNorm
from torch.nn.modules.conv import _ConvNd


class Settings(SimpleNamespace):
    @classmethod
    def nested(cls, given):
        made = cls()
        for name, value in given.items():
            setattr(made, name, cls.nested(value) if isinstance(value, dict) else value)
        return made

    def get(self, name, default=None):
        return getattr(self, name, default)


class Wide(Namespace):
    def __init__(self, width, **others):
        super().__init__(**others)
        self.width = 2 * width


settings = Settings.nested({"model": {"width": 4, "sizes": [5, 6]}, "depth": 3})
a = torch.zeros(settings.depth, settings.model.width, *settings.model.sizes)  # shape: (3, 4, 5, 6)
a = torch.zeros(settings.get("depth"), settings.get("heads", 7))  # shape: (3, 7)
wide = Wide(4, heads=2)
a = torch.zeros(wide.width, wide.heads)  # shape: (8, 2)


class Marked(nn.ReLU):
    _short_ = "marked"


class Entries(dict):
    pass


def short(layer):
    if hasattr(layer, "_short_"):
        return layer._short_
    if issubclass(layer, _BatchNorm):
        return "bn"
    return "conv" if issubclass(layer, _ConvNd) else "other"


sizes = {"marked": 2, "bn": 3, "conv": 4, "other": 5}
layers = [Marked, nn.BatchNorm2d, nn.ConvTranspose1d, nn.GroupNorm]
a = torch.zeros([sizes[short(layer)] for layer in layers])  # shape: (2, 3, 4, 5)
a = torch.zeros(2 if isinstance(nn.ReLU6(), nn.Hardtanh) else 3)  # shape: (2,)
a = torch.zeros(2 if isinstance(nn.ZeroPad2d(1), nn.ConstantPad2d) else 3)  # shape: (2,)
a = torch.zeros(2 if isinstance(nn.ReLU(), (list, tuple)) else 3)  # shape: (3,)
a = torch.zeros(2 if isinstance(Entries(), list) else 3)  # shape: (3,)
a = torch.zeros(2 if isinstance(Entries(), dict) else 3)  # shape: (2,)
a = torch.zeros(2 if hasattr(nn.LSTM, "flatten_parameters") else 3)  # shape: (?,)
a = torch.zeros(2 if hasattr(nn.Linear, "factory") else 3)  # shape: (3,)
a = torch.zeros(2 if Marked in {Entries, Marked, nn.Conv2d} else 3)  # shape: (2,)
a = torch.zeros(2 if short in (nn.Linear, Entries) else 3)  # shape: (3,)
a = torch.zeros({Marked: 4, nn.Conv2d: 5, Entries: 6}[Entries], len({Marked, Marked, nn.Linear}))  # shape: (6, 2)
a = torch.zeros(2 if [1, 2] != -1 else 3, 2 if (1,) == 1 else 3)  # shape: (2, 3)


class State(NamedTuple):
    mean: torch.Tensor
    deep: torch.Tensor


states = [State(torch.zeros(2, 3), torch.zeros(2, 5)) for _ in range(4)]
state = State(*(torch.stack([getattr(one, name) for one in states], dim=1) for name in State._fields))
a = torch.cat([state.mean, state.deep], dim=-1)  # shape: (2, 4, 8)


class Probing(nn.Module):
    def __init__(self):
        super().__init__()
        self.body = nn.Conv2d(3, 4, 3)
        probe = self.forward(torch.zeros(1, 3, 8, 8))
        self.head = nn.Linear(len(probe), 2)

    def forward(self, x):
        x = self.body(x)
        return [x, x, x] if self.training else x


a = Probing().head(torch.zeros(5, 3))  # shape: (5, 2)


class Anchored(nn.Module):
    def __init__(self, anchors=()):
        super().__init__()
        self.count = len(anchors[0]) // 2
        self.register_buffer("anchors", torch.tensor(anchors).float().view(len(anchors), -1, 2))

    def forward(self, x):
        return x * self.anchors.sum()


kind = str(Marked)[8:-2].replace("__main__.", "")
named = nn.Sequential(nn.Linear(2, 3))
named.kind = kind
a = torch.zeros(sum(p.numel() for p in named.parameters()))  # shape: (9,)


class Columns:
    def __init__(self, sizes):
        self.sizes = sizes

    def __iter__(self):
        return iter(self.sizes)


class Counting:
    def __iter__(self):
        for i in range(3):
            yield i + 2


a = torch.zeros([size for size in Columns([4, 5])] + list(Counting()))  # shape: (4, 5, 2, 3, 4)


class Optional(nn.Module):
    def __init__(self, p):
        super().__init__()
        self.drop = nn.Dropout(p) if p > 0 else None

    def forward(self, x):
        if self.training and self.drop is not None:
            x = self.drop(x)
        return x


a = Optional(0)(torch.zeros(2, 3))  # shape: (2, 3)


class Sparse(namedtuple("Sparse", ["name", "size", "dim"])):
    __slots__ = ()

    def __new__(cls, name, size, dim=4):
        return super(Sparse, cls).__new__(cls, name, size, 7 if dim == "auto" else dim)

    @property
    def twice(self):
        return 2 * self.dim


class Dense(namedtuple("Dense", ["name", "dim"])):
    pass


features = [Sparse("user", 3), Sparse("city", 5, "auto"), Dense("age", 2)]
a = torch.zeros([f.dim for f in features if isinstance(f, Sparse)])  # shape: (4, 7)
a = torch.zeros([f.dim for f in filter(lambda f: isinstance(f, (Dense,)), features)])  # shape: (2,)
a = torch.zeros(features[0].twice, features[0].size)  # shape: (8, 3)
places = {"user": (2, 3), "all": (1, 6, 2)}
a = torch.zeros(4, 6)[:, slice(*places["all"])]  # shape: (4, 3)
a = torch.zeros(4, 6)[slice(3), slice(None)]  # shape: (3, 6)
