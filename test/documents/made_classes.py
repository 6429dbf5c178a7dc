"""Classes that a metaclass registers or changes, and classes that a call of `type` makes."""
import torch
from torch import nn

registered = {}
named = {}


class Registering(type):
    def __init__(cls, name, bases, namespace, key=None):
        super().__init__(name, bases, namespace)
        if key:
            registered[key] = cls

    def __new__(metaclass, name, bases, namespace, key=None):
        return super().__new__(metaclass, name, bases, namespace)


class Base(nn.Module, metaclass=Registering):
    pass


class Wide(Base, key="wide"):
    def __init__(self, width=4):
        super().__init__()
        self.linear = nn.Linear(3, width)

    def forward(self, x):
        return self.linear(x)


class Naming(type):
    def __new__(metaclass, name, bases, namespace):
        namespace["width"] = 2 * namespace.get("half", 1)
        made = super().__new__(metaclass, name, bases, namespace)
        named[name.lower()] = made
        return made


class Narrow(nn.Module, metaclass=Naming):
    half = 5

    def __init__(self):
        super().__init__()
        self.linear = nn.Linear(3, self.width)

    def forward(self, x):
        return self.linear(x)


x = torch.zeros(2, 3)
y = registered["wide"](6)(x)  # shape: (2, 6)
y = named["narrow"]()(x)  # shape: (2, 10)
y = torch.zeros(len(registered), len(named), Narrow.width)  # shape: (1, 1, 10)

Swish = type("Swish", (nn.Module,), {"forward": lambda self, x: x * torch.sigmoid(x)})
y = nn.Sequential(nn.Linear(3, 5), Swish(), nn.Flatten())(x)  # shape: (2, 5)
y = torch.zeros(len(Swish.__name__), len(type(Swish()).__name__))  # shape: (5, 5)


def initialise(self, width):
    nn.Linear.__init__(self, 3, width)


Fixed = type("Fixed", (nn.Linear,), {"scale": 2, "__init__": initialise})
fixed = Fixed(7)
y = fixed(x) * fixed.scale  # shape: (2, 7)
y = torch.zeros(sum(p.numel() for p in fixed.parameters()))  # shape: (28,)
