# run: Decoder(6, 8)(torch.randn(2, 5, 8))
# run: Decoder(4, 4)(torch.randn(1, 3, 4))
# run: check()
"""Arrays of NumPy on the way to tensors and layers: masks and tables, strides that are counted with, and what is no layer."""
import os
from argparse import Namespace

import numpy as np
import torch
from torch import nn


def later_places(size):
    mask = np.triu(np.ones((1, size, size)), k=1).astype("uint8")
    return torch.from_numpy(mask) == 0


class Decoder(nn.Module):
    def __init__(self, heads, width):
        super().__init__()
        self.width = width
        places = np.arange(50)[:, np.newaxis]
        rates = np.power(10000, np.arange(0, width, 2) / width)
        angles = places / rates
        table = np.concatenate([np.sin(angles), np.cos(angles)], axis=-1)
        self.register_buffer("table", torch.from_numpy(table).float())
        self.triangle = np.tril_indices(heads, k=-1)
        self.below = nn.Parameter(torch.zeros(heads * (heads - 1) // 2))

    def forward(self, x):
        B, T, C = x.shape
        seen = later_places(T)  # shape: (1, T, T)
        scores = (x @ x.transpose(-2, -1)).masked_fill(seen == 0, -1e9)  # shape: (B, T, T)
        return scores.softmax(-1) @ x  # shape: (B, T, C)


class Pyramid(nn.Module):
    """Each level is enlarged to the first one; what is left of the strides is counted in an array that is written to."""

    def __init__(self, out, channels):
        super().__init__()
        scales = np.array([1, 2, 4], dtype=int)
        rest = scales[1:] // scales[0]
        scales[2:] = scales[1]
        self.ups = nn.ModuleList([nn.Upsample(scale_factor=int(scale)) for scale in [1, *rest]])
        self.first = nn.Conv2d(channels[0], out, 3, stride=int(scales[2]))

    def forward(self, levels):
        first = self.first(levels[0])  # shape: (2, 4, 7, 7)
        last = self.ups[2](levels[2])  # shape: (2, 32, 16, 16)
        return last


class Bins(nn.Module):
    def __init__(self):
        super().__init__()
        widths = [3, 1, 2]
        order = np.argsort(widths)
        self.layers = nn.ModuleList([nn.Linear(6, widths[i]) for i in order])

    def forward(self, x):
        narrow = self.layers[0](x)  # shape: (2, 1)
        back = [layer(x) for layer in self.layers[::-2]]
        wide = back[0]  # shape: (2, 3)
        last = torch.stack(back[::-1][1:])  # shape: (1, 2, 3)
        return narrow, wide, last


class Settings(object):
    rate = 0.1
    depth = 2

    def __init__(self, **given):
        for name, value in given.items():
            setattr(self, name, value)


class Typed(nn.Module):
    def __init__(self, settings):
        super().__init__()
        options = Namespace(width=settings.width)
        if "bias" not in options:
            options.bias = False
        self.layers = nn.ModuleList([nn.Linear(options.width, 6, bias=options.bias) for _ in range(settings.depth)])

    def forward(self, x):
        if type(x) is tuple or isinstance(x, nn.utils.rnn.PackedSequence):
            x = x[0]
        if x.dtype == torch.float16:
            x = x.sum(0)
        for layer in self.layers:
            x = layer(x)
        return x  # shape: (2, 6)


def check():
    grid = np.stack(np.meshgrid(np.arange(3), np.arange(4)), axis=0)
    first = torch.from_numpy(grid)  # shape: (2, 4, 3)
    ids = np.arange(5)[:, None] - np.tile(np.arange(7), (5, 1))
    second = torch.tensor(ids, dtype=torch.long).unsqueeze(0)  # shape: (1, 5, 7)
    window = torch.ones(4, 4)[np.newaxis, np.newaxis].repeat(3, 1, 1, 1)  # shape: (3, 1, 4, 4)
    old = torch.FloatTensor(first.size(0), window.size(0))  # shape: (2, 3)
    counts = np.array([2, 3])
    other = counts[:1]
    other[0] = 9
    third = torch.zeros(int(counts[0]), 1)  # shape: (?, 1)
    counts += 1
    fourth = torch.zeros(2, 1)  # shape: (2, 1)
    return first, second, window, old, third, fourth


def picked():
    """Arrays that pick from arrays and from tensors, by places and by masks."""
    values, places = np.arange(10, dtype=np.float32), np.array([1, 3, 5])
    one = torch.from_numpy(values[places])  # shape: (3,)
    two = torch.from_numpy(np.zeros((4, 10))[:, np.array([0, 2])])  # shape: (4, 2)
    three = torch.randn(4, 7)[:, places]  # shape: (4, 3)
    four = torch.randn(7, 7)[places[:2], places[:2]]  # shape: (2,)
    five = torch.from_numpy(values[values > 3])  # shape: (?,)
    six = torch.randn(4, 10)[:, values > 3]  # shape: (4, ?)
    _, top = torch.topk(three.mean(0), 2)
    seven = three[:, top.numpy()]  # shape: (4, 2)
    return one, two, four, five, six, seven


def reduced():
    """What is computed over the axes of an array; over all of them it is a number."""
    table = np.random.rand(6, 3)
    centred = torch.from_numpy(table - table.mean(axis=0))  # shape: (6, 3)
    scaled = torch.from_numpy((table - np.mean(table, 0)) / table.std(0, keepdims=True))  # shape: (6, 3)
    totals = torch.from_numpy(np.maximum(0, table.sum(axis=1)))  # shape: (6,)
    both = torch.from_numpy(np.mean(table, axis=(0, 1), keepdims=True))  # shape: (1, 1)
    turned = torch.from_numpy(np.flip(table, axis=0).copy())  # shape: (6, 3)
    ordered = torch.from_numpy(table[np.argsort(table[:, 0])])  # shape: (6, 3)
    longest = torch.zeros(np.array([3, 4, 2]).max())  # shape: (4,)
    labels = torch.as_tensor(table.argmax(axis=1))  # shape: (6,)
    filled = torch.full((2,), table.mean())  # shape: (2,)
    steps = np.cumsum(np.zeros((4, 5), dtype=bool), axis=1)
    embedded = nn.Embedding(5, 2)(torch.from_numpy(steps))  # shape: (4, 5, 2)
    first = sorted([((1,), 5), ((1, 0), 2)])[0][1]
    sized = torch.zeros(first)  # shape: (5,)
    return centred, scaled, totals, both, turned, ordered, longest, labels, filled, embedded, sized


levels = [torch.zeros(2, 8, 16, 16), torch.zeros(2, 16, 8, 8), torch.zeros(2, 32, 4, 4)]
top = Pyramid(4, [8, 16, 32])(levels)
binned = Bins()(torch.zeros(2, 6))
typed = Typed(Settings(width=6))(torch.zeros(2, 6))

kernel, dilation = np.atleast_1d((3, 5)), np.atleast_1d(1)
padding = tuple(int(size) for size in (kernel - 1) / 2 * dilation)
y = torch.zeros(padding)  # shape: (1, 2)
y = torch.zeros(len(np.atleast_1d(7)), int(np.prod(2)), 3 if np.prod((1, 2)) != 1 else 4)  # shape: (1, 2, 3)

places = np.where(np.arange(48) % 3 != 1)[0]
rows = torch.from_numpy(np.zeros((48, 32, 3))[places])  # shape: (?, 32, 3)


def either(is_set):
    """One of two arrays has what both have."""
    table = np.zeros((6, 3)) if is_set else np.ones((6, 3))
    rows = [np.zeros((2, 5), dtype=np.float32) for _ in range(4)]
    row = torch.from_numpy(rows[int(is_set)])  # shape: (2, 5)
    if is_set:
        lengths = np.array([4, 8])
    else:
        lengths = np.array([16, 32])
    first, second = np.array([1, 2]), np.array([3, 4])
    (first if is_set else second)[0] = 7
    filled = torch.zeros(int(second[1]), int(second[0]))  # shape: (?, ?)
    state = np.zeros(3)
    for step in range(5):
        if step == is_set:
            state = state * 2
    return torch.from_numpy(table), torch.from_numpy(lengths), row, filled, torch.from_numpy(state)


for name in os.environ:
    table, lengths, _, _, state = either(name == "")
    table = table + 1  # shape: (6, 3)
    lengths = lengths + 1  # shape: (2,)
    state = state + 1  # shape: (3,)
