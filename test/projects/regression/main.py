import torch
from torch import nn

from fitting import fit, loaders, score
from nets import mlp

torch.manual_seed(0)
x = torch.randn(1000, 8)
y = x @ torch.randn(8) + 0.1 * torch.randn(1000)
train, test = loaders(x, y)
model = mlp(8, 64, 1)
loss_function = nn.MSELoss()
optimizer = torch.optim.SGD(model.parameters(), lr=0.01)
fit(model, train, optimizer, loss_function, 50)
print(score(model, test, loss_function))
