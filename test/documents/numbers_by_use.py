# run: Positions(8, 40)(torch.randn(2, 5, 8))
# run: Positions(7, 30)(torch.randn(3, 4, 7))
# run: OlderPositions(6, 50)(torch.randn(2, 9, 6))
# run: Attention(12, 3)(torch.randn(2, 5, 12))
# run: Rotated(16, 4)(torch.randn(2, 6, 16))
# run: Scaled(5)(torch.randn(2, 3, 5))
"""A parameter that nobody describes is a number as soon as a tensor has it for a size, and so is what is computed from it."""
import math

import torch
from torch import nn


class Positions(nn.Module):
    def __init__(self, width, longest):
        super().__init__()
        self.width, self.longest = width, longest
        table = torch.zeros(longest, width)
        place = torch.arange(0, longest, dtype=torch.float).unsqueeze(1)
        rates = torch.exp(torch.arange(0, width, 2).float() * (-math.log(10000.0) / width))  # shape: ((width + 1)//2,)
        table[:, 0::2] = torch.sin(place * rates)
        table[:, 1::2] = torch.cos(place * rates)[:, : width // 2]
        whole = table.unsqueeze(0)  # shape: (1, longest, width)
        self.register_buffer("table", whole)

    def forward(self, x):
        B, T, C = x.shape
        cut = self.table[:, :T]  # shape: (1, min(longest, T), width)
        return x + cut  # shape: (B, T, max(width, C))


class OlderPositions(nn.Module):
    def __init__(self, width, longest):
        super().__init__()
        self.width, self.longest = width, longest
        table = torch.zeros(longest, width).float()
        place = torch.arange(0, longest).float().unsqueeze(1)
        rates = (torch.arange(0, width, 2).float() * -(math.log(10000.0) / width)).exp()  # shape: ((width + 1)//2,)
        table[:, 0::2] = torch.sin(place * rates)
        table[:, 1::2] = torch.cos(place * rates)
        table = table.unsqueeze(0)  # shape: (1, longest, width)
        self.register_buffer("table", table)

    def forward(self, x):
        T = x.size(1)
        return self.table[:, :T]  # shape: (1, min(longest, T), width)


class Attention(nn.Module):
    def __init__(self, width, heads):
        super().__init__()
        self.width, self.heads = width, heads
        self.before = (width // heads) ** -0.5
        self.project = nn.Linear(width, 3 * width)
        self.bias = nn.Parameter(torch.zeros(width))  # shape: (width,)
        self.after = -((width // heads) ** 0.5)

    def forward(self, x):
        B, T, C = x.shape
        q, k, v = self.project(x).view(B, T, 3, self.heads, C // self.heads).permute(2, 0, 3, 1, 4)
        scores = (q * self.before) @ k.transpose(-2, -1)  # shape: (B, heads, T, T)
        again = q @ k.transpose(-2, -1) / self.after  # shape: (B, heads, T, T)
        return ((scores + again).softmax(-1) @ v).transpose(1, 2).reshape(B, T, C) + self.bias  # shape: (B, T, width)


class Rotated(nn.Module):
    def __init__(self, width, base):
        super().__init__()
        self.width, self.base = width, base
        rates = 1.0 / base ** (torch.arange(0, width, 2).float() / width)  # shape: ?
        self.register_buffer("rates", rates)
        self.lift = nn.Linear(width, base * width)

    def forward(self, x):
        return self.lift(x)  # shape: (*, width*base)


class Scaled(nn.Module):
    """A tensor that is a factor and no size is not taken for a number."""

    def __init__(self, factor):
        super().__init__()
        self.factor = factor

    def forward(self, x):
        return x * self.factor  # shape: ?
