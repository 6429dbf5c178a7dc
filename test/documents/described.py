import torch
from torch import Tensor, nn
from torch.nn import functional as F


class Attention(nn.Module):
    def __init__(self, width=32, heads=4):
        super().__init__()
        self.heads = heads
        self.project = nn.Linear(width, 3 * width)

    def forward(self, x):
        # x: (B, T, C)
        y = self.project(x)  # shape: (B, T, 96)
        return y.transpose(1, 2)  # shape: (B, 96, T)


class Images(nn.Module):
    def __init__(self):
        super().__init__()
        self.conv = nn.Conv2d(3, 8, 3)

    def forward(self, images):  # (B, 3, 32, 32)
        return self.conv(images)  # shape: (B, 8, 30, 30)


class Outdated(nn.Module):
    """Its comment is of an earlier version: nobody checks comments."""

    def __init__(self):
        super().__init__()
        self.conv = nn.Conv2d(1, 8, 3, padding=1)

    def forward(
        self,
        images,  # (B, 3, 28, 28)
    ):
        return self.conv(images)  # shape: (B, 8, H, W)


def scores(
    queries,  # (B, T, D)
    keys,  # (B, S, D)
):
    return queries @ keys.transpose(1, 2)  # shape: (B, T, S)


def pooled(x: "Tensor", mask):
    # mask [B, T]
    # something else (as it were, here)
    y = mask.float()  # shape: (B, T)
    return y.sum(1)  # shape: (B,)


# run: Attention()(torch.zeros(2, 5, 32))
# run: Images()(torch.zeros(2, 3, 32, 32))
# run: Outdated()(torch.zeros(2, 1, 28, 28))
# run: scores(torch.zeros(2, 3, 4), torch.zeros(2, 5, 4))
# run: pooled(torch.zeros(2), torch.zeros(2, 3))
