"""A small reading of einops in PyTorch's own reshape, permute and einsum, for machines that do not have the library."""

import re
from math import prod

import torch


def sides(pattern):
    left, right = pattern.split("->")
    return groups(left, "left"), groups(right, "right")


def groups(side, place):
    parts = []
    for inner, name in re.findall(r"\(([^)]*)\)|(\.\.\.|\w+)", side):
        parts.append([name] if name else inner.split())
    if re.sub(r"\([^()]*\)|\.\.\.|[\w\s]", "", side):
        raise ValueError(f"cannot read {side!r}")
    parts = [[name for name in part if name != "1"] for part in parts]
    # A larger number is an axis of its own.
    parts = [
        [f"_{place}_{at}_{i}_{name}" if name.isdigit() else name for i, name in enumerate(part)]
        for at, part in enumerate(parts)
    ]
    names = [name for part in parts for name in part]
    if len(set(names)) < len(names):
        raise ValueError(f"names twice in {side!r}")
    return parts


def named_dots(parts, count):
    """The ellipsis as so many names of its own."""
    dots = [f"_{i}" for i in range(count)]
    return [
        group
        for part in parts
        for group in ([[dot] for dot in dots] if part == ["..."] else [[n for name in part for n in (dots if name == "..." else [name])]])
    ]


def transform(tensor, pattern, sizes, kind, reduction=None):
    if isinstance(tensor, (list, tuple)):
        tensor = torch.stack(list(tensor))
    left, right = sides(pattern)
    if any("..." in part and len(part) > 1 for part in left):
        raise ValueError("an ellipsis in parentheses on the left")
    before, after = ([name for part in side for name in part] for side in (left, right))
    numbers = [name for name in before + after if re.fullmatch(r"_(left|right)_\d+_\d+_\d+", name)]
    sizes = {**sizes, **{name: int(name.split("_")[-1]) for name in numbers}}
    if kind != "reduce" and set(before) - set(after) or kind != "repeat" and set(after) - set(before):
        raise ValueError("names on one side only")
    if set(sizes) - set(before) - set(after) or (set(after) - set(before) - set(sizes)):
        raise ValueError("a size without a name, or a name without a size")
    dots = tensor.dim() - len(left) + 1 if ["..."] in left else 0
    if dots < 0:
        raise ValueError("too few dimensions")
    left, right = named_dots(left, dots), named_dots(right, dots)
    if tensor.dim() != len(left):
        raise ValueError(f"expected {len(left)} dimensions, got {tensor.dim()}")
    known = dict(sizes)
    for size, part in zip(tensor.shape, left):
        open_names = [name for name in part if name not in known]
        if len(open_names) > 1:
            raise ValueError("two sizes that nobody says")
        whole = prod(known[name] for name in part if name in known)
        if open_names:
            if size % whole:
                raise ValueError(f"{size} does not divide by {whole}")
            known[open_names[0]] = size // whole
        elif whole != size:
            raise ValueError(f"{size} is not {whole}")
    flat = [name for part in left for name in part]
    wanted = [name for part in right for name in part]
    tensor = tensor.reshape([known[name] for name in flat])
    for name in [name for name in flat if name not in wanted]:
        tensor = reduced(tensor, reduction, flat.index(name))
        flat.remove(name)
    for name in [name for name in wanted if name not in flat]:
        tensor = tensor.unsqueeze(0).expand(known[name], *tensor.shape)
        flat.insert(0, name)
    tensor = tensor.permute([flat.index(name) for name in wanted])
    return tensor.reshape([prod(known[name] for name in part) for part in right])


def reduced(tensor, reduction, dim):
    if reduction in ("max", "min"):
        return getattr(tensor, "a" + reduction)(dim)
    if reduction in ("sum", "mean", "prod", "any", "all"):
        return getattr(tensor, reduction)(dim)
    raise ValueError(f"no reduction {reduction!r}")


def rearrange(tensor, pattern, **axes_lengths):
    return transform(tensor, pattern, axes_lengths, "rearrange")


def repeat(tensor, pattern, **axes_lengths):
    return transform(tensor, pattern, axes_lengths, "repeat")


def reduce(tensor, pattern, reduction, **axes_lengths):
    return transform(tensor, pattern, axes_lengths, "reduce", reduction)


def einsum(*tensors_and_pattern):
    *tensors, pattern = tensors_and_pattern
    names = sorted(set(re.findall(r"[A-Za-z_]\w*", pattern)))
    letters = {name: chr(ord("a") + i) for i, name in enumerate(names)}
    short = re.sub(r"[A-Za-z_]\w*", lambda match: letters[match[0]], pattern)
    return torch.einsum(short.replace(" ", ""), *tensors)


def star(pattern):
    names = pattern.split()
    place = names.index("*")
    return place, len(names) - place - 1


def pack(tensors, pattern):
    front, back = star(pattern)
    shapes = [tensor.shape for tensor in tensors]
    if any(len(shape) < front + back for shape in shapes):
        raise ValueError("too few dimensions")
    middles = [shape[front : len(shape) - back] for shape in shapes]
    flat = [
        tensor.reshape(*shape[:front], prod(middle), *shape[len(shape) - back :])
        for tensor, shape, middle in zip(tensors, shapes, middles)
    ]
    return torch.cat(flat, dim=front), middles


def unpack(tensor, packed_shapes, pattern):
    front, back = star(pattern)
    if tensor.dim() != front + 1 + back:
        raise ValueError("wrong number of dimensions")
    sizes = [-1 if -1 in shape else prod(shape) for shape in packed_shapes]
    if sizes.count(-1) == 1:
        sizes[sizes.index(-1)] = tensor.shape[front] - sum(size for size in sizes if size >= 0)
    parts = torch.split(tensor, sizes, dim=front)
    return [
        part.reshape(*tensor.shape[:front], *shape, *tensor.shape[front + 1 :])
        for part, shape in zip(parts, packed_shapes)
    ]
