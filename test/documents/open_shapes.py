"""Shapes that are put together of open ones, and what two sides of a test have learnt: nothing is made up of them."""

import torch
import torch.nn as nn


class Matched(nn.Module):
    """Rows that are picked by a tensor of which only its type is known, out of one of which only the last size is."""

    def forward(self, overlaps, boxes):
        best = overlaps.argmax(dim=tuple(range(1, overlaps.dim())))  # shape: (…,)
        wide = nn.functional.linear(boxes, torch.ones(5, 4))  # shape: (B, *, 5)
        picked = wide[best]  # shape: (…,)
        return picked[..., :2] - picked[..., 2:4]  # shape: (…,)


class Evened(nn.Module):
    """Each side learns that another division comes out even; behind the test neither is known."""

    def __init__(self, width, heads, groups):
        super().__init__()
        self.heads, self.groups = heads, groups
        self.project = nn.Linear(width, width)

    def forward(self, x, by_heads):
        b, n, c = x.shape
        x = self.project(x)
        if by_heads:
            y = x.view(b, n, self.heads, c // self.heads)  # shape: (b, n, heads, width//heads)
        else:
            y = x.view(b, n, self.groups, c // self.groups)  # shape: (b, n, groups, width//groups)
        z = x.new_zeros(b, c // self.heads)  # shape: (b, width//heads)
        return y, z


def collate(batch):
    """Lists of numbers of which nobody knows the length; ragged ones would be refused."""
    lengths = torch.LongTensor([len(text) for text, _ in batch])  # shape: (?,)
    rates = torch.tensor([float(len(text)) for text, _ in batch])  # shape: (?,)
    pairs = torch.tensor([[len(text), 2] for text, _ in batch])  # shape: (?, 2)
    weights = torch.as_tensor([1 / len(text) for text, _ in batch], dtype=torch.float64)  # shape: (?,)
    return lengths, rates, pairs, weights


class Halves(nn.Module):
    """A number of which a size is a multiple is no negative one: a slice up to it counts from the front."""

    def __init__(self, classes, width):
        super().__init__()
        self.table = nn.Embedding(classes, 2 * width)
        first = self.table.weight[:, :width]  # shape: (classes, width)
        second = self.table.weight[:, width:]  # shape: (classes, width)
        self.difference = second - first  # shape: (classes, width)

    def forward(self, labels):
        return self.table(labels)  # shape: (*, 2*width)
