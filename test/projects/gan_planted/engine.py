import torch

from losses import discriminator_loss, generator_loss


def train_epoch(generator, discriminator, loader, opt_g, opt_d, latent):
    generator.train()
    discriminator.train()
    for real, _ in loader:
        z = torch.randn(real.size(0), latent)
        fake = generator(z)
        opt_d.zero_grad()
        d_loss = discriminator_loss(discriminator(real), discriminator(fake.detach()))
        d_loss.backward()
        opt_d.step()

        opt_g.zero_grad()
        g_loss = generator_loss(discriminator(fake.detach()))  # error: gan-generator-detached
        g_loss.backward()
        opt_g.step()
    return d_loss.item(), g_loss.item()
