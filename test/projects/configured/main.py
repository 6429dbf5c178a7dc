import argparse

import torch

from config import Config
from data import get_loaders
from loop import fit
from models import Net
from optim import build


def parse():
    parser = argparse.ArgumentParser()
    parser.add_argument("--epochs", type=int, default=5)
    parser.add_argument("--seed", type=int, default=0)
    return parser.parse_args()


def main():
    args = parse()
    torch.manual_seed(args.seed)
    config = Config(epochs=args.epochs)
    train_loader, test_loader = get_loaders(config.batch_size)
    model = Net(config.hidden)
    optimizer, scheduler = build(model, config, config.epochs)
    fit(model, train_loader, test_loader, optimizer, scheduler, config)


if __name__ == "__main__":
    main()
