"""Tables of words that are counted out of texts, known or not: what they hold are numbers."""
import os
from collections import Counter, defaultdict
from pathlib import Path

import torch
from torch import nn

letters = Counter("abracadabra")
known = torch.zeros(letters["a"], len(letters), letters["z"] + 1, letters.most_common(1)[0][1])  # shape: (5, 5, 1, 5)
letters.update(["a", "z"])
letters.subtract("bb")
more = torch.zeros(letters["a"], letters["z"], letters["b"], sum(letters.values()))  # shape: (6, 1, 0, 11)
often = torch.zeros(len(list(Counter(x=2, y=3).elements())), Counter({"x": 4}).total())  # shape: (5, 4)

text = Path(os.__file__).read_text()
counter = Counter()
for word in text.split():
    counter[word] += 1
words = ["<pad>", "<unknown>"] + [word for word, _ in counter.most_common(50)]
numbers = {word: i for i, word in enumerate(words)}


def encode(sentence, length):
    ids = [numbers.get(word, 1) for word in sentence.split()][:length]
    return ids + [0] * (length - len(ids))


batch = torch.tensor([encode(sentence, 6) for sentence in ["a table of words", "counted"]])  # shape: (2, 6)
embedded = nn.Embedding(len(words), 16)(batch)  # shape: (2, 6, 16)
line = torch.tensor([numbers.get(word, 0) for word in text.split()])  # shape: (?,)

seen = {}
for letter in text:
    seen.setdefault(letter, len(seen))
letters_of_text = torch.tensor([seen[letter] for letter in text])  # shape: (?,)
found = {}
for word in text.split():
    if word not in found:
        found[word] = len(found)
places = torch.tensor([found[word] for word in text.split()])  # shape: (?,)
rates = defaultdict(float)
for word in text.split():
    rates[word] += 0.5
shares = torch.tensor([rates[word] for word in text.split()])  # shape: (?,)
codes = torch.tensor([ord(letter) for letter in text])  # shape: (?,)
