import torch
from torch import nn
from torch.nn.utils.rnn import pack_padded_sequence, pack_sequence, pad_packed_sequence


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
        y, n = padded, sizes  # shape: (3, 7, 64), (3,)
        return self.out(torch.cat([h[0], h[1]], dim=1))  # shape: (3, 5)


scores = Classifier()(torch.zeros(3, 7, dtype=torch.int64), torch.tensor([7, 3, 2]))  # shape: (3, 5)

gru = nn.GRU(4, 6)
output, h = gru(nn.utils.rnn.pack_padded_sequence(torch.zeros(5, 2, 4), [5, 3]))
padded, sizes = nn.utils.rnn.pad_packed_sequence(output)  # shape: (5, 2, 6), (2,)


class Described(nn.Module):
    """What is packed of unknown rank is for recurrent layers only."""

    def __init__(self):
        super().__init__()
        self.embed = nn.Embedding(50, 12)
        self.rnn = nn.LSTM(12, 20, batch_first=True)

    def forward(self, tokens, lengths):
        packed = pack_padded_sequence(self.embed(tokens), lengths, batch_first=True)
        output, (hidden, _) = self.rnn(packed)
        h = hidden  # shape: (1, ?, 20)
        return h


words = torch.randint(0, 50, (4, 9))
packed = pack_padded_sequence(words.unsqueeze(-1).float(), torch.tensor([9, 8, 3, 2]), batch_first=True)
rows = packed.data  # shape: (?, 1)
first = packed[0]  # shape: (?, 1)
sequences = pack_sequence([torch.randn(5, 3), torch.randn(4, 3)])
out, n = pad_packed_sequence(nn.GRU(3, 6)(sequences)[0], batch_first=True, total_length=8)  # shape: (2, 8, 6), (2,)
