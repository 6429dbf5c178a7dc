"""What a loop over a loader meets: how samples are put together, and with which options the loader was made."""

import numpy as np
import torch
from torch import nn
from torch.nn.utils.rnn import pack_padded_sequence, pad_packed_sequence
from torch.optim.swa_utils import AveragedModel
from torch.utils.data import DataLoader, Dataset, IterableDataset, TensorDataset
from torchvision import transforms

digits = TensorDataset(torch.rand(64, 1, 28, 28), torch.randint(0, 10, (64,)))

# What a branch adds to the options does not change the batches.
options = {"num_workers": 2, "pin_memory": True} if torch.cuda.is_available() else {}
for images, labels in DataLoader(digits, batch_size=32, shuffle=True, **options):
    pixels = images.flatten(1)  # shape: (32, 784)

sized = {"batch_size": 16}
if torch.cuda.is_available():
    sized.update({"num_workers": 2})
for batch in DataLoader(digits, **sized):
    # Samples that are tuples come out as a list.
    kinds = torch.zeros(isinstance(batch, list) + 1, isinstance(batch, tuple) + 1)  # shape: (2, 1)
    images = batch[0]  # shape: (16, 1, 28, 28)

other = {"batch_size": 8} if torch.cuda.is_available() else {"batch_size": 4}
for images, labels in DataLoader(digits, **other):
    pixels = images.flatten(1)  # shape: (B, 784)


class Views(Dataset):
    """Two views of each picture in a list, an array, a flag and a text."""

    def __init__(self):
        self.pictures = torch.rand(32, 3, 8, 8)

    def __len__(self):
        return len(self.pictures)

    def __getitem__(self, index):
        picture = self.pictures[index]
        return [picture, picture.flip(-1)], np.ones((5,), dtype=np.float32), True, "cat"


for views, points, flags, names in DataLoader(Views(), batch_size=8):
    both = torch.cat(views)  # shape: (16, 3, 8, 8)
    points = points * 2  # shape: (8, 5)
    flags = ~flags  # shape: (8,)
    count = torch.zeros(len(names))  # shape: (8,)


class Squares(IterableDataset):
    def __iter__(self):
        for number in range(20):
            yield torch.full((5,), float(number)), number**2


for numbers, squares in DataLoader(Squares(), batch_size=4, drop_last=True):
    numbers = numbers + 1  # shape: (4, 5)
    squares = squares + 1  # shape: (4,)

# An array has its channels last; one of bytes becomes fractions.
picture = np.zeros((40, 30, 3), dtype=np.uint8)
prepare = transforms.Compose([transforms.ToTensor(), transforms.CenterCrop(28)])
prepared = prepare(picture)  # shape: (3, 28, 28)
plane = transforms.ToTensor()(np.zeros((40, 30)))  # shape: (1, 40, 30)

# The longest sequence says how long the padded ones are.
lengths = [len(words) for words in (["a", "b", "c", "d"], ["e", "f"])]
recurrent = nn.LSTM(6, 5)
packed, _ = recurrent(pack_padded_sequence(torch.randn(7, 2, 6), lengths))
padded, counts = pad_packed_sequence(packed)  # shape: (4, 2, 5), (2,)

# An average over the steps is a model of its own.
average = AveragedModel(nn.Linear(3, 4))
outputs = average(torch.randn(2, 3))  # shape: (2, 4)
weights = torch.zeros(sum(weight.numel() for weight in average.parameters()))  # shape: (16,)

# The batches of one of two loaders, and of one that is begun anew.
pairs = TensorDataset(torch.zeros(40, 3), torch.zeros(40))
others = TensorDataset(torch.zeros(80, 3), torch.zeros(80))
loader = DataLoader(pairs if len(weights) > 20 else others, 8, drop_last=True)
batches = iter(DataLoader(pairs, 8, drop_last=True))
for step in range(7):
    try:
        inputs, targets = next(batches)
    except StopIteration:
        batches = iter(DataLoader(others, 8, drop_last=True))
        inputs, targets = next(batches)
    doubled = inputs * 2  # shape: (8, 3)
columns, values = pairs.tensors  # shape: (40, 3), (40,)
steps = torch.diff(values, prepend=values[:1])  # shape: (40,)
steps = torch.diff(columns, n=2, dim=1, append=torch.zeros(40, 4))  # shape: (40, 5)


def cycle(loader):
    """Batches without an end."""
    while True:
        for batch in loader:
            yield batch


def doubling(size):
    x = torch.zeros(1, size)
    while True:
        yield [x, size]
        x = torch.cat([x, x])


endless = cycle(DataLoader(pairs, 8, drop_last=True))
for step in range(2):
    inputs, targets = next(endless)
    inputs, targets = inputs * 2, targets * 2  # shape: (8, 3), (8,)
for grown, size in doubling(4):
    grown = grown + 1  # shape: (?, 4)
    if len(grown) > 4:
        break
