from torch import nn


def block(inputs, outputs):
    return nn.Sequential(
        nn.Conv2d(inputs, outputs, 3, padding=1, bias=False),
        nn.BatchNorm2d(outputs),
        nn.ReLU(),
        nn.MaxPool2d(2),
    )


class SmallCNN(nn.Module):
    def __init__(self, widths=(16, 32)):
        super().__init__()
        sizes = [1, *widths]
        self.blocks = nn.ModuleList([block(a, b) for a, b in zip(sizes, widths)])
        self.head = nn.Linear(widths[-1] * 7 * 7, 10)

    def forward(self, x):
        for layer in self.blocks:
            x = layer(x)
        return self.head(x.flatten(1))
