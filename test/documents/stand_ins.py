"""What a program uses where a package is missing, and classes that it looks up by their names."""
import pydoc

import numpy as np
import torch
from torch import nn

try:
    from einops import rearrange
except ImportError:

    def rearrange(x, pattern, h=None):
        if pattern == "b ... n (h d) -> b h ... n d":
            return x.unflatten(-1, (h, x.shape[-1] // h)).movedim(-2, 1)
        raise NotImplementedError(pattern)


x = rearrange(torch.zeros(2, 3, 5, 8), "b ... n (h d) -> b h ... n d", h=2)  # shape: (2, 2, 3, 5, 4)


def read(text, kind=float):
    if isinstance(text, str):
        text = eval(text)
    try:
        return list(map(kind, text))
    except TypeError:
        return [kind(text)]


widths = read("[24, 16, 3]", kind=int)
x = torch.zeros(len(widths), widths[0], len(read("1", kind=bool)))  # shape: (3, 24, 1)


def per_axis(size, axes):
    return list(size) if isinstance(size, (tuple, list, np.ndarray)) else [size] * axes


convolution = pydoc.locate("torch.nn.Conv%dd" % 2)
x = convolution(3, 6, per_axis(3, 2), per_axis([2, 1], 2))(torch.zeros(2, 3, 9, 9))  # shape: (2, 6, 4, 7)


class Box:
    def __init__(self, low, high, shape, dtype=np.float32):
        self.dtype = np.dtype(dtype)
        self.low, self.high = np.full(shape, low, dtype), np.full(shape, high, dtype)

    def sample(self):
        return np.random.uniform(self.low, self.high).astype(self.dtype)


x = nn.Flatten()(torch.as_tensor(Box(0, 255, (4, 6, 6)).sample()[None]))  # shape: (1, 144)
