from .engine import fit
from .nets import ConvNet
