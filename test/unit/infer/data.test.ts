/** What a training loop meets: pictures through transforms, datasets and loaders. */
import { assert } from "chai";
import { checkDocument } from "../support/document";

const head = `import torch
from torch import nn
from torch.utils.data import DataLoader, Dataset, TensorDataset, random_split
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
    x = rows  # shape: (B, 3, 8)
    y = targets  # shape: (B,)
`,
  "a dataset of one's own": `
class Waves(Dataset):
    def __len__(self):
        return 10

    def __getitem__(self, index):
        return torch.zeros(2, 50), 1.0

for waves, numbers in DataLoader(Waves(), batch_size=5):
    x = waves  # shape: (B, 2, 50)
    y = numbers  # shape: (B,)
`,
  "what is not known stays so": `
unread = DataLoader(datasets.MNIST("."), batch_size=64)
for images, labels in unread:
    x = images  # shape: ?
for images, labels in DataLoader(datasets.MNIST(".", transform=T.ToTensor()), 64, collate_fn=print):
    x = images  # shape: ?
`,
};

describe("Training data", () => {
  for (const [what, program] of Object.entries(programs))
    it(`has the shapes of ${what}`, async () => {
      assert.deepEqual(await checkDocument(head + program), []);
    });
});
