"""What is written through something that may be one of several objects may be written to any of them."""
import os
from collections import namedtuple

import torch
from torch import nn

is_set = os.environ.get("NEVER_SET") is not None
where = int(is_set)


def count(*numbers):
    return torch.zeros(*numbers)


# Lists and dicts: one of the two has grown.
first, second, third = [1, 2], [3, 4], [5]
(first if is_set else second).append(6)
one = count(len(first))  # shape: (?,)
other = count(len(third))  # shape: (1,)
buckets = [[], [], []]
buckets[where].append(1)
size = count(len(buckets), len(buckets[2]))  # shape: (3, ?)
settings = {"small": {"width": 3}, "large": {"width": 5}}
settings["large" if is_set else "small"]["width"] = 4
width = count(settings["small"]["width"], len(settings))  # shape: (?, 2)


class Counter:
    def __init__(self):
        self.total = 1

    def more(self):
        self.total += 1


left, right = Counter(), Counter()
picked = left if is_set else right
picked.more()
totals = count(left.total, right.total)  # shape: (?, ?)

# Layers: one of them was frozen, or has lost its bias.
layers = nn.ModuleList([nn.Linear(1, 2), nn.Linear(2, 2)])
layers[where].requires_grad_(False)
trained = count(sum(p.numel() for p in layers.parameters() if p.requires_grad) + 1)  # shape: (?,)
weights = count(sum(p.numel() for p in layers.parameters()))  # shape: (10,)
layers[where].bias = None
fewer = count(sum(p.numel() for p in layers.parameters()))  # shape: ?


class Language(nn.Module):
    def __init__(self, is_tied):
        super().__init__()
        self.embedding = nn.Embedding(10, 4)
        self.head = nn.Linear(4, 10, bias=False)
        if is_tied:
            self.head.weight = self.embedding.weight
        if is_set:
            self.embedding.requires_grad_(False)


maybe, tied = Language(is_set), Language(True)
sizes = count(len(list(maybe.parameters())), len(list(tied.parameters())))  # shape: (?, 1)
free = count(sum(p.requires_grad for p in tied.parameters()))  # shape: (?,)
scores = maybe.head(torch.zeros(3, 4))  # shape: (3, 10)

# A layer that may have been added.
stack = nn.Sequential(nn.Linear(4, 4))
optional = {}
if is_set:
    stack.append(nn.Linear(4, 6))
    optional["bias"] = False
behind = nn.Linear(4, 2)(stack(torch.zeros(5, 4)))  # shape: (*, 2)
parts = count(len(stack), len(list(nn.Linear(3, 4, **optional).parameters())))  # shape: (?, ?)

# What is done by the name of a function may be done by any of them.
steps = []
table = {"add": lambda: steps.append(1), "keep": lambda: None}
table["add" if is_set else "keep"]()
done = count(len(steps))  # shape: (?,)

# The `else` of a loop that may have been left.
for attempt in range(3):
    if is_set:
        break
else:
    third.append(7)
tries = count(len(third))  # shape: (?,)


class Quiet:
    def __enter__(self):
        return self

    def __exit__(self, *error):
        return True


lines = [1]
with Quiet():
    int("many")
    lines.append(2)
length = count(len(lines))  # shape: (?,)

# What an option adds to a `**options`, and what takes the place of a buffer.


def build(width=4, **others):
    return torch.zeros(width, len(others))


options = {"depth": 2, "width": 6} if is_set else {"depth": 3}
built = build(**options)  # shape: (?, 1)


class Average(nn.Module):
    def __init__(self):
        super().__init__()
        self.register_buffer("mean", torch.zeros(3))

    def forward(self, x):
        self.mean = 0.9 * self.mean + 0.1 * x.mean(0)
        if self.training:
            self.eval()
        return x - self.mean


average = nn.Sequential(Average(), nn.Linear(3, 2))
outputs = average(torch.zeros(4, 3))  # shape: (4, 2)
buffers = count(len(list(average.buffers())), len(average.state_dict()))  # shape: (1, 3)

# Named tuples are of their own class only.
Sparse, Dense = namedtuple("Sparse", "name width"), namedtuple("Dense", "name")
features = [Sparse("user", 4), Dense("price"), Sparse("item", 8)]
widths = count(sum(one.width for one in features if isinstance(one, Sparse)))  # shape: (12,)

# A name that a comprehension binds with `:=` belongs to what is around it.
total = 0
sums = [total := total + number for number in (1, 2, 3)]
last = count(total, int(5.0 // 0.1))  # shape: (6, 49)
words = torch.zeros(2, 6).view(torch.float64)  # shape: (2, 3)
bytes_of = torch.zeros(2, 3).view(torch.uint8)  # shape: (2, 12)
