# run: Heads()
# run: Groups()
# run: Narrow()()
# run: shuffled()
# run: loss()
# run: pairs()
import torch
import torch.nn as nn
import torch.nn.functional as F


class Heads(nn.Module):
    def __init__(self):
        super().__init__()
        self.attention = nn.MultiheadAttention(100, 3)  # error: shape-mismatch


class Groups(nn.Module):
    def __init__(self):
        super().__init__()
        self.conv = nn.Conv2d(6, 8, 3, groups=4)  # error: shape-mismatch


class Narrow(nn.Module):
    def __init__(self):
        super().__init__()
        self.gru = nn.GRU(32, 64, batch_first=True)

    def forward(self):
        return self.gru(torch.zeros(2, 5, 16))  # error: shape-mismatch


def shuffled():
    return nn.PixelShuffle(3)(torch.zeros(2, 8, 4, 4))  # error: shape-mismatch


def loss():
    return nn.BCELoss()(torch.zeros(4, 1), torch.zeros(4))  # error: shape-mismatch


def pairs():
    return F.cosine_similarity(torch.zeros(2, 3), torch.zeros(2, 4))  # error: shape-mismatch
