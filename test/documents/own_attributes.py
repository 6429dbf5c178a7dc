"""Objects that say for themselves how attributes are read and written, and containers of their own rules."""

import inspect
import sys
from collections import OrderedDict, defaultdict

import torch
import torch.nn as nn

try:
    from xformers.ops import fast_norm
except ImportError:
    fast_norm = None


class Settings:
    """Names that stand for others, as configurations of language models have them."""

    attribute_map = {}

    def __setattr__(self, key, value):
        if key in super().__getattribute__("attribute_map"):
            key = super().__getattribute__("attribute_map")[key]
        super().__setattr__(key, value)

    def __getattribute__(self, key):
        if key != "attribute_map" and key in super().__getattribute__("attribute_map"):
            key = super().__getattribute__("attribute_map")[key]
        return super().__getattribute__(key)

    def __init__(self, **kwargs):
        for key, value in kwargs.items():
            setattr(self, key, value)


class ModelSettings(Settings):
    attribute_map = {"hidden_size": "d_model", "num_heads": "heads"}

    def __init__(self, d_model=32, heads=4, activation="gelu", **kwargs):
        self.d_model = d_model
        self.heads = heads
        self.activation = activation
        super().__init__(**kwargs)


settings = ModelSettings(hidden_size=16)
x = torch.zeros(settings.d_model, settings.hidden_size, settings.num_heads)  # shape: (16, 16, 4)
x = torch.zeros(getattr(settings, "depth", 3), getattr(settings, "num_heads", 9))  # shape: (3, 4)


class Made(OrderedDict):
    """Asked for a name it makes an object."""

    def __getitem__(self, key):
        content = super().__getitem__(key)
        kind, kwargs = content if isinstance(content, tuple) else (content, {})
        return kind(**kwargs)


activations = Made({"gelu": nn.GELU, "leaky": (nn.LeakyReLU, {"negative_slope": 0.2})})
x = activations["gelu"](torch.zeros(2, 3))  # shape: (2, 3)
x = activations["leaky"](torch.zeros(3, 2))  # shape: (3, 2)


class Record(dict):
    def __getattr__(self, name):
        try:
            return self[name]
        except KeyError:
            raise AttributeError(name)


record = Record(width=5)
x = torch.zeros(record.width, getattr(record, "height", 2))  # shape: (5, 2)
groups = defaultdict(list)
groups["a"].append(4)
x = torch.zeros(len(groups["a"]), len(groups["b"]), len(groups))  # shape: (1, 0, 2)
heads = {1, 2}
x = torch.zeros(len(heads.union([2, 3])), len(heads - {1}), len({1, 2, 3}.difference(heads)))  # shape: (3, 1, 1)
x = torch.tensor([torch.tensor(1.0), torch.tensor(2.0)])  # shape: (2,)


class Frozen(nn.Module):
    """Its own `train` keeps a layer frozen whatever the mode."""

    def __init__(self):
        super().__init__()
        self.first = nn.Linear(3, 4)
        self.second = nn.Linear(4, 2)

    def train(self, mode=True):
        super().train(mode)
        for parameter in self.first.parameters():
            parameter.requires_grad = False
        return self


frozen = nn.Sequential(Frozen())
x = torch.zeros(len([p for p in frozen.parameters() if p.requires_grad]))  # shape: (4,)
frozen.eval()
x = torch.zeros(len([p for p in frozen.parameters() if p.requires_grad]))  # shape: (2,)


class Plain(nn.Module):
    def forward(self, x):
        return x if fast_norm is None else fast_norm(x)


x = Plain()(torch.zeros(4, 4))  # shape: (4, 4)
names = [name for name, kind in inspect.getmembers(sys.modules[__name__], inspect.isclass) if issubclass(kind, nn.Module)]
x = torch.zeros(len(names), len(names[0]))  # shape: (2, 6)


def doubled(self, x):
    return torch.cat([x, x])


plain = Plain()
plain.forward = doubled.__get__(plain)
x = plain(torch.zeros(4, 4))  # shape: (8, 4)


# Private names belong to the class in whose text they stand.
class Encoder(nn.Module):
    __width = 4

    def __init__(self):
        super().__init__()
        self.__layer = nn.Linear(3, self.__width)

    def __encoded(self, x):
        return self.__layer(x)

    def forward(self, x):
        return self.__encoded(x)


class Classifier(Encoder):
    def __init__(self):
        super().__init__()
        self.__layer = nn.Linear(4, 9)

    def forward(self, x):
        inner = super().forward(x)  # shape: (2, 4)
        return self.__layer(inner)


x = Classifier()(torch.zeros(2, 3))  # shape: (2, 9)
x = Classifier()._Encoder__layer.weight  # shape: (4, 3)
x = torch.zeros(getattr(Encoder, "_Encoder__width"))  # shape: (4,)
