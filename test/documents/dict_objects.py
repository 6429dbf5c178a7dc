"""Objects of classes that derive from dicts, and lookups that are tried."""
from collections import OrderedDict

import torch


class Namespace(dict):
    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        self.__dict__ = self


class Plain(dict):
    __getattr__ = dict.__getitem__
    __setattr__ = dict.__setitem__


class Careful(dict):
    def __getattr__(self, name):
        try:
            return self[name]
        except KeyError:
            raise AttributeError(name)

    def __setattr__(self, name, value):
        self[name] = value


class Answer(OrderedDict):
    def values_known(self):
        return tuple(self[name] for name in self.keys())

    def __getitem__(self, place):
        if isinstance(place, str):
            return dict(self.items())[place]
        return self.values_known()[place]

    def __setattr__(self, name, value):
        if name in self.keys() and value is not None:
            super().__setitem__(name, value)
        super().__setattr__(name, value)


both = Namespace(width=3, heads=4)
a = torch.zeros(both.width, both["heads"], len(both))  # shape: (3, 4, 2)
both.depth = 7
a = torch.zeros(both["depth"], both.get("absent", 2))  # shape: (7, 2)
a = torch.zeros(dict(both)["width"])  # shape: (3,)
a = torch.zeros(2) if "width" in both else torch.zeros(3)  # shape: (2,)
plain = Plain({"n": 5})
plain.m = 6
a = torch.zeros(plain.n, plain["m"])  # shape: (5, 6)
careful = Careful(k=3)
careful.j = 4
a = torch.zeros(careful.k, careful["j"])  # shape: (3, 4)


def made(width, heads):
    return torch.zeros(width, heads)


a = made(**Careful(width=2, heads=3))  # shape: (2, 3)

answer = Answer()
answer["logits"] = torch.zeros(2, 3)
answer["states"] = torch.zeros(4)
a = answer[0]  # shape: (2, 3)
a = answer["states"]  # shape: (4,)
answer.states = torch.zeros(5)
a = answer["states"]  # shape: (5,)

table = {"mean": 3}


def size_of(name):
    try:
        return table[name]
    except KeyError:
        return 5


a = torch.zeros(size_of("mean"), size_of("std"))  # shape: (3, 5)

total = 0
for _ in range(3):
    part = torch.zeros(2, 4, 6)
    try:
        total = total[:, :, -part.size(2):]
    except TypeError:
        total = 0
    total = total + part
a = total  # shape: (2, 4, 6)
