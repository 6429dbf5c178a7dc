import torch
from torch import nn

from ..registry import BLOCKS


@BLOCKS.register()
class Residual(nn.Module):
    def __init__(self, width):
        super().__init__()
        self.body = nn.Conv2d(width, width, 3, padding=1)

    def forward(self, x):
        return torch.relu(x + self.body(x))
