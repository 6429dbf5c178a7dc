"""`try`: errors that surely come up, and those that surely do not."""

import ast
import json
import math
import string
import sys
import textwrap
import types
from collections import ChainMap, deque

import numpy as np
import torch
import torch.nn as nn
from torch.nn.utils.weight_norm import weight_norm

if sys.version_info[0] < 3:
    range = xrange  # noqa: F821

if sys.version_info >= (3, 7) and (1, 2) < (1, 3) and not (2,) < (1, 9) and "b" > "a":
    rows = 4
else:
    rows = 5


def pair(size):
    try:
        height, width = size
    except TypeError:
        height = width = size
    return torch.zeros(height, width)


x = pair(3)  # shape: (3, 3)
x = pair((rows, 5))  # shape: (4, 5)


def count(items):
    try:
        return len(items)
    except TypeError:
        return 1


x = torch.zeros(count(7), count([1, 2]))  # shape: (1, 2)

cache = {}


def grid(size):
    try:
        return cache[size]
    except KeyError:
        cache[size] = torch.zeros(size, size)
        return cache[size]


x = grid(6)  # shape: (6, 6)
x = grid(6)  # shape: (6, 6)


def value_of(text):
    try:
        return ast.literal_eval(text)
    except (ValueError, SyntaxError):
        return text


x = torch.zeros(value_of("5"), len(value_of("relu")))  # shape: (?, 4)


def number(text):
    try:
        return int(text)
    except ValueError:
        return 9


x = torch.zeros(number("2"), number("two"))  # shape: (2, 9)


class Normed(nn.Module):
    """A weight that the first call moves, as wrappers for spectral norms do."""

    def __init__(self, module, name="weight"):
        super().__init__()
        self.module = module
        self.name = name
        if not self.is_made():
            self.make()

    def is_made(self):
        try:
            getattr(self.module, self.name + "_u")
            getattr(self.module, self.name + "_bar")
            return True
        except AttributeError:
            return False

    def make(self):
        weight = getattr(self.module, self.name)
        u = nn.Parameter(weight.data.new(weight.shape[0]).normal_(0, 1), requires_grad=False)
        bar = nn.Parameter(weight.data)
        del self.module._parameters[self.name]
        self.module.register_parameter(self.name + "_u", u)
        self.module.register_parameter(self.name + "_bar", bar)

    def forward(self, *args):
        setattr(self.module, self.name, self.module.weight_bar / 2)
        return self.module.forward(*args)


x = Normed(nn.Linear(3, 8))(torch.zeros(2, 3))  # shape: (2, 8)


class Chosen(nn.Module):
    """The method that is its forward is chosen when it is built."""

    def __init__(self, how):
        super().__init__()
        self.forward = {"add": self.add, "multiply": self.multiply}[how]

    def add(self, a, b):
        return a + b

    def multiply(self, a, b):
        return a @ b


x = Chosen("multiply")(torch.zeros(2, 3), torch.zeros(3, 5))  # shape: (2, 5)


def residual(width):
    block = nn.Sequential(nn.Linear(width, width), nn.ReLU())
    block.forward = types.MethodType(lambda self, x: torch.cat([x, nn.Sequential.forward(self, x)], -1), block)
    return block


x = residual(4)(torch.zeros(2, 4))  # shape: (2, 8)
x = weight_norm(nn.Linear(4, 6), dim=None)(torch.zeros(2, 4))  # shape: (2, 6)


class Scaled(nn.Conv2d):
    def forward(self, x):
        return self._conv_forward(x, self.weight * 2, self.bias)


x = Scaled(3, 5, 3, stride=2)(torch.zeros(1, 3, 9, 9))  # shape: (1, 5, 4, 4)


class Recalled(nn.Module):
    def __init__(self, flag):
        super().__init__()
        self.settings = {name: value for name, value in locals().items() if name not in ("self", "__class__")}
        self.layers = nn.Sequential(*[nn.Linear(4, 4)] * flag, nn.Linear(4, 2))

    def forward(self, x):
        return self.layers(x)


x = Recalled(True)(torch.zeros(3, 4))  # shape: (3, 2)
x = torch.zeros(len(Recalled(False).settings), 3)  # shape: (1, 3)

text = textwrap.dedent(
    """
    {"widths": [4, 8], "rate": 0.5,
     "name": "small"}
    """
)
settings = json.loads(text)
x = torch.zeros(settings["widths"])  # shape: (4, 8)
x = torch.zeros(int(settings["rate"] * 4), len(settings["name"]))  # shape: (2, 5)
x = torch.zeros(ChainMap({"a": 2}, {"a": 3, "b": 4})["a"], ChainMap({"a": 2}, {"b": 4})["b"])  # shape: (2, 4)
queue = deque([3, 4])
queue.appendleft(2)
x = torch.zeros(queue.popleft(), *queue)  # shape: (2, 3, 4)
head, _, tail = "gin-mean".partition("-")
x = torch.zeros(len(head), len(tail), len("a\nb\n".splitlines()))  # shape: (3, 4, 2)
x = torch.zeros(len(string.digits), "abcb".rfind("b"), len("7".zfill(3)))  # shape: (10, 3, 3)
chosen = getattr(sys.modules[__name__], "residual")
x = chosen(5)(torch.zeros(1, 5))  # shape: (1, 10)
random = np.random.RandomState(0)
x = torch.from_numpy(random.randn(3, 4))  # shape: (3, 4)
x = torch.tensor(np.random.randint(0, 9, 6))  # shape: (6,)
x = torch.zeros(random.normal(0, 1, size=(2, 5)).size, math.floor(2.5))  # shape: (10, 2)


def fails_later(sizes):
    """An error that no handler is for goes on; what may fail has both ends."""
    try:
        return torch.zeros(sizes["width"])
    except AttributeError:
        return torch.zeros(1)


x = fails_later({"width": 7})  # shape: (?,)
