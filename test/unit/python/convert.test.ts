/** What the typed tree says about single pieces of Python, above all those that CPython 3.11 or torch do not have. */
import { assert } from "chai";
import type { PythonParser } from "../../../src/core/python/parser";
import type { Constant } from "../../../src/core/python/syntax";
import { SourceText } from "../../../src/core/text/source";
import { loadPythonParser } from "../support/parser";
import { showModule } from "../support/showTree";

const statements: readonly (readonly [source: string, shown: string])[] = [
  [
    "class A[T: int = str, *Ts = U, **P](B, metaclass=M): pass",
    "(ClassDef A [(type T int str) (tuple Ts U) (parameters P)] [B] [(metaclass M)] [(Pass)])",
  ],
  ["def f[T](x: T) -> T: pass", "(FunctionDef f [(type T)] [(ordinary x T)] T [(Pass)])"],
  ["type X[T = int] = list[T]", "(TypeAlias X [(type T int)] (Subscript list T))"],
  ["type X = int | str", "(TypeAlias X (BinaryOperation | int str))"],
  ["type(x).y = 1", "(Assign [(Attribute (Call type [x]) y)] 1)"],
  ["type = 1", "(Assign [type] 1)"],
  [
    "async def f(a, /, b: int = 1, *c: T, d, e=2, **k): pass",
    "(FunctionDef f [(positional-only a) (ordinary b int 1) (variadic c T) (keyword-only d) (keyword-only e 2) (keywords k)] [(Pass)] isAsync)",
  ],
  ["try:\n a\nexcept* E as e:\n b", "(Try [(ExpressionStatement a)] [(isGroup E e [(ExpressionStatement b)])])"],
  ["with (open(a) as b): pass", "(With [((Call open [a]) b)] [(Pass)])"],
  ["from ...a.b import (c as d, e,)", "(ImportFrom a.b 3 [(c d) (e)])"],
  ["a, *b = *[1], 2", "(Assign [(Tuple [a (Starred b)])] (Tuple [(Starred (List [1])) 2]))"],
  ["print(match, type, case, _)", "(ExpressionStatement (Call print [match type case _]))"],
  [
    "match x, y:\n case 1 | -2: pass",
    "(Match (Tuple [x y]) [((MatchOr [(MatchValue 1) (MatchValue (UnaryOperation - 2))]) [(Pass)])])",
  ],
  [
    'match x:\n case A.b(c, d={"k": [*_], **r}) if e: pass',
    '(Match x [((MatchClass (Attribute A b) [(MatchAs c)] [(d (MatchMapping [("k" (MatchSequence [(MatchStar)]))] r))]) e [(Pass)])])',
  ],
  [
    "if a: b\nelif c: d\nelse: e",
    "(If a [(ExpressionStatement b)] [(If c [(ExpressionStatement d)] [(ExpressionStatement e)])])",
  ],
];

const expressions: readonly (readonly [source: string, shown: string])[] = [
  ["await x ** 2", "(BinaryOperation ** (Await x) 2)"],
  ["a & b ^ c | d", "(BinaryOperation | (BinaryOperation ^ (BinaryOperation & a b) c) d)"],
  ["a & (b ^ c)", "(BinaryOperation & a (BinaryOperation ^ b c))"],
  ["a and b and c or d", "(BooleanOperation or [(BooleanOperation and [a b c]) d])"],
  ["a < b is not c not in d", "(Compare a [< is not not in] [b c d])"],
  ["[x async for x in y if a if b for z in w]", "(Comprehension list x [(x y [a b] isAsync) (z w)])"],
  ["{k: v for k, v in d}", "(Comprehension dict k v [((Tuple [k v]) d)])"],
  ["f(a, *b, c=d, **e)", "(Call f [a (Starred b)] [(c d) (e)])"],
  ['{**a, "b": c}', '(Dict [(a) ("b" c)])'],
  ["a[1:2, ::3, *b]", "(Subscript a (Tuple [(Slice 1 2 _) (Slice _ _ 3) (Starred b)]))"],
  ["(y := f(x))", "(NamedExpression y (Call f [x]))"],
  ["lambda: (yield)", "(Lambda (Yield))"],
  [
    'f"{x!r:>{w}.{p}f} {{}}"',
    '(FormattedString [(Interpolation x r [">" (Interpolation w) "." (Interpolation p) "f"]) " {}"])',
  ],
  ['f"{y=} {z = :x}"', '(FormattedString ["y=" (Interpolation y r) " z = " (Interpolation z ["x"])])'],
  ['f"{d["k"]}" "e"', '(FormattedString [(Interpolation (Subscript d "k")) "e"])'],
  ['f"{f"{a}"}"', "(FormattedString [(Interpolation (FormattedString [(Interpolation a)]))])"],
  ['t"a{b}"', '(FormattedString ["a" (Interpolation b)])'],
];

const constants: readonly (readonly [source: string, type: Constant["type"], value?: unknown])[] = [
  ["0x_ff", "int", 255],
  ["0b11", "int", 3],
  ["0o17", "int", 15],
  ["1_000", "int", 1000],
  ["9007199254740993", "int", 9007199254740992],
  ["1.", "float", 1],
  [".5", "float", 0.5],
  ["1e-3", "float", 0.001],
  ["2j", "imaginary", 2],
  ["1.5J", "imaginary", 1.5],
  ['"\\x41\\u00e9\\U0001F600\\101\\d"', "str", "Aé😀A\\d"],
  ['"a\\\nb"', "str", "ab"],
  ["'''a\r\nb'''", "str", "a\nb"],
  ["r'\\n\\''", "str", "\\n\\'"],
  ["r'\\\\'", "str", "\\\\"],
  ["b'\\xff\\377\\u0041'", "bytes", "\xff\xff\\u0041"],
  ['"a" \'b\' """c"""', "str", "abc"],
  ["'\\N{DAGGER}'", "str", "\ufffd"],
  ["None", "none"],
  ["...", "ellipsis"],
  ["True", "bool", true],
];

describe("The conversion", () => {
  let parser: PythonParser;

  before(async () => {
    parser = await loadPythonParser();
  });

  const parse = (text: string) => parser.parse(new SourceText("test.py", text));

  for (const [source, shown] of statements) {
    it(`reads ${source.replaceAll("\n", "⏎")}`, () => {
      const module = parse(source);
      assert.equal(showModule(module), shown);
      assert.deepEqual(module.errors, []);
    });
  }

  for (const [source, shown] of expressions) {
    it(`reads ${source}`, () => {
      const module = parse(source);
      assert.equal(showModule(module), `(ExpressionStatement ${shown})`);
      assert.deepEqual(module.errors, []);
    });
  }

  for (const [source, type, value] of constants) {
    it(`reads the ${type} ${source.replaceAll("\n", "⏎")}`, () => {
      const statement = parse(source).body[0];
      assert(statement?.kind === "ExpressionStatement" && statement.value.kind === "Constant");
      assert.equal(statement.value.type, type);
      if (value !== undefined) assert("value" in statement.value && Object.is(statement.value.value, value));
    });
  }

  it("marks an integer beyond 2^53 as inexact", () => {
    const [first, second] = parse("9007199254740991\n9007199254740993").body;
    assert(first?.kind === "ExpressionStatement" && second?.kind === "ExpressionStatement");
    assert.deepInclude(first.value, { exact: true });
    assert.deepInclude(second.value, { exact: false });
  });

  it("collects comments and leaves them out of the statements' spans", () => {
    const text = "def f():  # one\n    pass\n    # two\n\nx = 1  # three";
    const module = parse(text);
    assert.deepEqual(
      module.comments.map((comment) => comment.text),
      ["# one", "# two", "# three"],
    );
    assert.deepEqual(
      module.body.map((statement) => text.slice(statement.start, statement.end)),
      ["def f():  # one\n    pass", "x = 1"],
    );
  });

  it("counts places in UTF-16 units", () => {
    const text = 'π = "😀漢字" + f"é{x}😀{y}"  # 😀\nz = π';
    const [first, second] = parse(text).body;
    assert(first?.kind === "Assign" && first.value.kind === "BinaryOperation" && second?.kind === "Assign");
    assert.equal(text.slice(first.value.left.start, first.value.left.end), '"😀漢字"');
    const formatted = first.value.right;
    assert(formatted.kind === "FormattedString");
    assert.deepEqual(
      formatted.parts.map((part) => text.slice(part.start, part.end)),
      ["é", "{x}", "😀", "{y}"],
    );
    assert.equal(text.slice(second.start, second.end), "z = π");
  });

  it("leaves parentheses out of an expression's span and starts a decorated function at its def", () => {
    const text = "@a\ndef f(): pass\n((x)) + (y)";
    const [definition, sum] = parse(text).body;
    assert.equal(definition?.start, 3);
    assert(sum?.kind === "ExpressionStatement" && sum.value.kind === "BinaryOperation");
    assert.deepEqual(
      [sum.value, sum.value.left, sum.value.right].map((node) => text.slice(node.start, node.end)),
      ["((x)) + (y)", "x", "y"],
    );
  });
});
