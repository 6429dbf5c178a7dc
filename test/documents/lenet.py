# run: LeNet()(torch.zeros(2, 1, 28, 28))
import torch
from torch import nn
import torch.nn.functional as F


class LeNet(nn.Module):
    def __init__(self):
        super().__init__()
        self.conv1 = nn.Conv2d(1, 6, 5)
        self.conv2 = nn.Conv2d(6, 16, kernel_size=5)
        self.fc1 = nn.Linear(16 * 4 * 4, 120)
        self.fc2 = nn.Linear(120, 10)

    def forward(self, x):
        x = F.max_pool2d(F.relu(self.conv1(x)), 2)  # shape: (B, 6, H//2 - 2, W//2 - 2)
        x = F.max_pool2d(F.relu(self.conv2(x)), (2, 2))  # shape: (B, 16, H//4 - 3, W//4 - 3)
        x = x.view(x.size(0), -1)  # shape: (B, 256)
        x = F.relu(self.fc1(x))  # shape: (B, 120)
        return self.fc2(x)  # shape: (B, 10)


net = LeNet()
y = net.conv1(torch.zeros(2, 1, 28, 28))  # shape: (2, 6, 24, 24)
pooled = F.max_pool2d(net.conv2(F.max_pool2d(y, 2)), 2)  # shape: (2, 16, 4, 4)
rows = pooled.view(pooled.size(0), -1)  # shape: (2, 256)
out = net.fc1(rows)  # shape: (2, 120)
