"""Element types: what PyTorch refuses of them, and what it takes."""

import torch
import torch.nn.functional as F
from torch import nn

counts = torch.arange(6).reshape(2, 3)
mask = counts > 2
scores = torch.rand(2, 3)
precise = scores.double()
square = torch.arange(4).reshape(2, 2)
labels = torch.tensor([0, 2])

# Averages and the like need fractions.
share = mask.mean()  # error: dtype-mismatch
share = mask.float().mean()  # shape: ()
share = (scores.argmax(1) == labels).mean()  # error: dtype-mismatch
average = counts.mean(dtype=torch.float32)  # shape: ()
average = torch.mean(counts, 1)  # error: dtype-mismatch
spread = counts.std()  # error: dtype-mismatch
spread = torch.var(counts, 0)  # error: dtype-mismatch
middle = torch.quantile(counts, 0.5)  # error: dtype-mismatch
middle = counts.median()  # shape: ()
length = counts.norm()  # error: dtype-mismatch
length = torch.norm(scores)  # shape: ()
unit = F.normalize(counts)  # error: dtype-mismatch
weights = F.softmax(counts, dim=1)  # error: dtype-mismatch
weights = F.softmax(counts, dim=1, dtype=torch.float32)  # shape: (2, 3)
weights = torch.softmax(mask, 1)  # error: dtype-mismatch
weights = nn.Softmax(dim=1)(counts)  # error: dtype-mismatch
weights = counts.log_softmax(1)  # error: dtype-mismatch
drawn = torch.multinomial(counts, 1)  # error: dtype-mismatch
curve = F.gelu(counts)  # error: dtype-mismatch
curve = nn.ELU()(counts)  # error: dtype-mismatch
curve = nn.LeakyReLU()(counts)  # error: dtype-mismatch
curve = F.relu(counts)  # shape: (2, 3)
curve = counts.sigmoid()  # shape: (2, 3)
turned = torch.inverse(square)  # error: dtype-mismatch
turned = torch.linalg.inv(square)  # error: dtype-mismatch
size = torch.det(square)  # error: dtype-mismatch
apart = torch.cdist(square, square)  # error: dtype-mismatch
scaled = F.layer_norm(counts, (3,))  # error: dtype-mismatch
scaled = nn.BatchNorm1d(3)(counts)  # error: dtype-mismatch
scaled = nn.BatchNorm1d(3)(scores)  # shape: (2, 3)

# What is looked up needs whole numbers.
vectors = nn.Embedding(9, 4)(scores)  # error: dtype-mismatch
vectors = nn.Embedding(9, 4)(mask)  # error: dtype-mismatch
vectors = nn.Embedding(9, 4)(counts)  # shape: (2, 3, 4)
vectors = nn.Embedding(9, 4)(counts.int())  # shape: (2, 3, 4)
vectors = F.embedding(scores, scores)  # error: dtype-mismatch
bits = F.one_hot(labels.float())  # error: dtype-mismatch
bits = F.one_hot(labels.int())  # error: dtype-mismatch
bits = F.one_hot(labels, 3)  # shape: (2, 3)
picked = scores[labels.float()]  # error: dtype-mismatch
picked = scores[:, labels.double()]  # error: dtype-mismatch
picked = scores[:, labels]  # shape: (2, 2)
picked = scores.gather(1, scores)  # error: dtype-mismatch
picked = scores.gather(1, labels.unsqueeze(1))  # shape: (2, 1)
picked = scores.index_select(1, labels.float())  # error: dtype-mismatch
picked = scores.index_select(1, labels.int())  # shape: (2, 2)
picked = torch.take(scores, labels.float())  # error: dtype-mismatch
spot = torch.zeros(2, 3).scatter(1, labels.unsqueeze(1).float(), 1.0)  # error: dtype-mismatch
spot = torch.zeros(2, 3).scatter(1, labels.unsqueeze(1), 1.0)  # shape: (2, 3)
spot = torch.zeros(2, 3).scatter_add(1, labels.unsqueeze(1), torch.ones(2, 1).double())  # error: dtype-mismatch
spot = torch.zeros(3, 3).index_add(0, labels, counts)  # error: dtype-mismatch

# Masks hold truth values, and so do bits.
hidden = scores.masked_fill(counts, 0.0)  # error: dtype-mismatch
hidden = scores.masked_fill(mask, 0.0)  # shape: (2, 3)
hidden = scores.masked_select(scores)  # error: dtype-mismatch
hidden = torch.where(counts, scores, scores)  # error: dtype-mismatch
hidden = torch.where(mask, scores, precise)  # shape: (2, 3)
rows, columns = torch.where(counts)  # shape: (?,), (?,)
both = scores & scores  # error: dtype-mismatch
both = mask | scores  # error: dtype-mismatch
both = mask & (counts > 1)  # shape: (2, 3)
opposite = ~scores  # error: dtype-mismatch
opposite = ~mask  # shape: (2, 3)
rest = 1 - mask  # error: dtype-mismatch
rest = mask - mask  # error: dtype-mismatch
rest = -mask  # error: dtype-mismatch
rest = 1 - mask.int()  # shape: (2, 3)
total = mask + mask  # shape: (2, 3)

# The factors of a product are of one type.
product = scores @ precise.t()  # error: dtype-mismatch
product = scores @ counts.t()  # error: dtype-mismatch
product = counts @ counts.t()  # shape: (2, 2)
product = torch.mm(scores, precise.t())  # error: dtype-mismatch
product = torch.bmm(scores[None], precise[None].transpose(1, 2))  # error: dtype-mismatch
product = torch.mv(scores, precise[0])  # error: dtype-mismatch
product = scores[0].dot(precise[0])  # error: dtype-mismatch
product = torch.addmm(torch.zeros(2, 2), scores, precise.t())  # error: dtype-mismatch
product = scores * precise  # shape: (2, 3)
out = nn.Linear(3, 2)(precise)  # error: dtype-mismatch
out = nn.Linear(3, 2)(counts)  # error: dtype-mismatch
out = nn.Linear(3, 2).double()(precise)  # shape: (2, 2)
out = nn.Linear(3, 2)(precise.float())  # shape: (2, 2)
out = nn.Linear(3, 2, dtype=torch.float64)(precise)  # shape: (2, 2)
out = nn.Sequential(nn.Linear(3, 2), nn.Linear(2, 2))(precise)  # error: dtype-mismatch
out = F.linear(scores, precise)  # error: dtype-mismatch
out = nn.Conv2d(2, 4, 3)(torch.zeros(1, 2, 5, 5, dtype=torch.uint8))  # error: dtype-mismatch
out = nn.ConvTranspose2d(2, 4, 3)(torch.zeros(1, 2, 5, 5).double())  # error: dtype-mismatch
out = nn.LayerNorm(3)(precise)  # error: dtype-mismatch
out, state = nn.LSTM(3, 2)(precise)  # error: dtype-mismatch
out, state = nn.GRU(3, 2)(counts)  # error: dtype-mismatch
state = nn.GRUCell(3, 2)(precise)  # error: dtype-mismatch

# Losses.
loss = nn.CrossEntropyLoss()(scores, labels)  # shape: ()
loss = nn.CrossEntropyLoss()(scores, labels.int())  # error: dtype-mismatch
loss = nn.CrossEntropyLoss()(counts, labels)  # error: dtype-mismatch
loss = nn.CrossEntropyLoss()(scores, torch.softmax(scores, 1))  # shape: ()
loss = F.nll_loss(scores, labels.float())  # error: dtype-mismatch
loss = nn.BCELoss()(scores, counts)  # error: dtype-mismatch
loss = nn.BCELoss()(scores, mask.float())  # shape: ()
loss = F.l1_loss(scores, counts)  # shape: ()

# A tensor that is changed in place keeps its type.
counts /= 2  # error: dtype-mismatch
counts += 0.5  # error: dtype-mismatch
counts += 1  # shape: (2, 3)
counts.mul_(scores)  # error: dtype-mismatch
twice = counts.mul_(2)  # shape: (2, 3)
counts.div_(2)  # error: dtype-mismatch
counts.exp_()  # error: dtype-mismatch
cut = counts.copy_(scores)  # shape: (2, 3)
scores += precise  # shape: (2, 3)

# Gradients need fractions.
weight = torch.tensor([1, 2], requires_grad=True)  # error: dtype-mismatch
weight = torch.ones(2, dtype=torch.long, requires_grad=True)  # error: dtype-mismatch
weight = torch.tensor([1.0, 2.0], requires_grad=True)  # shape: (2,)
weight = labels.requires_grad_()  # error: dtype-mismatch
weight = labels.requires_grad_(False)  # shape: (2,)
weight = nn.Parameter(labels)  # error: dtype-mismatch
weight = nn.Parameter(labels, requires_grad=False)  # shape: (2,)
loss = nn.BCEWithLogitsLoss()(scores, mask.long())  # error: dtype-mismatch
loss = nn.BCEWithLogitsLoss()(scores, mask.float())  # shape: ()

# Whole models of another type, and types that nobody knows.
lookup = nn.Sequential(nn.Embedding(5, 3), nn.Linear(3, 2)).double()
vectors = lookup(labels)  # shape: (2, 2)
shrunk = nn.Linear(3, 2)
shrunk.type(torch.float64)
out = shrunk(precise)  # shape: (2, 2)
out = nn.TransformerEncoderLayer(4, 2, 8, dtype=torch.double)(precise.new_zeros(3, 1, 4))  # shape: (3, 1, 4)
held = torch.add(labels, 1, out=torch.empty(2)).mean()  # shape: ()


def average(x):
    if x.dtype.is_floating_point:
        return x.mean()
    return x.float().mean()


share = average(labels)  # shape: ()

# Empty vectors are passed over, but not for the type.
gathered = torch.cat([torch.tensor([]), torch.arange(4)]).mean()  # shape: ()
steps = torch.zeros(int(torch.arange(0, 1, 0.25).sum() * 10), 2)  # shape: (?, 2)
untouched = torch.arange(12).requires_grad_(False)
untouched %= 6  # shape: (12,)
