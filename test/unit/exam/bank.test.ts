/** The bank format: what it reads, and what it says of mistakes, where. */
import { assert } from "chai";
import { readBank } from "../../../src/core/exam/bank";
import { drawPoint } from "../../../src/core/exam/formula/compare";
import { randomFrom } from "../../../src/core/exam/random";
import { validateBank } from "../../../src/core/exam/validate";
import { SourceText } from "../../../src/core/text/source";

const head = "---\nid: b\ntitle: B\nsymbols:\n  x: real\n---\n";
const good = "## good {pts=1}\nSay something.\n\n```rubric\n1 Something\n```\n```solution\nSomething.\n```\n";

/** Reads a bank of one question between two good ones, which must survive; the diagnostics as `rule “place”`. */
function faults(question: string): string[] {
  const source = new SourceText("b.quiz.md", `${head}${good}\n${question}\n${good.replace("good", "better")}`);
  const { bank, diagnostics } = readBank(source.path, source.text);
  const ids = bank.questions.map(({ id }) => id);
  assert.includeMembers(ids, ["good", "better"]);
  return diagnostics.map(({ rule, span }) => `${rule} “${source.slice(span).split("\n")[0]!}”`);
}

const solution = "```solution\nSo.\n```\n";
const block = (fields: string, heading = "## q {pts=1}"): string =>
  `${heading}\nText.\n\n\`\`\`answer\n${fields}\n\`\`\`\n${solution}`;

describe("reading a bank", () => {
  it("gives the head, the questions and their parts", () => {
    const text = [
      "---",
      "id: sample",
      "title: 'A: sample'",
      "course: DL",
      "licence: MIT",
      "minutes: 60",
      "symbols:",
      "  eta: positive",
      "  a2:",
      "    domain: range 0.1..1",
      "    latex: a^{(2)}",
      "    also: [b, 'c^{(2)}']",
      "    says: a weight",
      "  u:",
      "    is: eta*a2",
      "  z:",
      "    domain: real",
      "    index: 0..2",
      "  ends:",
      "    is: [eta, eta + a2]",
      "    index: 1..2",
      "---",
      "# First part",
      "",
      "## two-parts Two parts {pts=3 topics=cnn,shapes source=000/9.9}",
      "The *prompt* with $x_1$.",
      "",
      "```python",
      "x = 1",
      "```",
      "",
      "```hint",
      "Look.",
      "```",
      "```solution",
      "Done.",
      "```",
      "### size {pts=1}",
      "Which size?",
      "```answer",
      "kind: shape",
      "value: 3x4",
      "```",
      "### why",
      "```rubric",
      "1.5 Because",
      "0.5 of that",
      "```",
    ];
    for (const ending of ["\n", "\r\n"]) {
      const { bank, diagnostics } = readBank("x/sample.quiz.md", text.join(ending));
      assert.deepEqual(diagnostics, []);
      assert.deepInclude(bank, { id: "sample", title: "A: sample", course: "DL", licence: "MIT", minutes: 60 });
      const [eta, a2, u, z, ends] = bank.symbols;
      assert.deepInclude(eta, { name: "eta", latex: "\\eta" });
      assert.deepInclude(a2, { latex: "a^{(2)}", also: ["b", "c^{(2)}"], says: "a weight" });
      assert.deepEqual(a2!.domain, { kind: "range", low: 0.1, high: 1 });
      assert.equal(u!.is?.kind, "binary");
      assert.deepEqual(z!.index, { first: 0, last: 2 });
      const point = drawPoint(bank.symbols, randomFrom(1));
      const [low, high] = [point.get("ends[1]"), point.get("ends[2]")];
      assert.deepEqual([ends!.members?.length, low, high], [2, point.get("eta"), low! + point.get("a2")!]);
      const [question] = bank.questions;
      assert.deepInclude(question, {
        id: "two-parts",
        title: "Two parts",
        points: 3,
        source: "000/9.9",
        section: "First part",
      });
      assert.deepEqual(question!.topics, ["cnn", "shapes"]);
      assert.include(question!.prompt, "The *prompt* with $x_1$.");
      assert.include(question!.prompt, "x = 1");
      assert.deepEqual([question!.hints, question!.solution], [["Look."], "Done."]);
      assert.deepEqual(
        question!.parts.map(({ id, prompt, points, answer }) => [id, prompt, points, answer.kind]),
        [
          ["size", "Which size?", 1, "shape"],
          ["why", "", 2, "open"],
        ],
      );
    }
  });

  const cases: readonly (readonly [what: string, question: string, faults: readonly string[]])[] = [
    ["an unknown field", block("kind: number\nvalue: 1\ntolerence: 2"), ["bank-unknown-field “tolerence”"]],
    ["an unknown kind", block("kind: nmber\nvalue: 1"), ["bank-kind “nmber”"]],
    ["an unknown kind in a drill", block("kind: shap\nvalue: k").replace("Text.", "```params\nk: int 1..2\n```"), ["bank-kind “shap”"]],
    ["a program in a drill", block("kind: code\nprogram: classifier\nbugs: [adam]\nrules: [adam]").replace("Text.", "```params\nk: int 1..2\n```"), ["bank-kind “code”"]],
    ["a missing kind", block("value: 1"), ["bank-missing-field “```answer”"]],
    ["a missing value", block("kind: shape"), ["bank-missing-field “shape”"]],
    ["a value that is no number", block("kind: number\nvalue: many"), ["bank-not-a-number “many”"]],
    ["a count that is not whole", block("kind: count\nvalue: 2.5"), ["bank-not-a-number “2.5”"]],
    ["a value that is no shape", block("kind: shape\nvalue: [50, big]"), ["bank-not-a-shape “[50, big]”"]],
    ["a formula that cannot be read", block("kind: formula\nvalue: x + (1"), ["bank-formula “1”"]],
    ["an unknown symbol, exactly", block("kind: formula\nvalue: x + weight"), ["bank-formula “weight”"]],
    ["an undeclared symbol in the list", block("kind: formula\nsymbols: x w\nvalue: x"), ["bank-unknown-symbol “x w”"]],
    ["a form feed from \\f in double quotes", block('kind: formula\nvalue: "\\frac{1}{x}"'), ['bank-control-character “"\\frac{1}{x}"”', 'bank-formula “"\\frac{1}{x}"”']],
    ["a tab from \\t in double quotes", block('kind: formula\nvalue: "x\\times x"'), ['bank-control-character “"x\\times x"”', 'bank-formula “"x\\times x"”']],
    ["an escape that YAML does not know", block('kind: formula\nvalue: "\\sigma(x)"'), ['bank-yaml “\\sigma(x)"”']],
    ["a YAML error at its line", block("kind: number\nvalue: a: b"), ["bank-yaml “a: b”"]],
    ["a refused answer without words", block("kind: number\nvalue: 1\nrefuse:\n  - value: 2"), ["bank-missing-field “value: 2”"]],
    ["credit beyond the whole", block("kind: number\nvalue: 1\nrefuse:\n  - value: 2\n    says: no\n    credit: 2"), ["bank-field-form “2”"]],
    ["points that are no number", block("kind: number\nvalue: 1", "## q {pts=two}"), ["bank-not-a-number “two”"]],
    ["an unknown attribute", block("kind: number\nvalue: 1", "## q {points=2}"), ["bank-unknown-field “points=2”"]],
    ["an id with capitals", block("kind: number\nvalue: 1", "## Q1 {pts=1}"), ["bank-id “## Q1 {pts=1}”"]],
    ["a duplicate id", block("kind: number\nvalue: 1", "## good {pts=1}"), ["bank-duplicate-id “## good {pts=1}”"]],
    ["a missing answer", "## q\nText.\n", ["bank-missing-answer “## q”"]],
    ["parameters without a solution", "## q\n@{k}\n```params\nk: int 1..2\n```\n```answer\nkind: number\nvalue: k\n```\n", ["bank-missing-solution “## q”"]],
    ["parameters that cannot be read", `## q\n\`\`\`params\nk = 3\nn: real\nn: int 1..2\nn: int 1..3\n\`\`\`\n\`\`\`answer\nkind: number\nvalue: n\n\`\`\`\n${solution}`, ["bank-params “k = 3”", "bank-params “n: real”", "bank-params “n: int 1..3”"]],
    ["a rubric line without points", `## q\n\`\`\`rubric\nNames it\n\`\`\`\n${solution}`, ["bank-missing-answer “## q”", "bank-rubric “Names it”"]],
    ["a rubric that does not add up", `## q {pts=2}\n\`\`\`rubric\n1 It\n\`\`\`\n${solution}`, ["bank-points-sum “## q {pts=2}”"]],
    ["parts that do not add up", `## q {pts=2}\n${solution}### a {pts=3}\n\`\`\`answer\nkind: number\nvalue: 1\n\`\`\`\n`, ["bank-points-sum “## q {pts=2}”"]],
    ["an option without its reason", `## q\n- [x] a\n- [ ] b\n  > because\n\n${solution}`, ["bank-missing-reason “- [x] a”"]],
    ["a single option", `## q\n- [x] a\n  > because\n\n${solution}`, ["bank-options “- [x] a”"]],
    ["a list of options and other items", `## q\n- [x] a\n  > because\n- b\n  > because\n\n${solution}`, ["bank-options “- b”"]],
    ["two answers in one part", `${block("kind: number\nvalue: 1")}\`\`\`answer\nkind: number\nvalue: 2\n\`\`\`\n`, ["bank-misplaced “```answer”"]],
    ["a block that is never closed", "## q\nText.\n```answer\nkind: number\nvalue: 1\n", ["bank-missing-solution “## q”", "bank-open-fence “```answer”"]],
    ["a block that is left open before the next", `## q\nText.\n\`\`\`answer\nkind: number\nvalue: 1\n${solution}`, ["bank-open-fence “```answer”"]],
    ["a pasted control character", `## q\nA \f form feed.\n- [x] a\n  > b\n- [ ] b\n  > c\n\n${solution}`, ["bank-control-character “\f”"]],
  ]; // prettier-ignore
  for (const [what, question, wanted] of cases) {
    it(`reports ${what} and keeps the other questions`, () => {
      assert.deepEqual(faults(question), wanted);
    });
  }

  const heads: readonly (readonly [what: string, text: string, faults: readonly string[]])[] = [
    ["no head at all", good, ["bank-front-matter “## good {pts=1}”"]],
    ["a head that is never closed", `---\nid: b\n${good}`, ["bank-front-matter “---”"]],
    ["a head without a title", `---\nid: b\n---\n${good}`, ["bank-missing-field “---”"]],
    ["an unknown field in the head", `---\nid: b\ntitle: B\nauthor: me\n---\n${good}`, ["bank-unknown-field “author”"]],
    ["an unknown domain", `---\nid: b\ntitle: B\nsymbols:\n  x: integer\n---\n${good}`, ["bank-domain “integer”"]],
    ["an empty domain", `---\nid: b\ntitle: B\nsymbols:\n  x: int 5..2\n---\n${good}`, ["bank-domain “int 5..2”"]],
    ["a definition over later symbols", `---\nid: b\ntitle: B\nsymbols:\n  u:\n    is: x + 1\n  x: real\n---\n${good}`, ["bank-formula “x + 1”"]],
    ["a family with a member too few", `---\nid: b\ntitle: B\nsymbols:\n  x: real\n  u:\n    is: [x]\n    index: 1..2\n---\n${good}`, ["bank-symbol “x”"]],
    ["a symbol that is two formulas", `---\nid: b\ntitle: B\nsymbols:\n  x: real\n  u:\n    is: [x, 2*x]\n---\n${good}`, ["bank-symbol “x”"]],
    ["a member over later symbols", `---\nid: b\ntitle: B\nsymbols:\n  x: real\n  u:\n    is: [x, y]\n    index: 1..2\n---\n${good}`, ["bank-formula “y”"]],
    ["minutes that are no number", `---\nid: b\ntitle: B\nminutes: an hour\n---\n${good}`, ["bank-not-a-number “an hour”"]],
    ["a repeated key", `---\nid: b\nid: c\ntitle: B\n---\n${good}`, ["bank-yaml “id: c”"]],
  ]; // prettier-ignore
  for (const [what, text, wanted] of heads) {
    it(`reports ${what} and still reads the questions`, () => {
      const source = new SourceText("b.quiz.md", text);
      const { bank, diagnostics } = readBank(source.path, text);
      assert.deepEqual(
        diagnostics.map(({ rule, span }) => `${rule} “${source.slice(span).split("\n")[0]!}”`),
        wanted,
      );
      assert.deepEqual(
        bank.questions.map(({ id }) => id),
        ["good"],
      );
      assert.equal(bank.id, "b");
    });
  }

  it("lets a closed solution hold headings, and recovers from one that is never closed", () => {
    const open = `${head}## q\n- [x] a\n  > r\n- [ ] b\n  > r\n\n\`\`\`solution\nFirst\n\n## Then\n\nLast\n`;
    const closed = readBank("b.quiz.md", `${open}\`\`\`\n${good}`);
    assert.deepEqual(closed.diagnostics, []);
    assert.include(closed.bank.questions[0]!.solution, "## Then");
    const plain = good.replace(" {pts=1}", "");
    assert.deepEqual(readBank("b.quiz.md", open.replace("## Then\n\nLast\n", plain)).bank.questions.map(({ id }) => id), ["good"]); // prettier-ignore
    const many = head + "## q\n```answer\nkind: number\n".repeat(3000);
    assert.isAbove(readBank("b.quiz.md", many).diagnostics.length, 3000);
  });

  it("reads any text without throwing", () => {
    const text = `${head}${good}${block("kind: formula\nvalue: x")}`;
    for (let end = 0; end <= text.length; end++) readBank("b.quiz.md", text.slice(0, end));
    for (let cut = 0; cut < text.length; cut += 3) readBank("b.quiz.md", text.slice(0, cut) + text.slice(cut + 7));
    readBank("b.quiz.md", "");
    assert.isOk(readBank("b.quiz.md", "---\na: &x [*x, *x]\n---\n").diagnostics.length);
  });
});

describe("validating a bank", () => {
  it("finds what only trying shows", () => {
    const texts = [
      block("kind: formula\nvalue: x\naccept: [x + 1]"),
      block("kind: number\nvalue: 5\nabsolute: 1\nrefuse:\n  - value: 6\n    says: no", "## r {pts=1}"),
      block("kind: number\nvalue: 5", "## t {pts=1}").replace("Text.", "How much is @{k}?"),
    ];
    const { bank, diagnostics } = readBank("b.quiz.md", head + texts.join("\n"));
    assert.deepEqual(diagnostics, []);
    assert.deepEqual(
      validateBank(bank).map(({ rule }) => rule),
      ["bank-self-test", "bank-self-test", "bank-params"],
    );
  });
});
