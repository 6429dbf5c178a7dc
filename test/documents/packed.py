import torch
from torch import nn
from torch.nn.utils.rnn import pack_padded_sequence, pad_packed_sequence


class Classifier(nn.Module):
    def __init__(self):
        super().__init__()
        self.embed = nn.Embedding(100, 16)
        self.rnn = nn.LSTM(16, 32, batch_first=True, bidirectional=True)
        self.out = nn.Linear(64, 5)

    def forward(self, tokens, lengths):
        x = self.embed(tokens)
        packed = pack_padded_sequence(x, lengths, batch_first=True, enforce_sorted=False)
        output, (h, c) = self.rnn(packed)
        a, b = h, c  # shape: (2, 3, 32), (2, 3, 32)
        padded, sizes = pad_packed_sequence(output, batch_first=True)
        y, n = padded, sizes  # shape: (3, ?, 64), (3,)
        return self.out(torch.cat([h[0], h[1]], dim=1))  # shape: (3, 5)


scores = Classifier()(torch.zeros(3, 7, dtype=torch.int64), torch.tensor([7, 3, 2]))  # shape: (3, 5)

gru = nn.GRU(4, 6)
output, h = gru(nn.utils.rnn.pack_padded_sequence(torch.zeros(5, 2, 4), [5, 3]))
padded, sizes = nn.utils.rnn.pad_packed_sequence(output)  # shape: (?, 2, 6), (2,)
