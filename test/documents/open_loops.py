# run: Decoder(20, 6, 8)(torch.randint(20, (3, 5)))
# run: Decoder(11, 4, 5)(torch.randint(11, (2, 7)))
# run: Stacked(6, 3)(torch.randn(2, 5, 6))
# run: Stacked(4, 1)(torch.randn(3, 2, 4))
# run: Grown(torch.nn.Module, Config(5, 3))(torch.randint(9, (2, 4)))
# run: Grown(torch.nn.Module, Config(8, 2))(torch.randint(9, (3, 5)))
# run: Counted()(torch.randn(2, 6, 4))
# run: Counted()(torch.randn(3, 9, 2))
# run: Collected()(torch.randn(2, 6, 4))
# run: Collected()(torch.randn(3, 5, 7))
# run: Summed(4)(torch.randn(2, 6, 4))
# run: Summed(7)(torch.randn(3, 5, 7))
# run: Uneven()(torch.randn(2, 6, 4))
# run: Uneven()(torch.randn(3, 5, 7))
"""Loops of which nobody knows how often they run as a number: what they collect, how much of it, and what they count."""
import torch
from torch import nn


class Decoder(nn.Module):
    def __init__(self, vocab, width, hidden):
        super().__init__()
        self.embed = nn.Embedding(vocab, width)
        self.cell = nn.LSTMCell(width, hidden)
        self.head = nn.Linear(hidden, vocab)
        self.hidden = hidden

    def forward(self, words):
        B, T = words.shape
        x = self.embed(words)  # shape: (B, T, width)
        h = torch.zeros(B, self.hidden)
        c = torch.zeros(B, self.hidden)
        scores, states = [], []
        for t in range(T):
            now = x[:, t]  # shape: (B, width)
            h, c = self.cell(now, (h, c))
            scores.append(self.head(h))
            states += [h]
        last = states[-1]  # shape: (B, hidden)
        turned = torch.stack(states[::-1])  # shape: (T, B, hidden)
        flat = torch.cat(states, dim=1)  # shape: (B, hidden*T)
        total = sum(states)  # shape: (B, hidden)
        count = torch.zeros(len(scores))  # shape: (T,)
        return torch.stack(scores, dim=1)  # shape: (B, T, vocab)


class Stacked(nn.Module):
    def __init__(self, width, depth):
        super().__init__()
        self.cells = nn.ModuleList([nn.GRUCell(width, width) for _ in range(depth)])
        self.depth = depth
        self.width = width

    def forward(self, x):
        B, T, D = x.shape
        states = [torch.zeros(B, self.width) for _ in range(self.depth)]
        collected = []
        for t in range(T):
            now = x[:, t]  # shape: (B, D)
            for i, cell in enumerate(self.cells):
                states[i] = cell(now, states[i])
                now = states[i]
            collected.append(states[0])
        number = torch.zeros(len(self.cells))  # shape: (depth,)
        layers = torch.stack([cell.weight_hh for cell in self.cells])  # shape: (depth, 3*width, width)
        final = torch.stack(states)  # shape: (depth, B, width)
        return torch.stack(collected, 1)  # shape: (B, T, width)


class Config:
    def __init__(self, width, depth):
        self.width = width
        self.depth = depth


class Block(nn.Module):
    def __init__(self, width):
        super().__init__()
        self.norm = nn.LayerNorm(width)
        self.mix = nn.Sequential(nn.Linear(width, 4 * width), nn.GELU(), nn.Linear(4 * width, width))

    def forward(self, x):
        return x + self.mix(self.norm(x))  # shape: (B, T, width)


class Grown(nn.Module):
    def __init__(self, _, config):
        super().__init__()
        width = config.width
        self.embed = nn.Embedding(9, width)
        self.chain = nn.Sequential(*[Block(width) for _ in range(config.depth)])
        blocks = []
        for _ in range(config.depth):
            blocks.append(Block(width))
        self.appended = nn.Sequential(*blocks)
        self.listed = nn.ModuleList(blocks)
        self.added = nn.ModuleList()
        for _ in range(config.depth):
            self.added.append(Block(width))
            self.added.append(Block(width))

    def forward(self, words):
        B, T = words.shape
        x = self.embed(words)  # shape: (B, T, width)
        a = self.chain(x)  # shape: (B, T, width)
        b = self.appended(a)  # shape: (B, T, width)
        seen = [b]
        for block in self.listed:
            seen.append(block(seen[-1]))
        for block in self.added:
            b = block(b)  # shape: (B, T, width)
        twice = torch.zeros(len(self.added))  # shape: (2*depth,)
        every = torch.stack(seen)  # shape: (depth + 1, B, T, width)
        return torch.cat(seen[1:], dim=-1).size(0)


class Counted(nn.Module):
    def forward(self, x):
        B, T, C = x.shape
        for t in range(T):
            one = x[:, t : t + 1]  # shape: (B, 1, C)
            before = x[:, :t]  # shape: (B, t, C)
            rest = x[:, t:]  # shape: (B, T - t, C)
            until = x[:, : t + 1]  # shape: (B, t + 1, C)
        for t in range(1, T):
            pair = x[:, t - 1 : t + 1]  # shape: (B, 2, C)
        for i, row in enumerate(x):
            upper = x[: i + 1]  # shape: (i + 1, T, C)
            same = row  # shape: (T, C)
        windows = torch.stack([x[:, t : t + 2] for t in range(T - 1)])  # shape: (T - 1, B, 2, C)
        parts = [x[:, :t] for t in range(T)]
        part = parts[0]  # shape: (B, ?, C)
        for size in range(2, T, 2):
            chunk = x[:, size : size + 1]  # shape: (B, 1, C)
        for t in range(T - 1, -1, -1):
            back = x[:, t]  # shape: (B, C)
        return x


def steps(x):
    for t in range(x.size(1)):
        yield x[:, t]


class Collected(nn.Module):
    def forward(self, x):
        B, T, C = x.shape
        rows = torch.stack([row for row in x.unbind(1)], dim=1)  # shape: (B, T, C)
        ones = torch.cat([piece for piece in x.split(1, dim=1)], dim=1)  # shape: (B, T, C)
        made = torch.stack(list(steps(x)))  # shape: (T, B, C)
        once = (row for row in x.unbind(1))
        read = torch.stack(list(once))  # shape: (T, B, C)
        empty = torch.zeros(len(list(once)))  # shape: (0,)
        mapped = torch.stack(list(map(lambda row: row * 2, x.unbind(1))))  # shape: (T, B, C)
        zipped = torch.stack([a + b for a, b in zip(x.unbind(1), x.unbind(1))])  # shape: (T, B, C)
        turned = torch.stack([row for row in reversed(x.unbind(1))])  # shape: (T, B, C)
        nested = []
        for b in range(B):
            inner = []
            for t in range(T):
                inner.append(x[b, t])
            nested.append(torch.stack(inner))
        whole = torch.stack(nested)  # shape: (B, T, C)
        flat = []
        for b in range(B):
            for t in range(T):
                flat.append(x[b, t])
        many = torch.stack(flat)  # shape: (B*T, C)
        both = torch.stack([x[:, t] for t in range(T)] + [x[:, 0]])  # shape: (T + 1, B, C)
        longer = list(x.unbind(1))
        longer.extend(x.unbind(1))
        longer.insert(0, x[:, 0])
        longer.pop()
        doubled = torch.stack(longer)  # shape: (2*T, B, C)
        repeated = torch.stack([x[0, 0]] * T)  # shape: (T, C)
        return whole


class Summed(nn.Module):
    """Sums that begin with 0, and states that begin with None."""

    def __init__(self, width):
        super().__init__()
        self.cell = nn.GRUCell(width, width)
        self.memory = nn.LSTM(width, width, batch_first=True)

    def forward(self, x):
        B, T, C = x.shape
        total = 0
        for t in range(T):
            total = total + x[:, t]
        mean = total / T  # shape: (B, C)
        worst = 0.0
        for t in range(T):
            worst += (x[:, t] ** 2).sum(1)
        h = None
        for t in range(T):
            h = self.cell(x[:, t], h)
        last = h  # shape: (B, width)
        state = None
        for t in range(T):
            seen, state = self.memory(x[:, t : t + 1], state)
            step = seen  # shape: (B, 1, width)
        number = 0
        for t in range(T):
            number += 2
        none = None
        for t in range(T):
            if t > 2:
                none = x[:, t]
        maybe = none  # shape: ?
        return worst  # shape: (B,)


class Uneven(nn.Module):
    """How many there are is not known where a round may leave something out, add more, or be the last one."""

    def forward(self, x):
        B, T, C = x.shape
        some = []
        for t in range(T):
            if t % 2 == 0:
                some.append(x[:, t])
        half = torch.stack(some)  # shape: (?, B, C)
        some = []
        for t in range(T):
            if t % 2 == 1:
                continue
            some.append(x[:, t])
        odd = torch.stack(some)  # shape: (?, B, C)
        some = []
        for t in range(T):
            if t == 3:
                break
            some.append(x[:, t])
        first = torch.stack(some)  # shape: (?, B, C)
        some = []
        for t in range(T):
            for s in range(t + 1):
                some.append(x[:, s])
        triangle = torch.stack(some)  # shape: (?, B, C)
        some = [x[:, 0]]
        for t in range(T):
            some = some + some[:1]
        grown = torch.stack(some)  # shape: ?
        some = []
        for t in range(T):
            some.append(x[:, t])
            if len(some) > 2:
                some.pop(0)
        queue = torch.stack(some)  # shape: (?, B, C)
        some = [x[:, t] for t in range(T) if t > 1]
        later = torch.stack(some)  # shape: (?, B, C)
        some = []
        for t in range(T):
            if len(some) == 0:
                some.append(x[:, 0])
            some.append(x[:, t])
        opened = torch.stack(some)  # shape: (?, B, C)
        some = []
        for t in range(T):
            if t % 2:
                some.append(x[:, 0])
            else:
                some.append(x[:, t])
        either = torch.stack(some)  # shape: (T, B, C)
        some = []
        t = 0
        while t < T:
            some.append(x[:, t])
            t += 1
        counted = torch.stack(some)  # shape: (?, B, C)
        different = []
        for t in range(T):
            different.append(x[:, t:])
        lengths = torch.cat(different, dim=1)  # shape: (B, ?, C)
        turned = []
        for t in range(T):
            row = x[:, t] * 1
            turned.append(row)
            row.unsqueeze_(0)
        first = turned[0]  # shape: ?
        some = []
        other = some
        for t in range(T):
            some.append(x[:, t])
            other.append(x[:, t])
        shared = torch.stack(other)  # shape: (2*T, B, C)
        for row in some:
            some[0] = torch.zeros(1)
        mixed = some[1]
        return half
