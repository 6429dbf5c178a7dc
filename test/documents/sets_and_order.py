"""Sets, whose order nobody tells, and what is taken out of lists, dicts and queues."""
from collections import OrderedDict, deque

import random
import torch

known = {"width", "depth", "heads"}
given = {"width": 6, "seed": 3}
options = {}
for name in known - {"heads"}:
    if name in given:
        options[name] = given.pop(name)
x = torch.zeros(options["width"], len(given), len(known))  # shape: (6, 1, 3)

moved = {10, 2}
moved.remove(10)
moved.add(3)
x = torch.zeros(*moved)  # shape: ?

stages = {3, 1, 2}
x = torch.zeros([8 * stage for stage in stages])  # shape: (8, 16, 24)
x = torch.zeros(*{5, 2}, *(set(range(4)) - {1, 2}))  # shape: (2, 5, 0, 3)
x = torch.zeros([width for width in {64, 8, 16}])  # shape: ?
x = torch.zeros(sorted(8 * stage for stage in stages))  # shape: (8, 16, 24)
last, total, widths = 0, 0, []
for stage in stages:
    last = stage
    total += stage
    widths.append(8)
x = torch.zeros(last, total, len(widths))  # shape: (3, 6, 3)
for stage in {64, 8, 16}:
    last = stage
x = torch.zeros(last, 1)  # shape: (?, 1)
words = [word for word in known]
x = torch.zeros(len(words), len(sorted(words)[0]))  # shape: (3, ?)

kept = {1, 2, 3}
kept.discard(9)
kept.update([4, 5])
kept.remove(1)
late = frozenset([4, 5, 6])
x = torch.zeros(len(kept), len(kept & late), len(kept | late), len(kept ^ late))  # shape: (4, 2, 5, 3)
x = torch.zeros(2 if {4} <= late else 3, 2 if kept.isdisjoint({7}) else 3, 2 if {1, 2} == {2, 1} else 3)  # shape: (2, 2, 2)
x = torch.zeros(min(kept), max(late), len(kept.union([9], [10])))  # shape: (2, 6, 6)

plan = OrderedDict(first=4, second=5, third=6)
plan.move_to_end("first")
_, last = plan.popitem()
_, front = plan.popitem(last=False)
x = torch.zeros(last, front, len(plan))  # shape: (4, 5, 1)

queue = deque([3])
seen = []
while queue:
    size = queue.popleft()
    seen.append(size)
    if size < 6:
        queue.extend([size + 1])
x = torch.zeros(len(seen), seen[-1])  # shape: (4, 6)
line = deque([1, 2, 3, 4])
line.rotate(1)
line.extendleft([7, 8])
x = torch.zeros(line[0], line[1], line[2])  # shape: (8, 7, 4)

rows = list(range(6))
del rows[1:3]
x = torch.zeros(len(rows), rows[1])  # shape: (4, 3)

# A list that its rounds change is met as it stands then, an iterator where it has been left.
pending = [2]
for size in pending:
    if size < 5:
        pending.append(size + 1)
x = torch.zeros(pending)  # shape: (2, 3, 4, 5)
sizes = iter([1, 2, 3, 4])
for size in sizes:
    if size == 2:
        break
x = torch.zeros(list(sizes))  # shape: (3, 4)
numbers = [1, 2, 3, 4]
x = torch.zeros([a + b for a, b in zip(*[iter(numbers)] * 2)])  # shape: (3, 7)
best = max([(2, 5), (3, 1), (2, 9)])
x = torch.zeros(*best, 2 if [1, 2] < [1, 3] else 4)  # shape: (3, 1, 2)

# Whatever the order of a set of texts, or of a shuffled list, sorted it is known again.
characters = sorted(list(set("hello world")))
index = {character: i + 1 for i, character in enumerate(characters)}
index["."] = 0
y = torch.zeros(len(characters), len(index), len({i: c for c, i in index.items()}))  # shape: (8, 9, 9)
letters = list(set("hello"))
letters.sort()
y = torch.zeros(len(letters), len({c: i for i, c in enumerate(letters)}))  # shape: (4, 4)
words = ["emma", "olivia", "ava", "isabella"]
random.shuffle(words)
y = torch.zeros(len(words[:3]), len(words[1:]), len(sorted(words)[0]))  # shape: (3, 3, 3)
kept = int(0.8 * len(words))
y = torch.zeros(len(words[:kept]), len(words[kept:]), len(list(set(words))[:2]))  # shape: (3, 1, 2)
words.append("mia")
y = torch.zeros(len(words), len(sorted(words)[0]))  # shape: (5, ?)
