from .convolutional import Plain
from .residual import Residual
