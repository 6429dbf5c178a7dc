from torch import nn

from ..registry import BLOCKS


@BLOCKS.register("plain")
class Plain(nn.Sequential):
    def __init__(self, width, stride=1):
        super().__init__(nn.Conv2d(width, width, 3, stride=stride, padding=1), nn.ReLU())
