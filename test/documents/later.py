"""What a generator or `map` does elsewhere happens when its items are taken: later, once, or never."""
import torch
from torch import nn

log = []


def numbers():
    log.append("began")
    yield 3
    log.append("went on")
    yield 4


waiting = numbers()
nothing_yet = torch.zeros(len(log))  # shape: (?,)
taken = torch.zeros(*list(waiting))  # shape: (3, 4)
both = torch.zeros(len(log))  # shape: (2,)

seen = []
mapped = map(seen.append, [1, 2, 3])
before = torch.zeros(len(seen))  # shape: (?,)
results = list(mapped)
after = torch.zeros(len(seen), len(results))  # shape: (3, 3)


class Stages(nn.Module):
    """Layers that a generator makes, which counts while it does."""

    def __init__(self):
        super().__init__()
        self.width = 3
        self.stages = nn.Sequential(*self.built((8, 16)))
        self.head = nn.Linear(self.width, 2)

    def built(self, widths):
        for width in widths:
            yield nn.Linear(self.width, width)
            self.width = width

    def forward(self, x):
        return self.head(self.stages(x))  # shape: (5, 2)


outputs = Stages()(torch.zeros(5, 3))
