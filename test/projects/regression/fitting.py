import torch
from torch.utils.data import DataLoader, TensorDataset


def loaders(x, y, batch_size=32):
    cut = int(0.8 * len(x))
    train = DataLoader(TensorDataset(x[:cut], y[:cut]), batch_size=batch_size, shuffle=True)
    test = DataLoader(TensorDataset(x[cut:], y[cut:]), batch_size=batch_size)
    return train, test


def fit(model, loader, optimizer, loss_function, epochs):
    history = []
    for _ in range(epochs):
        for x, y in loader:
            prediction = model(x).squeeze(1)
            loss = loss_function(prediction, y)
            optimizer.zero_grad()
            loss.backward()
            optimizer.step()
        history.append(loss.item())
    return history


def score(model, loader, loss_function):
    total, count = 0.0, 0
    with torch.no_grad():
        for x, y in loader:
            total += loss_function(model(x).squeeze(1), y).item() * len(x)
            count += len(x)
    return total / count
