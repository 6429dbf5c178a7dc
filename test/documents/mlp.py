# run: Mlp()(torch.zeros(2, 1, 28, 28))
# run: PhotoMlp()(torch.zeros(4, 3, 32, 32))
import torch
import torch.nn as nn
import torch.nn.functional as F


class Mlp(nn.Module):
    def __init__(self, hidden=128):
        super().__init__()
        self.fc1 = nn.Linear(784, hidden)
        self.norm = nn.BatchNorm1d(hidden)
        self.fc2 = nn.Linear(hidden, 10)

    def forward(self, x):
        x = x.flatten(1)  # shape: (B, 784)
        x = F.relu(self.norm(self.fc1(x)))  # shape: (B, 128)
        x = self.fc2(x)  # shape: (B, 10)
        return F.log_softmax(x, dim=1)  # shape: (B, 10)


class PhotoMlp(nn.Module):
    def __init__(self):
        super(PhotoMlp, self).__init__()
        self.layers = nn.Sequential(
            nn.Flatten(),
            nn.Linear(3 * 32 * 32, 256),
            nn.ReLU(),
            nn.Linear(256, 10),
        )

    def forward(self, x):
        logits = self.layers(x)  # shape: (B, 10)
        return logits.argmax(dim=1)  # shape: (B,)
