from torch import nn

from .registry import BLOCKS, HEADS


class Model(nn.Module):
    def __init__(self, width, blocks, head):
        super().__init__()
        self.stem = nn.Conv2d(3, width, 3, padding=1)
        self.blocks = nn.Sequential(*[BLOCKS.build(block, width=width) for block in blocks])
        self.head = HEADS.build(head, width=width)

    def forward(self, x):
        return self.head(self.blocks(self.stem(x)))


def build(config):
    return Model(**config)
