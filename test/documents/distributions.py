"""Policies and other distributions, and what an agent's losses make of them."""

import torch
from torch import nn
from torch.distributions import Bernoulli, Beta, Categorical, Normal, kl_divergence


class Policy(nn.Module):
    def __init__(self, seen, choices, continuous=False):
        super().__init__()
        self.body = nn.Sequential(nn.Linear(seen, 32), nn.Tanh(), nn.Linear(32, choices))
        self.continuous = continuous
        self.log_std = nn.Parameter(torch.zeros(choices))

    def forward(self, state):
        scores = self.body(state)
        if self.continuous:
            return Normal(scores, self.log_std.exp())
        return Categorical(logits=scores)


states = torch.randn(20, 4)
discrete = Policy(4, 3)(states)
action = discrete.sample()  # shape: (20,)
log_probability = discrete.log_prob(action)  # shape: (20,)
surprise = discrete.entropy()  # shape: (20,)
loss = -(log_probability * torch.randn(20)).mean() - 0.01 * surprise.mean()  # shape: ()
several = discrete.sample((5,))  # shape: (5, 20)
of_several = discrete.log_prob(several)  # shape: (5, 20)

smooth = Policy(4, 2, continuous=True)(states)
step = smooth.rsample()  # shape: (20, 2)
ratio = (smooth.log_prob(step).sum(-1) - torch.zeros(20)).exp()  # shape: (20,)
away = kl_divergence(smooth, Normal(0.0, 1.0))  # shape: (20, 2)
middle = smooth.mean  # shape: (20, 2)

number = Normal(0, 1).sample()  # shape: ()
mixing = Beta(0.4, 0.4).sample((6, 1))  # shape: (6, 1)
coins = Bernoulli(probs=torch.rand(3)).sample(torch.Size([7]))  # shape: (7, 3)
mixture = Normal(torch.zeros(8, 3, 6), torch.ones(8, 3, 6)).log_prob(torch.randn(8, 1, 6)).sum(-1)  # shape: (8, 3)
rest = nn.Linear(2, 1)(smooth.sample())  # shape: (20, 1)


def wrong_head():
    return nn.Linear(20, 1)(discrete.sample((5,)).float()), nn.Linear(3, 1)(smooth.sample())  # error: shape-mismatch


# run: wrong_head()
norm = nn.utils.clip_grad_norm_(Policy(4, 3).parameters(), 1.0)  # shape: ()


class RelativeBias(nn.Module):
    """Takes numbers: what it was called with says more than inputs of which nothing is known."""

    def __init__(self, heads):
        super().__init__()
        self.table = nn.Embedding(64, heads)

    def forward(self, rows, columns):
        places = torch.arange(rows)[:, None] + torch.arange(columns)  # shape: (7, 9)
        return self.table(places)


bias = RelativeBias(2)(7, 9)  # shape: (7, 9, 2)
joint = torch.distributions.Independent(torch.distributions.Normal(torch.zeros(3, 4, 6), torch.ones(6)), 1)
a = joint.rsample()  # shape: (3, 4, 6)
a = joint.log_prob(a)  # shape: (3, 4)
other = torch.distributions.Independent(torch.distributions.Normal(torch.zeros(4, 6), torch.ones(6)), 1)
a = torch.distributions.kl_divergence(joint, other)  # shape: (3, 4)
a = joint.mean + joint.entropy()[..., None]  # shape: (3, 4, 6)

joint = torch.distributions.MultivariateNormal(torch.zeros(5, 3), torch.eye(3))
vector = joint.rsample()  # shape: (5, 3)
vector = joint.sample((7,))  # shape: (7, 5, 3)
chance = joint.log_prob(vector)  # shape: (7, 5)
