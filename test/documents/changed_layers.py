"""Arguments of layers that are changed after they were built: `forward` finds the new ones."""

import torch
import torch.nn as nn
from torchvision.models import resnet18

conv = nn.Conv2d(3, 8, 3, stride=2, padding=1)
x = torch.randn(2, 3, 32, 32)
y = conv(x)  # shape: (2, 8, 16, 16)
conv.stride = (1, 1)
y = conv(x)  # shape: (2, 8, 32, 32)
conv.dilation, conv.padding = (2, 2), 2
y = conv(x)  # shape: (2, 8, 32, 32)
# These are taken from the weight, which stays.
conv.out_channels = 16
conv.kernel_size = (5, 5)
y = conv(x)  # shape: (2, 8, 32, 32)

pool = nn.MaxPool2d(2)
pool.kernel_size, pool.ceil_mode = 3, True
y = pool(torch.randn(2, 8, 16, 16))  # shape: (2, 8, 8, 8)

average = nn.AdaptiveAvgPool2d(1)
average.output_size = (3, 4)
y = average(torch.randn(2, 8, 16, 16))  # shape: (2, 8, 3, 4)

loss = nn.CrossEntropyLoss()
loss.reduction = "none"
y = loss(torch.randn(5, 3), torch.zeros(5, dtype=torch.long))  # shape: (5,)

lstm = nn.LSTM(4, 6)
lstm.batch_first = True
y = lstm(torch.randn(2, 7, 4))[0]  # shape: (2, 7, 6)


def dilated(block):
    """What a segmentation network makes of a backbone's last stage."""
    for module in block.modules():
        if isinstance(module, nn.Conv2d):
            module.stride = (1, 1)
            if module.kernel_size == (3, 3):
                module.dilation = (2, 2)
                module.padding = (2, 2)


backbone = resnet18()
backbone.layer4[0].conv1.stride = (1, 1)
backbone.layer4[0].downsample[0].stride = (1, 1)
backbone.layer3.apply(dilated)
body = nn.Sequential(*list(backbone.children())[:-2])
y = body(torch.randn(2, 3, 64, 64))  # shape: (2, 512, 8, 8)


class Padded(nn.Conv2d):
    """The constructor of the layer writes over what was set before it, what is set behind it stays."""

    def __init__(self, channels):
        self.stride = (4, 4)
        super().__init__(3, channels, 3)
        self.padding = (1, 1)


y = Padded(8)(torch.randn(2, 3, 32, 32))  # shape: (2, 8, 32, 32)


class FocalLoss(nn.BCEWithLogitsLoss):
    """An old argument of losses is kept by its author alone: only the constructor reads it."""

    def __init__(self, size_average=True):
        super().__init__(reduction="none")
        self.size_average = size_average

    def forward(self, logits, targets):
        losses = super().forward(logits, targets)  # shape: (3, 4)
        return losses.mean(1)  # shape: (3,)


y = FocalLoss()(torch.zeros(3, 4), torch.zeros(3, 4))  # shape: (3,)

norm = nn.GroupNorm(4, 8)
norm.num_channels = 12
y = norm(torch.randn(2, 8, 5))  # shape: (2, 8, 5)

# Reflected borders are counted when the layer is built.
reflected = nn.Conv2d(3, 3, 3, padding=1, padding_mode="reflect")
reflected.padding = (0, 0)
y = reflected(x) + x  # shape: (2, 3, 32, 32)


class Recurrent(nn.LSTM):
    """What is set to what it is stays as it is."""

    def __init__(self, inside, hidden):
        super().__init__(inside, hidden)
        self.hidden_size = hidden


y = Recurrent(4, 6)(torch.randn(7, 2, 4))[0]  # shape: (7, 2, 6)


class Fixed(nn.Conv2d):
    """A property of the class goes before what the constructor sets."""

    @property
    def padding(self):
        return (2, 2)

    @padding.setter
    def padding(self, given):
        pass


y = Fixed(3, 4, 3)(torch.randn(2, 3, 16, 16))  # shape: ?

stem = nn.Conv2d(3, 8, 3, stride=2)
stem.in_channels = 4
stem.weight = nn.Parameter(torch.cat([stem.weight, stem.weight[:, :1]], dim=1))
x = stem(torch.zeros(2, 4, 9, 9))  # shape: (2, 8, 4, 4)
x = torch.zeros(2 if isinstance(stem.weight, nn.Parameter) else 3, 2 if isinstance(x, nn.Parameter) else 3)  # shape: (2, 3)
