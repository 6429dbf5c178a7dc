"""Hooks of modules: they see what goes in and comes out, keep it, and may put others there."""
from functools import partial

import torch
from torch import nn


class Extractor(nn.Module):
    def __init__(self, model, names):
        super().__init__()
        self.model = model
        self.features = {}
        for name in names:
            dict(self.model.named_modules())[name].register_forward_hook(self.keep(name))

    def keep(self, name):
        def hook(_, __, output):
            self.features[name] = output.detach()

        return hook

    def forward(self, x):
        y = self.model(x)  # shape: (2, 5)
        early = self.features["0"]  # shape: (2, 8, 8, 8)
        late = self.features["2"]  # shape: (2, 16, 4, 4)
        return y, early, late


backbone = nn.Sequential(
    nn.Conv2d(3, 8, 3, 2, 1),
    nn.ReLU(),
    nn.Conv2d(8, 16, 3, 2, 1),
    nn.AdaptiveAvgPool2d(1),
    nn.Flatten(),
    nn.Linear(16, 5),
)
extractor = Extractor(backbone, ["0", "2"])
logits, early, late = extractor(torch.rand(2, 3, 16, 16))  # shape: (2, 5), (2, 8, 8, 8), (2, 16, 4, 4)

layer = nn.Linear(4, 6)
first = layer.register_forward_hook(lambda module, inputs, output: output[:, :2])
second = layer.register_forward_hook(lambda module, inputs, output: output.unsqueeze(0))
y = layer(torch.rand(3, 4))  # shape: (1, 3, 2)
first.remove()
y = layer(torch.rand(3, 4))  # shape: (1, 3, 6)
second.remove()
y = layer(torch.rand(3, 4))  # shape: (3, 6)
layer.register_forward_pre_hook(lambda module, inputs: (inputs[0].flatten(1),))
y = layer(torch.rand(3, 2, 2))  # shape: (3, 6)
layer.register_forward_pre_hook(lambda module, inputs: inputs[0].unsqueeze(0))
y = layer(torch.rand(3, 2, 2))  # shape: (1, 3, 6)

sizes = {}


def note(name, module, inputs, output):
    sizes[name] = inputs[0].shape[1:], output.shape[1:]


counted = nn.Sequential(nn.Linear(3, 4), nn.Linear(4, 5))
for name, child in counted.named_children():
    child.register_forward_hook(partial(note, name))
y = counted(torch.rand(2, 3))  # shape: (2, 5)
y = torch.zeros(sizes["0"][0] + sizes["1"][1])  # shape: (3, 5)

sometimes = nn.Linear(4, 6)
if torch.rand(()) > 0.5:
    sometimes.register_forward_hook(lambda module, inputs, output: output[0])
y = sometimes(torch.rand(3, 4))  # shape: ?
wide = nn.Conv2d(5, 2, 1)(backbone[0](torch.rand(2, 3, 16, 16)))  # error: shape-mismatch
