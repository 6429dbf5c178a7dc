"""The answers of the built-in drills once more, found by running layers, automatic differentiation, or brute force.

Reads a JSON list of {id, values}; prints for each the answers of its parts as flat lists of numbers.
"""
import itertools
import json
import math
import sys

import torch
from torch import nn

F = nn.functional
torch.set_default_dtype(torch.float64)
torch.manual_seed(0)


def tensor(*values):
    return torch.tensor(values, dtype=torch.float64)


def flat(value):
    return [float(x) for x in torch.as_tensor(value, dtype=torch.float64).flatten()]


def count(*modules):
    return flat(sum(p.numel() for m in modules for p in m.parameters()))


def size_of(module, n):
    return flat(list(module(torch.zeros(1, 1, int(n), int(n))).shape[2:]))


def support(layers):
    """How many inputs one output depends on, and how far the next one's are away: by differentiation."""
    n = 400
    x = torch.zeros(1, 1, n, requires_grad=True)
    y = x
    for k, s in layers:
        conv = nn.Conv1d(1, 1, int(k), int(s), bias=False)
        nn.init.ones_(conv.weight)
        y = conv(y)
    places = []
    for at in (3, 4):
        (grad,) = torch.autograd.grad(y[0, 0, at], x, retain_graph=True)
        places.append(grad[0, 0].nonzero().flatten())
    return flat(places[0].max() - places[0].min() + 1), flat(places[1].min() - places[0].min())


def forward(v):
    W1 = tensor([v.a, v.b], [v.c, v.d])
    W2 = tensor([v.e, v.f], [v.g, v.h])
    h = torch.relu(W1 @ tensor(v.x, v.y) + tensor(v.p, v.q))
    o = W2 @ h + tensor(v.r, v.s)
    return [flat(h), flat(o), flat(F.mse_loss(o, tensor(v.t, v.u)))]


def backward(v):
    # Weights that lead to the given pre-activations.
    x = tensor(v.x, v.y)
    W1 = torch.zeros(2, 2, requires_grad=True)
    W2 = tensor([v.e, v.f], [v.g, v.h]).requires_grad_()
    z = W1 @ x + tensor(v.z1, v.z2)
    o = W2 @ torch.relu(z) + tensor(v.r, v.s)
    o.retain_grad()
    (0.5 * ((o - tensor(v.t, v.u)) ** 2).sum()).backward()
    return [flat(o.grad), flat(W2.grad), flat(W1.grad)]


def gradient_shapes(v):
    a, b, c = int(v.a), int(v.b), int(v.c)
    one, two = nn.Linear(a, b), nn.Linear(b, c)
    F.cross_entropy(two(torch.relu(one(torch.randn(1, a)))), torch.tensor([0])).backward()
    return [flat(list(one.weight.grad.shape)), flat(list(two.weight.grad.shape))]


def softmax_gradient(v):
    scores = tensor(v.a, v.b, v.c).log().requires_grad_()
    F.cross_entropy(scores[None], torch.tensor([int(v.y) - 1])).backward()
    softmax = lambda o: torch.softmax(o, 0)
    return [flat(softmax(scores)[0]), flat(scores.grad), flat(torch.autograd.functional.jacobian(softmax, scores))]


def quadratic_layer(v):
    m = int(v.m)
    free = sum(1 for i in range(m) for j in range(m) if i <= j)
    return [flat(v.n * (free + m + 1))]


def quadratic_descent(v):
    low, high = v.l, v.l * v.k
    rate = lambda eta: max(abs(1 - eta * low), abs(1 - eta * high))
    # The best rate by ternary search, the limit by bisection, momentum by the eigenvalues of its matrix.
    left, right = 0.0, 4 / high
    for _ in range(200):
        a, b = left + (right - left) / 3, right - (right - left) / 3
        left, right = (left, b) if rate(a) < rate(b) else (a, right)
    best = (left + right) / 2
    below, above = best, 10 / high
    for _ in range(200):
        middle = (below + above) / 2
        below, above = (middle, above) if rate(middle) < 1 else (below, middle)
    root = math.sqrt(v.k)
    eta, beta = (2 / (math.sqrt(low) + math.sqrt(high))) ** 2, ((root - 1) / (root + 1)) ** 2
    radius = max(
        torch.linalg.eigvals(tensor([1 + beta - eta * l, -beta], [1.0, 0.0])).abs().max().item() for l in (low, high)
    )
    # A double eigenvalue is found to half the digits only.
    assert abs(radius - math.sqrt(beta)) < 1e-6
    return [flat(below), flat(best), flat(rate(best)), flat(math.sqrt(beta))]


def optimiser_step(v):
    def run(make, steps=1):
        w = tensor(v.w / 10).requires_grad_()
        optimiser = make([w])
        for _ in range(steps):
            w.grad = tensor(v.g / 10)
            optimiser.step()
        return flat(w.detach())

    return [
        run(lambda p: torch.optim.SGD(p, lr=v.h)),
        run(lambda p: torch.optim.SGD(p, lr=v.h, momentum=v.b), 2),
        run(lambda p: torch.optim.Adam(p, lr=v.h, eps=0)),
        run(lambda p: torch.optim.AdamW(p, lr=v.h, eps=0, weight_decay=v.d)),
    ]


def init_constants(v):
    a, b = int(v.a), int(v.b)
    seen = {}
    # The constants that PyTorch's initialisers draw with.
    original = nn.init._no_grad_normal_, nn.init._no_grad_uniform_
    nn.init._no_grad_normal_ = lambda t, mean, std: seen.update(std=std) or t
    nn.init._no_grad_uniform_ = lambda t, low, high: seen.update(bound=high) or t
    weight = torch.empty(b, a)
    nn.init.xavier_normal_(weight)
    nn.init.xavier_uniform_(weight)
    nn.init._no_grad_normal_, nn.init._no_grad_uniform_ = original
    gain = nn.init.calculate_gain("relu")
    return [flat(seen["std"]), flat(seen["bound"]), flat(gain / math.sqrt(nn.init._calculate_correct_fan(weight, "fan_in")))]


def bounded_scores(v):
    best = torch.full((1, int(v.k)), -float(v.c))
    best[0, 0] = v.c
    return [flat(torch.softmax(best, 1)[0, 0]), flat(F.cross_entropy(best, torch.tensor([0])))]


def rnn_threshold(v):
    phi = lambda z: v.c * torch.tanh(v.a * z)

    def factor(w, steps):
        h = first = tensor(0.0).requires_grad_()
        for _ in range(int(steps)):
            h = phi(w * h)
        return torch.autograd.grad(h.sum(), first)[0]

    return [flat(1 / factor(1.0, 1)), flat(factor(v.w, v.n))]


def norm_placement(v):
    forward, back = v.v, 1.0
    for s in range(int(v.m)):
        back *= 1 + 1 / forward
        forward += 1
    return [flat(forward), flat(1), flat(back)]


def batch_norm(v):
    layer = nn.BatchNorm1d(1, eps=0)
    nn.init.constant_(layer.weight, v.g)
    nn.init.constant_(layer.bias, v.h)
    return [flat(layer(tensor(v.a, v.b, v.c, v.d)[:, None]))]


def linear_rnn(v):
    h = 0
    for x in (v.a, v.b, v.c, v.d):
        h = v.w * h + v.u * x
    return [flat(h), flat(torch.sigmoid(tensor(v.v * h)))]


def gaussian_kl(v):
    q, p = torch.distributions.Normal(tensor(v.a / 10), v.s), torch.distributions.Normal(tensor(v.b / 10), v.t)
    return [flat(torch.distributions.kl_divergence(q, p)), flat(q.mean + q.stddev * v.e / 10)]


def categorical_elbo(v):
    q = torch.distributions.Categorical(tensor(v.a, v.b, v.c))
    p = torch.distributions.Categorical(tensor(1, 1, 1))
    return [flat(q.probs @ tensor(v.k, v.l, v.m) - torch.distributions.kl_divergence(q, p))]


def confusion_counts(v):
    truth = torch.tensor([1] * int(v.a) + [0] * int(v.b) + [1] * int(v.c) + [0] * int(v.d))
    called = torch.tensor([1] * int(v.a + v.b) + [0] * int(v.c + v.d))
    right = truth == called
    loss = F.binary_cross_entropy_with_logits(
        torch.logit(tensor(v.p)), tensor(1.0), pos_weight=tensor(v.w)
    )
    mean = lambda mask: flat(mask.double().mean())
    return [mean(right[truth == 1]), mean(right[called == 1]), mean(right), flat(loss)]


def training_step_order(v):
    """Of all orders the first that trains: each line needs what the earlier ones made, gradients are cleared in time."""
    labels = [(v.m * line + v.s) % 5 + 1 for line in range(5)]

    def trains(order):
        at = {line: place for place, line in enumerate(order)}
        return at[0] < at[1] < at[2] < at[3] < at[4]

    (order,) = [o for o in itertools.permutations(range(5)) if trains(o)]
    return [flat([labels[line] for line in order])]


def pooling(v):
    x = tensor(*[getattr(v, name) for name in "abcdefghijklmnop"]).reshape(1, 1, 4, 4)
    return [flat(F.max_pool2d(x, 2)), flat(F.avg_pool2d(x, 2))]


def hinge(v):
    scores = tensor(v.a, v.b, v.c)[None] / 10
    return [flat(3 * F.multi_margin_loss(scores, torch.tensor([0])))]


def chain(v):
    x = tensor(v.x).requires_grad_()
    u = v.a * x + v.b
    (v.c * u**2 + v.d * u).sum().backward()
    return [flat(x.grad)]


def step_decay(v):
    steps = torch.optim.SGD([nn.Parameter(tensor(0))], lr=v.r / 100)
    schedule = torch.optim.lr_scheduler.StepLR(steps, int(v.s), v.f / 10)
    for _ in range(int(v.e)):
        steps.step()
        schedule.step()
    return [flat(schedule.get_last_lr())]


def depth(v):
    """The mean square of what a ReLU leaves of a normal value, summed over a fine grid."""
    z = torch.linspace(-12, 12, 240_001)
    density = torch.exp(-z * z / 2) / math.sqrt(2 * math.pi) * 1e-4
    return [flat(torch.sqrt(v.n * (v.s / 1000) ** 2 * (F.relu(z) ** 2 * density).sum()))]


def stem(v):
    layers = nn.Sequential(nn.Conv2d(1, int(v.c), int(v.k), int(v.s), int(v.p)), nn.MaxPool2d(2))
    return [flat(layers(torch.zeros(1, 1, int(v.n), int(v.n))).numel())]


def autoencoder_size(v):
    widths = [int(w) for w in (v.d, v.h, v.c, v.h, v.d)]
    return [count(*[nn.Linear(a, b) for a, b in zip(widths, widths[1:])])]


def survivor(v):
    return [flat(F.dropout(torch.full((2000,), float(v.h)), v.p / 100).max())]


conv = lambda v, **more: nn.Conv2d(1, 1, int(v.k), int(v.s), int(v.p), **more)
drills = {
    "conv-output": lambda v: [size_of(conv(v), v.n)],
    "conv-dilated": lambda v: [size_of(conv(v, dilation=int(v.d)), v.n)],
    "mlp-parameters": lambda v: [count(nn.Linear(int(v.a), int(v.b)), nn.Linear(int(v.b), int(v.c)))],
    "conv-parameters": lambda v: [
        count(nn.Conv2d(int(v.i), int(v.o), int(v.k))),
        count(nn.Conv2d(int(v.i), int(v.o), int(v.k), bias=False)),
    ],
    "dense-or-conv": lambda v: [
        flat(nn.Linear(int(v.h * v.w), int(v.a * v.b), bias=False, device="meta").weight.numel()),
        count(nn.Conv2d(1, 1, int(v.k), bias=False)),
    ],
    "bottleneck": lambda v: (
        lambda plain, narrow: [plain, narrow, flat(plain[0] / narrow[0])]
    )(
        count(nn.Conv2d(int(v.i), int(v.o), int(v.k), bias=False)),
        count(nn.Conv2d(int(v.i), int(v.m), 1, bias=False), nn.Conv2d(int(v.m), int(v.o), int(v.k), bias=False)),
    ),
    "transposed-output": lambda v: [
        size_of(nn.ConvTranspose2d(1, 1, int(v.k), int(v.s), int(v.p), int(v.q)), v.n)
    ],
    "pooling-by-hand": pooling,
    "receptive-field": lambda v: list(support([(v.k1, v.s1), (v.k2, v.s2), (v.k3, v.s3)])),
    "relu-forward": forward,
    "relu-backward": backward,
    "gradient-shapes": gradient_shapes,
    "softmax-gradient": softmax_gradient,
    "quadratic-layer": quadratic_layer,
    "quadratic-descent": quadratic_descent,
    "optimiser-step": optimiser_step,
    "init-constants": init_constants,
    "bounded-scores": bounded_scores,
    "gaussian-likelihood": lambda v: [flat(-torch.distributions.Normal(tensor(v.m), v.s).log_prob(tensor(v.y)))],
    "rnn-threshold": rnn_threshold,
    "norm-placement": norm_placement,
    "batch-norm": batch_norm,
    "linear-rnn": linear_rnn,
    "gaussian-kl": gaussian_kl,
    "categorical-elbo": categorical_elbo,
    "confusion-counts": confusion_counts,
    "training-step-order": training_step_order,
    "hinge-drill": hinge,
    "chain-drill": chain,
    "step-decay-drill": step_decay,
    "depth-drill": depth,
    "stem-drill": stem,
    "size-drill": autoencoder_size,
    "inverted-drill": survivor,
}


class Values:
    def __init__(self, values):
        self.__dict__.update(values)


print(json.dumps([drills[item["id"]](Values(item["values"])) for item in json.load(sys.stdin)]))
