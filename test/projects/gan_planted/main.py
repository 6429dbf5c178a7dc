import torch
from torch.utils.data import DataLoader
from torchvision import datasets, transforms

from engine import train_epoch
from models import Discriminator, Generator

transform = transforms.Compose([transforms.ToTensor(), transforms.Normalize((0.5,), (0.5,))])
loader = DataLoader(datasets.MNIST("data", train=True, download=True, transform=transform), batch_size=64, shuffle=True)
generator = Generator()
discriminator = Discriminator()
opt_g = torch.optim.Adam(generator.parameters(), lr=2e-4, betas=(0.5, 0.999))
opt_d = torch.optim.Adam(discriminator.parameters(), lr=2e-4, betas=(0.5, 0.999))
for epoch in range(20):
    print(epoch, train_epoch(generator, discriminator, loader, opt_g, opt_d, 64))
