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

# What it reads when its items are taken may have changed since it was written down.
factor = 2
scaled = (number * factor for number in (2, 3))
factor = 3
x = torch.zeros(sum(scaled))  # shape: ?
scaled = (number * factor for number in (2, 3))
x = torch.zeros(sum(scaled))  # shape: (15,)


def numbers(held):
    for number in held:
        yield number


held = [2, 3]
taken = numbers(held)
held.append(4)
x = torch.zeros(len(list(taken)))  # shape: (?,)
x = torch.zeros(len(list(numbers(held))))  # shape: (3,)

inner = iter([1])
nested = (number for source in [inner, iter([1])] for number in source)
any(inner)
x = torch.zeros(next(nested, 2) * 3 + next(nested, 3))  # shape: ?


class Steps:
    def __init__(self):
        self.width = 2

    def widths(self):
        for _ in range(3):
            yield self.width
            self.width += 1


# What it changes itself goes along with it; what the loop's body changes does not.
steps = Steps()
x = torch.zeros(list(steps.widths()))  # shape: (2, 3, 4)
x = torch.zeros(steps.width)  # shape: (5,)
steps = Steps()
sizes = []
for width in steps.widths():
    sizes.append(width)
x = torch.zeros(sizes)  # shape: (2, 3, 4)
steps = Steps()
sizes = []
for width in steps.widths():
    steps.width = 10
    sizes.append(width)
x = torch.zeros(len(sizes), sizes[-1])  # shape: (?, ?)

source = iter([2, 3, 4])
one, other = itertools.tee(source)
x = torch.zeros(list(one))  # shape: (2, 3, 4)
x = torch.zeros(list(other))  # shape: (2, 3, 4)
source = iter([2, 3, 4])
one, other = itertools.tee(source)
next(source)
x = torch.zeros(len(list(one)))  # shape: (?,)

x = torch.zeros(list(itertools.filterfalse(lambda number: number > 3, [2, 5, 3, 7])))  # shape: (2, 3)
x = torch.zeros(list(itertools.compress([2, 3, 4, 5], [True, False, True])))  # shape: (2, 4)

# The rows of one tensor hold other numbers each.
numbers = torch.tensor([3, 1, 2])
x = torch.zeros(int(sorted(numbers)[0]))  # shape: (?,)
x = torch.zeros(int(next(number for number in numbers if number < 3)))  # shape: (?,)

# An iterator reads its list when it is asked.
held = [1, 2, 3]
rest = iter(held)
next(rest)
held[1] = 10
x = torch.zeros(next(rest))  # shape: ?
held = [1, 2, 3]
rest = reversed(held)
held[-1] = 11
x = torch.zeros(next(rest))  # shape: ?
made = ((lambda: number) for number in range(3))
x = torch.zeros(sum(function() for function in made))  # shape: ?
