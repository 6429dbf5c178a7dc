from .blocks import *
from . import sizes
from .norms import choose as choose_norm

everything = blocks.Block
