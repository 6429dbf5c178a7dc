import torch
import torch.nn.functional as F


def vae_loss(logits, x, mean, log_var):
    reconstruction = F.binary_cross_entropy_with_logits(logits, x.flatten(1), reduction="sum")
    kl = 0.5 * torch.sum(1 + log_var - mean.pow(2) - log_var.exp())  # error: vae-kl-sign
    return reconstruction + kl
