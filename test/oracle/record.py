"""
Records what PyTorch says of the programs in a folder, and of the same programs after random edits of one token each:
`python3 test/oracle/record.py FOLDER [--edits 20] [--seed 1] [--only TEXT]` writes FOLDER/cases.jsonl and
FOLDER/negatives.jsonl, which `npm run oracle -- --cases FOLDER --sources FOLDER` reads.

A program names its models in comments, an expression of its own names and then the inputs of `forward`:
    # case: ResNet(depth=18) | float32 2 3 32 32 | int64 2 10
Absolute imports are looked up in the first folder below FOLDER; in FOLDER where that is a package, or there is none.
"""

import argparse
import ast
import importlib
import io
import json
import os
import random
import re
import shutil
import signal
import sys
import tempfile
import tokenize
import traceback

import torch

# How long one program may build and run, and the errors that say something of sizes.
SECONDS = 60
REFUSALS = (RuntimeError, ValueError, IndexError, AssertionError)
MOST_MODULES = 400


def main():
    options = read_options()
    rng = random.Random(options.seed)
    cases, negatives = [], []
    for file, text in programs(options.folder, options.only):
        running = [record for case in named_cases(text) if (record := recorded(options.folder, file, text, case))]
        cases += [row(file, case, result, case["model"]) for case, result in running]
        edits = candidates(text, {line for _, result in running for line in result["lines"]}, rng) if running else []
        kept = {"refused": 0, "accepted": 0}
        for edit in edits:
            if kept["refused"] == options.edits:
                break
            case, _ = rng.choice(running)
            result = run_apart(options.folder, file, edited(text, edit), case)
            kind = "accepted" if result and "outputs" in result else "refused"
            # What runs as before says little: a few are enough to see that nothing is reported there.
            if result and (kind == "refused" or kept[kind] < options.edits // 2):
                kept[kind] += 1
                negatives.append(negative_row(file, case, result, edit, sum(kept.values())))
        print(f"{file}: {len(running)} cases, {kept['refused']} edits refused, {kept['accepted']} accepted", file=sys.stderr)
    write(os.path.join(options.folder, "cases.jsonl"), cases)
    write(os.path.join(options.folder, "negatives.jsonl"), negatives)


def read_options():
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("folder")
    parser.add_argument("--edits", type=int, default=20)
    parser.add_argument("--seed", type=int, default=1)
    parser.add_argument("--only", default="")
    return parser.parse_args()


def programs(folder, only):
    for place, folders, names in os.walk(folder):
        folders.sort()
        for name in sorted(names):
            file = os.path.relpath(os.path.join(place, name), folder)
            if name.endswith(".py") and only in file:
                with open(os.path.join(folder, file), encoding="utf8") as source:
                    text = source.read()
                if named_cases(text):
                    yield file, text


def named_cases(text):
    cases = []
    for model, inputs in re.findall(r"^# case: ([^|\n]+)((?:\|[^|\n]+)*)$", text, re.MULTILINE):
        fields = [field.split() for field in inputs.split("|")[1:]]
        records = [{"shape": [int(size) for size in sizes], "dtype": dtype} for dtype, *sizes in fields]
        cases.append({"model": model.strip(), "inputs": records})
    return cases


def recorded(folder, file, text, case):
    """A case with its result; a complaint where it does not run."""
    result = run_apart(folder, file, text, case)
    if result and "outputs" in result:
        return case, result
    print(f"{file}: {case['model']} does not run: {(result or {}).get('error', 'not refused for a size')}", file=sys.stderr)
    return None


def run_apart(folder, file, text, case):
    """What a process of its own says of a case: a dictionary, or None where it fails in another way than by a size."""
    read_end, write_end = os.pipe()
    process = os.fork()
    if process == 0:
        os.close(read_end)
        signal.alarm(SECONDS)
        sys.stdout = open(os.devnull, "w")
        with tempfile.TemporaryDirectory() as copy, os.fdopen(write_end, "w") as answer:
            json.dump(run(place_copy(folder, file, text, copy), case), answer)
            answer.flush()
            shutil.rmtree(copy, ignore_errors=True)
        os._exit(0)
    os.close(write_end)
    with os.fdopen(read_end) as answer:
        said = answer.read()
    os.waitpid(process, 0)
    return json.loads(said) if said else None


def place_copy(folder, file, text, copy):
    """The program in a folder of its own, so that an edit touches nothing; gives the root of its imports and its place there."""
    parts = file.split(os.sep)
    if len(parts) > 1:
        shutil.copytree(os.path.join(folder, parts[0]), os.path.join(copy, parts[0]))
    with open(os.path.join(copy, file), "w", encoding="utf8") as target:
        target.write(text)
    is_package = os.path.exists(os.path.join(copy, parts[0], "__init__.py"))
    return (copy, parts) if is_package or len(parts) == 1 else (os.path.join(copy, parts[0]), parts[1:])


def run(place, case):
    root, inner = place
    sys.path.insert(0, root)
    os.chdir(root)
    path = os.path.join(root, *inner)
    lines = set()
    try:
        torch.manual_seed(0)
        sys.settrace(line_recorder(path, lines))
        namespace = vars(importlib.import_module(".".join(inner)[: -len(".py")]))
        model = eval(case["model"], namespace)
        shapes = follow(model)
        model.eval()
        with torch.no_grad():
            output = model(*[made(record) for record in case["inputs"]])
        sys.settrace(None)
    except Exception as error:
        sys.settrace(None)
        return refusal(error, path) if isinstance(error, REFUSALS) else None
    return {**counts(model), "outputs": tensors(output), "modules": module_rows(model, shapes), "lines": sorted(lines)}


def line_recorder(path, lines):
    def trace(frame, event, _):
        if frame.f_code.co_filename != path:
            return None
        lines.add(frame.f_lineno)
        return trace

    return trace


def made(record):
    dtype = getattr(torch, record["dtype"])
    if dtype.is_floating_point:
        return torch.randn(record["shape"], dtype=dtype)
    return torch.randint(0, 2 if dtype == torch.bool else 10, record["shape"]).to(dtype)


def refusal(error, path):
    lines = [frame.lineno for frame in traceback.extract_tb(error.__traceback__) if frame.filename == path]
    return {"error": f"{type(error).__name__}: {error}"[:300], "line": lines[-1] if lines else None}


def follow(model):
    """The shape of what each module gives the first time it is called; None where that is no single tensor."""
    shapes = {}

    def keep(name):
        def hook(module, inputs, output):
            shapes.setdefault(name, list(output.shape) if isinstance(output, torch.Tensor) else None)

        return hook

    for name, module in model.named_modules():
        module.register_forward_hook(keep(name))
    return shapes


def counts(model):
    parameters = list(model.parameters())
    return {
        "parameters": sum(p.numel() for p in parameters),
        "trainable": sum(p.numel() for p in parameters if p.requires_grad),
    }


def module_rows(model, shapes):
    rows = []
    for name, module in list(model.named_modules())[:MOST_MODULES]:
        kind = type(module)
        label = f"nn.{kind.__name__}" if kind.__module__.startswith("torch.nn") else kind.__name__
        rows.append([name, label, counts(module)["parameters"], shapes.get(name)])
    return rows


def tensors(value):
    if isinstance(value, torch.Tensor):
        return [list(value.shape)]
    if isinstance(value, dict):
        value = list(value.values())
    elif hasattr(value, "__dataclass_fields__"):
        value = [getattr(value, name) for name in value.__dataclass_fields__]
    return [shape for item in value for shape in tensors(item)] if isinstance(value, (list, tuple)) else []


def candidates(text, lines, rng):
    """Edits of one token of the lines that run, in a random order."""
    tokens = list(tokenize.generate_tokens(io.StringIO(text).readline))
    found = []
    depth = 0
    for i, token in enumerate(tokens):
        depth += {"(": 1, "[": 1, "{": 1, ")": -1, "]": -1, "}": -1}.get(token.string, 0)
        statement_runs = token.start[0] in lines
        if statement_runs:
            found += [(token, insert) for insert in replacements(token, depth, tokens[i - 1], tokens[i + 1])]
    rng.shuffle(found)
    edits = [edit_of(token, insert) for token, insert in found]
    return [edit for edit in edits if is_program(edited(text, edit))]


def replacements(token, depth, before, after):
    if token.type == tokenize.NUMBER and token.string.isdigit():
        number = int(token.string)
        return [str(number + 1), str(number * 2) if number > 1 else "3"] + ([str(number - 1)] if number > 0 else [])
    if token.type == tokenize.NAME and depth > 0 and after.string in (",", ")") and before.string in ("(", ",", "=", "*", "//"):
        return {"True": ["False"], "False": ["True"], "None": []}.get(token.string, [f"{token.string} + 1", f"{token.string} * 2"])
    if token.type == tokenize.OP and depth > 0:
        return {"+": ["-"], "*": ["+"], "//": ["*"], "-": ["+"]}.get(token.string, [])
    return []


def edit_of(token, insert):
    line, column = token.start
    return {"line": line, "column": column, "delete": len(token.string), "insert": insert}


def edited(text, edit):
    lines = text.split("\n")
    line = lines[edit["line"] - 1]
    at = edit["column"]
    lines[edit["line"] - 1] = line[:at] + edit["insert"] + line[at + edit["delete"] :]
    return "\n".join(lines)


def is_program(text):
    try:
        ast.parse(text)
        return True
    except SyntaxError:
        return False


def row(file, case, result, name):
    kept = {key: result[key] for key in ("parameters", "trainable", "outputs", "modules")}
    return {"id": f"{file}::{name}", "file": file, **case, **kept}


def negative_row(file, case, result, edit, number):
    start = {"id": f"edited/{file}::{case['model']}~{number}", "file": file, **case, "kind": "one token", "edit": edit}
    if "error" in result:
        return {**start, "errorLine": result["line"], "error": result["error"]}
    return {**start, "errorLine": None, "error": None, "parameters": result["parameters"], "outputs": result["outputs"]}


def write(path, rows):
    with open(path, "w", encoding="utf8") as target:
        target.writelines(json.dumps(row) + "\n" for row in rows)


if __name__ == "__main__":
    main()
