"""The answers of the banks by topic once more, found by running layers, automatic differentiation, or brute force.

Prints {place: answer}: a number, a list (a shape), a list of rows (a matrix), a text (an order), or for a formula
{"samples": [[point, value], ...]}.
"""
import itertools
import json
import math
import random

import torch
from torch import nn

F = nn.functional
torch.set_default_dtype(torch.float64)
torch.manual_seed(0)
random.seed(0)
answers = {}
t = torch.tensor
uniform = random.uniform


def parameters(*modules):
    return sum(p.numel() for m in modules for p in m.parameters())


def gradient(function, *at):
    """The value and the derivatives of a function of scalars or tensors."""
    leaves = [torch.as_tensor(v, dtype=torch.float64).clone().requires_grad_() for v in at]
    value = function(*leaves)
    return value.item(), [g.tolist() for g in torch.autograd.grad(value, leaves, allow_unused=True)]


def samples(place, draw, compute, count=12):
    """Points for a formula: `draw` gives the symbols, `compute` the value they lead to."""
    points = [draw() for _ in range(count)]
    answers[place] = {"samples": [[p, float(compute(**p))] for p in points]}


def bisect(function, low, high):
    """Where a rising function crosses 0."""
    for _ in range(200):
        middle = (low + high) / 2
        low, high = (low, middle) if function(middle) > 0 else (middle, high)
    return low


def best(cost, low, high, steps=200_001):
    grid = torch.linspace(low, high, steps)
    return grid[cost(grid).argmin()].item()


def mean_square(activation):
    """Of an activation of a standard normal value, by summing over a fine grid."""
    z = torch.linspace(-12, 12, 2_400_001)
    density = torch.exp(-z * z / 2) / math.sqrt(2 * math.pi)
    return (activation(z) ** 2 * density).sum().item() * 1e-5


# Losses
xor = t([[0.0, 0], [0, 1], [1, 0], [1, 1]])
hidden = F.relu(xor @ t([[1.0, 1], [1, 1]]) + t([0.0, -1]))
answers["losses/xor-network/outputs"] = [(hidden @ t([1.0, -2])).tolist()]
hat = lambda x: F.relu(x) - 2 * F.relu(x - 1) + F.relu(x - 2)
answers["losses/hat/value"], [answers["losses/hat/slope"]] = gradient(hat, 1.5)
w, b, v = torch.randn(50), torch.randn(50), torch.randn(50)
kinks = (-b / w).sort().values
places = torch.cat([kinks[:1] - 1, (kinks[1:] + kinks[:-1]) / 2, kinks[-1:] + 1])
slopes = [(v * w * (w * x + b > 0)).sum().item() for x in places]
answers["losses/hat/pieces"] = 1 + sum(abs(a - c) > 1e-9 for a, c in zip(slopes, slopes[1:]))
layer = nn.Linear(20, 64)
answers["losses/linear-shapes/output"] = list(layer(torch.zeros(32, 10, 20)).shape)
answers["losses/linear-shapes/weight"] = list(layer.weight.shape)


def mlp(d, L, n, k):
    widths = [d] + [n] * L + [k]
    return parameters(*[nn.Linear(a, b) for a, b in zip(widths, widths[1:])])


whole = lambda low, high: random.randint(low, high)
samples("losses/deep-count", lambda: {"d": whole(2, 40), "L": whole(2, 9), "n": whole(2, 30), "k": whole(2, 12)}, mlp)
samples(
    "losses/two-class-softmax/formula",
    lambda: {"o_1": uniform(-2, 2), "o_2": uniform(-2, 2)},
    lambda o_1, o_2: torch.softmax(t([o_1, o_2]), 0)[0],
)
bce = lambda z, y: F.binary_cross_entropy_with_logits(z, torch.as_tensor(y, dtype=torch.float64))
sigmoid = lambda z: 1 / (1 + math.exp(-z))


def score_and_target():
    z = uniform(-2, 2)
    return {"z": z, "y": uniform(0.1, 0.9), "s": sigmoid(z)}


half_square = lambda z, y: (torch.sigmoid(z) - y) ** 2 / 2
samples("losses/safe-sigmoid/formula", score_and_target, lambda z, y, s: gradient(lambda a: bce(a, y), z)[0])
samples("losses/safe-sigmoid/gradient", score_and_target, lambda z, y, s: gradient(lambda a: bce(a, y), z)[1][0])
samples(
    "losses/sigmoid-with-squares/derivative",
    score_and_target,
    lambda z, y, s: gradient(lambda a: half_square(a, y), z)[1][0],
)
answers["losses/safe-sigmoid/far-off"] = bce(t(30.0), 0.0).item()
assert torch.isinf(-torch.log(1 - torch.sigmoid(torch.tensor(30.0, dtype=torch.float32))))
wrong = math.log(0.01 / 0.99)
answers["losses/sigmoid-with-squares/ratio"] = (
    gradient(lambda z: bce(z, 1.0), wrong)[1][0] / gradient(lambda z: half_square(z, 1.0), wrong)[1][0]
)
targets = t([1.0, 2, 3, 4, 40])
answers["losses/outliers/squared"] = best(lambda c: ((c[:, None] - targets) ** 2).mean(1), 0, 50, 50_001)
answers["losses/outliers/absolute"] = best(lambda c: (c[:, None] - targets).abs().mean(1), 0, 50, 50_001)
answers["losses/outliers/huber"] = [F.huber_loss(t([0.5, 4]), t([0.0, 0]), reduction="none").tolist()]
unsure = lambda o: F.cross_entropy(o[None], t([[0.5, 0.5]]))
loss, slope = gradient(unsure, t([0.25, 0.75]).log())
answers["losses/soft-target/loss"], answers["losses/soft-target/gradient"] = loss, slope
shares = torch.linspace(0.001, 0.999, 999)
answers["losses/soft-target/least"] = (-(shares.log() + (1 - shares).log()) / 2).min().item()
margin = lambda s: 4 * F.multi_margin_loss(s[None], t([0]))
answers["losses/class-hinge/loss"], answers["losses/class-hinge/gradient"] = gradient(margin, t([2, 3.5, 1.4, -1]))
answers["losses/class-hinge/enough"] = next(
    s / 10 for s in range(100) if margin(t([s / 10, 3.5, 1.4, -1])).item() < 1e-9
)
sure = torch.softmax(t([1.0] + [0.0] * 9), 0)[0].item()
assert abs(sure - math.e / (math.e + 9)) < 1e-12 and abs(sure - 0.23) < 0.005

# Backpropagation
graph = lambda a, b, c: (a * b + c) ** 2
start = (2.0, -1.0, 3.0)
_, slopes = gradient(graph, *start)
answers["backpropagation/small-graph/gradient"] = [slopes]
answers["backpropagation/small-graph/step"] = graph(*[v - 0.05 * g for v, g in zip(start, slopes)])
x = t(1.0).requires_grad_()
u = 3 * x
u.retain_grad()
(u + u * u**2).backward()
answers["backpropagation/used-twice/at-u"], answers["backpropagation/used-twice/at-x"] = u.grad.item(), x.grad.item()


def unit():
    w, x, b = uniform(-1, 1), uniform(-1, 1), uniform(-1, 1)
    return {"w": w, "x": x, "yt": math.tanh(w * x + b), "t": uniform(-1, 1)}


def unit_gradient(by):
    def compute(w, x, yt, t):
        b = math.atanh(yt) - w * x
        return gradient(lambda w, x: (torch.tanh(w * x + b) - t) ** 2 / 2, w, x)[1][by]

    return compute


samples("backpropagation/tanh-unit/weight", unit, unit_gradient(0))
samples("backpropagation/tanh-unit/input", unit, unit_gradient(1))
X, W, b = (torch.randn(*s, requires_grad=True) for s in ((32, 10), (10, 4), (4,)))
(X @ W + b).backward(torch.full((32, 4), 0.25))
answers["backpropagation/batch-shapes/input"] = list(X.grad.shape)
answers["backpropagation/batch-shapes/bias"] = b.grad[0].item()
assert torch.allclose(W.grad, X.T @ torch.full((32, 4), 0.25))
samples(
    "backpropagation/normalise-vector/own",
    lambda: {"x_1": uniform(0.2, 2.7), "x_2": uniform(0.2, 2.7)},
    lambda x_1, x_2: gradient(lambda x: x[0] / x.norm(), t([x_1, x_2]))[1][0][0],
)
answers["backpropagation/normalise-vector/number"] = [gradient(lambda x: x[0] / x.norm(), t([3.0, 4]))[1][0]]
work = lambda a, b: (a[0] * a[1] * b[1], (a[0], b[1]))
row, square = (1, 1000), (1000, 1000)
first, shape = work(row, square)
answers["backpropagation/product-order/reverse"] = first + work(shape, square)[0]
first, shape = work(square, square)
answers["backpropagation/product-order/forward"] = first + work(row, shape)[0]
cube = lambda x: x**3
answers["backpropagation/gradient-check/one-sided"] = (cube(2.1) - cube(2)) / 0.1
answers["backpropagation/gradient-check/central"] = (cube(2.1) - cube(1.9)) / 0.2
answers["backpropagation/gradient-check/passes"] = 2 * 10**6
kept = {8 * i for i in range(9)}
answers["backpropagation/checkpoints/storage"] = max(
    len(kept | set(range(s, s + 8))) for s in range(0, 64, 8)
)
answers["backpropagation/checkpoints/cost"] = (1 + 1 + 2) / (1 + 2)


def hand_written():
    """Which gradients of the program in the question are wrong."""
    x, target = torch.randn(5, 3), torch.randn(5, 2)
    w1, b1, w2, b2 = (torch.randn(*s, requires_grad=True) for s in ((3, 4), (4,), (4, 2), (2,)))
    z1 = x @ w1 + b1
    z1.retain_grad()
    h = z1.relu()
    h.retain_grad()
    out = h @ w2 + b2
    (((out - target) ** 2).sum() / 2).backward()
    with torch.no_grad():
        d_out = out - target
        d_h = d_out @ w2.T
        d_z1 = d_h * (z1 > 0)
        return [
            torch.allclose(h.T @ d_out, w2.grad),
            torch.allclose(d_out.mean(0), b2.grad),
            torch.allclose(d_h, h.grad),
            torch.allclose(d_h * (d_h > 0), z1.grad),
            torch.allclose(x.T @ d_z1, w1.grad) and torch.allclose(d_z1.sum(0), b1.grad),
        ]


assert hand_written() == [True, False, True, False, True]


# Optimisation
def run(optimizer, weight, gradients):
    """The weight after each step along these gradients."""
    w = nn.Parameter(t(float(weight)))
    steps, path = optimizer([w]), []
    for g in gradients:
        w.grad = t(float(g(w.item()) if callable(g) else g))
        steps.step()
        path.append(w.item())
    return path


sgd = lambda **more: lambda ps: torch.optim.SGD(ps, **more)
bowl = lambda p: p[0] ** 2 + 3 * p[0] * p[1] + 2 * p[1] ** 2
moved = t([1.0, -2]) - 0.1 * t(gradient(bowl, t([1.0, -2]))[1][0])
answers["optimisation/one-step/place"], answers["optimisation/one-step/value"] = [moved.tolist()], bowl(moved).item()
descent = lambda eta, a, x_0, t: run(sgd(lr=eta), x_0, [lambda x: a * x] * t)[-1]
samples(
    "optimisation/closed-form/iterate",
    lambda: {"eta": uniform(0.1, 1), "a": uniform(0.2, 2), "x_0": uniform(-2, 2), "t": whole(1, 12)},
    descent,
)
answers["optimisation/closed-form/left"] = descent(0.2, 4, 1, 3)


def spread(sigma, B):
    """The deviation of a mean of B values that are plus or minus sigma, over all their combinations."""
    means = [sum(signs) * sigma / B for signs in itertools.product((-1, 1), repeat=B)]
    return math.sqrt(sum(m * m for m in means) / len(means))


samples("optimisation/batch-noise/deviation", lambda: {"sigma": uniform(0.2, 2), "B": whole(1, 9)}, spread)
answers["optimisation/batch-noise/quarter"] = next(b for b in range(1, 15) if spread(1, b) <= 1 / 3 + 1e-9)
loader = torch.utils.data.DataLoader(range(50_000), batch_size=128)
answers["optimisation/batch-noise/steps"] = len(loader)


def average(beta, gradients):
    m = 0.0
    for g in gradients:
        m = beta * m + (1 - beta) * g
    return m


answers["optimisation/average-memory/weight"] = average(0.9, [1, 0, 0, 0])
answers["optimisation/average-memory/half-life"] = bisect(lambda k: 0.5 - 0.9**k, 0, 100)
samples(
    "optimisation/average-memory/correction",
    lambda: {"beta": uniform(0.1, 0.95), "t": whole(1, 12)},
    lambda beta, t: average(beta, [1] * t),
)


def terminal(eta, beta, g):
    path = run(sgd(lr=eta, momentum=beta), 0, [g] * 900)
    return path[-2] - path[-1]


samples(
    "optimisation/terminal-speed/length",
    lambda: {"eta": uniform(0.2, 2), "beta": uniform(0.1, 0.9), "g": uniform(-2, 2)},
    terminal,
    4,
)
answers["optimisation/terminal-speed/factor"] = round(terminal(1, 0.95, 1), 6)
adam = run(lambda ps: torch.optim.Adam(ps, lr=0.01), 0, [2, -2])
answers["optimisation/adam-reversal/first"] = adam[0]
answers["optimisation/adam-reversal/second"] = adam[1] - adam[0]
scaled = run(lambda ps: torch.optim.Adam(ps, lr=0.01), 0, [100, -100])
assert all(abs(a - b) < 1e-8 for a, b in zip(adam, scaled))


def uncorrected(beta, g=0.7, eta=0.1):
    """How many times as long as Adam's the first step is whose second average is not corrected."""
    adam = run(lambda ps: torch.optim.Adam(ps, lr=eta, betas=(0.9, beta), eps=1e-30), 0, [g])[0]
    return -eta * g / math.sqrt((1 - beta) * g * g) / adam


samples("optimisation/one-correction/factor", lambda: {"beta": uniform(0.05, 0.95)}, uncorrected)
answers["optimisation/one-correction/number"] = round(uncorrected(0.99), 6)


def adagrad(eta, t):
    path = [0] + run(lambda ps: torch.optim.Adagrad(ps, lr=eta, eps=1e-30), 0, [0.7] * t)
    return path[-2] - path[-1]


samples("optimisation/adagrad-rate/step", lambda: {"eta": uniform(0.2, 2), "t": whole(1, 12)}, adagrad)


def cosine(eta, t, T):
    steps = torch.optim.SGD([nn.Parameter(t_zero)], lr=eta)
    schedule = torch.optim.lr_scheduler.CosineAnnealingLR(steps, T)
    for _ in range(t):
        steps.step()
        schedule.step()
    return schedule.get_last_lr()[0]


t_zero = t(0.0)
samples("optimisation/cosine/formula", lambda: {"eta": uniform(0.2, 2), "t": whole(1, 12), "T": whole(13, 40)}, cosine)
answers["optimisation/cosine/quarter"] = cosine(1, 10, 40)
steps = torch.optim.SGD([nn.Parameter(t_zero)], lr=4e-4)
warmup = torch.optim.lr_scheduler.LinearLR(steps, 1e-12, 1.0, 1000)
for _ in range(250):
    steps.step()
    warmup.step()
answers["optimisation/cosine/warm-up"] = warmup.get_last_lr()[0]
answers["optimisation/saddle-escape/steps"] = 1 + next(
    i for i, y in enumerate(run(sgd(lr=0.1), 0.001, [lambda y: -2 * y] * 60)) if abs(y) > 1
)

# Initialisation
twin = lambda w: (w @ t([1.0, 2])).sum()
answers["initialisation/twins/gradient"] = gradient(lambda w: (twin(w) - 1) ** 2 / 2, torch.full((2, 2), 0.5))[1][0]
products = t([w * h for w in (-1, 1) for h in (1 - 3**0.5, 1 + 3**0.5)]) * 0.02**0.5
answers["initialisation/layer-variance/variance"] = 100 * products.var(unbiased=False).item()
answers["initialisation/layer-variance/keep"] = bisect(lambda v: 100 * v * (3 + 1) - (3 + 1), 0, 1)
answers["initialisation/half-lost/square"] = mean_square(F.relu)
samples(
    "initialisation/half-lost/leaky",
    lambda: {"n": whole(2, 60), "a": uniform(0.05, 0.9)},
    lambda n, a: 1 / (n * mean_square(lambda z: F.leaky_relu(z, a))),
    3,
)
bounds = []
original = nn.init._no_grad_uniform_
nn.init._no_grad_uniform_ = lambda tensor, low, high: (bounds.append(high), original(tensor, low, high))[1]


def xavier(n, m):
    nn.init.xavier_uniform_(torch.empty(m, n))
    return bounds[-1]


samples("initialisation/two-wishes/bound", lambda: {"n": whole(2, 60), "m": whole(2, 60)}, xavier)
variance = xavier(300, 100) ** 2 / 3
answers["initialisation/two-wishes/forward"] = 300 * variance
answers["initialisation/two-wishes/backward"] = 100 * variance
conv = nn.Conv2d(64, 128, kernel_size=3)
as_it_comes = conv.weight.abs().max().item()
answers["initialisation/conv-fan/fan"] = nn.init._calculate_fan_in_and_fan_out(conv.weight)[0]
nn.init.kaiming_uniform_(conv.weight, nonlinearity="relu")
answers["initialisation/conv-fan/bound"] = conv.weight.abs().max().item()
answers["initialisation/conv-fan/default"] = round((conv.weight.abs().max().item() / as_it_comes) ** 2, 2)
def spread_evenly(n):
    """The variance of an even distribution between the printed bounds, by summing over a fine grid."""
    bound = 2 * math.sqrt(3) / math.sqrt(n)
    return (torch.linspace(-bound, bound, 2_000_001) ** 2).mean().item()


samples("initialisation/printed-bound/variance", lambda: {"n": whole(2, 60)}, spread_evenly, 4)
answers["initialisation/printed-bound/ten"] = (100 * spread_evenly(100) * mean_square(F.relu)) ** 10
answers["initialisation/linear-depth/factor"] = (math.sqrt(256) * 0.05) ** 20
answers["initialisation/linear-depth/right"] = bisect(lambda s: 256 * s * s - 1, 0, 1)
layer_factor = 300 * (1 / math.sqrt(300)) ** 2 / 3 * mean_square(F.relu)
answers["initialisation/torch-default/layer"] = layer_factor
answers["initialisation/torch-default/six"] = math.sqrt(layer_factor**6)


def residual(c, N):
    variance = 1.0
    for _ in range(N):
        variance += c * c * variance
    return variance


samples("initialisation/residual-growth/formula", lambda: {"c": uniform(0.2, 2), "N": whole(1, 12)}, residual)
answers["initialisation/residual-growth/plain"] = residual(1, 50)
answers["initialisation/residual-growth/scaled"] = residual(1 / math.sqrt(50), 50)
answers["initialisation/saturated/deviation"] = math.sqrt(sum(1.0**2 * 1.0**2 for _ in range(400)))
edge = bisect(lambda z: math.tanh(z) ** 2 - 0.99, 0, 10)
assert abs(edge - 2.99) < 0.005 and abs(1 - math.erf(edge / 20 / math.sqrt(2)) - 0.88) < 0.005
samples("initialisation/rare-positives/formula", lambda: {"p": uniform(0.05, 0.95)}, lambda p: torch.logit(t(p)))
answers["initialisation/rare-positives/number"] = torch.logit(t(0.01)).item()

# Convolutions
image = t([[1.0, 1, 5, 5]] * 3 + [[1.0] * 4])
edges = t([[-1.0, 0, 1]] * 3)
answers["convolutions/edge-by-hand/output"] = F.conv2d(image[None, None], edges[None, None])[0, 0].tolist()
assert F.conv2d(image[None, None] + 10, edges[None, None])[0, 0].tolist() == answers["convolutions/edge-by-hand/output"]
signal, kernel = t([2.0, 5, 1, 3]), t([1.0, 0, -2])
answers["convolutions/flipped/correlation"] = F.conv1d(signal[None, None], kernel[None, None])[0].tolist()
answers["convolutions/flipped/convolution"] = F.conv1d(signal[None, None], kernel.flip(0)[None, None])[0].tolist()
size = lambda n, k, p, s, d: nn.Conv1d(1, 1, k, s, p, d)(torch.zeros(1, 1, n)).shape[-1]
samples(
    "convolutions/output-size/formula",
    lambda: {"n": whole(20, 60), "k": whole(1, 7), "p": whole(0, 3), "s": whole(1, 4), "d": whole(1, 3)},
    size,
    60,
)
answers["convolutions/output-size/same"] = next(p for p in range(20) if size(32, 5, p, 1, 3) == 32)
answers["convolutions/transposed-by-hand/output"] = F.conv_transpose1d(
    t([[[1.0, 2, 3]]]), t([[[1.0, 2, 1]]]), stride=2
)[0].tolist()
overlaps = {k: F.conv_transpose1d(torch.ones(1, 1, 20), torch.ones(1, 1, k), stride=2)[0, 0, 8:-8] for k in (3, 4, 5)}
assert [k for k, o in overlaps.items() if (o == o[0]).all()] == [4]
grid, arriving = t([[1.0, 7, 4, 2], [3, 5, 0, 8]])[None, None], t([[[[10.0, 20]]]])
for name, pool in (("max", F.max_pool2d), ("mean", F.avg_pool2d)):
    leaf = grid.clone().requires_grad_()
    pool(leaf, 2).backward(arriving)
    answers[f"convolutions/max-and-mean-back/{name}"] = leaf.grad[0, 0].tolist()


def thin(C_in, C_out, k):
    return parameters(
        nn.Conv2d(C_in, C_in, k, groups=C_in, bias=False), nn.Conv2d(C_in, C_out, 1, bias=False)
    )


full = lambda C_in, C_out, k: parameters(nn.Conv2d(C_in, C_out, k, bias=False))
answers["convolutions/separable/count"] = thin(64, 128, 3)
samples(
    "convolutions/separable/ratio",
    lambda: {"C_in": whole(2, 40), "C_out": whole(2, 40), "k": whole(1, 7)},
    lambda **sizes: thin(**sizes) / full(**sizes),
)


def field(L):
    """How many inputs one output in the middle depends on."""
    x = torch.zeros(1, 1, 1200, requires_grad=True)
    y = x
    for level in range(L):
        y = F.conv1d(y, torch.ones(1, 1, 3), padding=2**level, dilation=2**level)
    y[0, 0, 600].backward()
    return (x.grad != 0).sum().item()


answers["convolutions/dilated-field/four"] = field(4)
samples("convolutions/dilated-field/formula", lambda: {"L": whole(1, 8)}, field)
work = lambda channels, side: nn.Conv2d(channels, channels, 3, bias=False, device="meta").weight.numel() * side**2
answers["convolutions/where-work-is/work"] = work(64, 56)
assert work(512, 7) == work(64, 56)
front = nn.Sequential(
    nn.Conv2d(3, 32, 7, 2, 3), nn.ReLU(), nn.MaxPool2d(2), nn.Conv2d(32, 64, 3), nn.ReLU(), nn.MaxPool2d(2)
)
maps = front(torch.zeros(16, 3, 96, 96))
answers["convolutions/small-net/shape"] = list(maps.shape)
answers["convolutions/small-net/inputs"] = maps[0].numel()
answers["convolutions/small-net/first"] = parameters(front[0])
answers["convolutions/pointwise/shape"] = list(nn.Conv2d(256, 64, 1)(torch.zeros(8, 256, 14, 14)).shape)
layers = {
    "a": nn.Conv2d(64, 64, 3, groups=64),
    "b": nn.Conv2d(64, 64, 3),
    "c": nn.Linear(64 * 7 * 7, 10),
    "d": nn.MaxPool2d(2),
    "e": nn.Conv2d(64, 128, 1),
    "f": nn.BatchNorm2d(64),
}
answers["convolutions/by-parameters"] = " ".join(sorted(layers, key=lambda name: parameters(layers[name])))

# Autoencoders
covariance = torch.diag(t([5, 1, 0.5]))
basis = torch.linalg.qr(torch.randn(3, 3))[0]
values = torch.linalg.eigvalsh(basis @ covariance @ basis.T)
answers["autoencoders/narrow-linear/error"] = values[:2].sum().item()
small = nn.Sequential(nn.Conv2d(1, 8, 3, 2, 1), nn.Conv2d(8, 8, 3, 2, 1))
code = small(torch.zeros(1, 1, 28, 28))
up = lambda **more: nn.Sequential(*[nn.ConvTranspose2d(8, 8, 3, 2, 1, **more) for _ in range(2)])
answers["autoencoders/mirror-shapes/code"] = code.shape[-1]
answers["autoencoders/mirror-shapes/decoded"] = up()(code).shape[-1]
assert up(output_padding=1)(code).shape[-1] == 28
normal = torch.distributions.Normal
kl = lambda mu, l: torch.distributions.kl_divergence(normal(mu, torch.exp(l / 2)), normal(t(0.0), t(1.0)))
answers["autoencoders/kl-two-dims/value"] = kl(t([1.0, 0]), t([0.0, 1])).sum().item()
code_point = lambda: {"mu": uniform(-2, 2), "l": uniform(-1.5, 1.5)}
samples("autoencoders/kl-two-dims/slope", code_point, lambda mu, l: gradient(kl, mu, l)[1][1])
drawn = lambda mu, l, epsilon: mu + torch.exp(l / 2) * epsilon
answers["autoencoders/through-the-noise/draw"] = drawn(t(1.0), t(2 * math.log(3)), t(-0.5)).item()
samples(
    "autoencoders/through-the-noise/by-logvar",
    lambda: {**code_point(), "epsilon": uniform(-2, 2)},
    lambda mu, l, epsilon: gradient(drawn, mu, l, epsilon)[1][1],
)
answers["autoencoders/gap/size"] = -80 - -86.5


def image_likelihood(S, s, D):
    """Of D pixels that share out the squared error evenly."""
    x = torch.full((D,), math.sqrt(S / D))
    return -normal(torch.zeros(D), s).log_prob(x).sum()


samples(
    "autoencoders/decoder-noise/formula",
    lambda: {"S": uniform(0.2, 2.7), "s": uniform(0.2, 2.7), "D": whole(2, 60)},
    image_likelihood,
)
curvature = lambda s: (image_likelihood(2.0, s, 5) - image_likelihood(1.0, s, 5)).item()
answers["autoencoders/decoder-noise/exchange"] = round(curvature(0.5) / curvature(1.0), 9)
answers["autoencoders/collapsed-code/active"] = sum(v > 0.1 for v in (0.002, 3.1, 0.001, 0.9, 2.4, 0.003))
answers["autoencoders/quantised/bits"] = 8 * 8 * int(math.log2(512))
table = t([[0.0, 0], [2, 1], [1, 3]])
answers["autoencoders/quantised/nearest"] = [table[torch.cdist(t([[1.2, 1.4]]), table).argmin()].tolist()]

# Regularisation
samples(
    "regularisation/decay-alone/formula",
    lambda: {"w_0": uniform(-2, 2), "eta": uniform(0.05, 0.5), "lambda": uniform(0.2, 2), "t": whole(1, 12)},
    lambda **p: run(sgd(lr=p["eta"], weight_decay=p["lambda"]), p["w_0"], [0] * p["t"])[-1],
)
answers["regularisation/decay-alone/half"] = bisect(lambda k: 0.5 - 0.999**k, 0, 5000)
samples(
    "regularisation/two-penalties/squared",
    lambda: {"a": uniform(-2, 2), "lambda": uniform(0.2, 2.7)},
    lambda **p: bisect(lambda w: gradient(lambda v: (v - p["a"]) ** 2 / 2 + p["lambda"] * v**2 / 2, w)[1][0], -5, 5),
    4,
)
pulled = lambda a: best(lambda w: (w - a) ** 2 / 2 + 0.5 * w.abs(), -3, 3, 600_001)
answers["regularisation/two-penalties/absolute"] = [[round(pulled(a), 4) for a in (2, -0.3, 0.6)]]
noises = [t(n) @ t([3.0, -1, 0]) for n in itertools.product((-0.2, 0.2), repeat=3)]
answers["regularisation/noise-as-penalty/amount"] = (sum(n**2 for n in noises) / len(noises)).item()
drop, values, masks = nn.Dropout(p=0.25), t([2.0, 4, 6, 8]), {}
for _ in range(3000):
    out = drop(values)
    masks[tuple((out > 0).int().tolist())] = out.tolist()
answers["regularisation/dropout-by-hand/training"] = [masks[1, 0, 1, 1]]
answers["regularisation/dropout-by-hand/masks"] = len(masks)
answers["regularisation/dropout-by-hand/evaluation"] = [drop.eval()(values).tolist()]


def dropped(h, p):
    mean = (1 - p) * h / (1 - p)
    return p * mean**2 + (1 - p) * (h / (1 - p) - mean) ** 2


samples("regularisation/dropout-variance/formula", lambda: {"h": uniform(-2, 2), "p": uniform(0.05, 0.95)}, dropped)
answers["regularisation/dropout-variance/half"] = dropped(3, 0.5)
smooth = lambda eps: lambda o: F.cross_entropy(o[None], t([1]), label_smoothing=eps)
answers["regularisation/smoothed-target/target"] = [(0.2 - t(gradient(smooth(0.1), torch.zeros(5))[1][0])).tolist()]


def gap(eps, K):
    """By how much the right score leads where the smoothed loss has no slope."""
    scores = lambda lead: torch.cat([torch.zeros(1), lead[None], torch.zeros(K - 2)])
    return bisect(lambda lead: gradient(lambda v: smooth(eps)(scores(v)), lead)[1][0], -20, 20)


samples("regularisation/smoothed-target/gap", lambda: {"eps": uniform(0.05, 0.5), "K": whole(2, 12)}, gap, 4)
answers["regularisation/smoothed-target/number"] = gap(0.1, 5)
validation = [0.95, 0.80, 0.72, 0.74, 0.69, 0.70, 0.73, 0.71, 0.68, 0.80]
kept_at, waited = 0, 0
for epoch, value in enumerate(validation):
    waited = 0 if epoch == 0 or value < validation[kept_at] else waited + 1
    kept_at = epoch if waited == 0 else kept_at
    if waited == 3:
        break
answers["regularisation/patience/stop"], answers["regularisation/patience/keep"] = epoch + 1, kept_at + 1


def committee(s, r, M):
    covariance = s * s * (r * torch.ones(M, M) + (1 - r) * torch.eye(M))
    return torch.full((M,), 1 / M) @ covariance @ torch.full((M,), 1 / M)


samples(
    "regularisation/committee/formula",
    lambda: {"s": uniform(0.2, 2), "r": uniform(0.05, 0.95), "M": whole(2, 12)},
    committee,
)
answers["regularisation/committee/number"] = committee(2, 0.25, 4).item()
# In 1/M the variance is a straight line: from two points to 1/M = 0.
answers["regularisation/committee/limit"] = (2 * committee(2, 0.25, 2000) - committee(2, 0.25, 1000)).item()

print(json.dumps(answers))
