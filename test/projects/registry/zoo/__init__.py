from . import blocks, heads  # They fill the tables.
from .build import build
