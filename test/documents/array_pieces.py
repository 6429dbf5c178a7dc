"""NumPy on the way to tensors: rows drawn and cut, edges padded, statistics, and what does not fit together."""
import numpy as np
import torch

rows = np.random.RandomState(1).randn(120, 6)
kinds = np.random.randint(0, 4, 120)
marks = np.eye(4)[kinds]
table = np.concatenate([rows, marks], axis=1).astype("float32")
whole = torch.from_numpy(table)  # shape: (120, 10)

order = np.random.permutation(120)
train, test = table[order[:100]], table[order[100:]]
drawn = torch.from_numpy(train)  # shape: (100, 10)
centred = torch.tensor((test - train.mean(axis=0)) / (train.std(axis=0) + 1e-8))  # shape: (20, 10)
first, second, third = np.split(order, [60, 90])
places = torch.from_numpy(second)  # shape: (30,)
picked = whole[first]  # shape: (60, 10)
folds = np.array_split(np.arange(50), 4)
fold = torch.from_numpy(folds[0])  # shape: (13,)
others = torch.from_numpy(np.concatenate([folds[i] for i in range(4) if i != 1]))  # shape: (37,)
left, right = np.hsplit(marks, 2)
half = torch.from_numpy(left)  # shape: (120, 2)
chosen = torch.from_numpy(np.random.choice(10, 3, replace=False))  # shape: (3,)
several = torch.from_numpy(np.random.choice(rows[:, 0], size=(2, 3)))  # shape: (2, 3)
shuffled = np.arange(9)
np.random.shuffle(shuffled)
again = torch.from_numpy(shuffled)  # shape: (9,)

framed = torch.from_numpy(np.pad(marks, ((1, 1), (0, 2))))  # shape: (122, 6)
evenly = torch.from_numpy(np.pad(marks, 1, mode="constant"))  # shape: (122, 6)
shorter = torch.from_numpy(np.delete(marks, 0, axis=0))  # shape: (119, 4)
longer = torch.from_numpy(np.insert(marks, 0, 1, axis=1))  # shape: (120, 5)
counts, borders = np.histogram(rows, bins=8)
heights = torch.from_numpy(counts)  # shape: (8,)
edges = torch.from_numpy(borders)  # shape: (9,)
quarters = torch.from_numpy(np.percentile(rows, [25, 50, 75], axis=0))  # shape: (3, 6)
middle = torch.from_numpy(np.median(rows, axis=0))  # shape: (6,)
bins = torch.from_numpy(np.digitize(rows[:, 0], [0, 1]))  # shape: (120,)
values, repeated = np.unique(kinds, return_counts=True)
found = torch.from_numpy(values)  # shape: (?,)
ones = torch.LongTensor(np.where(marks)[1])  # shape: (?,)
turned = torch.from_numpy(np.linalg.inv(np.eye(3)))  # shape: (3, 3)
lengths = torch.from_numpy(np.linalg.norm(rows, axis=1))  # shape: (120,)
left_vectors = torch.from_numpy(np.linalg.svd(rows, full_matrices=False)[0])  # shape: (120, 6)
related = torch.from_numpy(np.corrcoef(rows.T))  # shape: (6, 6)
listed = torch.tensor(marks.tolist())  # shape: (120, 4)
widths = np.fromstring("13-64-2", dtype=int, sep="-")
layer = torch.zeros(widths[0], widths[-1])  # shape: (13, 2)

# A number of NumPy's makes a tensor of float64, beside one of Python's too.
exact = torch.tensor([np.sin(1.0), 2.0]) @ torch.zeros(2, dtype=torch.float64)  # shape: ()


def windows(series, length):
    inputs, outputs = [], []
    for start in range(len(series) - length):
        inputs.append(series[start : start + length])
        outputs.append(series[start + length])
    return np.array(inputs), np.array(outputs)


inputs, outputs = windows(np.sin(np.arange(400)), 20)
x = torch.from_numpy(inputs)  # shape: (380, 20)
y = torch.from_numpy(outputs)  # shape: (380,)

# Without an axis products and sums up to each place come in one row.
rates = np.linspace(1e-4, 0.02, 20)
products = np.cumprod(1 - rates)
x = torch.tensor(products, dtype=torch.float32)  # shape: (20,)
x = torch.tensor(np.append(1.0, products[:-1]))  # shape: (20,)
x = torch.from_numpy(np.cumsum(np.ones((3, 4))))  # shape: (12,)
x = torch.from_numpy(np.cumprod(np.ones((3, 4)), axis=1))  # shape: (3, 4)
area = torch.trapz(torch.rand(5, 20), torch.linspace(0, 1, 20), dim=-1)  # shape: (5,)
