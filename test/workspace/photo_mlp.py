"""A small network that should tell ten kinds of 32x32 colour photos apart, and hardly learns.

Three mistakes keep it from learning: look at what is underlined, and mend it.
"""

import torch
from torch import nn


class PhotoClassifier(nn.Module):
    def __init__(self, pixels=3 * 32 * 32, kinds=10):
        super().__init__()
        self.stack = nn.Sequential(
            nn.Linear(pixels, 512),
            nn.Tanh(),
            nn.Dropout(0.1),
            nn.Linear(512, 256),
            nn.Tanh(),
            nn.Dropout(0.1),
            nn.Linear(256, kinds),
            nn.Tanh(),
        )
        self.log_probabilities = nn.LogSoftmax(dim=-1)
        self.draw_weights()

    def draw_weights(self):
        for name, weights in self.named_parameters():
            if name.endswith("bias"):
                weights.data.fill_(0)
            else:
                weights.data.normal_(std=0.01)

    def forward(self, photos):
        pixels = photos.flatten(start_dim=1)
        scores = self.stack(pixels)
        return self.log_probabilities(scores)


def train(loader, epochs=5):
    model = PhotoClassifier()
    criterion = nn.NLLLoss()
    optimizer = torch.optim.Adam(model.parameters(), lr=0.1)
    for _ in range(epochs):
        for photos, kinds in loader:
            optimizer.zero_grad()
            loss = criterion(model(photos), kinds)
            loss.backward()
            optimizer.step()
    return model
