import torch
from torch import nn


class Block(nn.Module):
    def __init__(self, config):
        super().__init__()
        self.norm = nn.LayerNorm(config.width)
        self.layers = nn.Sequential(nn.Linear(config.width, 4 * config.width), nn.GELU(), nn.Linear(4 * config.width, config.width))

    def forward(self, x):
        return x + self.layers(self.norm(x))


class Model(nn.Module):
    def __init__(self, config):
        super().__init__()
        self.tokens = nn.Embedding(config.vocabulary, config.width)
        self.blocks = nn.ModuleList([Block(config) for _ in range(config.depth)])
        self.head = nn.Linear(config.width, config.vocabulary)

    def forward(self, tokens):
        B, T = tokens.shape
        x = self.tokens(tokens)  # shape: (B, T, width)
        for index, block in enumerate(self.blocks):
            x = block(x)  # shape: (B, T, width)
        return self.head(x)  # shape: (B, T, vocabulary)


class Growing(nn.Module):
    def __init__(self, depth):
        super().__init__()
        self.layers = nn.ModuleList([nn.Linear(8, 8) for _ in range(depth)])
        self.layers.append(nn.Linear(8, 4))

    def forward(self, x):
        for layer in self.layers:
            x = layer(x)  # shape: ?
        return x


class Config:
    vocabulary = 11
    width = 8
    depth = 2


# run: Model(Config)(torch.zeros(2, 5, dtype=torch.int64))
# run: Growing(1)(torch.zeros(2, 8))
