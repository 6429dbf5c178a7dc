"""Numbers that NumPy and PyTorch count with in small arrays and tensors before they become sizes."""
import itertools
import math
from contextlib import nullcontext

import numpy as np
import torch

lengths = torch.tensor([5, 3, 2])
mask = torch.arange(int(lengths.max()))[None, :] < lengths[:, None]
x = torch.zeros(len(lengths), lengths.max())  # shape: (3, 5)
x = torch.zeros(max(lengths.tolist()), lengths.sum().item(), int(lengths.prod()), int(lengths.min()))  # shape: (5, 10, 30, 2)
view = lengths[:, None]
view[0] = 7
x = torch.zeros(2, int(lengths.max()))  # shape: (2, ?)

widths = (np.array([64, 128, 256]) * 0.5).astype(int)
x = torch.zeros(widths[1], *[int(size) for size in np.ceil(np.array([3.2, 4.5]))])  # shape: (64, 4, 5)
resolutions = [int(2**step) for step in np.arange(2, np.log2(64) + 1)]
x = torch.zeros(len(resolutions), resolutions[-1])  # shape: (5, 64)
x = torch.zeros(np.linspace(1, 10, 4).astype(int)[2], int(np.clip(12, 0, 10)), int(np.maximum(3, 5)))  # shape: (7, 10, 5)


def mel(frequency):
    return 2595.0 * np.log10(1.0 + frequency / 700.0)


points = 700.0 * (10.0 ** (np.linspace(mel(0), mel(8000), 22) / 2595.0) - 1.0)
slopes = points[:, None] - np.linspace(0, 8000, 33)[None]
falling = -slopes[:-2] / np.diff(points)[:-1, None]
rising = slopes[2:] / np.diff(points)[1:, None]
x = torch.from_numpy(np.maximum(0, np.minimum(falling, rising)).T.astype(np.float32))  # shape: (33, 20)

betas = torch.linspace(0.1, 0.2, 30).numpy()
products = np.cumprod(1.0 - betas, axis=0)
x = torch.tensor(np.append(1.0, products[:-1]))  # shape: (30,)
rate = torch.clamp(torch.rand(3), max=np.abs(np.log(16 / 1000)))  # shape: (3,)

grid = np.zeros((2, 3))
x = torch.from_numpy(np.vstack([grid, grid]))  # shape: (4, 3)
x = torch.from_numpy(np.dot(grid, grid.T))  # shape: (2, 2)
x = torch.from_numpy(np.einsum("ij,kj->ik", grid, grid))  # shape: (2, 2)
x = torch.from_numpy(grid.transpose(1, 0)[..., None][:, ::-1].copy())  # shape: (3, 2, 1)
x = torch.from_numpy(np.where(grid > 0, grid, np.roll(grid, 1)))  # shape: (2, 3)

for stage in itertools.count(2):
    if stage > 5:
        break
x = torch.zeros(stage, len(list(itertools.permutations([1, 2, 3]))))  # shape: (6, 6)
x = torch.zeros(math.factorial(4), int("ff", 16), int("1_0"), ~5 + 10)  # shape: (24, 255, 10, 4)
x = torch.zeros(2 if math.inf > 10 else 3, "abcabc".count("a", 1), "abcabc".find("c", 3))  # shape: (2, 1, 5)
x = torch.zeros(len(f"{0.123:.2f}"), len("a-b-c".replace("-", "", 1)))  # shape: (4, 4)
with nullcontext(6) as size:
    x = torch.zeros(size, 2 if {"a": 1, "b": 2} == {"a": 1, "b": 3} else 3)  # shape: (6, 3)
