import torch
from torch import nn

model = nn.DataParallel(nn.Sequential(nn.Linear(4, 2), nn.ReLU()))
scores = model(torch.zeros(3, 4))  # shape: (3, 2)
weights = model.module[0].weight  # shape: (2, 4)
model(torch.zeros(3, 5))  # error: shape-mismatch
