from losses import vae_loss


def train_epoch(model, loader, optimizer):
    model.train()
    total = 0.0
    for x, _ in loader:
        logits, mean, log_var = model(x)
        loss = vae_loss(logits, x, mean, log_var)
        loss.backward()
        optimizer.step()  # error: missing-zero-grad
        total += loss.item()
    return total / len(loader.dataset)
