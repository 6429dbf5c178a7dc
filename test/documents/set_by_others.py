# run: Components().projected()
# run: Method().wrong(torch.zeros(1))
"""What a method finds on its object may have been set by another one, by a hook or by a class that derives from its own."""
from dataclasses import dataclass

import torch
from torch import nn
from torch.nn import functional as F


class Components:
    """Nobody calls its methods here; who does calls `fit` first."""

    size = torch.zeros(1)

    def __init__(self, rank=(), reduction="none"):
        self.rows = []
        self.mean = torch.empty(0)
        self.rank = rank
        self.loss = nn.MSELoss(reduction=reduction)
        self._scale = torch.zeros(1)
        self.reset()

    def reset(self):
        self.basis = torch.zeros(4, 2)

    @property
    def scale(self):
        return self._scale

    @scale.setter
    def scale(self, value):
        self._scale = value

    def fit(self, x):
        self.rows = torch.stack(self.rows)
        self.mean, _ = x.mean(0), x.std(0)

    def transform(self, x):
        centred = torch.ones(3, 4) - self.mean
        return self.rows[:, 0], self.rank.shape, self.scale[0, 1], self.size[0, 1], centred

    def measured(self, x):
        return self.loss(torch.zeros(2), torch.zeros(2)).item()

    def projected(self):
        return torch.ones(3, 5) @ self.basis  # error: shape-mismatch


class Wider(Components):
    size = torch.zeros(2, 2)


class Scaled(nn.Module):
    def __init__(self):
        super().__init__()
        self.layer = nn.Linear(3, 8)
        self.mean = torch.empty(0)

    def fit(self, x):
        self.mean = x.mean(0)

    def forward(self, x):
        return self.layer(x) - self.mean


class Attributed:
    """Gradients that a hook leaves when they are computed."""

    def __init__(self, layer):
        self.gradient = []
        layer.register_full_backward_hook(self.keep)

    def keep(self, layer, inputs, outputs):
        self.gradient = outputs[0]


layer = nn.Linear(3, 4)
attributed = Attributed(layer)
x = torch.zeros(len(attributed.gradient))  # shape: (0,)
layer(torch.rand(2, 3)).sum().backward()
weights = attributed.gradient[:, 0]

seen = []
x = torch.rand(3, requires_grad=True)
y = x * 2
y.register_hook(lambda gradient: seen.append(gradient))
x = torch.zeros(len(seen))  # shape: (0,)
y.sum().backward()
x = torch.zeros(len(seen))  # shape: (?,)


class Grown(nn.Module):
    """Layers that another method adds."""

    def __init__(self):
        super().__init__()
        self.first = nn.Linear(4, 8)
        self.middle = nn.ModuleList()
        self.last = nn.Linear(16, 2)
        self.names = ["first", "last"]

    def add(self, size):
        self.middle.append(nn.Linear(8, size))
        self.names.append(f"middle {size}")

    def forward(self, x):
        x = self.first(x)  # shape: (*, 8)
        for layer in self.middle:
            x = layer(x)
        return self.last(x)

    def weights(self):
        return torch.ones(len(self.names)) / torch.ones(3)


class Refitted(nn.Module):
    """Parts that another method changes: of a part, by its own method, through another name."""

    def __init__(self, body):
        super().__init__()
        self.body = nn.Sequential(nn.Linear(4, 8), nn.ReLU())
        self.head = Head()
        self.hooked = nn.Linear(3, 8)
        body.register_forward_hook(lambda *given: setattr(self, "seen", given[-1]))
        self.seen = torch.zeros(1)

    def widen(self, size):
        body = self.body
        body[0] = nn.Linear(4, size)
        self.hooked.register_forward_hook(lambda layer, inputs, output: output[:, :2])

    def forward(self, x):
        return nn.Linear(16, 2)(self.body(x)) + self.head(torch.ones(2, 5)) + nn.Linear(2, 2)(self.hooked(x))


class Head(nn.Module):
    def __init__(self):
        super().__init__()
        self.layer = nn.Linear(8, 2)

    def reset(self, size):
        self.layer = nn.Linear(size, 2)

    def forward(self, x):
        return self.layer(x)


class Method:
    """What a class that derives from it may have instead."""

    rank = 3
    sizes = ()

    def width(self):
        return 1

    def features(self, x):
        return x

    def extra(self, x):
        print("nothing to add")

    def missing(self):
        raise NotImplementedError

    def projected(self):
        return torch.ones(2, 5) @ torch.ones(self.rank, 2) + torch.ones(2, 3) @ torch.ones(self.width(), 2)

    def read(self, x):
        return self.features(x.view(4))[:, 0], F.relu(self.extra(x)), self.sizes.shape

    def wrong(self, x):
        return torch.ones(2, 5) @ torch.ones(3, 2)  # error: shape-mismatch


@dataclass
class Plan:
    rank: int = 3

    def projected(self):
        return torch.ones(2, 5) @ torch.ones(self.rank, 2)


def planned(**options):
    plan = Plan(**options)
    return torch.ones(2, 5) @ torch.ones(plan.rank, 2)


scale = torch.ones(3)


class Scaling:
    def __enter__(self):
        global scale
        scale = torch.ones(5)

    def __exit__(self, *raised):
        pass


def scaled():
    return torch.ones(2, 5) * scale


def visited(tree):
    """Whoever is given a function may call it."""
    best = torch.zeros(0)
    sums = {"all": torch.zeros(3)}

    def visit(node):
        nonlocal best
        best = node.scores

    tree.visit(visit)
    tree.each(lambda node: sums.update(all=node.scores))
    return best[0], torch.ones(2, 5) * sums["all"]


class Shifted(nn.Module):
    """A parameter that is changed in place stays one."""

    def __init__(self):
        super().__init__()
        self.shift = nn.Parameter(torch.zeros(3))
        with torch.no_grad():
            self.shift += 1


x = torch.zeros(sum(weight.numel() for weight in Shifted().parameters()))  # shape: (3,)
