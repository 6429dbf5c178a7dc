"""Iterators that are made of others take their items bit by bit: what nobody has taken is still there."""
import itertools
import random

import torch
from torch import nn

rest = iter([3, 1, 2, 4])
for place, size in enumerate(rest):
    if place == 1:
        break
x = torch.zeros(list(rest))  # shape: (2, 4)

sizes = iter([1, 2, 3, 4, 5])
first = next(size for size in sizes if size > 2)
x = torch.zeros(first, *sizes)  # shape: (3, 4, 5)

sizes = iter([1, 2, 3, 4, 5])
large = any(size > 1 for size in sizes)
x = torch.zeros(list(sizes))  # shape: (3, 4, 5)

sizes = iter([1, 2, 3, 4, 5])
x = torch.zeros(2 if 2 in sizes else 1, *sizes)  # shape: (2, 3, 4, 5)

numbers = iter(range(10))
chunks = []
while True:
    chunk = list(itertools.islice(numbers, 4))
    if not chunk:
        break
    chunks.append(chunk)
x = torch.zeros([len(chunk) for chunk in chunks])  # shape: (4, 4, 2)

sizes = iter([1, 2, 3, 4, 5])
pairs = list(zip(range(2), sizes))
# What ends first is asked first: the other one has not given its third item.
x = torch.zeros(list(sizes))  # shape: (3, 4, 5)
sizes = iter([1, 2, 3, 4, 5])
pairs = list(zip(sizes, range(2)))
x = torch.zeros(list(sizes))  # shape: (4, 5)

sizes = iter([2, 3, 4, 5])
pairs = [(size, next(sizes)) for size in sizes]
x = torch.zeros(len(pairs), pairs[1][0])  # shape: (2, 4)

# An iterator over a list sees what is put into the list before it is read.
names = [2, 3]
numbered = enumerate(names)
names.append(4)
x = torch.zeros(len(list(numbered)))  # shape: (?,)
for place, name in enumerate(names):
    names[place] = name + 1
x = torch.zeros(names)  # shape: (3, 4, 5)

widths = iter([4, 8, 16, 3])
width = next(wide for wide in widths)
layers = []
for wide in widths:
    layers.append(nn.Linear(width, wide))
    width = wide
x = nn.Sequential(*layers)(torch.zeros(2, 4))  # shape: (2, 3)

seen = []


def noted(number):
    seen.append(number)
    return number


# How much of it has been run nobody says who has not taken all of it.
found = any(noted(number) for number in range(3))
x = torch.zeros(len(seen))  # shape: (?,)
seen = []
total = sum(noted(number) for number in range(3))
x = torch.zeros(len(seen), total)  # shape: (3, 3)

# Layers that a loop replaces, nobody knows how often.
model = nn.Sequential(nn.Linear(4, 8), nn.ReLU(), nn.Linear(8, 3))
while random.random() < 0.5:
    model[2] = nn.Linear(8, 5)
x = torch.zeros(sum(parameter.numel() for parameter in model.parameters()))  # shape: ?
x = torch.zeros(len(list(model.modules())))  # shape: (?,)
