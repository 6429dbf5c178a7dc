"""`try` where nobody can say whether it fails, or where more happens on the way to the handler."""

import random

import torch
import torch.nn as nn


def numbers(count):
    for i in range(count):
        yield i
    raise ValueError


# A generator runs when it is read, which is after the attempt.
try:
    later = numbers(2)
    layer = nn.Linear(5, 4)
except ValueError:
    layer = nn.Linear(3, 4)
x = layer(torch.zeros(2, 5))  # shape: (2, 4)
try:
    later = ({}["missing"] for _ in range(5))
    width = 5
except KeyError:
    width = 3
x = nn.Linear(width, 4)(torch.zeros(2, 5))  # shape: (2, 4)


def chosen(flag):
    if flag:
        raise KeyError
    return nn.Linear(3, 4)


try:
    layer = chosen(random.random() < 2)
except KeyError:
    layer = nn.Linear(5, 4)
x = layer(torch.zeros(2, 5))  # shape: (2, 4)


class ShapeError(ValueError):
    pass


# An error of the program's own goes to a handler for what it derives from.
try:
    raise ShapeError("too wide")
except ValueError:
    width = 5
except Exception:
    width = 3
x = nn.Linear(width, 4)(torch.zeros(2, 5))  # shape: (2, 4)


class Switch:
    width = 1

    def __enter__(self):
        Switch.width = 2

    def __exit__(self, *reason):
        Switch.width = 5


try:
    with Switch():
        raise KeyError
except KeyError:
    layer = nn.Linear(Switch.width, 4)
x = layer(torch.zeros(2, 5))

width = 3
try:
    try:
        raise KeyError
    finally:
        width = 5
except KeyError:
    pass
x = nn.Linear(width, 4)(torch.zeros(2, 5))  # shape: (2, 4)

try:
    import secrets

    width = 5
except ImportError:
    width = 3
x = nn.Linear(width, 4)(torch.zeros(2, 5))  # shape: (2, 4)


class Marked:
    def __init_subclass__(cls, **others):
        cls.width = 5


class Derived(Marked):
    pass


x = nn.Linear(getattr(Derived(), "width", 3), 4)(torch.zeros(2, 5))  # shape: (2, 4)

# What looks as if it succeeded may have failed.
try:
    rate = float("1.13.1")
    width = 5
except ValueError:
    width = 3
x = torch.zeros(width)  # shape: (3,)
try:
    nn.Linear(3, 4).weight = torch.zeros(3)
    width = 5
except TypeError:
    width = 3
x = torch.zeros(width)  # shape: (3,)
try:
    width = 1 if None < 1 else 5
except TypeError:
    width = 3
x = torch.zeros(width)  # shape: (?,)


class Block(nn.Module):
    """Names of a block's author are shown where they hold for every call."""

    def __init__(self, width, outputs):
        super().__init__()
        self.layer = nn.Linear(width, outputs)

    def forward(self, x):
        y = self.layer(x)  # shape: (B, ?)
        return y


first, second = Block(3, 8), Block(8, 16)
second.layer = nn.Linear(8, 5)
x = first(torch.zeros(2, 3))  # shape: (2, 8)
x = second(torch.zeros(4, 8))  # shape: (4, 5)


class Plain:
    pass


def decided(attempt):
    """What takes its arguments may still fail for their types."""
    try:
        attempt()
        return torch.zeros(1)
    except TypeError:
        return torch.zeros(2)


x = decided(lambda: Plain(1))  # shape: (?,)
x = decided(lambda: len(torch.tensor(1.0)))  # shape: (?,)
x = decided(lambda: sorted([1, "a"]))  # shape: (?,)
holder = Plain()
holder.weight = nn.Parameter(torch.zeros(3))
try:
    holder.weight = torch.zeros(5)
except TypeError:
    holder.weight = torch.zeros(7)
x = holder.weight  # shape: (?,)
