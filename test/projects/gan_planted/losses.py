import torch
from torch.nn import functional as F


def discriminator_loss(real_logits, fake_logits):
    real = F.binary_cross_entropy(real_logits, torch.ones_like(real_logits))  # error: logits-to-bce-loss
    fake = F.binary_cross_entropy_with_logits(fake_logits, torch.zeros_like(fake_logits))
    return (real + fake) / 2


def generator_loss(fake_logits):
    return F.binary_cross_entropy_with_logits(fake_logits, torch.ones_like(fake_logits))
