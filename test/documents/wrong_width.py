# run: Narrow()(torch.zeros(2, 1, 28, 28))
# run: Chain()(torch.zeros(2, 8))
# run: Pixels()(torch.zeros(2, 3, 8, 8))
# run: Grouped()
# run: joined()
# run: grown()
import torch
from torch import nn


class Narrow(nn.Module):
    def __init__(self):
        super().__init__()
        self.hidden = nn.Linear(784, 128)
        self.out = nn.Linear(256, 10)

    def forward(self, x):
        x = torch.relu(self.hidden(x.flatten(1)))  # shape: (B, 128)
        return self.out(x)  # error: shape-mismatch


class Chain(nn.Module):
    def __init__(self):
        super().__init__()
        self.layers = nn.Sequential(nn.Linear(8, 16), nn.ReLU(), nn.Linear(17, 4))

    def forward(self, x):
        return self.layers(x)  # error: shape-mismatch


class Pixels(nn.Module):
    def __init__(self):
        super().__init__()
        self.conv = nn.Conv2d(3, 8, 3, padding=1)
        self.norm = nn.BatchNorm2d(16)

    def forward(self, x):
        x = self.conv(x)  # shape: (B, 8, H, W)
        return self.norm(x)  # error: shape-mismatch


class Grouped(nn.Module):
    def __init__(self):
        super().__init__()
        self.conv = nn.Conv2d(8, 12, 3, groups=5)  # error: shape-mismatch


def joined():
    a = torch.zeros(2, 3)
    b = torch.zeros(3, 3)
    return torch.cat([a, b], dim=1)  # error: shape-mismatch


def grown():
    a = torch.zeros(3, 1)
    a += torch.zeros(3, 4)  # error: shape-mismatch
    return a


def pieces(x: torch.Tensor):
    y = torch.zeros(2, 12, 4)
    a, b, c = y.chunk(3, dim=1)  # shape: (2, 4, 4), (2, 4, 4), (2, 4, 4)
    return a


def too_many_pieces():
    y = torch.zeros(2, 12, 4)
    a, b = y.chunk(3, dim=1)  # error: shape-mismatch
    return a


def too_few_sizes():
    B, T = torch.zeros(2, 12, 4).shape  # error: shape-mismatch
    return B


def chain():
    x = (
        torch.zeros(2, 12)
        .relu()
        .view(2, 13)  # error: shape-mismatch
    )
    return x


# run: pieces(None)
# run: too_many_pieces()
# run: too_few_sizes()
# run: chain()


def fifth_size():
    return torch.zeros(1, 2, 3, 4).shape[4]  # error: shape-mismatch


def last_size():
    x = torch.zeros(2, 3)
    return torch.zeros(x.shape[-1], x.shape[1])  # shape: (3, 3)


# run: fifth_size()
# run: last_size()
