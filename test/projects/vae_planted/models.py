import torch
from torch import nn


class VAE(nn.Module):
    def __init__(self, latent):
        super().__init__()
        self.encoder = nn.Sequential(nn.Flatten(), nn.Linear(784, 400), nn.ReLU())
        self.mean = nn.Linear(400, latent)
        self.log_var = nn.Linear(400, latent)
        self.decoder = nn.Sequential(
            nn.Linear(latent, 400),
            nn.ReLU(),
            nn.Linear(400, 784),
            nn.Sigmoid(),  # error: sigmoid-before-bce-with-logits
        )

    def reparameterize(self, mean, log_var):
        std = torch.exp(0.5 * log_var)
        eps = torch.randn_like(std)
        return mean + eps * std

    def forward(self, x):
        hidden = self.encoder(x)
        mean, log_var = self.mean(hidden), self.log_var(hidden)
        z = self.reparameterize(mean, log_var)
        return self.decoder(z), mean, log_var
