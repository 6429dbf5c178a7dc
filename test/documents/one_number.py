"""Where Python wants one number or one truth value of a tensor, and where it gets whole numbers of truths."""
import math
import sys

import torch
import torch.nn as nn
from torch import nn as layers

scores = torch.zeros(3, 2)
best = scores.max()
value = best.item()
value = scores.item()  # error: shape-mismatch
value = float(scores[0])  # error: shape-mismatch
value = float(scores[0, :1]) + float(best)
if best > 0:
    value = 1
if scores > 0:  # error: shape-mismatch
    value = 1
if (scores > 0).any() and scores[:1, 0] == 0:
    value = 2

# Whole numbers and truths give whole numbers, whatever they are.
is_long = len(sys.argv) > 100
x = torch.zeros([4, 5, 6][is_long + 1])  # shape: (?,)
x = torch.zeros((4, 5, 6)[is_long * 2])  # shape: ?
x = torch.zeros([4, 5, 6][(not is_long) % 3])  # shape: (?,)
x = torch.arange(9)[math.prod([True, 2, 2])]  # shape: ()


def both(x):
    return x, x.sum(0), 0.5


first, second, rate = both(torch.zeros(4, 3))
first, second = both(torch.zeros(4, 3))  # error: shape-mismatch
first, *others = both(torch.zeros(4, 3))
x = first  # shape: (4, 3)

# To a single number the mean is taken over the last dimensions, of however many.
x = nn.AdaptiveAvgPool2d(1)(torch.zeros(2, 3, 4, 5, 6))  # shape: (2, 3, 4, 1, 1)
x = layers.functional.adaptive_avg_pool2d(torch.zeros(4, 5), 1)  # shape: (1, 1)
x = nn.AdaptiveAvgPool2d(1)(torch.zeros(3))  # error: shape-mismatch

# Where there is nothing PyTorch does not look at everything.
empty = torch.zeros(0)
x = torch.tril(empty)  # shape: (0,)
x = torch.cummax(empty, 1)[0]  # shape: (0,)
x = torch.softmax(torch.zeros(0, dtype=torch.int64), 0)  # shape: (0,)
x = empty.roll(2, 3)  # shape: (0,)
x = torch.nn.Linear(3, 4)(torch.zeros(0, 3))  # shape: (0, 4)
x = torch.nn.Linear(3, 4)(torch.zeros(0, 5))  # error: shape-mismatch
