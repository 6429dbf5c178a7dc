# run: merged(torch.randn(2, 3, 5, 4))
# run: flattened_loss(torch.randn(2, 5, 7), torch.zeros(2, 5, dtype=torch.long))
# run: attended(torch.randn(2, 4, 6, 8), torch.randn(2, 4, 6, 8), torch.randn(2, 4, 6, 8))
# run: turned(torch.randn(2, 3))
# run: counted([1, 2, 3])
# run: seen(np.zeros((4, 5, 3)))
"""What nothing describes is a tensor where it is asked for what only tensors have; an array or a list may be anything."""
import sys

import numpy as np
import torch
import torch.nn as nn
import torch.nn.functional as F


def merged(x):
    B, H, T, D = x.size()
    return x.transpose(1, 2).contiguous().view(B, T, H * D)  # shape: (B, T, H*D)


def flattened_loss(logits, targets):
    B, T, C = logits.shape
    flat = logits.view(B * T, C)  # shape: (B*T, C)
    return F.cross_entropy(flat, targets.view(B * T))  # shape: ()


def attended(q, k, v, mask=None):
    B, H, T, D = q.size()
    scores = q @ k.transpose(-2, -1) / D**0.5
    if mask is not None:
        scores = scores.masked_fill(mask == 0, -1e9)
    return scores.softmax(-1) @ v  # shape: ?


def turned(x):
    first = x.unsqueeze(0)  # shape: (1, *)
    return first


def counted(items):
    return torch.zeros(len(items), 2)  # shape: (?, 2)


def seen(image):
    H, W, C = image.shape
    return image.transpose(2, 0, 1)[None].shape


# A model may get a dict, a named tuple or a list as well: what only those have is no slip of the pen.
class Criterion(nn.Module):
    def forward(self, outputs, target, cache):
        losses = [(value - target).pow(2).mean() for _, value in outputs.items()]
        cache.insert(0, target)
        return sum(losses) + self.of_last(outputs)

    def of_last(self, outputs):
        first = outputs["logits"][0]
        return first.sum() + len(outputs.values())


# The indices have no say in the type of what they pick from something that is not known.
def picked(numbers):
    places = torch.randint(0, 3, (2, 3))
    x = torch.gather(numbers, 1, places)
    return torch.cdist(x, numbers)


x = picked(torch.load(sys.argv[-1]) if sys.argv[-1].endswith(".pt") else torch.rand(2, 3))
x = Criterion()({"logits": torch.rand(2, 3)}, torch.rand(2, 3), [])  # shape: ()
