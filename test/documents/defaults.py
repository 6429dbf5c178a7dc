import torch
import torch.nn.functional as F
from torch import nn


def resized(x, size=None, factor=None):
    return F.interpolate(x, size, factor)


def singular(*shape):
    x = torch.rand(shape)
    return torch.linalg.svd(x)


class Narrow(nn.Module):
    def __init__(self, hidden=128):
        super().__init__()
        self.first = nn.Linear(64, hidden)
        self.second = nn.Linear(100, 10)

    def forward(self, x):
        x = self.first(x)  # shape: (*, 128)
        return self.second(x)  # warning: shape-mismatch


class Wrong(nn.Module):
    def __init__(self, hidden=128):
        super().__init__()
        self.first = nn.Linear(64, hidden)
        self.second = nn.Linear(hidden + 1, 10)

    def forward(self, x):
        return self.second(self.first(x))  # error: shape-mismatch


def scaled(alpha, data):
    x = torch.zeros(3) * (alpha + 1)  # shape: ?
    y = F.relu(2 * data.x)  # shape: ?
    z = torch.zeros(data.count, 2 * data.width)  # shape: (count, 2*width)
    return z.view(-1, data.width)  # shape: (2*count, width)


class Heads(nn.Module):
    def __init__(self, config):
        super().__init__()
        assert config.width % config.heads == 0
        self.heads = config.heads
        self.project = nn.Linear(config.width, 3 * config.width)

    def forward(self, x):
        B, T, C = x.shape
        q, k, v = self.project(x).chunk(3, dim=-1)  # shape: (B, T, width), (B, T, width), (B, T, width)
        q = q.view(B, T, self.heads, C // self.heads).transpose(1, 2)  # shape: (B, heads, T, width//heads)
        k = k.view(B, T, self.heads, C // self.heads).transpose(1, 2)
        scores = q @ k.transpose(-2, -1)  # shape: (B, heads, T, T)
        y = scores @ v.view(B, T, self.heads, C // self.heads).transpose(1, 2)
        return y.transpose(1, 2).reshape(B, T, C)  # shape: (B, T, width)


class Up(nn.Module):
    """What may be left out is given as a rule, and then it fits."""

    def __init__(self):
        super().__init__()
        self.up = nn.ConvTranspose2d(8, 4, 2, stride=2)
        self.conv = nn.Conv2d(7, 4, 3, padding=1)

    def forward(self, x, skip=None):
        x = self.up(x)
        if skip is not None:
            x = torch.cat([x, skip], dim=1)
        return self.conv(x)


class Config:
    count = 4
    width = 8
    heads = 2
    x = torch.zeros(3, 1)


# run: scaled(torch.zeros(2, 1), Config)
# run: Heads(Config)(torch.zeros(2, 5, 8))
# run: Up()(torch.zeros(2, 8, 4, 4), torch.zeros(2, 3, 8, 8))
# run: Wrong()(torch.zeros(2, 64))
