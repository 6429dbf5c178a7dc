/** What a training loop meets: pictures through transforms, datasets and loaders. */
import { assert } from "chai";
import { checkDocument } from "../support/document";

const head = `import torch
from torch import nn
from torch.utils.data import DataLoader, Dataset, IterableDataset, TensorDataset, random_split
from torchvision import datasets, transforms
import torchvision.transforms as T
import torchvision
from tqdm import tqdm
`;

const programs: Record<string, string> = {
  "batches of digits": `
transform = transforms.Compose([transforms.ToTensor(), transforms.Normalize((0.1307,), (0.3081,))])
train = datasets.MNIST("data", train=True, download=True, transform=transform)
loader = DataLoader(train, batch_size=64, shuffle=True)
for step, (images, labels) in enumerate(tqdm(loader)):
    x = images  # shape: (B, 1, 28, 28)
    y = labels  # shape: (B,)
    flat = images.view(images.size(0), -1)  # shape: (B, 784)
    scores = nn.Linear(784, 10)(flat)  # shape: (B, 10)
    loss = nn.CrossEntropyLoss()(scores, labels)  # shape: ()
`,
  "a layer that is too narrow for them": `
loader = DataLoader(datasets.CIFAR10(".", transform=T.ToTensor()), batch_size=4, drop_last=True)
model = nn.Sequential(nn.Flatten(), nn.Linear(784, 10))
for x, y in loader:
    z = x  # shape: (4, 3, 32, 32)
    model(x)  # error: shape-mismatch
`,
  "resized and cropped pictures": `
crop = T.Compose([T.RandomResizedCrop(224), T.RandomHorizontalFlip(), T.ToTensor()])
folder = torchvision.datasets.ImageFolder("photos", crop)
images, labels = next(iter(DataLoader(folder, 8, drop_last=True)))
x = images  # shape: (8, 3, 224, 224)
plain = torchvision.datasets.ImageFolder("photos", T.Compose([T.Resize(256), T.ToTensor()]))
images, labels = plain[0] if False else next(iter(DataLoader(plain, 8, drop_last=True)))
x = images  # shape: (8, 3, ?, ?)
gray = datasets.CIFAR10(".", transform=T.Compose([T.Grayscale(), T.Resize((64, 48)), T.ToTensor()]))
image, label = next(iter(DataLoader(gray)))
x = image  # shape: (1, 1, 64, 48)
`,
  "rows of tensors": `
data = TensorDataset(torch.zeros(100, 3, 8), torch.zeros(100))
first, second = random_split(data, [80, 20])
for rows, targets in DataLoader(first, batch_size=20):
    x = rows  # shape: (20, 3, 8)
    y = targets  # shape: (20,)
`,
  "a dataset of one's own": `
class Waves(Dataset):
    def __len__(self):
        return 10

    def __getitem__(self, index):
        return torch.zeros(2, 50), 1.0

for waves, numbers in DataLoader(Waves(), batch_size=5):
    x = waves  # shape: (5, 2, 50)
    y = numbers  # shape: (5,)
`,
  "what is not counted beforehand": `
class Endless(IterableDataset):
    def __len__(self):
        return 10
    def __iter__(self):
        yield from (torch.zeros(3) for _ in range(7))
    def __getitem__(self, index):
        return torch.zeros(3)
for waves in DataLoader(Endless(), batch_size=5):
    x = waves  # shape: (B, 3)
`,
  "what is not known stays so": `
unread = DataLoader(datasets.MNIST("."), batch_size=64)
for images, labels in unread:
    x = images  # shape: ?
for images, labels in DataLoader(datasets.MNIST(".", transform=T.ToTensor()), 64, collate_fn=print):
    x = images  # shape: ?
`,
  "samples that are dicts": `
class Photos(Dataset):
    def __len__(self):
        return 100
    def __getitem__(self, at):
        return {"image": torch.randn(3, 32, 32), "label": at % 10, "size": {"scale": 0.5}}
model = nn.Sequential(nn.Flatten(), nn.Linear(3072, 10))
for batch in DataLoader(Photos(), batch_size=8, drop_last=True):
    images = batch["image"]  # shape: (8, 3, 32, 32)
    y = batch.pop("label")  # shape: (8,)
    scale = batch["size"]["scale"]  # shape: (8,)
    batch = {name: value.to("cuda") for name, value in batch.items() if name != "size"}
    scores = model(batch["image"])  # shape: (8, 10)
    nn.Linear(1024, 10)(batch["image"].flatten(1))  # error: shape-mismatch
`,
  "samples of unknown rank": `
class Rows(Dataset):
    def __init__(self, rows):
        self.rows = rows
    def __len__(self):
        return len(self.rows)
    def __getitem__(self, at):
        return torch.tensor(self.rows[at]).float(), at
def train(rows):
    for x, y in DataLoader(Rows(rows), batch_size=16, drop_last=True):
        z = x  # shape: (16, …)
        w = y  # shape: (16,)
`,
  "a function that puts sentences together": `
from torch.nn.utils.rnn import pad_sequence
class Sentences(Dataset):
    def __len__(self):
        return 100
    def __getitem__(self, at):
        return torch.randint(0, 50, (at + 1,)), torch.randn(7), at
def collate(batch):
    batch.sort(key=lambda one: len(one[0]), reverse=True)
    words, features, labels = zip(*batch)
    return pad_sequence(words, batch_first=True), torch.stack(features), torch.cat(list(words))
for words, features, all in DataLoader(Sentences(), batch_size=4, collate_fn=collate):
    x = words  # shape: (4, ?)
    f = features  # shape: (4, 7)
    a = all  # shape: (?,)
    e = nn.Embedding(50, 12)(words)  # shape: (4, ?, 12)
    nn.Linear(8, 2)(features)  # error: shape-mismatch
`,
  "samples put together by name": `
class Items(Dataset):
    def __len__(self):
        return 100
    def __getitem__(self, at):
        return {"x": torch.randn(5), "y": at}
def collate(items):
    return {"x": torch.stack([item["x"] for item in items], dim=1), "n": len(items)}
for batch in DataLoader(Items(), 4, collate_fn=collate):
    x = batch["x"]  # shape: (5, 4)
`,
  "sentences of a list": `
from torch.nn.utils.rnn import pad_sequence
import random
class Lines(Dataset):
    def __init__(self):
        self.lines = [[random.randrange(9) for _ in range(random.randint(3, 7))] for _ in range(20)]
    def __len__(self):
        return 20
    def __getitem__(self, at):
        return torch.tensor(self.lines[at])
for words in DataLoader(Lines(), 4, collate_fn=pad_sequence):
    x = words  # shape: (?, 4)
    e = nn.Embedding(50, 12)(words)  # shape: (?, 4, 12)
`,
};

describe("Training data", () => {
  for (const [what, program] of Object.entries(programs))
    it(`has the shapes of ${what}`, async () => {
      assert.deepEqual(await checkDocument(head + program), []);
    });
});
