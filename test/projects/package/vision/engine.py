import torch
from torch import nn, optim

from .utils.loaders import cifar


def train_step(model, batch, optimizer, criterion, device):
    images, labels = (part.to(device) for part in batch)
    optimizer.zero_grad()
    loss = criterion(model(images), labels)
    loss.backward()
    optimizer.step()
    return loss.item()


@torch.no_grad()
def validate(model, loader, device):
    model.eval()
    hits, seen = 0, 0
    for images, labels in loader:
        images, labels = images.to(device), labels.to(device)
        hits += (model(images).argmax(dim=1) == labels).sum().item()
        seen += labels.size(0)
    return hits / seen


def fit(model, epochs=20, lr=0.05, device="cpu"):
    train_loader, test_loader = cifar("data", 128)
    model = model.to(device)
    optimizer = optim.SGD(model.parameters(), lr=lr, momentum=0.9)
    scheduler = optim.lr_scheduler.MultiStepLR(optimizer, milestones=[10, 15])
    criterion = nn.NLLLoss()
    for epoch in range(epochs):
        model.train()
        for batch in train_loader:
            train_step(model, batch, optimizer, criterion, device)
        scheduler.step()
        print(epoch, validate(model, test_loader, device))
