"""How many elements a mask picks: by its numbers where it is small, and by how it was made where its sizes are names."""

import torch
import torch.nn.functional as F
from torch import nn

n = 8
similarity = torch.randn(n, n)
y = similarity[~torch.eye(n, dtype=torch.bool)].view(n, -1)  # shape: (8, 7)
y = similarity.masked_select(~torch.eye(n).bool())  # shape: (56,)
y = similarity[torch.triu(torch.ones(n, n), diagonal=1).bool()]  # shape: (28,)
y = similarity[torch.eye(n) == 0]  # shape: (56,)
y = similarity[(1 - torch.eye(n)).bool()].reshape(n, n - 1)  # shape: (8, 7)
y = similarity[torch.arange(n) > 2]  # shape: (5, 8)
y = similarity[torch.arange(-1, n - 1) % 3 == 0]  # shape: (3, 8)
y = similarity[torch.tensor([True, False] * 4)]  # shape: (4, 8)
y = torch.nonzero(torch.tril(torch.ones(n, n)) == 1)  # shape: (36, 2)
rows, columns = torch.where(torch.eye(n))
y = rows  # shape: (8,)
y = torch.zeros((torch.eye(3) == 1).sum().item())  # shape: (3,)
y = torch.ones(40, 40).triu(-1).nonzero()  # shape: (859, 2)
y = torch.ones(40, 40).tril(-1).nonzero()  # shape: (780, 2)
y = torch.eye(30).repeat(2, 3).nonzero()  # shape: (180, 2)
y = (torch.eye(30) < 1).nonzero()  # shape: (870, 2)
y = torch.full((30, 30), 0.5).int().nonzero()  # shape: (?, 2)
y = similarity[torch.rand(n, n) > 0.5]  # shape: (?,)

# As the heads of a transformer are pruned.
kept = torch.ones(4, 3)
for head in (1, 2):
    kept[head] = 0
kept = kept.flatten() == 1
y = torch.arange(kept.numel())[kept]  # shape: (6,)


def pulled_together(a, b):
    """Each sample against its other view and against all others."""
    batch = a.size(0)
    views = F.normalize(torch.cat([a, b]), dim=1)
    others = ~torch.eye(2 * batch, dtype=torch.bool)
    sample = torch.cat([torch.arange(batch), torch.arange(batch)])
    scores = (views @ views.t())[others].view(2 * batch, -1)  # shape: (12, 11)
    is_view = (sample[None] == sample[:, None])[others].view(2 * batch, -1)  # shape: (12, 11)
    own = scores[is_view].view(2 * batch, -1)  # shape: (12, 1)
    return torch.cat([own, scores[~is_view].view(2 * batch, -1)], dim=1)


y = pulled_together(torch.randn(6, 4), torch.randn(6, 4))  # shape: (12, 11)


class Contrast(nn.Module):
    """Which scores are negative, as a mask that is written element by element."""

    def __init__(self, batch):
        super().__init__()
        self.rows = 2 * batch
        self.negative = self.strangers(batch)
        self.register_buffer("others", ~torch.eye(self.rows, dtype=torch.bool))

    @staticmethod
    def strangers(batch):
        allowed = torch.ones(2 * batch, 2 * batch, dtype=bool)
        allowed.fill_diagonal_(False)
        for sample in range(batch):
            partner = sample + batch
            allowed[sample, partner] = allowed[partner, sample] = False
        return allowed

    def forward(self, z):
        scores = z @ z.T
        every = scores[self.others].reshape(self.rows, -1)  # shape: (8, 7)
        return scores[self.negative].reshape(self.rows, -1), every


y, every = Contrast(4)(torch.randn(8, 16))
y = y  # shape: (8, 6)


def off_diagonal(x: torch.Tensor):
    rows, width = x.shape
    distances = torch.cdist(x, x)
    y = distances[~torch.eye(rows).bool()].view(rows, rows - 1)  # shape: (rows, rows - 1)
    return y


# What else may write to a mask makes its count unknown.
whole = torch.ones(3, 4)
row = whole[0]
row[1] = 0
y = torch.arange(12)[whole.view(-1).bool()]  # shape: (?,)
known = torch.zeros(5, dtype=torch.bool)
other = known
other[1] = True
y = torch.arange(5)[known]  # shape: (1,)
perhaps = torch.ones(4, 4, dtype=torch.bool)
if torch.rand(1) > 0.5:
    perhaps[0] = False
y = torch.arange(16)[perhaps.view(-1)]  # shape: (?,)
square = torch.eye(4, dtype=torch.bool)
square.t()[0, 1] = True
y = torch.zeros(4, 4)[square]  # shape: (?,)
as_array = torch.zeros(5, dtype=torch.bool)
as_array.numpy()[2] = True
y = torch.arange(5)[as_array]  # shape: (?,)
y = torch.zeros(2, 3)[torch.ones(2, 3, dtype=bool).zero_()]  # shape: (0,)

# One of two masks is written into, and a buffer that is the tensor it was made of; fractions that may become zero.
first = torch.eye(4)
chosen = first if torch.rand(1) < 2 else torch.zeros(4, 4)
chosen[0] = 1
y = first.nonzero()  # shape: (?, 2)
holder, source = nn.Module(), torch.eye(4)
holder.register_buffer("mask", source)
source.fill_(1)
y = holder.mask.nonzero()  # shape: (?, 2)
y = torch.full((3,), 0.5, dtype=torch.long).nonzero()  # shape: (?, 1)
y = (torch.ones(40).half() > 0.9999).nonzero()  # shape: (?, 1)
y = (torch.tensor([1e-30]) ** 2).nonzero()  # shape: (?, 1)
