"""A residual network of bottlenecks, whose layers can be built on the meta device."""

import torch
import torch.nn as nn
import torch.nn.functional as F

DEPTHS = {26: (2, 2, 2, 2), 50: (3, 4, 6, 3), 101: (3, 4, 23, 3), 152: (3, 8, 36, 3)}


class Bottleneck(nn.Module):
    def __init__(self, channels_in, width, stride=1, **on):
        super().__init__()
        self.reduce = nn.Conv2d(channels_in, width, 1, bias=False, **on)
        self.norm1 = nn.BatchNorm2d(width, **on)
        self.look = nn.Conv2d(width, width, 3, stride=stride, padding=1, bias=False, **on)
        self.norm2 = nn.BatchNorm2d(width, **on)
        self.expand = nn.Conv2d(width, 4 * width, 1, bias=False, **on)
        self.norm3 = nn.BatchNorm2d(4 * width, **on)
        self.shortcut = None
        if stride != 1 or channels_in != 4 * width:
            self.shortcut = nn.Sequential(
                nn.Conv2d(channels_in, 4 * width, 1, stride=stride, bias=False, **on), nn.BatchNorm2d(4 * width, **on)
            )

    def forward(self, x):
        y = F.relu(self.norm1(self.reduce(x)))
        y = F.relu(self.norm2(self.look(y)))
        y = self.norm3(self.expand(y))
        return F.relu(y + (x if self.shortcut is None else self.shortcut(x)))


class ResNet(nn.Module):
    def __init__(self, depth, classes=1000, **on):
        super().__init__()
        self.stem = nn.Sequential(
            nn.Conv2d(3, 64, 7, stride=2, padding=3, bias=False, **on), nn.BatchNorm2d(64, **on), nn.ReLU()
        )
        self.pool = nn.MaxPool2d(3, stride=2, padding=1)
        channels = 64
        stages = []
        for stage, count in enumerate(DEPTHS[depth]):
            width = 64 * 2**stage
            blocks = []
            for block in range(count):
                stride = 2 if stage > 0 and block == 0 else 1
                blocks.append(Bottleneck(channels, width, stride, **on))
                channels = 4 * width
            stages.append(nn.Sequential(*blocks))
        self.stages = nn.Sequential(*stages)
        self.head = nn.Linear(channels, classes, **on)

    def forward(self, x):
        x = self.stages(self.pool(self.stem(x)))
        return self.head(torch.flatten(F.adaptive_avg_pool2d(x, 1), 1))
