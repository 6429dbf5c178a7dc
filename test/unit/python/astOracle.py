"""Prints CPython's syntax tree of Python files, for comparison with the project's own.

Reads one path per line and answers each with one line of JSON: {"lines": [...]} or {"error": "..."}. A line of the tree
is `depth field Kind start-end atom=value ...`, in the order of the `ast` module's fields. Offsets count UTF-16 units
from the start of the file; of a parameter only the start is given. Inside f-strings positions are left out: before Python 3.12 they are wrong.
"""

import ast
import json
import struct
import sys

SKIPPED = {"ctx", "type_comment", "kind", "simple", "type_ignores"}


def number(value):
    """Integers as they are while a double holds them exactly, else the bits of the nearest double."""
    if isinstance(value, int) and abs(value) < 2**53:
        return str(value)
    try:
        return struct.pack(">d", float(value)).hex()
    except OverflowError:
        return struct.pack(">d", float("inf")).hex()


def constant(value):
    if value is None:
        return "none"
    if value is ...:
        return "ellipsis"
    if isinstance(value, bool):
        return "bool " + str(value).lower()
    if isinstance(value, int):
        return "int " + number(value)
    if isinstance(value, float):
        return "float " + number(value)
    if isinstance(value, complex):
        return "imaginary " + number(value.imag)
    if isinstance(value, bytes):
        return "bytes " + json.dumps(value.decode("latin-1"))
    return "str " + json.dumps(value)


def own_name(name, owner):
    """What a name in a class stands for; the tree of `ast` does not say it."""
    return f"_{owner}{name}" if owner and name.startswith("__") and not name.endswith("__") else name


class Printer:
    def __init__(self, text):
        self.lines = []
        self.sources = text.split("\n")
        self.starts = [0]
        for line in self.sources:
            wide = len(line) if line.isascii() else sum(1 + (ord(c) > 0xFFFF) for c in line)
            self.starts.append(self.starts[-1] + wide + 1)

    def offset(self, line, column):
        source = self.sources[line - 1]
        if not source.isascii():
            before = source.encode("utf-8", "surrogatepass")[:column].decode("utf-8", "surrogatepass")
            column = sum(1 + (ord(c) > 0xFFFF) for c in before)
        return self.starts[line - 1] + column

    def place(self, node, formatted):
        if formatted or not hasattr(node, "lineno") or node.end_lineno is None:
            return "-"
        start = self.offset(node.lineno, node.col_offset)
        if isinstance(node, ast.arg):
            return f"{start}-"
        return f"{start}-{self.offset(node.end_lineno, node.end_col_offset)}"

    def show(self, node, field, depth, formatted, owner=""):
        atoms = []
        children = []
        if isinstance(node, ast.Constant):
            atoms.append(constant(node.value))
        else:
            for name in node._fields:
                if name in SKIPPED:
                    continue
                value = getattr(node, name, None)
                if isinstance(value, list):
                    if value and isinstance(value[0], ast.cmpop):
                        atoms.append(f"{name}=" + ",".join(type(one).__name__ for one in value))
                    elif value and isinstance(value[0], str):
                        atoms.append(f"{name}=" + ",".join(own_name(one, owner) for one in value))
                    else:
                        children.extend((one, f"{name}[{index}]") for index, one in enumerate(value))
                elif isinstance(value, (ast.operator, ast.unaryop, ast.boolop)):
                    atoms.append(f"{name}={type(value).__name__}")
                elif isinstance(value, ast.AST):
                    children.append((value, name))
                elif isinstance(value, str) and not isinstance(node, ast.alias) or name == "asname" and value:
                    atoms.append(f"{name}={own_name(value, owner)}")
                elif value is not None:
                    atoms.append(f"{name}={value}")
        place = self.place(node, formatted)
        self.lines.append(" ".join([f"{depth} {field} {type(node).__name__} {place}", *atoms]))
        inside = formatted or isinstance(node, ast.JoinedStr)
        for child, name in children:
            if child is None:
                self.lines.append(f"{depth + 1} {name} nothing")
            else:
                is_member = isinstance(node, ast.ClassDef) and name.startswith("body")
                self.show(child, name, depth + 1, inside, node.name.lstrip("_") if is_member else owner)


def answer(path):
    try:
        with open(path, encoding="utf-8", newline="") as file:
            text = file.read()
        printer = Printer(text)
        printer.show(ast.parse(text), "root", 0, False)
        return {"lines": printer.lines}
    except (SyntaxError, ValueError, RecursionError) as error:
        return {"error": str(error)}


if __name__ == "__main__":
    sys.setrecursionlimit(10_000)
    for request in sys.stdin:
        print(json.dumps(answer(request.rstrip("\n")), separators=(",", ":")), flush=True)
