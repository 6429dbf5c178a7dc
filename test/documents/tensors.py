# run: Heads()(torch.zeros(2, 5, 12))
# run: Gated()(torch.zeros(2, 6))
# run: sums()
# run: picked()
# run: chosen()
# run: changed()
import torch
from torch import nn


class Gated(nn.Module):
    def forward(self, x):
        value, gate = x.chunk(2, dim=-1)  # shape: (*, (D + 1)//2), (*, D - (D + 1)//2)
        return value


class Heads(nn.Module):
    def forward(self, x):
        B, T, C = x.size()
        q = x.reshape(B, T, 3, C // 3)  # shape: (B, T, 3, C//3)
        q = q.movedim(1, 2).flatten(2)  # shape: (B, 3, T*(C//3))
        return torch.einsum("btc,bsc->bts", x, x)  # shape: (B, T, T)


def sums():
    x, y = torch.zeros(2, 3, 4), torch.zeros(2, 5, 4)
    z = torch.einsum("bnd, bmd -> bnm", x, y)  # shape: (2, 3, 5)
    z = torch.einsum("...d->...", x)  # shape: (2, 3)
    z = torch.cdist(x, y)  # shape: (2, 3, 5)
    z = x.var(dim=(1, 2), keepdim=True)  # shape: (2, 1, 1)
    values, places = x.max(dim=1)  # shape: (2, 4), (2, 4)
    z = x.max(dim=1).values  # shape: (2, 4)
    z = x.topk(2, dim=-1).indices  # shape: (2, 3, 2)
    z = x.cumsum(1)  # shape: (2, 3, 4)
    return torch.baddbmm(z, x, torch.zeros(1))  # error: shape-mismatch


def picked():
    x = torch.zeros(4, 5, 6)
    rows = torch.tensor([0, 1, 2])
    y = x[rows]  # shape: (3, 5, 6)
    y = x[rows, :, rows]  # shape: (3, 5)
    y = x[:, rows, rows]  # shape: (4, 3)
    y = x[[0, 1]]  # shape: (2, 5, 6)
    y = x[rows[:, None], rows]  # shape: (3, 3, 6)
    y = x[x > 0]  # shape: (0,)
    y = x[..., x[0, 0] == 0]  # shape: (4, 5, 6)
    x[:, 0] = torch.zeros(6)
    x[:, 0] = torch.zeros(5)  # error: shape-mismatch


def chosen():
    scores = torch.zeros(3, 10)
    labels = scores.argmax(1)  # shape: (3,)
    picked = scores.gather(1, labels[:, None])  # shape: (3, 1)
    hot = torch.zeros_like(scores).scatter_(1, labels.unsqueeze(1), 1.0)  # shape: (3, 10)
    mask = torch.ones(4, 4).tril().bool()  # shape: (4, 4)
    seen = torch.zeros(4, 4).masked_fill(~mask, float("-inf"))  # shape: (4, 4)
    rows, columns = torch.meshgrid(torch.arange(3), torch.arange(4), indexing="ij")  # shape: (3, 4), (3, 4)
    steps = torch.arange(0, 10, 3)  # shape: (4,)
    return torch.repeat_interleave(scores, 3, dim=0)  # shape: (9, 10)


def changed():
    x = torch.zeros(2, 3)
    x.add_(torch.zeros(3))
    x.clamp_(min=0).mul_(2)
    x.add_(torch.zeros(4, 2, 3))  # error: shape-mismatch
