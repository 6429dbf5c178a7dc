# run: attention(torch.zeros(2, 5, 12))
# run: closures()
# run: sizes(torch.zeros(2, 5, 12))
# run: defaults()
import torch
from torch import nn


def attention(x: torch.Tensor):
    B, T, C = x.shape
    h = 4
    q = x.view(B, T, h, C // h).transpose(1, 2)  # shape: (B, 4, T, C//4)
    weights = q @ q.transpose(-2, -1)  # shape: (B, 4, T, T)
    y = weights.softmax(dim=-1) @ q  # shape: (B, 4, T, C//4)
    y = y.transpose(1, 2).contiguous().view(B, T, C)  # shape: (B, T, C)
    return y


def closures():
    width = 5

    def make(rows, *more, fill=0.0, **rest):
        return torch.full((rows, width, *more), fill)

    a = make(2)  # shape: (2, 5)
    b = make(3, 4, 6)  # shape: (3, 5, 4, 6)
    c = (lambda t: t.unsqueeze(0))(a)  # shape: (1, 2, 5)
    d = make(*(1, 2), **{"fill": 1.0})  # shape: (1, 5, 2)
    return b


def sizes(x: torch.Tensor):
    b, *rest = torch.zeros(2, 3, 4).shape
    y = torch.zeros(b, len(rest))  # shape: (2, 2)
    z = torch.zeros(size=(3, 4))  # shape: (3, 4)
    w = torch.zeros(y.shape)  # shape: (2, 2)
    u = x.view(x.size(0), -1)  # shape: (B, D)
    v = torch.ones(6, 4)[1:, None, ::2]  # shape: (5, 1, 2)
    return torch.zeros(2, 3).view(torch.zeros(3, 2).shape)  # shape: (3, 2)


def defaults(rows=3, columns=None):
    columns = columns or 2
    rows, columns = columns, rows
    x = torch.zeros(rows, columns)  # shape: (2, 3)
    p, q = torch.zeros(2, 7)  # shape: (7,), (7,)
    return x


# Functions of plain numbers are not run again for the same ones: two calls in each call are no more than one.
def fibonacci(n):
    return n if n < 2 else fibonacci(n - 1) + fibonacci(n - 2)


def divisible(value, divisor=8):
    rounded = max(divisor, int(value + divisor / 2) // divisor * divisor)
    if rounded < 0.9 * value:
        rounded += divisor
    return rounded


x = torch.zeros(fibonacci(12), divisible(30), divisible(30, divisor=4), divisible(30))  # shape: (144, 32, 32, 32)

base = 3


def above(number):
    return number + base


first = torch.zeros(above(1))  # shape: (4,)
base = 5
second = torch.zeros(above(1))  # shape: (6,)


def halved(number):
    return int(number) // 2


first = torch.zeros(halved(8))  # shape: (4,)
int = lambda number: 6  # noqa: E731, A001
second = torch.zeros(halved(8))  # shape: (3,)
del int
third = torch.zeros(halved(8))  # shape: (4,)
