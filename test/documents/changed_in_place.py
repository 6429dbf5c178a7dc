# run: inputs(torch.zeros(1, 3))
"""Tensors whose shape is changed in place, under whatever name."""
import copy
import random

import torch
from torch import nn

img = torch.zeros(3, 8, 8)
img.unsqueeze_(0)
img2 = img  # shape: (1, 3, 8, 8)
out = nn.Conv2d(3, 4, 3)(img)  # shape: (1, 4, 6, 6)

x = torch.zeros(1, 4)
y = x
kept = copy.deepcopy(x)
boxes = [x]
named = {"x": x}
y.squeeze_()
z = x  # shape: (4,)
z = boxes[0]  # shape: (4,)
z = named["x"]  # shape: (4,)
z = kept  # shape: (1, 4)

t = torch.zeros(2, 3)
t += 1
same = t
t.relu_()
t.t_()
u = same  # shape: (3, 2)
v = torch.cat([t, torch.zeros(1, 2)])  # shape: (4, 2)
p2 = torch.zeros(2, 3)
same = p2
p2.transpose_(0, 1)
u = same  # shape: (3, 2)

r = torch.zeros(3, 4)
q = r
r.resize_(6, 2)
s = q + torch.zeros(6, 2)  # shape: (6, 2)

d = torch.zeros(2, 3)
e = d
d.data = torch.zeros(5, 3)
f = e  # shape: (5, 3)

a = torch.zeros(1, 3)
b = torch.zeros(1, 3)
c = a if random.random() < 0.5 else b
c.squeeze_()
g = a  # shape: ?
h = b  # shape: ?

k = torch.zeros(1, 3)
if random.random() < 0.5:
    k.squeeze_()
m = k  # shape: (…, 3)

n = torch.zeros(1, 3)
o = n.contiguous()
o.squeeze_()
p = n  # shape: ?


class Holder:
    def __init__(self, value):
        self.value = value

    def squeeze(self):
        self.value.squeeze_()


w = torch.zeros(1, 7)
holder = Holder(w)
holder.squeeze()
w2 = w  # shape: (7,)
torch.Tensor.unsqueeze_(w, 1)
w3 = holder.value  # shape: (7, 1)


def inputs(x):
    before = torch.zeros(1, 3)
    x = before
    x.squeeze_(0)
    return before  # shape: (3,)


def written_out():
    rows, joined, product = torch.randn(4, 3), torch.empty(0), torch.empty(0)
    torch.cat([rows, rows], out=joined)
    y = joined * 1  # shape: (8, 3)
    torch.matmul(rows.t(), rows, out=product)
    y = product @ torch.randn(3, 2)  # shape: (3, 2)
    values, places = torch.empty(0), torch.empty(0, dtype=torch.long)
    torch.topk(rows, 2, dim=1, out=(values, places))
    y = values.sum(1)  # shape: (4,)
    y = places * 1  # shape: (4, 2)
    return y


written_out()
