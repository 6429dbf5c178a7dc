"""Options read from the command line, as a run without arguments has them, and objects that only hold names."""
import argparse
from types import SimpleNamespace

import torch
from torch import nn

parser = argparse.ArgumentParser(description="options")
parser.add_argument("--latent_dim", type=int, default=100, help="size of the noise")
parser.add_argument("--img-size", "-s", type=int, default=8)
parser.add_argument("--channels", type=int, default="3")
parser.add_argument("-k", dest="kernel", default=5, type=int)
parser.add_argument("--no-bias", action="store_true")
parser.add_argument("--norm", action="store_false")
parser.add_argument("--widths", nargs="+", type=int, default=[4, 6])
parser.add_argument("--rate", type=float, default=0.5)
parser.add_argument("--name")
group = parser.add_argument_group("more")
group.add_argument("--depth", type=int, default=2)
parser.set_defaults(heads=4)
opt = parser.parse_args([])
img_shape = (opt.channels, opt.img_size, opt.img_size)


class Generator(nn.Module):
    def __init__(self):
        super().__init__()
        self.init_size = opt.img_size // 4
        self.l1 = nn.Sequential(nn.Linear(opt.latent_dim, 16 * self.init_size**2))
        self.conv = nn.Conv2d(16, opt.channels, opt.kernel, padding=opt.kernel // 2, bias=not opt.no_bias)

    def forward(self, z):
        out = self.l1(z)
        out = out.view(out.shape[0], 16, self.init_size, self.init_size)
        return self.conv(out)  # shape: (7, 3, 2, 2)


fake = Generator()(torch.randn(7, opt.latent_dim))  # shape: (7, 3, 2, 2)
a = torch.zeros(*opt.widths)  # shape: (4, 6)
a = torch.zeros(opt.depth, opt.heads)  # shape: (2, 4)
a = torch.zeros(3 if opt.name is None else 4)  # shape: (3,)
a = torch.zeros(3 if opt.norm else 4)  # shape: (3,)
a = torch.zeros(*img_shape)  # shape: (3, 8, 8)
a = torch.zeros(getattr(opt, "missing", 9))  # shape: (9,)
a = torch.zeros(4 if hasattr(opt, "missing") else 2)  # shape: (2,)
opt.depth = 7
a = torch.zeros(opt.depth)  # shape: (7,)
a = torch.zeros(vars(opt)["heads"])  # shape: (4,)

known, rest = parser.parse_known_args([])
b = torch.zeros(known.latent_dim)  # shape: (100,)

config = SimpleNamespace(width=5, deep=SimpleNamespace(size=3))
c = torch.zeros(config.width, config.deep.size)  # shape: (5, 3)
config.width += 1
c = torch.zeros(config.width)  # shape: (6,)
copied = argparse.Namespace(**{"width": 2, "height": 4})
c = torch.zeros(copied.width, copied.height)  # shape: (2, 4)


def build(**kwargs):
    return argparse.Namespace(**kwargs)


c = torch.zeros(build(size=2).size)  # shape: (2,)

given = parser.parse_args(["--depth", "3"])
d = torch.zeros(given.depth)  # shape: (3,)

words = argparse.ArgumentParser()
words.add_argument("--dim", type=int, default=16)
words.add_argument("--sizes", type=int, nargs="+", default=[3, 4])
words.add_argument("--pair", nargs=2, type=int)
words.add_argument("-v", action="count", default=0)
words.add_argument("--more", action="append", type=int)
words.add_argument("--kind", action="store_const", const=9, default=5)
words.add_argument("--ema", action=argparse.BooleanOptionalAction, default=True)
words.add_argument("--rest", nargs="?", const=5, default=6, type=int)
words.add_argument("data")
given = words.parse_args(["--dim", "32", "--sizes", "1", "2", "3", "--pair", "4", "5", "-v", "-v", "--more=1", "--more", "2", "ab"])
a = torch.zeros(given.dim, len(given.sizes), given.pair[1], given.v, len(given.more))  # shape: (32, 3, 5, 2, 2)
a = torch.zeros(given.kind, given.rest, len(given.data), 2 if given.ema else 3)  # shape: (5, 6, 2, 2)
given = words.parse_args(["ab", "--no-ema", "--rest"])
a = torch.zeros(given.dim, given.rest, 2 if given.ema else 3)  # shape: (16, 5, 3)


def read_in_two_steps(words):
    """The first options say which others there are."""
    parser = argparse.ArgumentParser(allow_abbrev=False)
    parser.add_argument("--arch", "-a", required=True, choices=["small", "large"])
    args, rest = parser.parse_known_args(words)
    group = parser.add_argument_group("model", argument_default=argparse.SUPPRESS)
    group.add_argument("--width", type=int)
    group.add_argument("--depth", type=int)
    args = parser.parse_args(words)
    args.width = getattr(args, "width", 6 if args.arch == "small" else 8)
    args.depth = getattr(args, "depth", 2)
    return torch.zeros(args.width, args.depth, len(rest))


y = read_in_two_steps(["--arch", "small"])  # shape: (6, 2, 0)
y = read_in_two_steps(["-a", "large", "--depth", "3"])  # shape: (8, 3, 2)
