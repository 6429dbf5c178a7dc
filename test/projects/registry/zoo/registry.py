"""Tables of classes by name, which the files that define them fill."""


class Registry:
    def __init__(self, name):
        self.name = name
        self.table = {}

    def register(self, name=None):
        def add(kind):
            key = name or kind.__name__
            if key in self.table:
                raise KeyError(f"{key} is in {self.name} already")
            self.table[key] = kind
            return kind

        return add

    def build(self, config, **defaults):
        arguments = {**defaults, **config}
        kind = self.table.get(arguments.pop("type"))
        if kind is None:
            raise KeyError(f"{self.name} has no {config['type']}")
        return kind(**arguments)


BLOCKS = Registry("blocks")
HEADS = Registry("heads")
