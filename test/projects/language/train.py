import argparse

import torch

from engine import perplexity, train_epoch
from model import RNNModel

parser = argparse.ArgumentParser()
parser.add_argument("--lr", type=float, default=1e-3)
parser.add_argument("--epochs", type=int, default=10)
parser.add_argument("--length", type=int, default=35)
args = parser.parse_args()

torch.manual_seed(1)
train_tokens = torch.load("train.pt", weights_only=True)
valid_tokens = torch.load("valid.pt", weights_only=True)
model = RNNModel(vocabulary=10000)
optimizer = torch.optim.Adam(model.parameters(), lr=args.lr)
for epoch in range(args.epochs):
    loss = train_epoch(model, train_tokens, optimizer, args.length, 0.25)
    print(epoch, loss, perplexity(model, valid_tokens, args.length))
