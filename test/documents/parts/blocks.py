import torch
from torch import nn

from .sizes import WIDTH, halved

__all__ = ["Block", "Head"]


class Block(nn.Module):
    def __init__(self, channels_in, channels_out=WIDTH, norm=None):
        super().__init__()
        from . import choose_norm

        self.conv = nn.Conv2d(channels_in, channels_out, 3, padding=1)
        self.norm = choose_norm(norm)(channels_out)

    def forward(self, x):
        return torch.relu(self.norm(self.conv(x)))


class Head(nn.Linear):
    def __init__(self, classes):
        super().__init__(halved(WIDTH), classes)


def hidden():
    return 1
