"""In which order a dict has its keys when branches have changed it."""
import random
from collections import OrderedDict

import torch


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
