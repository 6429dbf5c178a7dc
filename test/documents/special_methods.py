# run: Tower(3)(torch.randn(2, 4))
"""What classes say to Python's operators, to deletion, to those that derive from them, and to being made."""
from functools import cached_property

import torch
from torch import nn


class Size:
    def __init__(self, height, width):
        self.height, self.width = height, width

    def __add__(self, other):
        return Size(self.height + other.height, self.width + other.width)

    def __radd__(self, other):
        return self if other == 0 else NotImplemented

    def __mul__(self, factor):
        return Size(self.height * factor, self.width * factor)

    __rmul__ = __mul__

    def __floordiv__(self, factor):
        return Size(self.height // factor, self.width // factor)

    def __neg__(self):
        return Size(-self.height, -self.width)

    def __iadd__(self, more):
        self.height += more
        return self

    def __iter__(self):
        yield self.height
        yield self.width

    def __eq__(self, other):
        return self.height == other.height and self.width == other.width

    def __lt__(self, other):
        return self.height < other.height


x = torch.zeros(*(2 * Size(3, 4) // 2 + Size(1, 1)))  # shape: (4, 5)
x = torch.zeros(*sum([Size(1, 2), Size(3, 4)]))  # shape: (4, 6)
size = Size(2, 3)
size += 5
x = torch.zeros(*size)  # shape: (7, 3)
x = torch.zeros(2 if Size(1, 2) == Size(1, 2) else 3, 2 if Size(1, 2) != Size(1, 3) else 3)  # shape: (2, 2)
x = torch.zeros(2 if size > Size(3, 0) else 3, (-(-size)).width)  # shape: (2, 3)


class Table:
    def __init__(self):
        self.rows = {}

    def __setitem__(self, key, row):
        self.rows[key] = row

    def __delitem__(self, key):
        del self.rows[key]

    def __contains__(self, key):
        return key in self.rows


table = Table()
table["a"], table["b"] = 4, 5
del table["a"]
x = torch.zeros(2 if "a" in table else 3, 2 if "b" in table else 3, len(table.rows))  # shape: (3, 2, 1)

builders = {}


class Builder:
    def __init_subclass__(cls, name=None, **others):
        super().__init_subclass__(**others)
        builders[name or cls.__name__] = cls


class Small(Builder, name="small"):
    width = 6


class Large(Builder):
    width = 9


x = torch.zeros(builders["small"].width, builders["Large"].width)  # shape: (6, 9)


class Once(type):
    made = {}

    def __call__(cls, *given):
        if cls not in cls.made:
            cls.made[cls] = super().__call__(*given)
        return cls.made[cls]


class Settings(metaclass=Once):
    def __init__(self, width):
        self.width = width


first, second = Settings(3), Settings(5)
x = torch.zeros(second.width)  # shape: (3,)


class Positive:
    def __set_name__(self, owner, name):
        self.name = "_" + name

    def __set__(self, owner, value):
        owner.chosen = max(1, value)

    def __get__(self, owner, kind=None):
        return owner.chosen


class Layer:
    width = Positive()


layer = Layer()
layer.width = -4
x = torch.zeros(layer.width)  # shape: (1,)


class Counter:
    asked = 0

    @cached_property
    def width(self):
        Counter.asked += 1
        return 7


counter = Counter()
x = torch.zeros(counter.width, counter.width, Counter.asked)  # shape: (7, 7, 1)


class Tagged:
    def __new__(cls, width):
        made = super().__new__(cls)
        made.tag = width + 1
        return made

    def __init__(self, width):
        self.width = width


x = torch.zeros(Tagged(3).width, Tagged(3).tag)  # shape: (3, 4)


class Lengths(dict):
    def __missing__(self, key):
        self[key] = len(key)
        return self[key]


lengths = Lengths(a=1)
x = torch.zeros(lengths["a"], lengths["hello"], len(lengths))  # shape: (1, 5, 2)


class Tower(nn.Module):
    def __new__(cls, width):
        return super().__new__(cls)

    def __init__(self, width):
        super().__init__()
        self.layer = nn.Linear(4, width)
        self.skip = nn.Identity(width, unused=True)

    def forward(self, x):
        return self.skip(self.layer(x))  # shape: (2, 3)


x = Tower(3)(torch.zeros(2, 4))  # shape: (2, 3)
