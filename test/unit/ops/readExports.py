"""Prints what PyTorch exports, as JSON: the public functions, layers and methods by namespace."""

import inspect
import json
import types

import torch
import torch.nn.functional as F
from torch import nn

functions = (types.FunctionType, types.BuiltinFunctionType, types.MethodDescriptorType)


def public(owner, wanted):
    names = getattr(owner, "__all__", None) or dir(owner)
    return sorted({name for name in names if not name.startswith("_") and wanted(getattr(owner, name, None))})


def is_function(value):
    # boolean_dispatch makes plain functions; torch.jit wraps none of these.
    return isinstance(value, functions)


def is_layer(value):
    return inspect.isclass(value) and issubclass(value, nn.Module)


print(
    json.dumps(
        {
            "torch": public(torch, is_function),
            "torch.nn": public(nn, is_layer),
            "torch.nn.functional": [name for name in public(F, is_function) if name.islower()],
            "torch.linalg": public(torch.linalg, is_function),
            "torch.fft": public(torch.fft, is_function),
            "torch.special": public(torch.special, is_function),
            "Tensor": public(torch.Tensor, is_function),
        },
        indent=2,
    )
)
