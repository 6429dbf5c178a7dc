"""Gradients by hand, trees of tensors, one-hot draws, sizes of weights: what a program asks PyTorch beside its layers."""

import numpy as np
import torch
import torch.nn.functional as F
from torch import nn
from torch.distributions import OneHotCategorical, kl_divergence
from torch.nn import init
from torch.utils import _pytree as pytree

critic = nn.Sequential(nn.Linear(8, 16), nn.ReLU(), nn.Linear(16, 1))
between = torch.randn(4, 8, requires_grad=True)
scores = critic(between)  # shape: (4, 1)
slopes = torch.autograd.grad(scores, between, torch.ones_like(scores), create_graph=True)[0]  # shape: (4, 8)
penalty = ((slopes.norm(2, dim=1) - 1) ** 2).mean()  # shape: ()
of_weights = torch.autograd.grad(critic(between).sum(), list(critic.parameters()))
of_first = of_weights[0]  # shape: (16, 8)
of_last = of_weights[-1]  # shape: (1,)

leaves, form = pytree.tree_flatten({"image": torch.zeros(2, 3), "boxes": [torch.zeros(5, 4), torch.zeros(6, 4)]})
first_leaf = leaves[0]  # shape: (2, 3)
last_leaf = leaves[2]  # shape: (6, 4)
doubled = pytree.tree_unflatten([torch.cat([leaf, leaf]) for leaf in leaves], form)
image = doubled["image"]  # shape: (4, 3)
boxes = doubled["boxes"][1]  # shape: (12, 4)

choices = OneHotCategorical(logits=torch.zeros(7, 5))
drawn = choices.sample()  # shape: (7, 5)
several = choices.sample((3,))  # shape: (3, 7, 5)
likely = choices.log_prob(several)  # shape: (3, 7)
surprise = choices.entropy()  # shape: (7,)
away = kl_divergence(choices, OneHotCategorical(probs=torch.ones(7, 5)))  # shape: (7,)

weight = torch.empty(6, 4, 3, 3)
fan_in, fan_out = init._calculate_fan_in_and_fan_out(weight)
inward = torch.zeros(fan_in)  # shape: (36,)
outward = torch.zeros(fan_out)  # shape: (54,)
scaled = torch.zeros(int(init.calculate_gain("relu") * 100))  # shape: (141,)

shared = torch.from_numpy(np.random.randn(3, 2))  # shape: (3, 2)
room = torch.zeros(2, 3)
room.resize_(4, 5)
larger = room  # shape: (4, 5)
by_hand = torch.linalg.matmul(room, torch.zeros(5, 2))  # shape: (4, 2)

widening = nn.ConvTranspose2d(6, 3, 3, stride=2, padding=1)
wide = widening(torch.zeros(1, 6, 4, 4), output_size=torch.zeros(1, 3, 8, 7).size())  # shape: (1, 3, 8, 7)
kept = nn.AdaptiveAvgPool2d((None, 4))(torch.zeros(2, 3, 9, 8))  # shape: (2, 3, 9, 4)
slid = F.conv2d(F.pad(wide, (1, 1, 1, 1)), torch.zeros(5, 3, 3, 3))  # shape: (1, 5, 8, 7)
