"""What a program sets on functions, on things of libraries and on its other files, where it is asked for later."""
import math
import random
from unittest import mock

import torch
import torch.nn as nn
import torch.nn.functional as F

from parts import measures


def counted(x):
    counted.calls += 1
    return x


counted.calls = 0
counted(1)
counted(2)
x = torch.zeros(counted.calls)  # shape: (2,)


def counting(function):
    def inner(*values):
        inner.count += 1
        return function(*values)

    inner.count = 0
    return inner


@counting
def first(x):
    return x


@counting
def second(x):
    return x


first(1)
first(2)
second(1)
x = torch.zeros(first.count, second.count)  # shape: (2, 1)


# New defaults: what the text says does not hold any more.
def tripled(x, times=3):
    return x * times


x = torch.zeros(tripled(2))  # shape: (6,)
tripled.__defaults__ = (5,)
x = torch.zeros(tripled(2))  # shape: ?


class Net(nn.Module):
    def forward(self, x):
        return self.repeated(x)

    def repeated(self, x, times=2):
        return x.repeat(times)


x = Net()(torch.zeros(2))  # shape: (4,)
Net.repeated.__defaults__ = (3,)
x = Net()(torch.zeros(2))  # shape: ?


# Functions of libraries, and methods of their classes.
def rounded(x):
    return math.floor(x)


x = torch.zeros(rounded(3.5))  # shape: (3,)
floor = math.floor
math.floor = lambda x: floor(x) + 6
x = torch.zeros(rounded(3.5))  # shape: (9,)
math.floor = floor
x = torch.zeros(rounded(3.5))  # shape: (3,)

gelu = F.gelu
F.gelu = lambda x: x.sum(0)
x = F.gelu(torch.zeros(3, 4))  # shape: (4,)
F.gelu = gelu
x = F.gelu(torch.zeros(3, 4))  # shape: (3, 4)


def doubled(self):
    return torch.cat([self, self])


torch.Tensor.doubled = doubled
x = torch.zeros(3, 2).doubled()  # shape: (6, 2)

nn.Softsign.forward = lambda self, x: x[:, :1]
x = nn.Sequential(nn.Linear(5, 5), nn.Softsign())(torch.zeros(4, 5))  # shape: (4, 1)

ceil = math.ceil
if random.random() < 0.5:
    math.ceil = lambda x: 7
x = torch.zeros(math.ceil(2.5))  # shape: ?
math.ceil = ceil

# A name in another file.
x = torch.zeros(measures.WIDTH, measures.area())  # shape: (4, 16)
measures.WIDTH = 5
x = torch.zeros(measures.WIDTH, measures.area())  # shape: (5, 25)


# As long as a `with` lasts.
def twice(x):
    return torch.cat([x, x], dim=-1)


model = nn.Linear(5, 5)
with mock.patch("torch.nn.functional.relu", twice), mock.patch.object(measures, "WIDTH", 6):
    x = F.relu(torch.zeros(2, 3))  # shape: (2, 6)
    x = torch.zeros(measures.WIDTH)  # shape: (6,)
with mock.patch.object(model, "forward", twice):
    x = model(torch.zeros(1, 5))  # shape: (1, 10)
x = model(torch.zeros(1, 5))  # shape: (1, 5)
x = F.relu(torch.zeros(2, measures.WIDTH))  # shape: (2, 5)
