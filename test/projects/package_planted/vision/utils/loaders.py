import torch
from torchvision import datasets, transforms

MEAN = (0.4914, 0.4822, 0.4465)
STD = (0.2470, 0.2435, 0.2616)


def cifar(root, batch_size):
    train_transform = transforms.Compose([
        transforms.RandomHorizontalFlip(),
        transforms.ToTensor(),
        transforms.Normalize(MEAN, STD),
    ])
    test_transform = transforms.Compose([transforms.ToTensor(), transforms.Normalize(MEAN, STD)])
    train = datasets.CIFAR10(root, train=True, download=True, transform=train_transform)
    test = datasets.CIFAR10(root, train=False, download=True, transform=train_transform)  # warning: augmented-evaluation-data
    return (
        torch.utils.data.DataLoader(train, batch_size=batch_size, shuffle=True, num_workers=2),
        torch.utils.data.DataLoader(test, batch_size=batch_size, shuffle=False, num_workers=2),
    )
