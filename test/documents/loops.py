# run: Stack()(torch.zeros(2, 16))
# run: grows([1, 2])
# run: swaps([1, 2])
# run: counts(3)
# run: deep(3)
import torch
from torch import nn


class Stack(nn.Module):
    def __init__(self):
        super().__init__()
        self.layers = nn.ModuleList([nn.Linear(16, 16) for _ in range(4)])
        sizes = [16, 32, 64]
        self.growing = nn.ModuleList()
        for before, after in zip(sizes, sizes[1:]):
            self.growing.append(nn.Linear(before, after))
        blocks = []
        for i in range(3):
            blocks.append(nn.Linear(64 // 2**i, 64 // 2 ** (i + 1)))
            blocks.append(nn.ReLU())
        self.shrinking = nn.Sequential(*blocks)

    def forward(self, x):
        for layer in self.layers:
            x = layer(x)
            y = x  # shape: (*, 16)
        for i, layer in enumerate(self.growing):
            x = layer(x)
        y = x  # shape: (*, 64)
        y = self.shrinking(y)  # shape: (*, 8)
        y = self.shrinking[:2](x)  # shape: (*, 32)
        return self.growing[-1](self.growing[0](self.layers[2](torch.zeros(3, 16))))  # shape: (3, 64)


def grows(items):
    x = torch.zeros(2, 4)
    before = x  # shape: (2, 4)
    for item in items:
        x = torch.cat([x, x], dim=1)
    after = x  # shape: (2, ?)
    return before, after


def swaps(items):
    x = torch.zeros(2, 4)
    y = torch.zeros(2, 5)
    for item in items:
        x, y = y, x
    z = x  # shape: (2, ?)
    return z + 0 * x  # shape: (2, ?)


def counts(n):
    x = torch.zeros(1, 8)
    i = 0
    while i < 3:
        x = torch.cat([x, torch.zeros(1, 8)])
        i += 1
    y = x  # shape: (4, 8)
    for _ in range(n):
        x = torch.cat([x, x])
    z = x  # shape: (?, 8)
    for _ in range(10**9):
        x = torch.zeros(5)
        break
    return y, z


class Deep(nn.Module):
    """How many layers it has is for its user to say."""

    def __init__(self, depth):
        super().__init__()
        self.layers = nn.ModuleList()
        self.steps = nn.Sequential(nn.Linear(4, 4))
        for _ in range(depth):
            inner = nn.ModuleList()
            for _ in range(depth):
                inner.append(nn.Linear(4, 4))
            self.layers.append(inner)
            self.steps += nn.Sequential(nn.Linear(4, 4))
        self.head = nn.Linear(4, 2)


def deep(depth):
    model = Deep(depth)
    x = torch.zeros(len(model.layers), 4)  # shape: (depth, 4)
    y = torch.zeros(len(model.steps), 4)  # shape: (?, 4)
    z = model.head(x)  # shape: (depth, 2)
    return z


class Layer:
    """Notes its output, as those who learn to write networks do."""

    def __init__(self):
        self.w = torch.randn(8, 8, requires_grad=True)

    def __call__(self, x):
        self.out = x @ self.w  # shape: (?, 8)
        return self.out


def update_ratios():
    layer = Layer()
    parameters, ratios = [layer.w], []
    for _ in range(200):
        y = layer(torch.randn(16, 8))  # shape: (16, 8)
        y.sum().backward()
        for p in parameters:
            p.data += -0.1 * p.grad
        ratios.append([(0.1 * p.grad.std() / p.data.std()).log10().item() for p in parameters])
    y = torch.randn(20, 8) @ parameters[0]  # shape: (20, 8)
    y = layer(torch.randn(20, 8))  # shape: (20, 8)


update_ratios()
