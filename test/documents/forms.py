"""Blocks that a model calls in several sizes: their lines say what they are as their author wrote them."""

import torch
import torch.nn as nn
import torch.nn.functional as F


class BasicBlock(nn.Module):
    def __init__(self, in_planes, planes, stride=1):
        super().__init__()
        self.conv1 = nn.Conv2d(in_planes, planes, 3, stride=stride, padding=1, bias=False)
        self.norm1 = nn.BatchNorm2d(planes)
        self.conv2 = nn.Conv2d(planes, planes, 3, padding=1, bias=False)
        self.norm2 = nn.BatchNorm2d(planes)
        self.shortcut = nn.Sequential()
        if stride != 1 or in_planes != planes:
            self.shortcut = nn.Sequential(
                nn.Conv2d(in_planes, planes, 1, stride=stride, bias=False),
                nn.BatchNorm2d(planes),
            )

    def forward(self, x):
        # The batch is 2 in every call, the rest differs.
        out = F.relu(self.norm1(self.conv1(x)))  # shape: (2, planes, (H - 1)//stride + 1, (W - 1)//stride + 1)
        out = self.norm2(self.conv2(out))  # shape: (2, planes, (H - 1)//stride + 1, (W - 1)//stride + 1)
        out += self.shortcut(x)
        return F.relu(out)  # shape: (2, planes, (H - 1)//stride + 1, (W - 1)//stride + 1)


class ResNet(nn.Module):
    def __init__(self, widths, classes):
        super().__init__()
        self.stem = nn.Conv2d(3, widths[0], 3, padding=1)
        blocks = [BasicBlock(a, b, stride=2) for a, b in zip(widths, widths[1:])]
        self.blocks = nn.Sequential(*blocks)
        self.head = nn.Linear(widths[-1], classes)

    def forward(self, x):
        x = self.blocks(self.stem(x))  # shape: (2, 32, 8, 8)
        return self.head(x.mean((2, 3)))  # shape: (2, 10)


y = ResNet([8, 16, 32], 10)(torch.randn(2, 3, 32, 32))  # shape: (2, 10)


class SqueezeExcitation(nn.Module):
    """The rank is the same, the width is not."""

    def __init__(self, channels, reduction):
        super().__init__()
        self.scale = nn.Parameter(torch.ones(1, channels, 1, 1))  # shape: (1, channels, 1, 1)
        self.down = nn.Linear(channels, channels // reduction)
        self.up = nn.Linear(channels // reduction, channels)

    def forward(self, x):
        squeezed = x.mean((2, 3))
        # Nothing says how many dimensions the input has, but that each call gives it four.
        gate = torch.sigmoid(self.up(F.relu(self.down(squeezed))))  # shape: (?, channels)
        return x * gate[:, :, None, None] * self.scale


y = SqueezeExcitation(16, 4)(torch.randn(2, 16, 7, 9))  # shape: (2, 16, 7, 9)
y = SqueezeExcitation(32, 8)(torch.randn(3, 32, 5, 4))  # shape: (3, 32, 5, 4)


class Attention(nn.Module):
    def __init__(self, dim, heads):
        super().__init__()
        self.heads = heads
        self.qkv = nn.Linear(dim, 3 * dim)

    def forward(self, x, mask=None):
        b, n, d = x.shape
        q, k, v = self.qkv(x).chunk(3, dim=-1)  # shape: (b, n, dim), (b, n, dim), (b, n, dim)
        q, k, v = (t.view(b, n, self.heads, d // self.heads).transpose(1, 2) for t in (q, k, v))
        scores = q @ k.transpose(-2, -1)  # shape: (b, heads, n, n)
        if mask is not None:
            scores = scores.masked_fill(~mask, float("-inf"))
        return (scores.softmax(-1) @ v).transpose(1, 2).reshape(b, n, d)  # shape: (b, n, dim)


y = Attention(64, 4)(torch.randn(2, 10, 64))  # shape: (2, 10, 64)
y = Attention(96, 8)(torch.randn(5, 7, 96), torch.ones(7, 7, dtype=torch.bool))  # shape: (5, 7, 96)


class Affine(nn.Module):
    """Called with tensors of several ranks: what it says holds for all of them."""

    def __init__(self, width):
        super().__init__()
        self.weight = nn.Parameter(torch.ones(width))

    def forward(self, x):
        return x * 2 + self.weight


y = Affine(6)(torch.randn(2, 6))  # shape: (2, 6)
y = Affine(5)(torch.randn(2, 3, 5))  # shape: (2, 3, 5)


class Residual(nn.Module):
    """Two classes share its forward, so that the form of neither speaks for both."""

    def forward(self, x):
        return x + self.body(x)  # shape: (2, ?)


class Narrow(Residual):
    def __init__(self, width):
        super().__init__()
        self.body = nn.Linear(width, width)


class Wide(Residual):
    def __init__(self, width):
        super().__init__()
        self.body = nn.Sequential(nn.Linear(2 * width, 9), nn.ReLU(), nn.Linear(9, 2 * width))


y = Narrow(8)(torch.randn(2, 8))  # shape: (2, 8)
y = Wide(8)(torch.randn(2, 16))  # shape: (2, 16)


class Halved(nn.Module):
    """A layer that is replaced from outside is not what the constructor says; numbers that contradict the form win."""

    def __init__(self, width):
        super().__init__()
        self.project = nn.Linear(width, 4)

    def forward(self, x):
        return self.project(x)  # shape: (?, 3)


first = Halved(6)
first.project = nn.Linear(6, 3)
y = first(torch.randn(2, 6))  # shape: (2, 3)
second = Halved(8)
second.project = nn.Linear(8, 3)
y = second(torch.randn(5, 8))  # shape: (5, 3)
