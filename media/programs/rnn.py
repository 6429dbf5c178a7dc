"""A recurrent language model of characters, trained on a text in stretches that follow each other."""
import torch
from torch import nn

text = "the quick brown fox jumps over the lazy dog. " * 200
alphabet = sorted(set(text))
codes = torch.tensor([alphabet.index(letter) for letter in text])

batch_size, steps = 16, 25
length = len(codes) // batch_size
streams = codes[: batch_size * length].view(batch_size, length)


class CharacterModel(nn.Module):
    def __init__(self, letters, embedding=32, hidden=64):
        super().__init__()
        self.embed = nn.Embedding(letters, embedding)
        self.lstm = nn.LSTM(embedding, hidden, num_layers=2, dropout=0.2, batch_first=True)
        self.decode = nn.Linear(hidden, letters)

    def forward(self, x, state=None):
        out, state = self.lstm(self.embed(x), state)
        return self.decode(out), state


model = CharacterModel(len(alphabet))
criterion = nn.CrossEntropyLoss()
optimizer = torch.optim.Adam(model.parameters(), lr=0.002)

for epoch in range(3):
    model.train()
    state = None
    total = 0.0
    for start in range(0, length - steps - 1, steps):
        inputs = streams[:, start : start + steps]
        targets = streams[:, start + 1 : start + steps + 1]
        if state is not None:
            state = tuple(part.detach() for part in state)
        logits, state = model(inputs, state)
        loss = criterion(logits.reshape(-1, len(alphabet)), targets.reshape(-1))
        optimizer.zero_grad()
        loss.backward()
        nn.utils.clip_grad_norm_(model.parameters(), 1.0)
        optimizer.step()
        total += loss.item()
    print(f"epoch {epoch}: {total:.2f}")
