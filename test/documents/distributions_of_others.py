"""Distributions that are made of others, those of one parameter, and parameters that do not fit together."""
import torch
from torch.distributions import (
    AffineTransform,
    Categorical,
    Dirichlet,
    Exponential,
    Independent,
    MixtureSameFamily,
    Normal,
    OneHotCategoricalStraightThrough,
    RelaxedOneHotCategorical,
    TransformedDistribution,
    kl_divergence,
)
from torch.distributions.transforms import TanhTransform

mean = torch.zeros(5, 2)
base = Independent(Normal(mean, mean.exp()), 1)
policy = TransformedDistribution(base, [TanhTransform(cache_size=1), AffineTransform(0.0, 2.0)])
action = policy.rsample()  # shape: (5, 2)
a = policy.log_prob(action)  # shape: (5,)
flat = TransformedDistribution(Normal(mean, 1.0), TanhTransform())
b = flat.log_prob(flat.sample())  # shape: (5, 2)
wide = TransformedDistribution(Normal(torch.zeros(2), 1.0), AffineTransform(torch.zeros(3, 1), 1.0))
c = wide.sample()  # shape: (3, 2)
d = wide.sample((4,))  # shape: (4, 3, 2)

mix = MixtureSameFamily(Categorical(torch.ones(5, 7)), Independent(Normal(torch.zeros(5, 7, 2), torch.ones(5, 7, 2)), 1))
e = mix.sample()  # shape: (5, 2)
f = mix.log_prob(e)  # shape: (5,)
mix = MixtureSameFamily(Categorical(torch.ones(7)), Normal(torch.zeros(7), torch.ones(7)))
g = mix.sample((3,))  # shape: (3,)

h = Dirichlet(torch.ones(4, 3))
i = h.rsample()  # shape: (4, 3)
j = h.log_prob(i)  # shape: (4,)
k = h.entropy()  # shape: (4,)
m = Exponential(torch.ones(6)).rsample((2,))  # shape: (2, 6)
n = OneHotCategoricalStraightThrough(logits=torch.zeros(4, 3)).rsample()  # shape: (4, 3)
o = RelaxedOneHotCategorical(torch.tensor(0.5), logits=torch.zeros(4, 3))
p = o.rsample()  # shape: (4, 3)
q = o.log_prob(p)  # shape: (4,)

r = Normal(torch.zeros(7), torch.ones(6))  # error: shape-mismatch
s = Normal(torch.zeros(4, 6), torch.ones(6))
t = s.log_prob(torch.zeros(4, 2))  # error: shape-mismatch
u = kl_divergence(s, Normal(torch.zeros(5, 6), torch.ones(6)))  # error: shape-mismatch
v = kl_divergence(s, Normal(torch.zeros(4, 1), torch.ones(6)))  # shape: (4, 6)
w = s.log_prob(torch.zeros(3, 4, 6))  # shape: (3, 4, 6)
