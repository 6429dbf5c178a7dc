"""A queue of limited length that a program fills and draws its batches from, as programs do that learn by trying."""
import random
from collections import deque, namedtuple

import torch
from torch import nn
from torch.nn import functional as F

Step = namedtuple("Step", ["state", "action", "reward", "follows", "ended"])


class Memory:
    def __init__(self, capacity):
        self.steps = deque([], maxlen=capacity)

    def keep(self, *parts):
        self.steps.append(Step(*parts))

    def draw(self, count):
        return random.sample(self.steps, count)

    def __len__(self):
        return len(self.steps)


class Values(nn.Module):
    def __init__(self, seen, moves):
        super().__init__()
        self.hidden = nn.Linear(seen, 24)
        self.out = nn.Linear(24, moves)

    def forward(self, x):
        return self.out(F.relu(self.hidden(x)))


values = Values(4, 3)
memory = Memory(200)
state = torch.zeros(1, 4)
for move in range(60):
    if random.random() < 0.2:
        action = torch.tensor([[random.randrange(3)]])  # shape: (1, 1)
    else:
        action = values(state).max(1)[1].view(1, 1)  # shape: (1, 1)
    follows = torch.randn(1, 4)  # shape: (1, 4)
    memory.keep(state, action, torch.tensor([1.0]), follows, move % 10 == 9)
    state = follows  # shape: (1, 4)
    if len(memory) < 16:
        continue
    batch = Step(*zip(*memory.draw(16)))
    states = torch.cat(batch.state)  # shape: (16, 4)
    actions = torch.cat(batch.action)  # shape: (16, 1)
    rewards = torch.cat(batch.reward)  # shape: (16,)
    ended = torch.tensor(batch.ended, dtype=torch.float32)  # shape: (16,)
    taken = values(states).gather(1, actions)  # shape: (16, 1)
    with torch.no_grad():
        best = values(torch.cat(batch.follows)).max(1)[0]  # shape: (16,)
    target = rewards + 0.9 * best * (1 - ended)  # shape: (16,)
    loss = F.smooth_l1_loss(taken.squeeze(1), target)  # shape: ()
    loss.backward()

# A queue loses items at the end at which none are put in.
last = deque(range(5), maxlen=3)
last.append(7)
left = torch.zeros(len(last), last[0], last[2])  # shape: (3, 3, 7)
last.appendleft(9)
right = torch.zeros(len(last), last[0], last[-1])  # shape: (3, 9, 4)
last.extend([1, 2])
ends = torch.zeros(last[0], last[1])  # shape: (4, 1)
other = last.copy()
other.append(6)
copied = torch.zeros(len(other), len(last))  # shape: (3, 3)

# Whichever is drawn, it is like the others.
blocks = [torch.zeros(2, 5) for _ in range(8)]
one = random.choice(blocks)  # shape: (2, 5)
several = torch.stack(random.choices(blocks, k=6))  # shape: (6, 2, 5)
generator = random.Random(0)
generator.shuffle(blocks)
first = blocks[0]  # shape: (2, 5)
whole = torch.zeros(len(blocks), random.randint(3, 3))  # shape: (8, 3)
