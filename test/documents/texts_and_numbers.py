"""Texts that name layers, and arithmetic beside tensors."""
import math

import numpy as np
import torch
from torch import nn

names = ["layer{}".format(1), "layer%d" % 2, f"layer{3}", "_".join(["layer", "4"]), f"{5:02d}", "{0}-{b}".format("a", b=6)]
sizes = {"layer1": 1, "layer2": 2, "layer3": 3, "layer_4": 4, "05": 5, "a-6": 6}
a = torch.zeros(*[sizes[name] for name in names])  # shape: (1, 2, 3, 4, 5, 6)
parts = "conv3x3_bn".split("_")
a = torch.zeros(len(parts), len("a b  c".split()), len("x,y,z".split(",", 1)))  # shape: (2, 3, 2)
a = torch.zeros(int("12"), int(" 3 "), len("ab" * 3), "banana".count("an"), "abc".find("c"))  # shape: (12, 3, 6, 2, 2)
a = torch.zeros(2 if "conv1".startswith(("conv", "bn")) else 1, 2 if "x".isdigit() else 1)  # shape: (2, 1)
a = torch.zeros(len(" a ".strip()), len("xxa".lstrip("x")), len("a.b".rsplit(".", 1)[-1]))  # shape: (1, 1, 1)
a = torch.zeros(len(f"{'ab':>5}|{7:<3}|{1.5}|{'q'!r}"))  # shape: (?,)
a = torch.zeros(len(f"{'ab':>5}|{7:<3}|{1.5}"), len("%s-%03d" % ("a", 7)))  # shape: (13, 5)
a = torch.zeros(len(nn.Linear(1, 1).__class__.__name__), len(type(nn.ReLU()).__name__))  # shape: (6, 4)

b = torch.zeros(round(2.5), round(3.5), round(2.6), round(7))  # shape: (2, 4, 3, 7)
b = torch.zeros(math.ceil(2.1), math.floor(2.9), int(3.9), math.isqrt(17), math.gcd(12, 18))  # shape: (3, 2, 3, 4, 6)
b = torch.zeros(int(math.log2(32)), int(math.log(8, 2)), int(math.sqrt(49)), math.comb(4, 2))  # shape: (5, 3, 7, 6)
b = torch.zeros(int(np.prod((2, 3, 4))), int(np.sqrt(16)), int(np.ceil(2.2)), np.prod([2, 5]))  # shape: (24, 4, 3, 10)
b = torch.zeros(*divmod(17, 5), abs(-3), pow(2, 3), 7 // 2, -(-7 // 2), 7 % 4)  # shape: (3, 2, 3, 8, 3, 4, 3)
b = torch.zeros(1 << 3, 6 & 3, 6 | 1, 5 ^ 1, 2**4)  # shape: (8, 2, 7, 4, 16)
b = torch.zeros(int(True), int(1e2), int(0.5 * 9), math.prod([2, 3]))  # shape: (1, 100, 4, 6)
x = torch.zeros(2, 3, 4)
b = torch.zeros(x.shape.numel(), x[0].numel(), len(x.shape), math.prod(x.shape[1:]))  # shape: (24, 12, 3, 12)
b = torch.zeros(2 if 1 < len(x.shape) <= 3 else 1)  # shape: (2,)
rate = [r.item() for r in torch.linspace(0, 0.5, 3)]
b = torch.zeros(len(rate), 4 if isinstance(rate[0], float) else 2)  # shape: (3, 4)


def make_divisible(value, divisor=8, least=None):
    least = least or divisor
    new = max(least, int(value + divisor / 2) // divisor * divisor)
    if new < 0.9 * value:
        new += divisor
    return new


b = torch.zeros(make_divisible(37), make_divisible(10 * 0.35), make_divisible(11))  # shape: (40, 8, 16)


def size_of(command):
    match command:
        case "small" | "tiny":
            return 1
        case ["pair", a, b]:
            return a + b
        case {"width": width}:
            return width
        case int(n) if n > 5:
            return n
        case [first, *others]:
            return first + len(others)
        case None:
            return 9
        case _:
            return 3


c = torch.zeros(size_of("tiny"), size_of(["pair", 2, 3]), size_of({"width": 4}), size_of(7))  # shape: (1, 5, 4, 7)
c = torch.zeros(size_of((4, 1, 1)), size_of(None), size_of(2), size_of("large"))  # shape: (6, 9, 3, 3)
