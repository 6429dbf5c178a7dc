"""Regression with a small network: the price of a house from eight numbers."""
import torch
from torch import nn
from torch.utils.data import DataLoader, TensorDataset, random_split

torch.manual_seed(0)
features = torch.randn(600, 8)
prices = features @ torch.randn(8) + 0.1 * torch.randn(600)

dataset = TensorDataset(features, prices)
train_set, valid_set = random_split(dataset, [500, 100])
train_loader = DataLoader(train_set, batch_size=50, shuffle=True)
valid_loader = DataLoader(valid_set, batch_size=100)


class PriceNet(nn.Module):
    def __init__(self):
        super().__init__()
        self.fc1 = nn.Linear(8, 32)
        self.norm = nn.BatchNorm1d(32)
        self.fc2 = nn.Linear(32, 32)
        self.fc3 = nn.Linear(32, 1)

    def forward(self, x):
        x = torch.relu(self.norm(self.fc1(x)))
        x = torch.relu(self.fc2(x))
        return self.fc3(x).squeeze(-1)


model = PriceNet()
criterion = nn.MSELoss()
optimizer = torch.optim.SGD(model.parameters(), lr=0.01, momentum=0.9)
scheduler = torch.optim.lr_scheduler.StepLR(optimizer, step_size=10, gamma=0.5)

history = []
for epoch in range(20):
    model.train()
    for x, y in train_loader:
        prediction = model(x)
        loss = criterion(prediction, y)
        optimizer.zero_grad()
        loss.backward()
        optimizer.step()
        history.append(loss.item())
    scheduler.step()

    model.eval()
    with torch.no_grad():
        error = sum(criterion(model(x), y).item() for x, y in valid_loader) / len(valid_loader)
    print(f"epoch {epoch}: validation error {error:.4f}")
