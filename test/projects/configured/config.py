from dataclasses import dataclass


@dataclass
class Config:
    batch_size: int = 64
    lr: float = 3e-4
    epochs: int = 5
    weight_decay: float = 0.01
    hidden: int = 256
