# run: on_one_side([1, 2], True)
# run: left_early([1, 2], True)
# run: through_a_helper([1, 2])
# run: through_an_object([1, 2])
# run: through_a_list([1, 2])
# run: through_a_closure([1, 2])
# run: set_anew([1, 2])
# run: behind_the_test([3, 2, 1])
# run: two_apart([1, 2], [1, 2])
# run: small_numbers([1, 2], lambda sizes: sizes.add_(1))
# run: modes([1, 2])
"""A loop's next round is left out where nothing that it reads is another than in the last one. Here something is."""
import torch
from torch import nn


def on_one_side(items, flag):
    x = torch.zeros(2, 3)
    for item in items:
        y = x  # shape: (2, ?)
        if flag:
            x = torch.zeros(2, 5)
        z = x  # shape: (2, ?)
    return z


def left_early(items, flag):
    n = 3
    for item in items:
        y = torch.zeros(n)  # shape: (?,)
        if flag and item > 1:
            continue
        n = 5
    return torch.zeros(2, n)  # shape: (2, ?)


width = 4


def narrow():
    return torch.zeros(2, width)  # shape: (2, ?)


def through_a_helper(items):
    global width
    for item in items:
        x = narrow()  # shape: (2, ?)
        width = width + item
    return x


class Meter:
    def __init__(self):
        self.width = 4
        self.seen = []


def through_an_object(items):
    meter = Meter()
    for item in items:
        x = torch.zeros(2, meter.width)  # shape: (2, ?)
        meter.width += 1
    return x


def through_a_list(items):
    kept = [torch.zeros(2, 4)]
    for item in items:
        x = kept[0]  # shape: (2, ?)
        kept[0] = torch.zeros(2, 5)
    return x


def through_a_closure(items):
    size = 4

    def make():
        return torch.zeros(2, size)  # shape: (2, ?)

    for item in items:
        x = make()  # shape: (2, ?)
        size = 5
    return x


def set_anew(items):
    total = torch.zeros(3)
    for item in items:
        x = torch.zeros(2, 3)
        y = x.sum(0)  # shape: (3,)
        total = total + y
    z = x  # shape: (2, 3)
    return total  # shape: (3,)


def behind_the_test(items):
    size = 4
    while len(items) > 0:
        items = items[1:]
        x = torch.zeros(size)  # shape: (?,)
        size = size + 1
    return torch.zeros(size)  # shape: (?,)


def two_apart(outer, inner):
    size = 4
    for one in outer:
        for other in inner:
            x = torch.zeros(size)  # shape: (?,)
        size = 5
    return x


def small_numbers(items, change):
    sizes = torch.tensor([2, 3])
    for item in items:
        x = torch.zeros(int(sizes[0]))  # shape: (?,)
        change(sizes)
    return torch.zeros(int(sizes[1]))  # shape: (?,)


def modes(items):
    layer = nn.Dropout()
    for item in items:
        x = torch.zeros(2, 4) if layer.training else torch.zeros(2, 5)  # shape: (2, ?)
        layer.eval()
    return x
