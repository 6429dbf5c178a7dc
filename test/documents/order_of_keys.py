"""In which order a dict has its keys when branches have changed it."""
import random
from collections import OrderedDict

import torch
from torch import nn


def without_first(x):
    sizes = {"a": 2, "b": 3}
    if x.mean() > 0:
        sizes.pop("a")
        raise ValueError("not these")
    return torch.zeros(list(sizes.values()))


x = without_first(torch.zeros(3))  # shape: (2, 3)

sizes = {"n": 4, "m": 2}
try:
    sizes = {**sizes, "n": 1}
    raise ValueError("later")
except ValueError:
    pass
x = torch.zeros(list(sizes.values()))  # shape: (1, 2)

# Taken out and put in again it stands behind the others; nobody knows whether it was.
sizes = dict(a=1, b=2)
if random.random() < 0.5:
    sizes.pop("a")
    sizes["a"] = 7
x = torch.zeros(list(sizes.values()))  # shape: ?
x = torch.zeros(sizes["b"])  # shape: (2,)

sizes = OrderedDict(a=1, b=2)
if random.random() < 0.5:
    sizes.move_to_end("a")
x = torch.zeros(list(sizes.values()))  # shape: ?
sizes = OrderedDict(a=1, b=2)
sizes.move_to_end("a")
x = torch.zeros(list(sizes.values()))  # shape: (2, 1)


class Options:
    pass


if random.random() < 0.5:
    Options.width = 4
x = torch.zeros(getattr(Options(), "width", 13))  # shape: ?


# The layers of a module likewise.
def moved():
    model = nn.ModuleDict({"a": nn.Linear(3, 4), "b": nn.Linear(4, 5)})
    if random.random() < 0.5:
        layer = model.pop("a")
        model["a"] = layer
    first, *_ = model.values()
    return model["a"](torch.zeros(2, 3)), first.weight


x, first = moved()
x = x * 1  # shape: (2, 4)
x = first * 1  # shape: ?

# What stood last before stands last again.
model = nn.Sequential(OrderedDict(a=nn.Linear(3, 4), b=nn.Linear(4, 5)))
if random.random() < 0.5:
    layer = model.b
    del model.b
    model.b = layer
x = model(torch.zeros(2, 3))  # shape: (2, 5)

# Views show what is there when they are looked at.
parts = {"a": torch.zeros(2, 3)}
values, names = parts.values(), parts.keys()
parts["b"] = torch.zeros(2, 4)
x = torch.cat(list(values), dim=1)  # shape: (2, 7)
x = torch.zeros(len(names))  # shape: (2,)
layers = nn.ModuleDict({"a": nn.Linear(1, 2)})
names = layers.keys()
layers["b"] = nn.Linear(2, 3)
x = torch.zeros(len(names))  # shape: (2,)
