"""Lists and dicts that somebody else changes, or a method of theirs."""
import heapq
import random

import torch

s = [3, 1, 2]
s.sort()
a = torch.zeros(s[0], s[2])  # shape: (1, 3)
s.remove(2)
a = torch.zeros(*s)  # shape: (1, 3)
del s[0]
a = torch.zeros(*s)  # shape: (3,)
list.append(s, 5)
a = torch.zeros(*s)  # shape: (3, 5)
t = s
s *= 2
a = torch.zeros(*t)  # shape: (3, 5, 3, 5)
t.sort(reverse=True)
a = torch.zeros(*t)  # shape: (5, 5, 3, 3)
s.clear()
a = torch.zeros(len(t))  # shape: (0,)

heap = [3, 2, 1]
heapq.heapify(heap)
b = torch.zeros(*heap)  # shape: ?
nested = [[4, 2], [1]]
random.shuffle(nested)
b = torch.zeros(nested[1][0])  # shape: ?
pure = [2, 3]
summary = str((len(pure), sum(pure), sorted(pure), list(zip(pure, pure))))
torch.manual_seed(len(pure))
b = torch.zeros(*pure)  # shape: (2, 3)
pure.__setitem__(0, 7)
b = torch.zeros(*pure)  # shape: ?

d = {"a": 1, "b": 2}
d.setdefault("c", 5)
c = torch.zeros(d["c"])  # shape: (5,)
other = {"a": 1, "b": 2}
del other["a"]
c = torch.zeros(other["b"], len(other))  # shape: (2, 1)
other.clear()
c = torch.zeros(len(other))  # shape: (0,)

iterator = iter([2, 3])
next(iterator)
e = torch.zeros(*iterator)  # shape: (3,)


class Config:
    def __init__(self):
        self.width = 4


config = Config()
vars(config)["width"] = 6
f = torch.zeros(config.width)  # shape: (6,)
width = 3
exec("width = 5")
f = torch.zeros(width)  # shape: (5,)
