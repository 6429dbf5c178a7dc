# run: Classifier()(torch.zeros(3, 9, dtype=torch.long))
# run: Translator()(torch.zeros(7, 2, 32), torch.zeros(5, 2, 32))
# run: Tagger()(torch.zeros(2, 6, dtype=torch.long))
import torch
import torch.nn as nn
import torch.nn.functional as F


class Classifier(nn.Module):
    def __init__(self, vocabulary=1000, width=64, heads=4, classes=5):
        super().__init__()
        self.embedding = nn.Embedding(vocabulary, width)
        layer = nn.TransformerEncoderLayer(width, heads, dim_feedforward=128, activation=F.gelu, batch_first=True)
        self.encoder = nn.TransformerEncoder(layer, num_layers=2, norm=nn.LayerNorm(width))
        self.pooling = nn.MultiheadAttention(width, heads, batch_first=True)
        self.head = nn.Linear(width, classes)

    def forward(self, tokens):
        x = self.embedding(tokens)
        x = self.encoder(x)
        mean = x.mean(dim=1, keepdim=True)
        pooled, weights = self.pooling(mean, x, x)
        return self.head(pooled.squeeze(1))


class Translator(nn.Module):
    def __init__(self):
        super().__init__()
        self.transformer = nn.Transformer(32, 4, 1, 1, 64)

    def forward(self, source, target):
        return self.transformer(source, target)


class Tagger(nn.Module):
    def __init__(self):
        super().__init__()
        self.embedding = nn.Embedding(100, 16)
        self.lstm = nn.LSTM(16, 24, num_layers=2, bidirectional=True, batch_first=True)
        self.out = nn.Linear(48, 7)

    def forward(self, tokens):
        output, (hidden, cell) = self.lstm(self.embedding(tokens))
        return self.out(output)


logits = Classifier()(torch.zeros(3, 9, dtype=torch.long))  # shape: (3, 5)
translated = Translator()(torch.zeros(7, 2, 32), torch.zeros(5, 2, 32))  # shape: (5, 2, 32)
tags = Tagger()(torch.zeros(2, 6, dtype=torch.long))  # shape: (2, 6, 7)

cell = nn.LSTM(8, 16, 3)(torch.zeros(5, 2, 8))[1][1]  # shape: (3, 2, 16)
images = nn.Upsample(scale_factor=2, mode="bilinear")(torch.zeros(2, 3, 8, 8))  # shape: (2, 3, 16, 16)
padded = F.pad(images, (1, 1, 2, 2), mode="reflect")  # shape: (2, 3, 20, 18)
