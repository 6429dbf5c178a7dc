"""A number that the importing file writes anew."""

WIDTH = 4


def area():
    return WIDTH * WIDTH
