"""What a module gives of its parts: its state, its own parameters, children that stand there twice, and element types."""
import torch
from torch import nn


class Block(nn.Module):
    def __init__(self):
        super().__init__()
        self.inner = nn.Linear(3, 4)
        self.stem = nn.Sequential(nn.Conv2d(1, 2, 3), nn.BatchNorm2d(2))
        self.register_buffer("table", torch.zeros(5))
        self.register_buffer("scratch", torch.zeros(5), persistent=False)
        self.scale = nn.Parameter(torch.zeros(6, 7))


block = Block()
state = block.state_dict()
x = torch.zeros(len(state), len(list(block.parameters())), len(list(block.parameters(recurse=False))))  # shape: (11, 7, 1)
x = state["stem.0.weight"]  # shape: (2, 1, 3, 3)
moved = {key.replace("stem.", "conv."): value for key, value in state.items() if key.startswith("stem.")}
x = moved["conv.1.running_mean"]  # shape: (2,)
taken = state.pop("inner.weight")
x = torch.zeros(taken.shape)  # shape: (4, 3)
x = torch.zeros(len(state), len(list(block.named_buffers("own"))[0][0]))  # shape: (10, 9)

twice = nn.ModuleList([nn.Linear(1, 2)] * 3)
x = torch.zeros(len(twice), len(list(twice.children())))  # shape: (3, 1)

parts = nn.ParameterDict({"a": nn.Parameter(torch.zeros(3)), "b": nn.Parameter(torch.zeros(4))})
parts["c"] = nn.Parameter(torch.zeros(5))
parts.pop("a")
parts.update({"d": nn.Parameter(torch.zeros(2))})
parts.setdefault("e", nn.Parameter(torch.zeros(6)))
x = torch.zeros(len(parts), sum(part.numel() for part in parts.values()))  # shape: (4, 17)

half = nn.Linear(3, 4).half()
x = torch.zeros(2 if half.weight.dtype == torch.float16 else 3)  # shape: (2,)
wide = nn.Linear(3, 4, dtype=torch.float64)
x = torch.zeros(2 if wide.weight.dtype == torch.float64 else 3, 2 if hasattr(wide, "takes_context") else 3)  # shape: (2, 3)
x = torch.zeros(2 if hasattr(x, "logits") else 3, 2 if hasattr((1, 2), "items") else 3, 2 if hasattr(x, "view") else 3)  # shape: (3, 3, 2)
x = torch.zeros(2 if "silu" in dir(torch.nn.functional) else 3, 2 if isinstance(Block, str) else 3)  # shape: (2, 3)
x = torch.zeros(2 if isinstance(3, int | str) else 3, nn.LayerNorm(8).normalized_shape[0])  # shape: (2, 8)


class Kept(nn.Module):
    found = {}

    def __init_subclass__(cls, tag=None, **others):
        super().__init_subclass__(**others)
        Kept.found[tag] = cls

    def __init__(self, **settings):
        super().__init__()
        self.__dict__.update(settings)
        self.__dict__["hidden"] = 5
        self.layer = nn.Linear(self.width, self.hidden)
        self.grids = {}

    def grid(self, x):
        key = (x.shape[-1], x.device)
        if key not in self.grids:
            self.grids[key] = torch.arange(x.shape[-1]).float()
        return self.grids[key]


class Scaled(Kept, tag="scaled"):
    def forward(self, x):
        y = vars(self)["_modules"]["layer"](x) * self.scale  # shape: (2, 5)
        return y + self.grid(y)


kept = Kept.found["scaled"](width=3, scale=2)
x = kept(torch.zeros(2, 3))  # shape: (2, 5)
x = torch.zeros(kept.hidden, len(list(kept.parameters())))  # shape: (5, 2)

# An embedding of a table that is there already keeps its numbers, unless it is told to learn.
kept = nn.Embedding.from_pretrained(torch.rand(9, 5))
learning = nn.Embedding.from_pretrained(torch.rand(9, 5).double(), freeze=False, padding_idx=0)
rows = kept(torch.tensor([[1, 2]]))  # shape: (1, 2, 5)
rows = learning(torch.tensor([1, 2]))  # shape: (2, 5)
trained = [sum(w.numel() for w in layer.parameters() if w.requires_grad) for layer in (kept, learning)]
counts = torch.zeros(trained)  # shape: (0, 45)
summed = nn.EmbeddingBag.from_pretrained(torch.rand(9, 5), mode="sum")
rows = summed(torch.tensor([[1, 2, 3]]))  # shape: (1, 5)
