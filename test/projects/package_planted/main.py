from vision import ConvNet, fit

if __name__ == "__main__":
    fit(ConvNet())
