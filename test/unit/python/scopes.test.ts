/** Which scope a name belongs to, what binds it there, and what it stands for through imports. */
import { assert } from "chai";
import { qualifiedName } from "../../../src/core/python/imports";
import type { PythonParser } from "../../../src/core/python/parser";
import { lookUp, type Scopes, scopesOf } from "../../../src/core/python/scopes";
import type { Expression, Module, Name } from "../../../src/core/python/syntax";
import { isKind, nodeAt, walk } from "../../../src/core/python/visit";
import { SourceText } from "../../../src/core/text/source";
import { loadPythonParser } from "../support/parser";

/** The name at `|` belongs to a scope of this kind, where these kinds of bindings bind it. */
const lookUps: readonly (readonly [source: string, expected: string])[] = [
  ["x = 1\n|x", "module: assignment"],
  ["x = 1\ndef f():\n  |x", "module: assignment"],
  ["x = 1\ndef f():\n  |x\n  x = 2", "function: assignment"],
  ["def f(x):\n  return |x", "function: parameter"],
  ["x = 1\ndef f(x=|x): pass", "module: assignment"],
  ["x = 1\ndef f(x) -> |x: pass", "module: assignment"],
  ["x = 1\n@|x\ndef f(x): pass", "module: assignment"],
  ["x = 1\ndef f():\n  global x\n  x = 2\n  |x", "module: assignment assignment"],
  ["def f():\n  global x\n  x = 2\n|x", "module: assignment"],
  ["def f():\n  x = 1\n  def g():\n    nonlocal x\n    x = 2\n  |x", "function: assignment assignment"],
  ["x = 0\ndef f():\n  global x\n  def g():\n    |x", "module: assignment"],
  ["x = 0\nclass A:\n  x = 1\n  |x", "class: assignment"],
  ["x = 0\nclass A:\n  x = 1\n  def f(self): return |x", "module: assignment"],
  ["x = 0\nclass A:\n  x = 1\n  y = [|x for _ in z]", "module: assignment"],
  ["x = 0\nclass A:\n  x = []\n  y = [a for a in |x]", "class: assignment"],
  ["class A:\n  x = 1\n  def f[T](self, a: |x): pass", "class: assignment"],
  ["def f[T](a: |T): pass", "types: type"],
  ["class A[T]:\n  x: |T", "types: type"],
  ["type A[T] = |T", "types: type"],
  ["[|x for x in y]", "comprehension: loop"],
  ["x = 1\n[x for x in |x]", "module: assignment"],
  ["[x for y in z for x in |y]", "comprehension: loop"],
  ["def f():\n  [y := 1 for x in z]\n  |y", "function: assignment"],
  ["x = 1\nlambda x: |x", "lambda: parameter"],
  ["x = 1\nlambda y=|x: 0", "module: assignment"],
  ["for x, (y, *z) in a: |z", "module: loop"],
  ["with a as (x, y): |y", "module: with"],
  ["try: pass\nexcept E as x: |x", "module: exception"],
  ["match a:\n  case [*x]: pass\n  case {**x}: |x", "module: capture capture"],
  ["match a:\n  case A(b, c=d) as x: |d", "module: capture"],
  ["x: int\n|x", "module: assignment"],
  ["x += 1\n|x", "module: assignment"],
  ["def x(): pass\nclass x: pass\n|x", "module: function class"],
  ["import a.b\n|a", "module: import"],
  ["import a.b as c\n|a", "nowhere"],
  ["|print", "nowhere"],
  ["x.y = 1\n|x", "nowhere"],
];

const names: readonly (readonly [source: string, name: string | undefined])[] = [
  ["import torch.nn as nn\n|nn.Linear", "torch.nn.Linear"],
  ["from torch import nn\n|nn.Linear", "torch.nn.Linear"],
  ["from torch.nn import Linear as L\n|L", "torch.nn.Linear"],
  ["import torch.nn.functional as F\n|F.relu", "torch.nn.functional.relu"],
  ["import torch\n|torch.nn.Linear", "torch.nn.Linear"],
  ["import torch.nn\n|torch.nn.Linear", "torch.nn.Linear"],
  ["import torch\nimport torch.nn\n|torch.nn.Linear", "torch.nn.Linear"],
  ["import torch as torch\n|torch.nn", "torch.nn"],
  ["from .models import Net\n|Net", ".models.Net"],
  ["from . import models\n|models.Net", ".models.Net"],
  ["from ..a import b\n|b", "..a.b"],
  ["import torch.nn as nn\ndef f():\n  return |nn.Linear", "torch.nn.Linear"],
  ["def f():\n  from torch import nn\n  |nn.ReLU", "torch.nn.ReLU"],
  ["import torch.nn as nn\ndef f(nn):\n  return |nn.Linear", undefined],
  ["import torch.nn as nn\nnn = 3\n|nn.Linear", undefined],
  ["try:\n  import a as x\nexcept E:\n  import b as x\n|x.y", undefined],
  ["|nn.Linear", undefined],
  ["from torch.nn import *\n|Linear", undefined],
  ["import torch\n|torch().nn", undefined],
];

describe("Names", () => {
  let parser: PythonParser;

  before(async () => {
    parser = await loadPythonParser();
  });

  const read = (marked: string): { module: Module; scopes: Scopes; offset: number } => {
    const offset = marked.indexOf("|");
    const module = parser.parse(new SourceText("test.py", marked.replace("|", "")));
    assert.deepEqual(module.errors, []);
    return { module, scopes: scopesOf(module), offset };
  };

  for (const [source, expected] of lookUps) {
    it(`${JSON.stringify(source)}: ${expected}`, () => {
      const { module, scopes, offset } = read(source);
      const name = nodeAt(module, offset).find((node): node is Name => isKind(node, "Name") && node.start === offset);
      const from = name && scopes.scopeOf(name);
      assert(name && from);
      const owner = lookUp(from, name.id);
      const kinds = owner?.bindings.get(name.id)?.map((binding) => binding.kind);
      assert.equal(owner && kinds ? `${owner.kind}: ${kinds.join(" ")}` : "nowhere", expected);
    });
  }

  for (const [source, name] of names) {
    it(`${JSON.stringify(source)} stands for ${name ?? "nothing known"}`, () => {
      const { module, scopes, offset } = read(source);
      const statement = nodeAt(module, offset);
      const widest = statement.find(
        (node): node is Expression => "kind" in node && /^(?:Attribute|Name)$/.test(node.kind) && node.start === offset,
      );
      assert(widest);
      assert.equal(qualifiedName(scopes, widest), name);
    });
  }

  it("says where a name is bound", () => {
    const text = "import torch.nn\nx = x2 = 1\ndef f(y): pass";
    const { scopes } = read(`${text}|`);
    const places = [...scopes.module.bindings].map(([name, [first]]) => [
      name,
      text.slice(first!.place.start, first!.place.end),
    ]);
    assert.deepEqual(places, [
      ["torch", "torch"],
      ["x", "x"],
      ["x2", "x2"],
      ["f", "f"],
    ]);
  });

  it("gives every name of a program its scope", () => {
    const { module, scopes } = read(
      "class A(B, k=c):\n  @d\n  def f[T: e](g: h = i, *j: k) -> l:\n    return [m(n, o=p) for q[r] in s if t], lambda u=v: w\ntype X = y|",
    );
    const unknown: string[] = [];
    walk(module, (node) => {
      if (isKind(node, "Name") && !scopes.scopeOf(node)) unknown.push(node.id);
      return undefined;
    });
    assert.deepEqual(unknown, []);
  });
});
