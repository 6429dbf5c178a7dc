"""Parameters that are computed or shared, layers under names in a list, arrays, bare objects, and options by any name."""
import numpy as np
import torch
import torch.nn.utils.parametrize as parametrize
from torch import nn
from torch.autograd import Variable


class UnitNorm(nn.Module):
    def forward(self, weight):
        return weight / weight.norm(dim=-1, keepdim=True)


normed = nn.Linear(3, 4, bias=False)
parametrize.register_parametrization(normed, "weight", UnitNorm())
a = normed(torch.zeros(2, 3))  # shape: (2, 4)
a = normed.parametrizations.weight.original  # shape: (4, 3)
a = normed.weight  # shape: (4, 3)


class Tied(nn.Module):
    def __init__(self, width):
        super().__init__()
        self.embedding = nn.Embedding(10, 8)
        self.head = nn.Linear(width, 10, bias=False)
        self.embedding.weight = self.head.weight

    def forward(self, tokens):
        x = self.embedding(tokens)
        return x, self.head(x)


b, c = Tied(9)(torch.zeros(2, 5, dtype=torch.long))
b = b + 0  # shape: (2, 5, 9)
c = c + 0  # shape: (2, 5, 10)


class Scales(nn.Module):
    def __init__(self):
        super().__init__()
        self.models = nn.ModuleList()
        for i in range(2):
            self.models.add_module("scale_%d" % i, nn.Conv2d(3, 4 + i, 3))

    def forward(self, x):
        return [model(x) for model in self.models]


d = Scales()(torch.zeros(1, 3, 8, 8))[1]  # shape: (1, 5, 6, 6)
d = torch.zeros(len(Scales().models))  # shape: (2,)
d = Scales().models[1:][0](torch.zeros(1, 3, 8, 8))  # shape: (1, 5, 6, 6)

Tensor = torch.cuda.FloatTensor if torch.cuda.is_available() else torch.FloatTensor
e = Variable(Tensor(np.random.normal(0, 1, (4, 7))))  # shape: (4, 7)
e = torch.tensor(np.random.uniform(-1, 1, 3))  # shape: (3,)
e = torch.FloatTensor(np.random.randn(2, 3))  # shape: (2, 3)
e = torch.spmm(torch.zeros(4, 3), torch.zeros(3, 2))  # shape: (4, 2)


def defaults(**options):
    def build(**given):
        missing = object()
        for option, value in options.items():
            if given.get(option, missing) is missing:
                given[option] = value
        return torch.zeros(*given.values())

    return build


f = defaults(options=3)()  # shape: (3,)
f = defaults(width=3)(width=4)  # shape: (4,)


def first(size, /, **rest):
    return torch.zeros(size, *rest.values())


f = first(2, size=5)  # shape: (2, 5)


class Stored:
    def __init__(self, record):
        self.record = record

    def __getattr__(self, name):
        return object.__getattribute__(self.record, name)


class Record:
    width = 6

    def __init__(self):
        self.depth = 2


g = torch.zeros(Stored(Record()).depth, Stored(Record()).width)  # shape: (2, 6)
if torch.is_tensor:
    g = torch.zeros(1)  # shape: (1,)
g = torch.ones(2) if callable(Record()) else torch.ones(3)  # shape: (3,)


class Placed(nn.Module):
    def __init__(self, cuda):
        super().__init__()
        self.device = torch.device("cuda" if cuda else "cpu") if cuda else torch.device("cpu")
        self.stub = torch.quantization.QuantStub()
        self.cat = torch.nn.quantized.FloatFunctional()
        self.fc = nn.Linear(4, 3)

    def forward(self, x):
        return self.cat.cat([self.fc(self.stub(x)), x], dim=1)


h = Placed(torch.cuda.is_available())(torch.zeros(2, 4))  # shape: (2, 7)
