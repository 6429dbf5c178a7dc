"""Texts that are code: settings written as expressions, layers named by strings."""
import ast
from contextlib import suppress

import torch
from torch import nn

layers = eval("[(20, 10, 5)] + [(20, 3, 2)] * 2")
a = torch.zeros(len(layers), *layers[-1])  # shape: (3, 20, 3, 2)
a = torch.zeros(*ast.literal_eval("(4, 5)"))  # shape: (4, 5)
width = 6
a = torch.zeros(eval("width * 2"))  # shape: (12,)


class Named(nn.Module):
    def __init__(self, kinds, widths):
        super().__init__()
        before = 3
        for i, (kind, width) in enumerate(zip(kinds, widths)):
            layer = eval(f"nn.{kind}")
            setattr(self, f"layer{i}", layer(before, width))
            before = width
        self.head = eval("nn.Linear(before, 2)")
        for i in range(2):
            exec(f"self.norm{i} = nn.LayerNorm(widths[{i}])")

    def forward(self, x):
        for i in range(2):
            x = eval(f"self.layer{i}")(x)
            x = getattr(self, f"norm{i}")(x)
        return self.head(x)  # shape: (7, 2)


Named(["Linear", "Linear"], [5, 8])(torch.zeros(7, 3))


class Read(nn.Module):
    def __init__(self, text):
        super().__init__()
        self.size = eval(text)
        self.body = nn.Linear(4, 3)

    def forward(self, x):
        return self.body(x)  # shape: (2, 3)


Read(str(torch.rand(1).item()))(torch.zeros(2, 4))


class Filled(nn.Module):
    def __init__(self, text):
        super().__init__()
        self.body = nn.Linear(4, 3)
        exec(text)

    def forward(self, x):
        return self.body(x)  # shape: ?


Filled(str(torch.rand(1).item()))(torch.zeros(2, 4))
count = 4
given = ["count", "nearest", 3]
for i, part in enumerate(given):
    with suppress(NameError):
        given[i] = eval(part) if isinstance(part, str) else part
upsample = nn.Upsample(scale_factor=2, mode=given[1])
x = upsample(torch.zeros(1, given[0], given[2], 5))  # shape: (1, 4, 6, 10)
given = ["count", "area"]
for i, part in enumerate(given):
    try:
        given[i] = eval(part)
    except NameError:
        pass
x = torch.zeros(given[0], 2 if given[1] == "area" else 3)  # shape: (4, 2)
sizes = {"width": 4}
size = 3
with suppress(KeyError):
    size = sizes["height"]
x = torch.zeros(2, size)  # shape: (2, 3)
x = torch.zeros(2, 5)
y = eval("x @ torch.zeros(4, 3)")  # error: shape-mismatch


def settings(text, compiled):
    names = {"width": 3}
    if compiled:
        eval(compile(text, "settings", "exec"), names)
    else:
        exec(text, names)
    return names.get("depth", 2), names["width"]


depth, width = settings("width = 5; depth = 4", True)
a = torch.zeros(depth, width)  # shape: (?, ?)
depth, width = settings("width = 5; depth = 4", False)
a = torch.zeros(depth, width)  # shape: (?, ?)
