"""The machinery that large libraries of models have around their layers."""

import functools
from collections import OrderedDict, deque
from typing import NamedTuple, Optional

import torch
from torch import Tensor, nn


def create(layer, inplace=None, **options):
    """An activation that may not work in place."""
    if inplace is None:
        return layer(**options)
    try:
        return layer(inplace=inplace, **options)
    except TypeError:
        return layer(**options)


class Normed(nn.BatchNorm2d):
    def __init__(self, channels, activation=nn.ReLU, device=None, dtype=None):
        try:
            super().__init__(channels, **{"device": device, "dtype": dtype})
        except TypeError:
            super().__init__(channels)
        self.activation = create(activation, inplace=True)

    def forward(self, x):
        return self.activation(super().forward(x))


y = Normed(4)(torch.randn(2, 4, 8, 8))  # shape: (2, 4, 8, 8)
y = Normed(4, nn.Sigmoid)(torch.randn(2, 4, 8, 8))  # shape: (2, 4, 8, 8)


class Squeeze(nn.Module):
    def __init__(self, width, ratio=0.25):
        super().__init__()
        self.reduce = nn.Linear(width, int(width * ratio))

    def forward(self, x):
        return self.reduce(x)


def takes(layer, name):
    try:
        layer(4, **{name: 1.0})
        return True
    except TypeError:
        return False


y = torch.zeros(3 if takes(Squeeze, "ratio") else 5, 3 if takes(Squeeze, "rate") else 5)  # shape: (3, 5)

chosen = functools.partial(Squeeze, ratio=0.5)
options = {}
options.update(chosen.keywords)
y = chosen.func(8, **options)(torch.zeros(2, 8))  # shape: (2, 4)


class Config(dict):
    """Names may be written until it is frozen."""

    FROZEN = "__frozen__"

    def __init__(self, values=None):
        values = {} if values is None else {k: Config(v) if type(v) is dict else v for k, v in values.items()}
        super().__init__(values)
        self.__dict__[Config.FROZEN] = False

    def __getattr__(self, name):
        if name in self:
            return self[name]
        raise AttributeError(name)

    def __setattr__(self, name, value):
        if self.__dict__[Config.FROZEN]:
            raise AttributeError(name)
        self[name] = value

    def freeze(self):
        self.__dict__[Config.FROZEN] = True
        return self


config = Config({"MODEL": {"WIDTH": 6}})
config.MODEL.DEPTH = 3
config.freeze()
y = nn.Linear(4, config.MODEL.WIDTH)(torch.zeros(config.MODEL.DEPTH, 4))  # shape: (3, 6)

Output = NamedTuple("Output", [("x", Tensor), ("mask", Optional[Tensor])])


class Lazy(nn.Module):
    """Makes its weight when it is called first."""

    def __init__(self, width):
        super().__init__()
        self.width = width
        self.built = False

    def __call__(self, x, *args, **kwargs):
        if not self.built:
            self.weight = nn.Parameter(torch.zeros(x.shape[-1], self.width))
            self.built = True
        return super().__call__(x, *args, **kwargs)

    def forward(self, x):
        return Output(x=x @ self.weight, mask=None)


lazy = Lazy(5)
y = lazy(torch.zeros(2, 7)).x  # shape: (2, 5)
y = torch.zeros(sum(p.numel() for p in lazy.parameters()))  # shape: (35,)


class Widths(nn.Module):
    def __init__(self, indices=range(3)):
        super().__init__()
        if not isinstance(indices, (list, tuple)):
            indices = [9, *indices]
        self.heads = nn.ModuleList(nn.Linear(4, 4) for _ in indices)
        del self.heads[3:]
        batchnorm = nn.modules.batchnorm
        self.norms = [m for m in self.modules() if isinstance(m, (batchnorm.BatchNorm1d, batchnorm.BatchNorm2d))]

    def forward(self, x):
        return x.new_zeros(len(self.heads), len(self.norms))


y = Widths()(torch.zeros(2, 4))  # shape: (3, 0)
kinds = [isinstance(value, (list, tuple)) for value in (range(3), {}.keys(), deque(), map(int, "12"), [1])]
y = torch.zeros([2 + isinstance(value, list) for value in (range(3), {}.keys(), deque())])  # shape: (2, 2, 2)
y = torch.zeros(3 if type(OrderedDict()) is dict else 4, 3 if isinstance(OrderedDict(), dict) else 4)  # shape: (4, 3)

net = nn.Sequential(nn.Linear(4, 5), nn.ReLU())
names = [inner for name, child in net.named_children() for inner, _ in child.named_modules(prefix=name)]
y = torch.zeros(2 if names == ["0", "1"] else 3)  # shape: (2,)
twice = nn.Sequential(net[0], net[0])
y = torch.zeros(len(list(twice.named_modules())), len(list(twice.named_modules(remove_duplicate=False))))  # shape: (2, 3)


def build(layer, **arguments):
    """Says which class it was that failed."""
    try:
        return layer(**arguments)
    except Exception as error:
        raise type(error)(f"{layer.__name__}: {error}") from error


y = build(nn.Linear, in_features=4, out_features=3)(torch.zeros(2, 4))  # shape: (2, 3)
