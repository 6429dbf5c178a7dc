"""What modules do beside `forward`: registering, walking, sharing, normalising weights."""
import copy
from collections import OrderedDict

import torch
from torch import nn
from torch.nn.utils import spectral_norm, weight_norm
from torch.utils.checkpoint import checkpoint


class Named(nn.Module):
    def __init__(self):
        super().__init__()
        for i, (a, b) in enumerate([(4, 6), (6, 3)]):
            setattr(self, f"layer{i}", nn.Linear(a, b))
            self.add_module("act%d" % i, nn.ReLU())
        self.register_parameter("scale", nn.Parameter(torch.ones(3)))
        self.register_parameter("shift", None)
        self.register_buffer("mean", torch.zeros(3), persistent=False)
        self.down = None

    def forward(self, x):
        for i in range(2):
            x = getattr(self, f"layer{i}")(x)
            x = getattr(self, "act{}".format(i))(x)
        x = x * self.scale - self.mean
        if self.shift is not None:
            x = x[0]
        if self.down:
            x = x[0]
        return x  # shape: (2, 3)


class Blocks(nn.Module):
    def __init__(self):
        super().__init__()
        self.blocks = nn.ModuleList([nn.Linear(4, 4) for _ in range(2)])
        self.blocks.append(nn.Linear(4, 5))
        self.blocks += [nn.Linear(5, 6)]
        self.blocks.extend([nn.Linear(6, 7)])
        self.heads = nn.ModuleDict({"a": nn.Linear(7, 2), "b": nn.Linear(7, 3)})
        self.heads["c"] = nn.Linear(7, 4)
        self.heads.update({"d": nn.Linear(7, 1)})
        self.extra = nn.ModuleDict([["x", nn.Linear(2, 2)]])
        self.scales = nn.ParameterList([nn.Parameter(torch.ones(n)) for n in (7, 1)])
        self.weights = nn.ParameterDict({"w": nn.Parameter(torch.ones(7))})

    def forward(self, x):
        y = x
        for block in self.blocks[:-1]:
            y = block(y)
        y = self.blocks[-1](y)  # shape: (2, 7)
        y = y * self.scales[0] * self.weights["w"]
        outs = [self.heads[name](y) for name in self.heads if name in self.heads]
        z = torch.cat(outs, dim=1)  # shape: (2, 10)
        z = torch.cat([head(y) for name, head in self.heads.items() if name != "a"], 1)  # shape: (2, 8)
        z = torch.zeros(len(self.blocks), len(self.heads), len(list(self.children())))  # shape: (5, 4, 5)
        z = checkpoint(self.heads["b"], y, use_reentrant=False)  # shape: (2, 3)
        return self.extra["x"](self.heads["a"](y))  # shape: (2, 2)


built = Named()(torch.zeros(2, 4))  # shape: (2, 3)
built = Blocks()(torch.zeros(2, 4))  # shape: (2, 2)
net = nn.Sequential(OrderedDict([("first", nn.Linear(4, 8)), ("act", nn.ReLU()), ("last", nn.Linear(8, 2))]))
a = net.first(torch.zeros(3, 4))  # shape: (3, 8)
a = net[:2](torch.zeros(3, 4))  # shape: (3, 8)
a = net[-1](torch.zeros(3, 8))  # shape: (3, 2)
net.add_module("more", nn.Linear(2, 5))
a = net(torch.zeros(3, 4))  # shape: (3, 5)
net.append(nn.Linear(5, 1))
a = net(torch.zeros(3, 4))  # shape: (3, 1)
a = nn.Sequential(*list(net.children())[:-2])(torch.zeros(3, 4))  # shape: (3, 2)
a = torch.zeros(len(net), len(list(net.parameters())), len(dict(net.named_parameters())))  # shape: (5, 8, 8)
a = torch.zeros(len(list(net.named_modules())), len([m for m in net.modules() if isinstance(m, nn.Linear)]))  # shape: (6, 4)
a = net.get_submodule("first").weight  # shape: (8, 4)
a = torch.zeros(*[p.numel() for p in net.parameters() if p.dim() > 1])  # shape: (32, 16, 10, 5)
total = torch.zeros(sum(p.numel() for p in net.parameters() if p.requires_grad))  # shape: (79,)


def init(m):
    name = m.__class__.__name__
    if name.find("Linear") != -1 and hasattr(m, "weight"):
        nn.init.normal_(m.weight, 0.0, 0.02)
        m.touched = True


net.apply(init)
a = torch.zeros(2 if net.first.touched else 3)  # shape: (2,)
a = torch.zeros(2 if hasattr(net.act, "weight") else 3)  # shape: (3,)


class Tied(nn.Module):
    def __init__(self):
        super().__init__()
        self.emb = nn.Embedding(9, 4)
        self.head = nn.Linear(4, 9, bias=False)
        self.head.weight = self.emb.weight
        self.twin = copy.deepcopy(self.head)

    def forward(self, ids):
        return self.head(self.emb(ids))


tied = Tied()
b = tied(torch.zeros(2, 3, dtype=torch.long))  # shape: (2, 3, 9)
b = torch.zeros(len(list(tied.parameters())))  # shape: (2,)
b = torch.zeros(3 if tied else 2)  # shape: (3,)

normed = weight_norm(nn.Conv1d(3, 5, 2))
c = normed(torch.zeros(1, 3, 6))  # shape: (1, 5, 5)
c = normed.weight_g  # shape: (5, 1, 1)
c = torch.zeros(len(list(normed.parameters())))  # shape: (3,)
spectral = spectral_norm(nn.ConvTranspose2d(3, 5, 2))
c = spectral(torch.zeros(1, 3, 4, 4))  # shape: (1, 5, 5, 5)
c = spectral.weight_u  # shape: (5,)
c = spectral.weight_v  # shape: (12,)
c = nn.utils.parameters_to_vector(nn.Linear(3, 2).parameters())  # shape: (8,)


class Mixin:
    def describe(self):
        return self.width * 2


class Base(nn.Module):
    def __init__(self, **kwargs):
        super().__init__()
        self.width = kwargs.pop("width", 4)
        self.left = len(kwargs)


class Full(Mixin, Base):
    def __init__(self, depth=2, **kwargs):
        super().__init__(**kwargs)
        self.depth = depth

    def again(self):
        return type(self)(depth=self.depth + 1, width=self.width)


full = Full(width=3, other=1)
d = torch.zeros(full.describe(), full.left, full.again().depth)  # shape: (6, 1, 3)
d = torch.zeros(2 if issubclass(Full, (Mixin, str)) else 1, 2 if callable(full) else 1)  # shape: (2, 2)
d = torch.zeros(2 if isinstance(full, Base) and not isinstance(full, nn.Linear) else 1)  # shape: (2,)
d = torch.zeros(globals()["full"].depth)  # shape: (2,)
