# run: too_deep()
# run: sixth()
# run: sixth_layer()
# run: negative()
# run: asked()
# run: collected()
# run: noted()
# run: heads()
# run: width()
# run: raised()
# run: whole_shape()
# run: guarded()
# run: fine()
# run: searched([3, 4])
"""What a program checks itself: assertions about sizes, tests that end with a raise, and indices outside of what is there."""
import torch
from torch import nn


def too_deep():
    x = torch.zeros(2, 3, 4)
    return x.size(3)  # error: shape-mismatch


def sixth():
    widths = [8, 16, 32]
    return nn.Linear(widths[0], widths[3])  # error: shape-mismatch


def sixth_layer():
    layers = nn.ModuleList([nn.Linear(4, 4) for _ in range(3)])
    return layers[-4]  # error: shape-mismatch


def negative():
    size = 2
    return torch.zeros(size - 3, 4)  # error: shape-mismatch


def collected():
    parts = [torch.zeros(2), torch.zeros(3)]
    parts.append(torch.cat(parts))
    last = parts[2]  # shape: (5,)
    return last, parts[3]  # error: shape-mismatch


def noted():
    x = torch.zeros(2, requires_grad=True)
    seen = [x.detach()]
    x.register_hook(lambda gradient: seen.append(gradient))
    x.sum().backward()
    return seen[1]


class Scaled(nn.Module):
    def __init__(self, scale):
        super().__init__()
        if scale not in (2, 4):
            raise ValueError(scale)  # error: shape-mismatch
        self.calls = 0
        self.layers = nn.ModuleList(nn.Linear(3, 3) for _ in range(2))

    def forward(self, parts):
        self.calls += 1
        assert self.calls < 3
        assert len(parts) == len(self.layers)  # error: shape-mismatch
        return [layer(part) for layer, part in zip(self.layers, parts)]


def asked():
    x = torch.zeros(2, 3)
    assert x.size(1) == 3
    assert x.dim() == 2 and x.size(0) > 2  # error: shape-mismatch


class Attention(nn.Module):
    def __init__(self, width, heads):
        super().__init__()
        assert width % heads == 0, "the heads share the width"  # error: shape-mismatch
        self.width = width
        self.out = nn.Linear(width, width)

    def forward(self, x):
        if x.shape[-1] != self.width:
            raise ValueError("another width")  # error: shape-mismatch
        return self.out(x)


def heads():
    return Attention(10, 3)


def width():
    return Attention(8, 2)(torch.zeros(2, 6))


def raised():
    logits = torch.zeros(4, 10)
    targets = torch.zeros(5)
    if len(logits) != len(targets):
        raise ValueError("as many targets as logits")  # error: shape-mismatch


def whole_shape():
    x = torch.zeros(2, 3)
    y = torch.zeros(3, 2)
    assert x.shape == y.shape  # error: shape-mismatch


def guarded():
    widths = [8, 16]
    try:
        last = widths[2]
        assert torch.zeros(3).size(0) == 4
    except (IndexError, AssertionError):
        last = widths[-1]
    return last


def fine():
    x = torch.zeros(2, 3)
    assert x.shape[0] in (2, 4), "two or four"
    pieces = [x]
    for piece in list(pieces):
        pieces.append(piece + 1)
    if len(pieces) < 2:
        raise ValueError("too few")
    return pieces[1], [][:1]


def searched(widths):
    for i in range(5):
        if i >= len(widths):
            break
        last = widths[i]
    return last


Scaled(4)([torch.zeros(2, 3)] * 3)
Scaled(3)
