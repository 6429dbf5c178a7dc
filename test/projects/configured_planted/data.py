from torch.utils.data import DataLoader
from torchvision import datasets, transforms


def get_loaders(batch_size):
    transform = transforms.ToTensor()
    train = datasets.MNIST("data", train=True, download=True, transform=transform)
    test = datasets.MNIST("data", train=False, download=True, transform=transform)
    train_loader = DataLoader(train, batch_size=batch_size, shuffle=True)
    test_loader = DataLoader(test, batch_size=batch_size)
    return train_loader, test_loader
