"""How many samples datasets have and how many batches loaders give, and what becomes of the sizes of pictures."""
import torch
from torch.utils.data import ConcatDataset, DataLoader, Dataset, Subset, TensorDataset, random_split
from torchvision import transforms
from torchvision.datasets import FakeData
from torchvision.transforms import functional as change

rows = TensorDataset(torch.zeros(100, 5), torch.zeros(100, dtype=torch.int64))
train, test = random_split(rows, [80, 20])
row, label = rows[3]  # shape: (5,), ()
counts = torch.zeros(len(rows), len(train), len(test))  # shape: (100, 80, 20)
both = torch.zeros(len(ConcatDataset([train, rows])), len(Subset(rows, [1, 2, 7])))  # shape: (180, 3)

# 80 samples come out even in batches of 16, and 100 do not.
even = DataLoader(train, batch_size=16, shuffle=True)
for inputs, targets in even:
    doubled = inputs * 2  # shape: (16, 5)
uneven = DataLoader(rows, 32)
batches = torch.zeros(len(even), len(uneven), len(uneven.dataset))  # shape: (5, 4, 100)
dropped = torch.zeros(len(DataLoader(rows, 32, drop_last=True)))  # shape: (3,)
sums = torch.cat([inputs.sum(1) for inputs, _ in even])  # shape: (80,)
others = []
for inputs, _ in uneven:
    others.append(inputs.sum(1))
joined = torch.cat(others)  # shape: (?,)


class Windows(Dataset):
    def __init__(self, series, length):
        self.series, self.length = series, length

    def __len__(self):
        return len(self.series) - self.length

    def __getitem__(self, at):
        return self.series[at : at + self.length], self.series[at + self.length]


windows = Windows(torch.zeros(60, 3), 12)
count = torch.zeros(len(windows), len(DataLoader(windows, 8)))  # shape: (48, 6)
for window, following in DataLoader(windows, 8):
    last = following + 1  # shape: (8, 3)

noise = FakeData(50, (3, 32, 48), 10, transforms.Compose([transforms.Resize(16), transforms.ToTensor()]))
image, kind = noise[0]
flat = image.flatten()  # shape: (1152,)
images, kinds = next(iter(DataLoader(noise, batch_size=25)))
wide = images + 0  # shape: (25, 3, 16, 24)

x = torch.rand(3, 32, 48)
smaller = transforms.Resize(16)(x)  # shape: (3, 16, 24)
padded = transforms.Pad(2)(x)  # shape: (3, 36, 52)
framed = transforms.Pad((1, 2, 3, 4))(x)  # shape: (3, 38, 52)
gray = transforms.Grayscale()(x)  # shape: (1, 32, 48)
scaled = change.resize(x, [10, 12])  # shape: (3, 10, 12)
part = change.crop(x, 0, 0, 5, 6)  # shape: (3, 5, 6)
middle = change.center_crop(x, [4, 5])  # shape: (3, 4, 5)
turned = change.hflip(change.rotate(x, 90))  # shape: (3, 32, 48)
wider = change.pad(x, [1, 2])  # shape: (3, 36, 50)
shades = change.rgb_to_grayscale(change.normalize(x, [0.5] * 3, [0.5] * 3))  # shape: (1, 32, 48)
again = change.to_tensor(change.to_pil_image(x))  # shape: (3, 32, 48)
perhaps = transforms.RandomApply([transforms.ColorJitter(0.1)])(x)  # shape: (3, 32, 48)
zoomed = change.resized_crop(x, 1, 2, 8, 8, [7, 9])  # shape: (3, 7, 9)
