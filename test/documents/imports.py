import torch
from torch import nn
from torch.nn import *

import parts
import parts.norms
import parts.sizes as sizes
from parts import Block, Head
from parts import sizes as same_sizes
from parts.cycle import doubled
from parts.blocks import hidden as seen

x = torch.zeros(2, 3, 8, 8)
y = Block(3)(x)  # shape: (2, 16, 8, 8)
z = Block(3, 4, norm="none")(x)  # shape: (2, 4, 8, 8)
a = parts.everything(3, sizes.halved(10))(x)  # shape: (2, 5, 8, 8)
b = Head(10)(torch.zeros(2, 8))  # shape: (2, 10)
c = torch.zeros(doubled(3), same_sizes.WIDTH, seen())  # shape: (6, 16, 1)
d = parts.norms.choose("batch")(3)(x)  # shape: (2, 3, 8, 8)
e = Flatten()(Conv2d(3, 4, 3)(x))  # shape: (2, 144)


class Deeper(Block):
    def __init__(self):
        super().__init__(3, 6)
        self.more = Block(6, 7)

    def forward(self, x):
        return self.more(super().forward(x))


f = Deeper()(x)  # shape: (2, 7, 8, 8)


def local(x):
    from parts.blocks import Block as Inner

    return Inner(3, 2)(x)


g = local(x)  # shape: (2, 2, 8, 8)

if torch.rand(()) > 2:
    from parts.blocks import Head as Late

    late = Late(3)
h = Head(5)(torch.zeros(1, 8))  # shape: (1, 5)
z = Block(5)(x)  # error: shape-mismatch
