"""Which views of a tensor PyTorch can give: the elements of a transposed or cut one do not lie in the order of its sizes."""

import torch
from torch import nn

x = torch.zeros(2, 3, 4)
rows = x.view(6, 4)  # shape: (6, 4)
across = x.transpose(1, 2).contiguous().view(2, 12)  # shape: (2, 12)
copied = x.permute(2, 0, 1).reshape(4, 6)  # shape: (4, 6)
asked = x.transpose(1, 2)
asked = asked.view(2, 12) if asked.is_contiguous() else asked.reshape(2, 12)  # shape: (2, 12)
moved = x.transpose(1, 2)
moved.data = moved.data.contiguous()
again = moved.view(2, 12)  # shape: (2, 12)
# Two dimensions that still follow each other may become one, and one may become two.
kept = x.permute(2, 0, 1).view(4, 6)  # shape: (4, 6)
split = x.transpose(0, 2).view(2, 2, 3, 2)  # shape: (2, 2, 3, 2)
# A dimension of 1 is nowhere.
column = torch.zeros(5, 1, 4).transpose(0, 1).view(20)  # shape: (20,)
heads = torch.zeros(2, 7, 24).chunk(3, dim=-1)[0].view(2, 7, 2, 4)  # shape: (2, 7, 2, 4)
repeated = torch.zeros(3, 1).expand(3, 5).view(3, 5, 1)  # shape: (3, 5, 1)


turned = x.transpose(1, 2).view(2, 12)  # error: shape-mismatch
# What is computed element by element lies as its input does.
computed = (x.transpose(1, 2).relu() * 2).view(2, 12)  # error: shape-mismatch
shifted = x[:, :-1].view(-1, 4)  # error: shape-mismatch
queries, keys, values = torch.zeros(3, 2, 2, 7, 4)
mixed = torch.softmax(queries @ keys.transpose(-2, -1), dim=-1) @ values
merged = mixed.transpose(1, 2).view(2, 7, 8)  # error: shape-mismatch
patches = nn.Conv2d(3, 8, 4, stride=4)(torch.zeros(2, 3, 8, 8))
cells = patches.permute(0, 2, 3, 1).view(2, -1)  # error: shape-mismatch
flat = patches.view(2, -1)  # shape: (2, 32)


class Given(nn.Module):
    # How an input lies in memory is its caller's business.
    def forward(self, x):
        B, T, C = x.shape
        return x.transpose(1, 2).view(B, C * T)
