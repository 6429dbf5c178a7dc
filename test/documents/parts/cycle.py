from . import sizes


def doubled(n):
    return sizes.halved(4 * n)
