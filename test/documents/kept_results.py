"""What a function with `@lru_cache` has given once it gives again, and does not run for it."""
import functools
from dataclasses import dataclass

import torch
from torch import nn

made = []


@functools.lru_cache(maxsize=None)
def block(width):
    made.append(width)
    return nn.Linear(width, width)


first, second = block(4), block(4)
x = torch.zeros(len(made))  # shape: (1,)
pair = nn.ModuleList([block(4), block(4)])
x = torch.zeros(sum(weight.numel() for weight in pair.parameters()))  # shape: (20,)
block.cache_clear()
block(4)
block(width=5)
x = torch.zeros(len(made))  # shape: (3,)


class Sizes:
    def __init__(self):
        self.asked = 0

    @functools.lru_cache()
    def twice(self, size):
        self.asked += 1
        return 2 * size


one, other = Sizes(), Sizes()
for size in (3, 3, 4):
    one.twice(size)
other.twice(3)
x = torch.zeros(one.asked, other.asked, one.twice(3))  # shape: (2, 1, 6)

# 1, 1.0 and True are one key among others; a whole number alone is a key of its own kind.
asked = []


@functools.lru_cache(maxsize=2)
def told(number):
    asked.append(number)
    return number


for number in (1, True, 1.0, 1, 2, 3, 1):
    told(number)
x = torch.zeros(len(asked))  # shape: (5,)


# What calls do that are nested too deeply is not known.
steps = [0]


def down(left):
    steps[0] += 1
    return left if left < 1 else down(left - 1)


down(20)
x = torch.zeros(steps[0])  # shape: ?


# Objects of a dataclass are the same argument where their fields are; of other classes that compare nobody knows.
@dataclass(frozen=True)
class Size:
    rows: int
    columns: int = 4


@functools.lru_cache(None)
def layer_of(size):
    return nn.Linear(size.rows, size.columns)


class Length:
    def __init__(self, rows, columns):
        self.rows, self.columns = rows, columns

    def __eq__(self, other):
        return self.rows == other.rows

    def __hash__(self):
        return hash(self.rows)


@functools.lru_cache(None)
def rows_of(length):
    return torch.zeros(length.rows, length.columns)


layers = nn.ModuleList([layer_of(Size(3)), layer_of(Size(3)), layer_of(Size(2))])
x = torch.zeros(sum(p.numel() for p in layers.parameters()))  # shape: (28,)
x = rows_of(Length(2, 3))  # shape: (2, 3)
x = rows_of(Length(2, 4))  # shape: ?
