from .cycle import doubled

WIDTH = 16


def halved(n):
    return n // 2
