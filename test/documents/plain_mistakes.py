# run: Net()(torch.zeros(2, 10))
# run: Listed()(torch.zeros(2, 10))
# run: Configured()(torch.zeros(2, 10))
"""Plain mistakes in models that nobody calls, beside what such files have as well: none of it makes the mistake doubtful."""
import copy
import random
from dataclasses import dataclass

import numpy as np
import torch
from torch import nn


def seed(number):
    random.seed(number)
    np.random.seed(number)
    torch.manual_seed(number)
    torch.backends.cudnn.deterministic = True
    torch.backends.cudnn.benchmark = False


def freeze(model):
    for weight in model.parameters():
        weight.requires_grad = False
        weight.grad = None


def parse(options):
    options.device = torch.device("cpu")
    options.rate = 0.1
    return options


def initialise(layer):
    if isinstance(layer, nn.Linear):
        nn.init.xavier_uniform_(layer.weight)
        layer.bias.data.fill_(0.01)


class Average:
    """The moving average of a model's weights."""

    def __init__(self, model, decay=0.99):
        self.model, self.decay = copy.deepcopy(model), decay
        self.kept = {name: weight.data.clone() for name, weight in model.named_parameters()}

    def update(self, model):
        for name, weight in model.named_parameters():
            self.kept[name].mul_(self.decay).add_(weight.data, alpha=1 - self.decay)

    def restore(self, model):
        for weight in model.parameters():
            weight.momentum = self.decay


class Net(nn.Module):
    hidden = 20

    def __init__(self):
        super().__init__()
        self.backbone = nn.Sequential(nn.Linear(10, self.hidden), nn.ReLU())
        self.head = nn.Linear(30, 2)
        self.seen = None
        self.apply(initialise)

    @property
    def width(self):
        return self.hidden

    def freeze(self):
        for weight in self.backbone.parameters():
            weight.requires_grad = False

    def watch(self):
        self.backbone.register_forward_hook(self.look)

    def look(self, layer, inputs, output):
        self.seen = output

    def save(self, path):
        torch.save(self, path)
        return copy.deepcopy(self), nn.DataParallel(self)

    def forward(self, x):
        return self.head(self.backbone(x))  # error: shape-mismatch


class Listed(nn.Module):
    def __init__(self, depth=3):
        super().__init__()
        self.layers = nn.ModuleList([nn.Linear(10, 10) for _ in range(depth)])
        self.head = nn.Linear(12, 2)

    def weights(self):
        return [layer.weight for layer in self.layers]

    def forward(self, x):
        for layer in self.layers:
            x = torch.relu(layer(x))
        return self.head(x)  # error: shape-mismatch


@dataclass
class Config:
    inputs: int = 10
    hidden: int = 20


class Configured(nn.Module):
    def __init__(self):
        super().__init__()
        config = Config()
        self.first = nn.Linear(config.inputs, 20)
        self.second = nn.Linear(30, 2)

    def forward(self, x):
        return self.second(self.first(x))  # error: shape-mismatch
