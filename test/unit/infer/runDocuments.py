"""Runs the programs of test/documents under PyTorch and compares what their lines say: prints a list of problems as JSON."""

import ast
import io
import json
import os
import re
import sys
import tokenize
import traceback
import types


def comments(text, kind):
    """What the comments of a kind say, by line."""
    found = {}
    for token in tokenize.generate_tokens(io.StringIO(text).readline):
        match = re.search(r"# " + kind + r": ([^#]*)", token.string) if token.type == tokenize.COMMENT else None
        if match:
            found.setdefault(token.start[0], []).append(match.group(1).strip())
    return found


def split_shapes(text):
    return [part if part == "?" else part.strip() for part in re.findall(r"\([^()]*(?:\([^()]*\)[^()]*)*\)|\?", text)]


def fits(expected, shape, names):
    if expected == "?":
        return True
    items = [item.strip() for item in re.split(r",(?![^()]*\))", expected.strip()[1:-1]) if item.strip()]
    rest = next((item for item in items if item in ("*", "…")), None)
    if rest:
        at = items.index(rest)
        behind = len(items) - at - 1
        if len(shape) < len(items) - 1:
            return False
        front, back = (items[:at], shape[:at]), (items[at + 1 :], shape[len(shape) - behind :])
        return all(all(size_fits(i, s, names) for i, s in zip(*part)) for part in (front, back))
    return len(items) == len(shape) and all(size_fits(i, s, names) for i, s in zip(items, shape))


def size_fits(item, size, names):
    if item == "?":
        return True
    if item.isidentifier():
        return names.setdefault(item, size) == size
    try:
        return eval(item, {}, dict(names)) == size
    except NameError:
        return True


class Checks(ast.NodeTransformer):
    """Hands every value that a line says something of to `__check__`."""

    def __init__(self, lines):
        self.lines = lines

    def visit(self, node):
        self.generic_visit(node)
        if isinstance(node, (ast.Assign, ast.Return)) and node.lineno in self.lines:
            call = ast.Call(ast.Name("__check__", ast.Load()), [ast.Constant(node.lineno), node.value], [])
            node.value = ast.copy_location(call, node.value)
            ast.fix_missing_locations(node)
        return node


def run(path):
    text = open(path).read()
    sys.path.insert(0, os.path.dirname(path))
    shapes = comments(text, "shape")
    errors = set(comments(text, "error"))
    runs = [line for lines in comments(text, "run").values() for line in lines]
    problems = []
    names = {}
    met = set()

    def check(line, value):
        expected = split_shapes(shapes[line][0])
        values = [value] if len(expected) == 1 else list(value)
        frame = sys._getframe(1)
        own = names.setdefault("document" if frame.f_locals is scope else frame, {})
        # What a loop counts is another number each time.
        own.update((name, value) for name, value in frame.f_locals.items() if type(value) is int)
        for text, item in zip(expected, values):
            if text != "?" and not fits(text, tuple(item.shape), own):
                problems.append(f"{path}:{line}: says {text}, is {tuple(item.shape)}")
        return value

    def attempt(action):
        try:
            action()
        except Exception as error:
            lines = [frame.lineno for frame in traceback.extract_tb(error.__traceback__) if frame.filename == path]
            if lines and lines[-1] in errors:
                met.add(lines[-1])
            else:
                problems.append(f"{path}: {lines} {error!r}")

    tree = Checks(set(shapes)).visit(ast.parse(text, path))
    module = types.ModuleType("document")
    sys.modules["document"] = module
    scope = vars(module)
    scope["__check__"] = check
    # What is refused leaves the names as they were, and the next statement goes on with them.
    for statement in tree.body:
        attempt(lambda: exec(compile(ast.Module([statement], []), path, "exec"), scope))
    for expression in runs:
        names.clear()
        attempt(lambda: eval(expression, scope))
    problems += [f"{path}:{line}: PyTorch does not refuse it" for line in sorted(errors - met)]
    return problems


print(json.dumps([problem for path in sys.argv[1:] for problem in run(path)]))
