import torch
from torch import nn


def batches(tokens, length):
    for start in range(0, tokens.size(1) - 1, length):
        end = min(start + length, tokens.size(1) - 1)
        yield tokens[:, start:end], tokens[:, start + 1 : end + 1]


def detach(state):
    return tuple(part.detach() for part in state)


def train_epoch(model, tokens, optimizer, length, clip):
    model.train()
    criterion = nn.CrossEntropyLoss()
    state = model.init_hidden(tokens.size(0))
    total = 0.0
    for inputs, targets in batches(tokens, length):
        state = detach(state)
        optimizer.zero_grad()
        logits, state = model(inputs, state)
        loss = criterion(logits.reshape(-1, logits.size(-1)), targets.reshape(-1))
        loss.backward()
        nn.utils.clip_grad_norm_(model.parameters(), clip)
        optimizer.step()
        total += loss.item()
    return total


def perplexity(model, tokens, length):
    model.eval()
    criterion = nn.CrossEntropyLoss(reduction="sum")
    state = model.init_hidden(tokens.size(0))
    total, count = 0.0, 0
    with torch.no_grad():
        for inputs, targets in batches(tokens, length):
            logits, state = model(inputs, state)
            total += criterion(logits.reshape(-1, logits.size(-1)), targets.reshape(-1)).item()
            count += targets.numel()
    return torch.exp(torch.tensor(total / count)).item()
