"""Generators, iterators, and the functions over them."""
import itertools
import operator
from functools import reduce

import torch
from torch import nn


def pairs(sizes):
    for i, size in enumerate(sizes[:-1]):
        yield size, sizes[i + 1]


def layers(sizes):
    for a, b in pairs(sizes):
        yield nn.Linear(a, b)
        yield nn.ReLU()


def nested(n):
    yield from range(n)
    yield n * 10


net = nn.Sequential(*layers([4, 8, 2]))
a = net(torch.zeros(3, 4))  # shape: (3, 2)
a = torch.zeros(len(net), *nested(2))  # shape: (4, 0, 1, 20)
once = (n + 1 for n in range(2))
a = torch.zeros(*once)  # shape: (1, 2)
a = torch.zeros(3, *once)  # shape: (3,)
it = iter([5, 6, 7])
a = torch.zeros(next(it), next(it))  # shape: (5, 6)
a = torch.zeros(*it)  # shape: (7,)
a = torch.zeros(next(it, 3))  # shape: (3,)
a = next(net.parameters())  # shape: (8, 4)
a = next(iter(net.children())).weight  # shape: (8, 4)

b = torch.zeros(*itertools.chain([1], (2, 3)))  # shape: (1, 2, 3)
b = torch.zeros(*itertools.chain.from_iterable([[1], [2]]))  # shape: (1, 2)
b = torch.zeros(*itertools.accumulate([1, 2, 3]))  # shape: (1, 3, 6)
b = torch.zeros(*itertools.accumulate([1, 2, 3], operator.mul))  # shape: (1, 2, 6)
b = torch.zeros(*itertools.repeat(2, 3))  # shape: (2, 2, 2)
b = torch.zeros(len(list(itertools.product([1, 2], repeat=3))))  # shape: (8,)
b = torch.zeros(len(list(itertools.product("ab", [1, 2, 3]))))  # shape: (6,)
b = torch.zeros(len(list(itertools.combinations(range(4), 2))))  # shape: (6,)
b = torch.zeros(*[x + y for x, y in itertools.pairwise([1, 2, 4])])  # shape: (3, 6)
b = torch.zeros(*[x + y for x, y in itertools.zip_longest([1, 2], [3], fillvalue=0)])  # shape: (4, 2)
b = torch.zeros(*itertools.islice([5, 6, 7, 8], 1, 3))  # shape: (6, 7)
b = torch.zeros(reduce(operator.mul, [2, 3, 4]), reduce(lambda x, y: x + y, [1, 2], 5))  # shape: (24, 8)
b = torch.zeros(*reduce(lambda x, y: x + [y], [1, 2], []))  # shape: (1, 2)

c = torch.zeros(*sorted([3, 1, 2]))  # shape: (1, 2, 3)
c = torch.zeros(*sorted([3, 1, 2], reverse=True))  # shape: (3, 2, 1)
c = torch.zeros(*sorted([3, 1, 2], key=lambda n: -n))  # shape: (3, 2, 1)
c = torch.zeros(*[n for _, n in sorted([("b", 1), ("a", 2)])])  # shape: (2, 1)
c = torch.zeros(*reversed([1, 2]))  # shape: (2, 1)
c = torch.zeros(*filter(lambda n: n > 1, [1, 2, 3]))  # shape: (2, 3)
c = torch.zeros(*filter(None, [0, 2]))  # shape: (2,)
c = torch.zeros(*map(lambda x, y: x * y, [1, 2], [3, 4]))  # shape: (3, 8)
c = torch.zeros(*map(int, "23"))  # shape: (2, 3)
c = torch.zeros(*[i * n for i, n in enumerate([5, 6], start=1)])  # shape: (5, 12)
c = torch.zeros(sum([2, 3], 1), sum(n for n in range(4)), len(sum([[1], [2]], [])))  # shape: (6, 6, 2)
c = torch.zeros(max(3, 7), min([4, 2]), max([1, 5], key=lambda n: -n), max([], default=2))  # shape: (7, 2, 1, 2)
c = torch.zeros(len({1, 2, 2}), len(set([3, 3])), len({1, 2} & {2, 3}), len({1} | {2}))  # shape: (2, 1, 1, 2)
c = torch.zeros(*sorted({3, 2} - {3}), *sorted(set([4, 1, 4])))  # shape: (2, 1, 4)
c = torch.zeros(2 if all(n > 0 for n in [1, 2]) else 1, 2 if any([0, 0]) else 1)  # shape: (2, 1)
first, *middle, last = range(2, 7)
c = torch.zeros(first, len(middle), last)  # shape: (2, 3, 6)
seen = {3}
seen.add(4)
seen.add(3)
c = torch.zeros(len(seen))  # shape: (2,)
odd = [1, 2, 3, 4, 5][::2]
c = torch.zeros(*odd, *[1, 2, 3][::-1])  # shape: (1, 3, 5, 3, 2, 1)


def several():
    return {"x": 2, **{"y": 3}} | {"z": 4}


d = torch.zeros(*several().values())  # shape: (2, 3, 4)
d = torch.zeros(*dict(zip("ab", [4, 5])).values())  # shape: (4, 5)
d = torch.zeros(*dict([("a", 1)], b=2).values())  # shape: (1, 2)
d = torch.zeros(*dict.fromkeys(["a", "b"], 3).values())  # shape: (3, 3)
table = {"a": 1}
table.update({"b": 2}, c=3)
d = torch.zeros(table.pop("a"), table.setdefault("b", 9), table.setdefault("d", 6), len(table))  # shape: (1, 2, 6, 3)
table.update([("a", 7)])
d = torch.zeros(table.get("a"), table.get("none", 5), table.get("c", 1))  # shape: (7, 5, 3)
items = [3, 1]
items.insert(1, 6)
items.extend(range(2))
d = torch.zeros(*items, items.index(6), items.count(1), items.pop(0))  # shape: (3, 6, 1, 0, 1, 1, 2, 3)
