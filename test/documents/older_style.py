"""What older model code is written with: wrapped tensors, tensor types by device, sizes repeated for each axis."""
import inspect

import torch
from torch import nn
from torch.autograd import Variable
from torch.nn.modules.utils import _pair, _triple

cuda = torch.cuda.is_available()
FloatTensor = torch.cuda.FloatTensor if cuda else torch.FloatTensor
valid = Variable(FloatTensor(4, 1).fill_(1.0), requires_grad=False)  # shape: (4, 1)
labels = Variable(torch.zeros(4).type(torch.LongTensor))  # shape: (4,)
if isinstance(valid, torch.cuda.FloatTensor):
    valid = valid[None]
y = valid + torch.zeros(1)  # shape: (…, 4, 1)


class SpatioTemporal(nn.Module):
    def __init__(self, channels, width, kernel):
        super().__init__()
        kernel = _triple(kernel)
        self.space = nn.Conv3d(channels, width, [1, *kernel[1:]], padding=[0, kernel[1] // 2, kernel[2] // 2])
        self.time = nn.Conv3d(width, width, [kernel[0], 1, 1])

    def forward(self, x):
        x = self.space(x)  # shape: (2, 6, 8, 16, 16)
        return self.time(x)  # shape: (2, 6, 6, 16, 16)


SpatioTemporal(3, 6, [3, 7, 7])(torch.rand(2, 3, 8, 16, 16))
SpatioTemporal(3, 6, 3)(torch.rand(2, 3, 8, 16, 16))
y = torch.zeros(_pair(3) + _pair((4, 5)))  # shape: (3, 3, 4, 5)


def default(value, other):
    if value is not None:
        return value
    return other() if inspect.isfunction(other) else other


y = torch.zeros(default(None, 5), default(None, lambda: 6), default(7, 8))  # shape: (5, 6, 7)
y = torch.zeros(2 if inspect.isclass(nn.Linear) else 3)  # shape: (2,)
y = torch.zeros(2 if inspect.isclass(SpatioTemporal) else 3)  # shape: (2,)
y = nn.Sequential(nn.Linear(6, 128), nn.Unflatten(1, (8, 4, 4)))(torch.zeros(2, 6))  # shape: (2, 8, 4, 4)
