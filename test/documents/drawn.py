"""Numbers that are drawn from a range: a slice that starts at one has its whole length."""
import os
import random
from pathlib import Path

import numpy as np
import torch
from torch import nn
from torch.nn import functional as F

text = Path(os.__file__).read_text()
data = torch.tensor([ord(letter) for letter in text])
held, rest = data[: int(0.9 * len(data))], data[int(0.9 * len(data)) :]


def draw(source, length=16, count=8):
    starts = torch.randint(len(source) - length, (count,))  # shape: (8,)
    x = torch.stack([source[i : i + length] for i in starts])  # shape: (8, 16)
    y = torch.stack([source[i + 1 : i + 1 + length] for i in starts])  # shape: (8, 16)
    return x, y


x, y = draw(held)  # shape: (8, 16), (8, 16)
series = torch.zeros(1000, 3)
one = torch.randint(0, 990, (1,)).item()
window = series[one : one + 10]  # shape: (10, 3)
two = random.randint(0, len(series) - 11)
longer = series[two : two + 11]  # shape: (11, 3)
three = np.random.randint(0, 981)
longest = series[three : three + 20]  # shape: (20, 3)
four = random.randrange(995)
shortest = series[four : four + 6]  # shape: (6, 3)
starts = torch.randint(0, 990, (4,))
starts += 5
moved = [series[i : i + 10] for i in starts]
unsure = moved[0]  # shape: (?, 3)
only = torch.zeros(random.randint(3, 3), random.randrange(1) + 1)  # shape: (3, 1)

# Batches of a shuffled table, cut by hand while a network trains.
table, labels = torch.rand(40, 3), torch.randint(0, 2, (40,))
net = nn.Linear(3, 2)
optimizer = torch.optim.SGD(net.parameters(), lr=0.1)
for epoch in range(3):
    order = torch.randperm(len(table))
    for start in range(0, len(table), 10):
        places = order[start : start + 10]  # shape: (10,)
        scores = net(table[places])  # shape: (10, 2)
        loss = F.cross_entropy(scores, labels[places])  # shape: ()
        optimizer.zero_grad()
        loss.backward()
        optimizer.step()
for start in range(0, len(table), 16):
    uneven = table[start : start + 16] + 1  # shape: (?, 3)

# A gradient has the sizes of its tensor; before it is computed it is None.
image = torch.rand(1, 3, 8, 8, requires_grad=True)
missing = 1 if image.grad is None else 2
image.pow(2).sum().backward()
step = image.grad.data.sign()  # shape: (1, 3, 8, 8)
changed = image + 0.1 * step  # shape: (1, 3, 8, 8)
norm = torch.sqrt(sum(p.grad.pow(2).sum() for p in net.parameters()))  # shape: ()
total = 0
for p in net.parameters():
    if p.grad is not None:
        total += p.grad.norm()
picked = scores[0, scores[0].argmax().item()]  # shape: ()
