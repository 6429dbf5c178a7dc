import torch
from torch import nn


class RNNModel(nn.Module):
    def __init__(self, vocabulary, embedding=128, hidden=256, layers=2, dropout=0.3):
        super().__init__()
        self.hidden, self.layers = hidden, layers
        self.embedding = nn.Embedding(vocabulary, embedding)
        self.lstm = nn.LSTM(embedding, hidden, layers, dropout=dropout, batch_first=True)
        self.decoder = nn.Linear(hidden, vocabulary)

    def init_hidden(self, batch):
        return torch.zeros(self.layers, batch, self.hidden), torch.zeros(self.layers, batch, self.hidden)

    def forward(self, tokens, state):
        output, state = self.lstm(self.embedding(tokens), state)
        return self.decoder(output), state
