"""Windows over a series, and indices that are known: what a dataset gives for each index that its length allows."""

import numpy as np
import torch
from torch import nn
from torch.utils.data import DataLoader, Dataset


class Windows(Dataset):
    def __init__(self, series, length):
        self.series = torch.tensor(series, dtype=torch.float32)
        self.length = length

    def __len__(self):
        return len(self.series) - self.length

    def __getitem__(self, i):
        return self.series[i : i + self.length], self.series[i + self.length]


class Forecasts(Dataset):
    def __init__(self, table, past, future):
        self.table, self.past, self.future = table, past, future

    def __len__(self):
        return len(self.table) - self.past - self.future + 1

    def __getitem__(self, i):
        middle = i + self.past
        return torch.tensor(self.table[i:middle]), torch.tensor(self.table[middle : middle + self.future, 0])


class TooLate(Windows):
    def __len__(self):
        return len(self.series)


series = np.sin(np.arange(1000) / 10)
for x, y in DataLoader(Windows(series, 20), batch_size=49):
    inputs = x.unsqueeze(-1)  # shape: (49, 20, 1)
    targets = y.view(-1, 1)  # shape: (49, 1)
    state = nn.Linear(19, 4)(x)  # error: shape-mismatch

for past, future in DataLoader(Forecasts(np.random.randn(500, 3), 12, 4), batch_size=97):
    seen = past + 0  # shape: (97, 12, 3)
    wanted = future + 0  # shape: (97, 4)

some = TooLate(series, 20)[999 - 20][0] + 0  # shape: (20,)

# NumPy's names for the operators.
letters = np.array([[1, 2, 3], [2, 3, 4]])
flat = torch.from_numpy(np.zeros((np.multiply(*letters.shape), 5), dtype=np.float32))  # shape: (6, 5)
both = torch.from_numpy(np.add(letters, [10, 20, 30]))  # shape: (2, 3)
half = torch.from_numpy(np.divide(letters, 2))  # shape: (2, 3)

# Sequences of different lengths.
pieces = [torch.arange(n) for n in (3, 5, 4)]
padded = nn.utils.rnn.pad_sequence(pieces, batch_first=True)  # shape: (3, 5)


def surrounded(ids):
    return torch.cat((torch.tensor([2]), ids, torch.tensor([3])))


def collate(batch):
    return nn.utils.rnn.pad_sequence([surrounded(ids) for ids in batch])


for batch in DataLoader(pieces + pieces, batch_size=2, collate_fn=collate):
    ids = batch + 0  # shape: (?, 2)

# Numbers that are known, and lie outside.
scores = torch.rand(2, 3)
first = scores[[0, 1], torch.tensor([0, 2])]  # shape: (2,)
first = scores[[0, 1], torch.tensor([0, 4])]  # error: shape-mismatch
first = scores[:, [0, -3]]  # shape: (2, 2)
first = scores[:, [0, -4]]  # error: shape-mismatch
rows = nn.Embedding(15, 4)(torch.tensor([[3, 14]]))  # shape: (1, 2, 4)
rows = nn.Embedding(15, 4)(torch.tensor([[3, 15]]))  # error: shape-mismatch
wide = torch.zeros(1, 10, 4).repeat(2, 1, -1)  # error: shape-mismatch


def mode():
    if torch.is_grad_enabled():
        return torch.zeros(1)
    return torch.zeros(2)


training = mode()  # shape: (1,)
with torch.no_grad():
    measuring = mode()  # shape: (2,)


class Positions(nn.Module):
    def __init__(self, longest):
        super().__init__()
        self.embedding = nn.Embedding(longest, 8)

    def forward(self, ids):
        B, T = ids.shape
        first = self.embedding(torch.arange(T, device=ids.device))
        return first + self.embedding(torch.arange(0, T).unsqueeze(0).expand(B, T))


fitting = Positions(128)(torch.zeros(2, 128, dtype=torch.long))  # shape: (2, 128, 8)
line = torch.arange(3).expand(2, 3).flatten()
corner = torch.zeros(int(line[2]) + 1, 2)  # shape: (3, 2)
corner = torch.zeros(int(line[3]) + 1, 2)  # shape: (1, 2)
longer = nn.Embedding(128, 8)(torch.arange(129))  # error: shape-mismatch
