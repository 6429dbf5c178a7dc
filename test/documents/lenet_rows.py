import torch
import torch.nn.functional as F
from torch import nn


class LeNet(nn.Module):
    def __init__(self):
        super().__init__()
        self.conv1 = nn.Conv2d(3, 6, 5)
        self.conv2 = nn.Conv2d(6, 16, 5)
        self.hidden = nn.Linear(16 * 5 * 5, 84)

    def forward(self, x):
        x = F.max_pool2d(F.relu(self.conv1(x)), 2)
        x = F.max_pool2d(F.relu(self.conv2(x)), 2)
        x = x.view(-1, 16 * 5 * 5)  # shape: (B, 400)
        return self.hidden(x)  # shape: (B, 84)


class Pixels(nn.Module):
    """Here every pixel becomes a row: 16 is no flattened image."""

    def __init__(self):
        super().__init__()
        self.conv = nn.Conv2d(3, 16, 3, padding=1)
        self.score = nn.Linear(16, 2)

    def forward(self, x):
        x = self.conv(x).permute(0, 2, 3, 1)
        x = x.reshape(-1, 16)  # shape: (B*H*W, 16)
        return self.score(x)  # shape: (B*H*W, 2)


# run: LeNet()(torch.zeros(2, 3, 32, 32))
# run: Pixels()(torch.zeros(2, 3, 8, 8))
