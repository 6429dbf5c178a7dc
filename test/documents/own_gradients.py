"""Functions with a gradient of their own, bare modules, and `forward` called by its name."""
import torch
from torch import nn


class Product(torch.autograd.Function):
    @staticmethod
    def forward(ctx, x, weight):
        ctx.save_for_backward(x, weight)
        return x @ weight

    @staticmethod
    def backward(ctx, gradient):
        x, weight = ctx.saved_tensors
        return gradient @ weight.t(), x.t() @ gradient


class Rerun(torch.autograd.Function):
    @staticmethod
    def forward(ctx, run, count, *rest):
        ctx.run = run
        ctx.inputs = list(rest[:count])
        with torch.no_grad():
            return ctx.run(*ctx.inputs)


a = Product.apply(torch.zeros(2, 3), torch.zeros(3, 4))  # shape: (2, 4)
product = Product.apply
a = product(torch.zeros(5, 3), torch.zeros(3, 4))  # shape: (5, 4)
a = Rerun.apply(lambda x: x.sum(1), 1, torch.zeros(2, 3), torch.zeros(7))  # shape: (2,)


class Stages(nn.Module):
    def __init__(self, width=4):
        super().__init__()
        self.stages = nn.ModuleList()
        for i in range(2):
            stage = nn.Module()
            stage.layer = nn.Linear(width, width * 2)
            if i == 0:
                stage.norm = nn.LayerNorm(width * 2)
            self.stages.append(stage)
            width *= 2

    def forward(self, x):
        for stage in self.stages:
            x = stage.layer(x)
            x = stage.norm(x) if hasattr(stage, "norm") else x
        return x  # shape: (3, 16)


a = Stages()(torch.zeros(3, 4))  # shape: (3, 16)
a = sum(p.numel() for p in Stages().parameters())


class Inner(nn.Module):
    def __init__(self):
        super().__init__()
        self.layer = nn.Linear(4, 6)

    def forward(self, x):
        y = self.layer(x)  # shape: (2, 6)
        return y  # shape: (2, 6)


class Outer(nn.Module):
    def __init__(self):
        super().__init__()
        self.inner = Inner()

    def forward(self, x):
        return self.inner.forward(x)  # shape: (2, 6)


a = Outer()(torch.zeros(2, 4))  # shape: (2, 6)
