import torch
from torch.utils.data import DataLoader
from torchvision import datasets, transforms

import config
from engine import train_epoch
from models import VAE


def main():
    data = datasets.MNIST("data", train=True, download=True, transform=transforms.ToTensor())
    loader = DataLoader(data, batch_size=config.BATCH_SIZE, shuffle=True)
    model = VAE(config.LATENT)
    optimizer = torch.optim.Adam(model.parameters(), lr=config.LEARNING_RATE)
    for epoch in range(config.EPOCHS):
        print(epoch, train_epoch(model, loader, optimizer))


if __name__ == "__main__":
    main()
