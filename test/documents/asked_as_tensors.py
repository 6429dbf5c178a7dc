# run: merged(torch.randn(2, 3, 5, 4))
# run: flattened_loss(torch.randn(2, 5, 7), torch.zeros(2, 5, dtype=torch.long))
# run: attended(torch.randn(2, 4, 6, 8), torch.randn(2, 4, 6, 8), torch.randn(2, 4, 6, 8))
# run: turned(torch.randn(2, 3))
# run: counted([1, 2, 3])
# run: seen(np.zeros((4, 5, 3)))
"""What nothing describes is a tensor where it is asked for what only tensors have; an array or a list may be anything."""
import numpy as np
import torch
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
