"""Data sets of a program's own, over Pillow's images, through torchvision's transforms."""

import torch
from PIL import Image
from torch.utils.data import DataLoader, Dataset
from torchvision import transforms


class Pairs(Dataset):
    """Two halves of each image, as translations between images learn from them."""

    def __init__(self, count, steps):
        self.count = count
        self.transform = transforms.Compose(steps)

    def __getitem__(self, index):
        image = Image.new("RGB", (80, 40 + index))
        width, height = image.size
        left = image.crop((0, 0, width / 2, height))
        right = image.crop((width / 2, 0, width, height))
        return {"left": self.transform(left), "right": self.transform(right.convert("L")), "place": index}

    def __len__(self):
        return self.count


plain = [transforms.Resize((32, 24)), transforms.ToTensor()]
for batch in DataLoader(Pairs(4, plain), batch_size=2, drop_last=True):
    left = batch["left"]  # shape: (2, 3, 32, 24)
    right = batch["right"]  # shape: (2, 1, 32, 24)
    place = batch["place"]  # shape: (2,)


class Normed(Dataset):
    """Where nobody says how many channels an image has, its normalisation does."""

    def __init__(self, modes):
        self.modes = modes
        self.transform = transforms.Compose(
            [transforms.Resize(36), transforms.CenterCrop(28), transforms.ToTensor(), transforms.Normalize([0.5] * 3, [0.5] * 3)]
        )

    def __getitem__(self, index):
        image = Image.new(self.modes[index], (50, 60)).resize((64, 48)).rotate(30)
        return self.transform(image), index

    def __len__(self):
        return len(self.modes)


def together(samples):
    images, places = zip(*samples)
    return torch.stack(images, 0), torch.tensor(places)


for images, places in DataLoader(Normed(["RGB"] * 3 + ["RGB"]), batch_size=2, drop_last=True, collate_fn=together):
    doubled = images * 2  # shape: (2, 3, 28, 28)
