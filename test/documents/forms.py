"""What a program calls in several sizes, blocks and functions: their lines say what they are as their author wrote them."""

import torch
import torch.nn as nn
import torch.nn.functional as F


class Halving(nn.Module):
    """Two convolutions, and a shorter way around them where the sizes differ."""

    def __init__(self, narrow, wide, stride=1):
        super().__init__()
        self.first = nn.Conv2d(narrow, wide, 3, stride=stride, padding=1)
        self.second = nn.Conv2d(wide, wide, 3, padding=1)
        self.around = nn.Identity()
        if stride != 1 or narrow != wide:
            self.around = nn.Conv2d(narrow, wide, 1, stride=stride)

    def forward(self, image):
        # The batch is 2 in every call, the rest differs.
        seen = self.second(torch.tanh(self.first(image)))  # shape: (2, wide, (H - 1)//stride + 1, (W - 1)//stride + 1)
        both = seen + self.around(image)  # shape: (2, wide, (H - 1)//stride + 1, (W - 1)//stride + 1)
        return F.relu(both)  # shape: (2, wide, (H - 1)//stride + 1, (W - 1)//stride + 1)


class Pyramid(nn.Module):
    def __init__(self, widths, classes):
        super().__init__()
        self.stem = nn.Conv2d(3, widths[0], 3, padding=1)
        stages = [Halving(a, b, stride=s) for a, b, s in zip(widths, widths[1:], (1, 2, 2))]
        self.stages = nn.Sequential(*stages)
        self.head = nn.Linear(widths[-1], classes)

    def forward(self, x):
        x = self.stages(self.stem(x))  # shape: (2, 32, 8, 8)
        return self.head(x.mean((2, 3)))  # shape: (2, 10)


y = Pyramid([8, 16, 32, 32], 10)(torch.randn(2, 3, 32, 32))  # shape: (2, 10)


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
        gate = torch.sigmoid(self.up(F.relu(self.down(squeezed))))  # shape: (B, channels)
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


def tiles(picture, side):
    """All calls have tiles of one size: its number stands for its name."""
    count, rows, columns, depth = picture.shape
    cut = picture.reshape(count, rows // side, side, columns // side, side, depth)  # shape: (2, rows//7, 7, columns//7, 7, depth)
    return cut.transpose(2, 3).flatten(0, 2)  # shape: (2*(rows//7)*(columns//7), 7, 7, depth)


y = tiles(torch.randn(2, 28, 28, 8), 7)  # shape: (32, 7, 7, 8)
y = tiles(torch.randn(2, 14, 14, 16), 7)  # shape: (8, 7, 7, 16)


class Autoencoder(nn.Module):
    """Its decoder gets the batch of the training and samples of another size."""

    def __init__(self, latent=20):
        super().__init__()
        self.inwards = nn.Linear(784, latent)
        self.outwards = nn.Linear(latent, 784)

    def encode(self, x):
        return self.inwards(x.flatten(1))  # shape: (8, 20)

    def decode(self, z):
        return torch.sigmoid(self.outwards(z))  # shape: (B, 784)

    def forward(self, x):
        return self.decode(self.encode(x)).view_as(x)  # shape: (8, 1, 28, 28)


model = Autoencoder()
y = model(torch.rand(8, 1, 28, 28))  # shape: (8, 1, 28, 28)
samples = model.decode(torch.randn(64, 20))  # shape: (64, 784)


class Heads(nn.Module):
    """How many dimensions the input has is what the names leave; what stands in a lambda belongs to the method."""

    def __init__(self, dim, heads=4, dim_head=8):
        super().__init__()
        self.heads = heads
        self.to_qkv = nn.Linear(dim, 3 * heads * dim_head)

    def forward(self, x):
        b, n, _, h = *x.shape, self.heads
        qkv = self.to_qkv(x).chunk(3, dim=-1)
        split = lambda t: t.view(b, n, h, -1).transpose(1, 2)
        q, k, v = [split(t) for t in qkv]  # shape: (b, heads, n, 8), (b, heads, n, 8), (b, heads, n, 8)
        return q @ k.transpose(-2, -1) @ v  # shape: (b, heads, n, 8)


y = Heads(16)(torch.randn(2, 5, 16))  # shape: (2, 4, 5, 8)
y = Heads(32, 2)(torch.randn(3, 7, 32))  # shape: (3, 2, 7, 8)


def clip(x, low):
    """Two inputs of one size and of different ones: a name that would stand for two sizes in a call stands for the first."""
    return torch.maximum(x[:, None], low[None])  # shape: (B, ?)


y = clip(torch.randn(3), torch.randn(3))  # shape: (3, 3)
y = clip(torch.randn(4), torch.randn(5))  # shape: (4, 5)


def halved(x, depth):
    """The calls from inside of itself are not what its author asks for."""
    return x if depth == 0 else halved(x[:, ::2], depth - 1)


y = halved(torch.randn(2, 16), 2)  # shape: (2, 4)
y = halved(torch.randn(3, 24), 3)  # shape: (3, 3)


class Resized(nn.Module):
    """What its layer makes of the sides nobody knows by the block alone; they are not those that come in."""

    def __init__(self, inside, outside, **options):
        super().__init__()
        self.conv = nn.Conv2d(inside, outside, bias=False, **options)
        self.norm = nn.BatchNorm2d(outside)

    def forward(self, x):
        return self.norm(self.conv(x))  # shape: (2, outside, ?, ?)


y = Resized(3, 4, kernel_size=3)(torch.randn(2, 3, 9, 9))  # shape: (2, 4, 7, 7)
y = Resized(3, 5, kernel_size=1, stride=2)(torch.randn(2, 3, 8, 6))  # shape: (2, 5, 4, 3)


class Conditional(nn.Module):
    """Labels have one dimension in all calls, so that what is looked up by them has two."""

    def __init__(self, classes, width):
        super().__init__()
        self.width = width
        self.table = nn.Embedding(classes, 2 * width)

    def forward(self, x, labels):
        scale, shift = self.table(labels).chunk(2, 1)  # shape: (2, width), (2, width)
        return scale.view(-1, self.width, 1, 1) * x + shift[:, :, None, None]  # shape: (2, width, H, W)


y = Conditional(10, 4)(torch.randn(2, 4, 8, 8), torch.zeros(2, dtype=torch.long))  # shape: (2, 4, 8, 8)
y = Conditional(10, 6)(torch.randn(2, 6, 5, 4), torch.ones(2, dtype=torch.long))  # shape: (2, 6, 5, 4)


def kept(x, mask=None):
    """What a mask leaves is not what comes in, though the author's own lines say nothing of a mask."""
    if mask is not None:
        x = x[mask]
    return x * 2  # shape: (?, ?)


y = kept(torch.zeros(3, 4), torch.tensor([True, False, True]))
y = kept(torch.zeros(5, 6), torch.tensor([True, False, True, True, False]))


def around(x, n):
    """Inside of another function a name may stand for another number."""

    def inside(n):
        return x.new_zeros(n, x.size(0))  # shape: (?, ?)

    twice = lambda n: x.new_zeros(n, 7)
    return inside(n * 2), twice(n + 5)


y = around(torch.zeros(3), 2)
y = around(torch.zeros(4), 3)


def doubled(x, wide=False):
    """One call of many goes another way."""
    return torch.cat([x, x], 1) if wide else x  # shape: (B, ?)


for i in range(1, 20):
    y = doubled(torch.zeros(i, i + 1))
y = doubled(torch.zeros(3, 4), True)
