"""What is known of lists, dicts and arrays whose length is not: each item is like every other."""
import numpy as np
import torch
from torch import nn


def read():
    with open("test/documents/open_lengths.py", encoding="utf-8") as file:
        return file.read()


text = read()
letters = sorted(list(set(text)))
number_of = {letter: i for i, letter in enumerate(letters)}
letter_of = {i: letter for i, letter in enumerate(letters)}
encode = lambda words: [number_of[letter] for letter in words]

data = torch.tensor(encode(text), dtype=torch.long)  # shape: (?,)
count = int(0.9 * len(data))
train_data = data[:count]  # shape: (?,)
weights = torch.tensor([float(i) for i, _ in enumerate(letters)])  # shape: (?,)
pairs = torch.tensor([a + b for a, b in zip(encode(text), encode(text))])  # shape: (?,)


def get_batch(block=8, size=96):
    places = torch.randint(len(train_data) - block, (size,))  # shape: (96,)
    x = torch.stack([train_data[i : i + block] for i in places])  # shape: (96, 8)
    return x


class Reader(nn.Module):
    def __init__(self, width=16):
        super().__init__()
        self.table = nn.Embedding(256, width)

    def forward(self, tokens):
        B, T = tokens.shape
        found = self.table(tokens % 256)  # shape: (4, T, 16)
        return found.view(B, T, 4, 4)  # shape: (4, T, 4, 4)


reader = Reader()
long = reader(torch.stack([train_data[i : i + 8] for i in torch.randint(20, (4,))]))

file = np.memmap("test/documents/open_lengths.py", dtype=np.uint8, mode="r")
starts = torch.randint(9, (3,))
rows = torch.stack([torch.from_numpy(file[i : i + 6].astype(np.int64)) for i in starts])  # shape: (3, ?)

grid = np.zeros((5, 3), dtype=np.float32)
top = torch.from_numpy(grid[:2])  # shape: (2, 3)
column = torch.from_numpy(grid[:, 1])  # shape: (5,)
width = torch.zeros(len(grid), grid.shape[1])  # shape: (5, 3)

# Longer ranges are not gone through one by one: each row is like the others.
table = torch.tensor([[position, 2] for position in range(3000)])  # shape: (3000, 2)
angles = [[position / 10000 ** (2 * (i // 2) / 16) for i in range(16)] for position in range(12544)]
encoding = torch.FloatTensor(angles).unsqueeze(0)  # shape: (1, 12544, 16)
halves = torch.zeros(len(angles), len([position for position in range(5000)]))  # shape: (12544, 5000)
