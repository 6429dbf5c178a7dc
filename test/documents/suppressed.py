import torch
from torch import nn

layer = nn.Linear(8, 2)
first = torch.zeros(3, 9)
a = layer(first)  # forward-pass: ignore[shape-mismatch]
b = layer(first)  # forward-pass: ignore
c = layer(first)  # forward-pass: ignore[init-std-too-small]  # error: shape-mismatch  # warning: unused-suppression
