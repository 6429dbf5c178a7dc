from torch import nn

from .registry import HEADS


@HEADS.register()
class Classes(nn.Module):
    def __init__(self, width, classes):
        super().__init__()
        self.layer = nn.Linear(width, classes)

    def forward(self, x):
        return self.layer(x.mean((2, 3)))
