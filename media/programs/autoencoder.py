"""A convolutional autoencoder that learns to clean noisy digits."""
import torch
from torch import nn
from torch.utils.data import DataLoader
from torchvision import datasets, transforms


class Autoencoder(nn.Module):
    def __init__(self, code=32):
        super().__init__()
        self.encoder = nn.Sequential(
            nn.Conv2d(1, 16, 3, stride=2, padding=1),
            nn.ReLU(),
            nn.Conv2d(16, 32, 3, stride=2, padding=1),
            nn.ReLU(),
            nn.Flatten(),
            nn.Linear(32 * 7 * 7, code),
        )
        self.expand = nn.Linear(code, 32 * 7 * 7)
        self.decoder = nn.Sequential(
            nn.ReLU(),
            nn.ConvTranspose2d(32, 16, 4, stride=2, padding=1),
            nn.ReLU(),
            nn.ConvTranspose2d(16, 1, 4, stride=2, padding=1),
        )

    def forward(self, x):
        code = self.encoder(x)
        return self.decoder(self.expand(code).view(-1, 32, 7, 7))


class Trainer:
    def __init__(self, model, lr=1e-3):
        self.model = model
        self.criterion = nn.BCEWithLogitsLoss()
        self.optimizer = torch.optim.Adam(model.parameters(), lr=lr)

    def step(self, clean):
        noisy = clean + 0.3 * torch.randn_like(clean)
        logits = self.model(noisy)
        loss = self.criterion(logits, clean)
        self.optimizer.zero_grad()
        loss.backward()
        self.optimizer.step()
        return loss.item()

    def fit(self, loader, epochs):
        for epoch in range(epochs):
            self.model.train()
            losses = [self.step(images) for images, _ in loader]
            print(epoch, sum(losses) / len(losses))

    @torch.no_grad()
    def reconstruct(self, images):
        self.model.eval()
        return torch.sigmoid(self.model(images))


digits = datasets.MNIST("data", train=True, download=True, transform=transforms.ToTensor())
loader = DataLoader(digits, batch_size=128, shuffle=True)
trainer = Trainer(Autoencoder())
trainer.fit(loader, epochs=5)
