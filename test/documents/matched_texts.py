"""Regular expressions in the names of layers, arrays made of lists, and slices of lists that are replaced."""
import re

import numpy as np
import torch


def decoded(text):
    found = {}
    for part in text.split("_"):
        pieces = re.split(r"(\d.*)", part)
        if len(pieces) >= 2:
            key, value = pieces[:2]
            found[key] = value
    return found


options = decoded("ir_r2_k3_c24_se0.25")
a = torch.zeros(int(options["c"]), int(options["k"]))  # shape: (24, 3)
match = re.match(r"(\w+?)(\d+)x(?P<width>\d+)$", "patch16x32")
a = torch.zeros(int(match.group(2)), int(match["width"]), int(match.groups()[2]))  # shape: (16, 32, 32)
a = torch.zeros(int(re.sub(r"[a-z]+", "", "layer12")), len(re.findall(r"\d", "a1b2c3")))  # shape: (12, 3)
kind = re.compile(r"^b(\d)$")
a = torch.zeros(int(kind.match("b7").group(1)), 1 if kind.match("c7") else 2)  # shape: (7, 2)
a = torch.zeros(*[int(size) for size in re.findall(r"(\d+)", "3-4-5")])  # shape: (3, 4, 5)
a = torch.zeros(2 if re.search("Norm", "LayerNorm") else 3)  # shape: (2,)
a = torch.zeros(2 if re.fullmatch("Norm", "LayerNorm") else 3)  # shape: (3,)

a = torch.from_numpy(np.array([1, 0, 0, 0, 1, 0]).astype(np.float32)).view(2, 3)  # shape: (2, 3)
a = torch.FloatTensor(np.array([[1, 2], [3, 4], [5, 6]]))  # shape: (3, 2)
a = torch.from_numpy(np.eye(3)).float()  # shape: (3, 3)
a = torch.tensor(np.zeros((3, 4)), dtype=torch.float32)  # shape: (3, 4)
a = torch.from_numpy(np.arange(2, 14).reshape(3, -1)).float()  # shape: (3, 4)
a = torch.from_numpy(np.arange(0, 5, 2))  # shape: (3,)
for size in np.array([3, 3]):
    a = torch.zeros(int(size))  # shape: (3,)
sizes = np.array([3, 4])
sizes[0] = 5
for size in sizes:
    a = torch.zeros(int(size))  # shape: (?,)

shape = list(torch.zeros(2, 5, 7).shape)
shape[1:] = [1] * (len(shape) - 1)
a = torch.zeros(2).view(shape)  # shape: (2, 1, 1)
shape[:1] = [3, 4]
a = torch.zeros(12).view(shape)  # shape: (3, 4, 1, 1)
anchors = np.array([float(x) for x in "1,2, 3,4, 5,6".split(",")]).reshape((-1, 2))
a = torch.zeros(len(anchors), len(anchors[[0, 2]]))  # shape: (3, 2)
a = torch.Tensor(anchors[1:])  # shape: (2, 2)
a = torch.zeros(int(np.sum([2, 3])), np.max([4, 1]), np.min((4, 1)))  # shape: (5, 4, 1)
