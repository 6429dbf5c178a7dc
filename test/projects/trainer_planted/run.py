from data import get_loaders
from engine import Trainer
from models import SmallCNN

if __name__ == "__main__":
    train_loader, test_loader = get_loaders(batch_size=64)
    trainer = Trainer(SmallCNN(), train_loader, test_loader, lr=0.05)
    trainer.fit()
