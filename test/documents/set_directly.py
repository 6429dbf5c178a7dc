"""Attributes of modules that are set in other ways than `self.name = part`, and found in other ways."""
import torch
from torch import nn


class Noted(nn.Module):
    """What its own `__setattr__` does is followed, and it hands over to PyTorch's."""

    def __init__(self):
        super().__init__()
        self.names = []
        self.first = nn.Linear(3, 4)
        self.add_module("second", nn.Linear(4, 5))
        self.register_buffer("scale", torch.ones(5))

    def __setattr__(self, name, value):
        if "names" in self.__dict__:
            self.names.append(name)
        super().__setattr__(name, value)

    def forward(self, x):
        return self.second(self.first(x)) * self.scale  # shape: (2, 5)


noted = Noted()
y = noted(torch.zeros(2, 3))  # shape: (2, 5)
z = torch.zeros(len(list(noted.parameters())), len(list(noted.children())))  # shape: (4, 2)


class Student(nn.Module):
    """The teachers are none of its parts."""

    def __init__(self):
        super().__init__()
        self.head = nn.Linear(3, 4)
        object.__setattr__(self, "teacher", nn.Linear(3, 6))
        self.__dict__["other"] = nn.Linear(3, 7)

    def forward(self, x):
        with torch.no_grad():
            target = self.teacher(x)  # shape: (2, 6)
            more = self.other(x)  # shape: (2, 7)
        return self.head(x), target, more


student = Student()
a, b, c = student(torch.zeros(2, 3))  # shape: (2, 4), (2, 6), (2, 7)
z = torch.zeros(len(list(student.parameters())), len(list(student.children())))  # shape: (2, 1)


class Later(nn.Module):
    """A buffer that comes later is one, a parameter that is set around PyTorch is none, nor is what was taken away."""

    def __init__(self):
        super().__init__()
        self.register_buffer("cache", None)
        self.first = nn.Linear(3, 4)
        self.second = nn.Linear(4, 5)
        object.__setattr__(self, "hidden", nn.Parameter(torch.zeros(9)))
        self.cache = torch.zeros(6)

    def __delattr__(self, name):
        super().__delattr__(name)


later = Later()
del later.second
z = torch.zeros(len(list(later.parameters())), len(list(later.buffers())), len(list(later.children())))  # shape: (2, 1, 1)
y = later.hidden  # shape: (9,)


class Wrapped(nn.Module):
    """What it has not itself, the module inside has."""

    def __init__(self, module):
        super().__init__()
        self.module = module

    def __getattr__(self, name):
        try:
            return super().__getattr__(name)
        except AttributeError:
            return getattr(self.module, name)

    def forward(self, x):
        return self.module(x)  # shape: (2, 4)


wrapped = Wrapped(student.head)
y = wrapped(torch.zeros(2, 3)) @ wrapped.weight  # shape: (2, 3)
