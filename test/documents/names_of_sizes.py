# run: Pooled(3, [2, 4])(torch.randn(2, 3, 32, 32))
# run: Classifier(3, 5)(torch.randn(4, 3, 6, 6))
# run: Outer(16)(torch.randn(2, 16, 8, 8))
# run: Memory(4)(torch.randn(2, 6, 4))
# run: Cross(8, 4)(torch.randn(3, 5, 8), torch.randn(3, 9, 8))
# run: Cut(7)(torch.randn(2, 9, 4))
"""A name stands for one size: the author's for what he has called so, and where two sizes would share one, none."""
import torch
from torch import nn


class Pooled(nn.Module):
    def __init__(self, channels, widths):
        super().__init__()
        self.blocks = nn.ModuleList()
        for width in widths:
            self.blocks.append(nn.Conv2d(channels, width, 3, stride=2))
            channels = width
        self.pool = nn.MaxPool2d(2)

    def forward(self, x):
        B, C, H, W = x.size()
        for block in self.blocks:
            x = block(x)
        return self.pool(x)  # shape: (?, ?, ?, ?)


class Classifier(nn.Module):
    def __init__(self, c, n):
        super().__init__()
        self.look = nn.Conv2d(c, 8, 3)
        self.head = nn.Linear(128, n)

    def forward(self, x):
        seen = self.look(x)  # shape: (n, 8, H - 2, W - 2)
        n = seen.shape[0]
        return self.head(seen.view(n, -1))  # shape: (n, ?)


class Inner(nn.Module):
    def __init__(self, channels, hidden):
        super().__init__()
        self.narrow = nn.Conv2d(channels, hidden, 1)

    def forward(self, x):
        return self.narrow(x)  # shape: (B, hidden, H, W)


class Outer(nn.Module):
    def __init__(self, hidden):
        super().__init__()
        self.inner = Inner(hidden, hidden // 4)

    def forward(self, x):
        return self.inner(x)  # shape: (B, hidden//4, H, W)


class Recalled(nn.Module):
    def __init__(self, dim):
        super().__init__()
        self.mix = nn.Linear(dim, dim)

    def forward(self, x, memory=None):
        B, T, D = x.shape
        context = x if memory is None else torch.cat([memory, x], dim=1)
        return self.mix(context)  # shape: (B, ?, dim)


class Memory(nn.Module):
    def __init__(self, dim):
        super().__init__()
        self.first = nn.Linear(dim, dim)
        self.recalled = Recalled(dim)

    def forward(self, x):
        B, T, D = x.shape
        x = self.first(x)
        once = self.recalled(x, x)  # shape: (B, 2*T, dim)
        twice = self.recalled(x, once)  # shape: (B, 3*T, dim)
        return twice


class Cross(nn.Module):
    def __init__(self, dim, heads):
        super().__init__()
        self.attention = nn.MultiheadAttention(dim, heads, batch_first=True)

    def forward(self, x, memory):
        B, T, D = x.shape
        seen, weights = self.attention(x, memory, memory)
        return weights  # shape: (?, T, ?)


class Cut(nn.Module):
    def __init__(self, width):
        super().__init__()
        self.width = width

    def forward(self, x):
        batch = x.size(0)
        steps = x.size(1) - self.width
        late = x[:, self.width :]
        return torch.zeros(batch, steps)  # shape: (batch, D1 - width)
