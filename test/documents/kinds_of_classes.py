"""What a class derives from and has: PyTorch's own layers, dicts and namespaces among the bases."""
from argparse import Namespace
from types import SimpleNamespace

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
