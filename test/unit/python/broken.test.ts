/** What is kept of a file that somebody is typing, and what is said about the rest. */
import { assert } from "chai";
import type { PythonParser } from "../../../src/core/python/parser";
import { SourceText } from "../../../src/core/text/source";
import { loadPythonParser } from "../support/parser";
import { showModule } from "../support/showTree";

/** Each line of `shown` is a statement; `errors` are the messages in order. */
const cases: readonly (readonly [source: string, shown: readonly string[], errors: readonly string[]])[] = [
  [
    "self.fc = nn.Linear(\nself.y = 2",
    ["(Assign [(Attribute self fc)] (Call (Attribute nn Linear)))", "(Assign [(Attribute self y)] 2)"],
    ["`(` is never closed."],
  ],
  ["x = self.\ny = 2", ["(Assign [x] (Attribute self ))", "(Assign [y] 2)"], ["A name is missing behind the dot."]],
  ["x =\ny = 2", ["(Assign [x] (InvalidExpression))", "(Assign [y] 2)"], ["Something is missing here."]],
  [
    "x = a +\ny = 2",
    ["(Assign [x] (BinaryOperation + a (InvalidExpression)))", "(Assign [y] 2)"],
    ["Something is missing here."],
  ],
  ["x = [1, 2\ny = 3", ["(Assign [x] (List [1 2]))", "(Assign [y] 3)"], ["`[` is never closed."]],
  [
    "f([1, 2)\ny",
    ["(ExpressionStatement (Call f [(List [1 2])]))", "(ExpressionStatement y)"],
    ["`[` is never closed."],
  ],
  ["x = y[\nreturn x", ["(Assign [x] (Subscript y (InvalidExpression)))", "(Return x)"], ["`[` is never closed."]],
  ["foo(a, b=", ["(ExpressionStatement (Call foo [a] [(b (InvalidExpression))]))"], ["`(` is never closed."]],
  ['x = "abc\ny = 1', ['(Assign [x] "abc")', "(Assign [y] 1)"], ["This string is never closed."]],
  ['x = """abc', ['(Assign [x] "abc")'], ["This string is never closed."]],
  ["if x\n  y", ["(If x [(ExpressionStatement y)])"], ["Expected `:`."]],
  [
    "for i in\n  y",
    ["(For i (InvalidExpression) [(ExpressionStatement y)])"],
    ["Something is missing here.", "Expected `:`."],
  ],
  [
    "class A:\n  def f(self, x\n    return x\n  def g(self): pass",
    [
      "(ClassDef A [(FunctionDef f [(ordinary self) (ordinary x)] [(Return x)]) (FunctionDef g [(ordinary self)] [(Pass)])])",
    ],
    ["`(` is never closed.", "Expected `:`."],
  ],
  ["def f(self):\n", ["(FunctionDef f [(ordinary self)])"], ["Expected an indented block."]],
  ["from torch import\nx", ["(ImportFrom torch 0)", "(ExpressionStatement x)"], ["Something is missing here."]],
  ["f(a.b = 1)", ["(ExpressionStatement (Call f [(Attribute a b) (InvalidExpression)]))"], ["Unexpected `= 1`."]],
  ["x = a b c\ny", ["(Assign [x] (InvalidExpression))", "(ExpressionStatement y)"], ["Unexpected `a b`."]],
  ["a <> b", ["(ExpressionStatement (Compare a [!=] [b]))"], ["Python 3 writes `<>` as `!=`."]],
  [
    'print "a"\nx',
    ["(InvalidStatement)", "(ExpressionStatement x)"],
    ["In Python 3 `print` is a function: its arguments need parentheses."],
  ],
  ["10L", ["(ExpressionStatement 10)"], ["Python 3 has no `L` behind an integer."]],
  ["", [], []],
];

/** Correct, though it looks half typed. */
const sound: readonly string[] = [
  "f(\na=1,\nb = 2,\n)",
  "x = (a\n+ b)",
  "x = [a\nfor a in b\nif c]",
  "if (a and\nb):\n  pass",
  "f(x)(\n)",
  "a = {\n'b':\n1}",
  "f(\n\n\n# comment\n  a)",
  "x = 1,",
  "from a import *",
  "with open(a) as b, \\\n  c: pass",
  "x = ('a'\n'b'\nf'c')",
  "lambda *, a: a",
  "def f(*, a): pass",
  "x[...]",
  "x = ...",
  "f'{a[\"b\"]}'",
];

describe("Broken code", () => {
  let parser: PythonParser;

  before(async () => {
    parser = await loadPythonParser();
  });

  for (const [source, shown, errors] of cases) {
    it(`keeps what it can of ${JSON.stringify(source)}`, () => {
      const module = parser.parse(new SourceText("test.py", source));
      assert.equal(showModule(module), shown.join("\n"));
      assert.deepEqual(
        module.errors.map((error) => error.message),
        errors,
      );
    });
  }

  for (const source of sound) {
    it(`finds nothing wrong with ${JSON.stringify(source)}`, () => {
      assert.deepEqual(parser.parse(new SourceText("test.py", source)).errors, []);
    });
  }

  it("refers to the original text behind a place where something was missing", () => {
    const text = "x = nn.Linear(3\ny = x.\nz = π";
    const module = parser.parse(new SourceText("test.py", text));
    assert.deepEqual(
      module.body.map((statement) => text.slice(statement.start, statement.end)),
      ["x = nn.Linear(3", "y = x.", "z = π"],
    );
    assert.deepEqual(
      module.errors.map(({ start, end }) => [start, end]),
      [
        [13, 14],
        [22, 22],
      ],
    );
  });
});
