"""Decorators: called with what they decorate."""
import functools
from contextlib import contextmanager
from functools import lru_cache, partial, wraps

import torch
from torch import nn

registry = {}


def register(name):
    def keep(fn):
        registry[name] = fn
        return fn

    return keep


def doubled(fn):
    @wraps(fn)
    def wrapper(*args, **kwargs):
        return torch.cat([fn(*args, **kwargs)] * 2)

    return wrapper


def with_defaults(**defaults):
    def outer(fn):
        @functools.wraps(fn)
        def inner(*args, **kwargs):
            return fn(*args, **{**defaults, **kwargs})

        return inner

    return outer


@register("tiny")
def tiny():
    return nn.Linear(4, 3)


@doubled
def rows(n):
    return torch.zeros(n, 5)


@with_defaults(width=6)
def block(depth, width=2):
    return torch.zeros(depth, width)


@lru_cache(maxsize=None)
def cached(n):
    return n + 1


@functools.cache
def also_cached(n):
    return n + 2


class Times:
    def __init__(self, count):
        self.count = count

    def __call__(self, fn):
        return lambda *args: [fn(*args) for _ in range(self.count)]


@Times(3)
def item():
    return torch.zeros(2)


a = tiny()(torch.zeros(2, 4))  # shape: (2, 3)
a = registry["tiny"]()(torch.zeros(7, 4))  # shape: (7, 3)
a = rows(3)  # shape: (6, 5)
a = rows(n=2)  # shape: (4, 5)
a = block(3)  # shape: (3, 6)
a = block(3, width=1)  # shape: (3, 1)
a = torch.zeros(cached(1), also_cached(1))  # shape: (2, 3)
a = torch.stack(item())  # shape: (3, 2)


def evaluating(fn):
    @wraps(fn)
    def inner(model, *args):
        was_training = model.training
        model.eval()
        out = fn(model, *args)
        model.train(was_training)
        return out

    return inner


def registered(cls):
    registry[cls.__name__] = cls
    return cls


@registered
class Net(nn.Module):
    def __init__(self, width=4):
        super().__init__()
        self._width = width
        self.fc = nn.Linear(width, 2)

    @torch.no_grad()
    @evaluating
    def sample(self, x):
        return self.forward(x)

    @property
    def width(self):
        return self._width * 10

    @width.setter
    def width(self, value):
        self._width = value + 1

    @torch.jit.ignore
    def ignored(self, n):
        return n * 2

    @staticmethod
    @doubled
    def both(n):
        return torch.ones(n)

    @classmethod
    def make(cls, width):
        return cls(width)

    def forward(self, x):
        return self.fc(x)


net = registry["Net"].make(6)
b = net.sample(torch.zeros(3, 6))  # shape: (3, 2)
b = torch.zeros(net.width)  # shape: (60,)
net.width = 1
b = torch.zeros(net.width, net.ignored(2))  # shape: (20, 4)
b = net.both(2)  # shape: (4,)

conv = partial(nn.Conv2d, kernel_size=3, padding=1, bias=False)
c = conv(3, 8)(torch.zeros(1, 3, 5, 5))  # shape: (1, 8, 5, 5)
c = conv(3, 8, padding=0)(torch.zeros(1, 3, 5, 5))  # shape: (1, 8, 3, 3)
wider = partial(conv, 3)
c = wider(6)(torch.zeros(1, 3, 5, 5))  # shape: (1, 6, 5, 5)
scale = partial(lambda a, b, c=1: torch.zeros(a, b, c), 2)
c = scale(3, c=4)  # shape: (2, 3, 4)
norm = partial(nn.LayerNorm, eps=1e-6)
c = norm(8)(torch.zeros(2, 8))  # shape: (2, 8)

state = {"size": 2}


@contextmanager
def resized(size):
    before = state["size"]
    state["size"] = size
    try:
        yield torch.zeros(size, 1)
    finally:
        state["size"] = before


with resized(5) as given, torch.no_grad():
    d = given  # shape: (5, 1)
    d = torch.zeros(state["size"])  # shape: (5,)
d = torch.zeros(state["size"])  # shape: (2,)


class Scope:
    def __init__(self):
        self.depth = 1

    def __enter__(self):
        self.depth += 1
        return self.depth

    def __exit__(self, *problem):
        self.depth += 10


scope = Scope()
with scope as depth:
    d = torch.zeros(depth, scope.depth)  # shape: (2, 2)
d = torch.zeros(scope.depth)  # shape: (12,)
