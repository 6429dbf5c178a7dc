# A model that is called with something known, and with something of which nothing is known: what holds for both is said.
# run: grown(torch.zeros(2, 3), 4)
# run: sampled(torch.zeros(2, 3).long(), 2)
# run: joined(torch.zeros(2, 3), True)
# run: joined(torch.zeros(2, 3), False)
import pickle

import torch
from torch import nn


class Block(nn.Module):
    def __init__(self, width):
        super().__init__()
        self.linear = nn.Linear(width, 2 * width)

    def forward(self, x):
        return self.linear(x)  # shape: (B, D1, 32)


class Tagger(nn.Module):
    def __init__(self):
        super().__init__()
        self.embed = nn.Embedding(20, 16)
        self.block = Block(16)
        self.head = nn.Linear(32, 5)

    def forward(self, ids):
        B, T = ids.size()
        h = self.embed(ids)  # shape: (B, T, 16)
        mask = ids.eq(0)  # shape: (B, T)
        h = self.block(h)  # shape: (B, T, 32)
        h = self.head(h)  # shape: (B, T, 5)
        return h, mask


tagger = Tagger()
scores, _ = tagger(torch.zeros(2, 3).long())  # shape: (2, 3, 5), (2, 3)
others, _ = tagger(pickle.loads(pickle.dumps(torch.zeros(4, 7).long())))  # shape: (B, T, 5), (B, T)


class Counter(nn.Module):
    def __init__(self, width):
        super().__init__()
        self.fc = nn.Linear(width, 7)

    def forward(self, x):
        y = self.fc(x)  # shape: (B, 7)
        return y.sum(dim=1)  # shape: (B,)


small = Counter(3)
small(torch.zeros(4, 3))
small(pickle.loads(pickle.dumps(torch.zeros(9, 3))))


def grown(x, n):
    """Each round has a `t` of its own, and behind the loop there is none."""
    for _ in range(n):
        b, t = x.size()
        x = torch.cat((x, x.new_zeros(b, 1)), dim=1)  # shape: (b, t + 1)
    return x  # shape: (b, ?)


def sampled(ids, n):
    """What the model asks of its input is known in all rounds."""
    for _ in range(n):
        last = ids if ids.size(1) <= 9 else ids[:, -9:]  # shape: (B, ?)
        scores, _ = tagger(last)
        following = torch.multinomial(scores[:, -1].softmax(-1), 1)  # shape: (B, 1)
        ids = torch.cat((ids, following), dim=1)  # shape: (B, ?)
    return ids  # shape: (B, ?)


def joined(x: torch.Tensor, flag):
    """Shapes of different ranks have what stands at their ends in common."""
    a = torch.zeros(4, 2, 3) if flag else torch.zeros(4, 3)  # shape: (4, …, 3)
    b = torch.zeros(4, 2, 3) if flag else torch.zeros(5, 1, 2, 3)  # shape: (…, 2, 3)
    c = torch.zeros(4) if flag else torch.zeros(4, 4)  # shape: (4, …)
    d = torch.zeros(4, 3) if flag else torch.zeros(3, 4, 5)  # shape: (…, 4, ?)
    e = torch.zeros(()) if flag else torch.zeros(5)  # shape: ?
    y = nn.Linear(3, 6)(a)  # shape: (4, …, 6)
    return y, b, c, d, e
