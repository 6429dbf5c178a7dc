# run: Block(6, 6)(torch.randn(2, 6, 9, 9))
# run: Block(4, 6)(torch.randn(3, 4, 7, 5))
# run: Attention(8, 2, 4)(torch.randn(2, 5, 8))
# run: Attention(8, 1, 8)(torch.randn(2, 5, 8))
# run: Optional(6, True, 3)(torch.randn(2, 7, 6))
# run: Optional(6, False, 3)(torch.randn(2, 7, 6))
# run: Activated(5, "relu")(torch.randn(2, 5))
# run: Activated(5, "gelu")(torch.randn(2, 5))
# run: Described(6, True)(torch.randn(2, 7, 6))
# run: Described(6, False)(torch.randn(2, 7, 6))
# run: Narrowed(True)(torch.randn(2, 6))
# run: Narrowed(False)(torch.randn(2, 10))
# run: Grown(3, 4)(torch.randn(2, 32))
"""A layer or another one, a layer or none: each is tried, and what the test said of sizes holds on its own side."""
import torch
import torch.nn.functional as F
from torch import nn


class Block(nn.Module):
    def __init__(self, cin, cout, stride=1):
        super().__init__()
        self.cin, self.cout = cin, cout
        self.conv = nn.Conv2d(cin, cout, 3, stride=stride, padding=1)
        self.short = nn.Sequential()
        if stride != 1 or cin != cout:
            self.short = nn.Sequential(nn.Conv2d(cin, cout, 1, stride=stride), nn.BatchNorm2d(cout))
        self.skip = nn.Identity() if cin == cout else nn.Conv2d(cin, cout, 1)
        self.project = nn.Conv2d(cin, cout, 1) if cin != cout else None
        self.differs = not (cin == cout)

    def forward(self, x):
        B, C, H, W = x.shape
        out = self.conv(x)  # shape: (B, cout, H, W)
        first = out + self.short(x)  # shape: (B, cout, H, W)
        second = out + self.skip(x)  # shape: (B, cout, H, W)
        third = x if self.project is None else self.project(x)  # shape: (B, cout, H, W)
        if self.differs:
            x = self.skip(x)
        fourth = out + x  # shape: (B, cout, H, W)
        return first + second + third + fourth  # shape: (B, cout, H, W)


class Attention(nn.Module):
    def __init__(self, dim, heads, head):
        super().__init__()
        inner = heads * head
        self.dim = dim
        projects = not (heads == 1 and head == dim)
        self.qkv = nn.Linear(dim, 3 * inner)
        self.out = nn.Sequential(nn.Linear(inner, dim), nn.Dropout(0.1)) if projects else nn.Identity()

    def forward(self, x):
        B, T, C = x.shape
        q, k, v = self.qkv(x).chunk(3, dim=-1)
        mixed = (q @ k.transpose(-2, -1)).softmax(-1) @ v
        return self.out(mixed) + x  # shape: (B, T, dim)


class Optional(nn.Module):
    def __init__(self, dim, extra, count):
        super().__init__()
        self.dim, self.extra, self.count = dim, extra, count
        self.norm = nn.LayerNorm(dim) if extra else None
        self.body = nn.Linear(dim, dim)
        if extra:
            self.more = nn.Linear(dim, count)

    def forward(self, x):
        B, T, C = x.shape
        x = self.body(x)
        if self.norm is not None:
            x = self.norm(x)
        if self.extra:
            seen = self.more(x)  # shape: (B, T, count)
            x = x * seen.mean()
        return x  # shape: (B, T, dim)


class Activated(nn.Module):
    def __init__(self, dim, kind):
        super().__init__()
        self.dim = dim
        self.body = nn.Linear(dim, 2 * dim)
        self.activation = F.relu if kind == "relu" else nn.GELU()

    def forward(self, x):
        B, C = x.shape
        return self.activation(self.body(x))  # shape: (B, 2*dim)


class Described(nn.Module):
    """Both sides say how many dimensions the input has; what they call them is one thing."""

    def __init__(self, dim, merged):
        super().__init__()
        self.dim, self.merged = dim, merged
        self.body = nn.Linear(dim, 2 * dim)

    def forward(self, x):
        if self.merged:
            B, T, C = x.shape
            y = self.body(x.reshape(B * T, C)).view(B, T, -1)
        else:
            batch, time, width = x.shape
            y = self.body(x)
        return y + y.mean(dim=1, keepdim=True)  # shape: (B, T, 2*dim)


class Narrowed(nn.Module):
    """Of two layers the one that would be refused is not the one."""

    def __init__(self, small):
        super().__init__()
        self.small = small
        self.first = nn.Linear(6, 4) if small else nn.Linear(10, 4)

    def forward(self, x):
        if self.small:
            x = x[:, :6]
        return self.first(x)  # shape: (…, 4)


class Grown(nn.Module):
    """What each round makes anew is another one each time: none of those that were seen stands for the last."""

    def __init__(self, rounds, width):
        super().__init__()
        for _ in range(rounds):
            layer = nn.Linear(2 * width, width)
            width = 2 * width
        self.layer = layer

    def forward(self, x):
        return self.layer(x)  # shape: ?


given = Narrowed(len(open("/dev/null").read()) == 1).first(torch.zeros(2, 10))  # shape: (2, 4)
