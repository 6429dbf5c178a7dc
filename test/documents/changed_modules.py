"""Layers that are replaced, taken out and put in, and those that others have got hold of."""
import random

import torch
from torch import nn

net = nn.Sequential(nn.Linear(4, 5), nn.Linear(5, 6))
net[-1] = nn.Linear(5, 7)
a = net(torch.zeros(2, 4))  # shape: (2, 7)
del net[1]
a = net(torch.zeros(2, 4))  # shape: (2, 5)

layers = nn.ModuleList([nn.Linear(4, 5), nn.Linear(5, 6)])
layers.insert(0, nn.Linear(3, 4))
b = torch.zeros(2, 3)
for layer in layers:
    b = layer(b)
b2 = b  # shape: (2, 6)
layers.add_module("3", nn.Linear(6, 9))
b = layers[3](b)  # shape: (2, 9)
c = layers[0](torch.zeros(1, 3))  # shape: (1, 4)

children = nn.ModuleDict({"a": nn.Linear(4, 5)})
children.update({"a": nn.Linear(4, 6)})
d = children["a"](torch.zeros(1, 4))  # shape: (1, 6)
children.clear()
n = len(children)


class Model(nn.Module):
    def __init__(self):
        super().__init__()
        self.fc = nn.Linear(4, 5)

    def forward(self, x):
        return self.fc(x)


k = Model()
k._modules["fc"] = nn.Linear(4, 8)
e = k(torch.zeros(1, 4))  # shape: (1, 8)
k2 = Model()
vars(k2)["_modules"]["fc"] = nn.Linear(4, 9)
e = k2(torch.zeros(1, 4))  # shape: (1, 9)

lin = nn.Linear(4, 5)
lin.weight = nn.Parameter(torch.zeros(6, 3))
lin.bias = None
f = lin(torch.zeros(2, 3))  # shape: (2, 6)
lin2 = nn.Linear(4, 5)
lin2.weight = nn.Parameter(torch.ones(5, 4))
f = lin2(torch.zeros(2, 4))  # shape: (2, 5)
lin3 = nn.Linear(4, 5, bias=False)
lin3.weight.data = torch.zeros(7, 4)
f = lin3(torch.zeros(2, 4))  # shape: (2, 7)

hooked = nn.Linear(4, 5)
hooked.register_forward_hook(lambda module, inputs, output: output[0])
g = hooked(torch.zeros(2, 4))  # shape: (5,)
hooked2 = Model()
hooked2.register_forward_pre_hook(lambda module, inputs: inputs[0][:1])
h = hooked2(torch.zeros(2, 4))  # shape: (1, 5)

shared = nn.Sequential(nn.Linear(4, 5))
nn.Sequential.append(shared, nn.Linear(5, 6))
i = shared(torch.zeros(1, 4))  # shape: (1, 6)
popped = nn.Sequential(nn.Linear(4, 5), nn.Linear(5, 6))
popped.pop(-1)
i = popped(torch.zeros(1, 4))  # shape: (1, 5)
