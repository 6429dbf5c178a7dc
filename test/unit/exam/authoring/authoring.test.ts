/** Writing banks: diagnostics at their places, completion, and the template that a new bank begins with. */
import { readFileSync } from "node:fs";
import { assert } from "chai";
import { readBank } from "../../../../src/core/exam/bank";
import { completeBank } from "../../../../src/core/exam/authoring/complete";
import { frontWords, kindFields } from "../../../../src/core/exam/authoring/fields";
import { mathematicsFaults } from "../../../../src/core/exam/authoring/mathematics";
import { placeAt } from "../../../../src/core/exam/authoring/place";
import { bankTemplate } from "../../../../src/core/exam/authoring/template";
import { kindNames } from "../../../../src/core/exam/kinds/registry";
import { validateBank } from "../../../../src/core/exam/validate";
import { createCompute } from "../../../../src/core/features/compute";
import { SourceText } from "../../../../src/core/text/source";
import { loadPythonParser } from "../../support/parser";

const front = "---\nid: mine\ntitle: Mine\nsymbols:\n  x: real\n---\n\n";
const fence = (name: string, ...lines: readonly string[]): string => ["```" + name, ...lines, "```"].join("\n");
const solution = `\n\n${fence("solution", "So.")}\n`;
const question = (...blocks: readonly string[]): string =>
  `${front}## q Title {pts=1}\n\nWhy?\n\n${blocks.join("\n\n")}\n`;

/** The rule and the text under each diagnostic of a bank. */
function found(text: string, draws?: Parameters<typeof validateBank>[1]): [rule: string, under: string][] {
  const { bank, diagnostics } = readBank("mine.quiz.md", text);
  const source = new SourceText("mine.quiz.md", text);
  return [...diagnostics, ...validateBank(bank, draws)].map(({ rule, span }) => [rule, source.slice(span)]);
}

describe("a diagnostic of a bank stands at its place", () => {
  const answer = (...lines: readonly string[]): string => question(fence("answer", ...lines)) + solution;
  const faults: readonly (readonly [what: string, text: string, rule: string, under: string])[] = [
    ["an unknown field", answer("kind: number", "value: 2", "valeu: 3"), "bank-unknown-field", "valeu"],
    ["an unknown attribute", `${front}## q {point=1}\n\nWhy?\n\n${fence("rubric", "1 So")}${solution}`, "bank-unknown-field", "point=1"],
    ["an unknown kind", answer("kind: nubmer", "value: 2"), "bank-kind", "nubmer"],
    ["an accepted example that is not equal", answer("kind: formula", "value: 2*x", "accept: [x + x, 3*x]"), "bank-self-test", "3*x"],
    ["a refused example that is right", answer("kind: formula", "value: 2*x", "refuse:", "  - formula: x + x", "    says: No."), "bank-self-test", "x + x"],
    ["a value without a value", answer("kind: formula", "value: ln(-1 - x^2)"), "bank-self-test", "ln(-1 - x^2)"],
    ["a formula that cannot be read", answer("kind: formula", "value: 2*(x"), "bank-formula", "x"],
    ["a backslash that YAML eats", answer("kind: formula", 'value: "\\frac{x}{2}"'), "bank-control-character", '"\\frac{x}{2}"'],
    ["a backslash that YAML refuses", answer("kind: formula", 'value: "\\sigma(x)"'), "bank-yaml", '\\sigma(x)"'],
    ["a drill without a solution", question(fence("params", "n: int 1..9"), fence("answer", "kind: count", "value: n")), "bank-missing-solution", "## q Title {pts=1}"],
    ["a range that is none", question(fence("params", "n: 1..9"), fence("answer", "kind: count", "value: 3")) + solution, "bank-params", "n: 1..9"],
    ["a block that is left open", `${question("```answer\nkind: count\nvalue: 3")}\n## r\n\nHow?\n\n${fence("rubric", "1 So")}${solution}`, "bank-open-fence", "```answer\nkind: count\nvalue: 3\n"],
    ["a block with a slip in its name", question("```anwser\nkind: count\nvalue: 3\n```") + solution, "bank-block", "anwser"],
    ["two options that say the same", question("- [x] so\n  > yes\n- [ ] so\n  > no") + solution, "bank-options", "- [x] so\n  > yes\n- [ ] so\n  > no"],
    ["options of which none is right", question("- [ ] so\n  > no\n- [ ] not so\n  > no") + solution, "bank-options", "- [ ] so\n  > no\n- [ ] not so\n  > no"],
    ["a tolerance below zero", answer("kind: number", "value: 2", "absolute: -1"), "bank-not-a-number", "-1"],
    ["a parameter that a text does not have", question("Take @{m} of @{math.floor(n)}.", fence("params", "n: int 1..9"), fence("answer", "kind: count", "value: n")) + solution, "bank-params", "m"],
    ["a line that the program does not have", question(fence("python", " 1 x = 1"), fence("answer", "kind: line", "value: 2")) + solution, "bank-lines", "line"],
    ["a program in a drill", question(fence("params", "n: int 1..9"), fence("answer", "kind: code", "program: classifier", "bugs: [adam]", "rules: [adam]")) + solution, "bank-kind", "code"],
    ["what a draft lacks", question(fence("rubric", "1 So"), fence("missing", "solution", "figure: a graph")), "bank-missing", fence("missing", "solution", "figure: a graph")],
    ["a word that cannot be missing", question(fence("rubric", "1 So"), fence("missing", "patience")) + solution, "bank-missing", fence("missing", "patience")],
  ]; // prettier-ignore
  for (const [what, text, rule, under] of faults) {
    it(`for ${what}`, () => {
      const all = found(text);
      assert.deepInclude(all.map(([name, place]) => [name, place.trim()]), [rule, under.trim()], JSON.stringify(all)); // prettier-ignore
    });
  }

  it("for a drill that cannot be drawn", async () => {
    const evaluator = createCompute(await loadPythonParser());
    const text = question(fence("params", "n: int 5..2"), fence("answer", "kind: count", "value: n")) + solution;
    assert.deepEqual(found(text, { evaluator, draws: 2 }), [["bank-drill", "## q Title {pts=1}"]]);
  });

  it("for an answer of a drill that has no value", async () => {
    const evaluator = createCompute(await loadPythonParser());
    const text = question(fence("params", "n: int 1..5"), fence("answer", "kind: count", "value: n + m")) + solution;
    assert.deepEqual(found(text, { evaluator, draws: 2 }), [["bank-drill", "n + m"]]);
  });

  it("for mathematics that cannot be shown", () => {
    const places = (text: string): string[] => {
      const source = new SourceText("mine.quiz.md", text);
      return mathematicsFaults(source).map(({ span, severity }) => `${severity} ${source.slice(span)}`);
    };
    const lines = ["Look at $\\frc{1}{2}$ and $x^2$.", "", "`$\\frc$` and $@{n}^2$", "", "$$\\frac{1}{2$$"];
    assert.deepEqual(places(question(...lines)), ["error $\\frc{1}{2}$", "error $$\\frac{1}{2$$"]);
    assert.deepEqual(places(question("Only $x + 1 and \\$5.")), ["warning $"]);
    assert.deepEqual(places(question(fence("hint", "So $\\sqr x$."))), ["error $\\sqr x$"]);
    assert.deepEqual(places(question("```python\nprice = '$'\n```")), []);
  });

  it("and there is none where nothing is wrong", () => {
    assert.deepEqual(found(answer("kind: formula", "value: 2*x", "accept: [x + x]")), []);
  });
});

describe("completion in a bank", () => {
  /** What is offered at `|`. */
  function offered(text: string): string[] {
    const offset = text.indexOf("|");
    const source = new SourceText("mine.quiz.md", text.slice(0, offset) + text.slice(offset + 1));
    const { bank } = readBank(source.path, source.text);
    return completeBank(source, offset, bank).map(({ label }) => label);
  }
  const after = `\n\n## other {pts=1 topics=cnn,losses}\n\nHow?\n\n${fence("rubric", "1 So")}${solution}`;
  const cases: readonly (readonly [what: string, text: string, some: readonly string[], none: readonly string[]])[] = [
    ["fields of the front matter", "---\nid: a\nti|\n---\n", ["title", "minutes"], ["pts"]],
    ["fields of a symbol", "---\nid: a\nsymbols:\n  x:\n    d|\n---\n", ["domain", "latex", "also"], ["title"]],
    ["blocks behind a fence", `${front}## q\n\n\`\`\`so|\n`, ["answer", "solution", "missing"], ["kind"]],
    ["only the kind at first", `${front}## q\n\n\`\`\`answer\n|\n\`\`\`\n`, ["kind"], ["value"]],
    ["kinds", `${front}## q\n\n\`\`\`answer\nkind: n|\n\`\`\`\n`, [...kindNames], ["value"]],
    [
      "fields of the kind",
      `${front}## q\n\n\`\`\`answer\nkind: number\nm|\n\`\`\`\n`,
      ["magnitude", "value"],
      ["accept"],
    ],
    ["symbols of a formula", `${front}## q\n\n\`\`\`answer\nkind: formula\nsymbols: [|\n\`\`\`\n`, ["x"], ["value"]],
    ["attributes", `${front}## q Title {|`, ["pts", "topics", "source"], ["cnn"]],
    ["attributes of a part", `${front}## q Title\n\n### a {|`, ["pts"], ["topics"]],
    ["topics in use", `${front}## q Title {pts=1 topics=cnn,|}${after}`, ["cnn", "losses"], ["pts"]],
    ["what may be missing", `${front}## q\n\n\`\`\`missing\n|\n\`\`\`\n`, ["solution", "figure"], ["kind"]],
    ["nothing in a text", `${front}## q\n\nso wh|`, [], ["answer"]],
    ["nothing in a solution", `${front}## q\n\n\`\`\`solution\nso|\n\`\`\`\n`, [], ["answer"]],
  ];
  for (const [what, text, some, none] of cases) {
    it(`offers ${what}`, () => {
      const labels = offered(text);
      assert.includeMembers(labels, [...some]);
      assert.isEmpty(labels.filter((label) => none.includes(label)));
      if (some.length === 0) assert.isEmpty(labels);
    });
  }

  it("knows the fields that each kind reads, and no others", () => {
    for (const kind of kindNames) {
      const text = question(
        "- [x] a\n  > b\n- [ ] c\n  > d",
        fence("answer", `kind: ${kind}`, "nonsense: 1"),
        fence("rubric", "1 So"),
      );
      const message = readBank("x.quiz.md", text).diagnostics.find(
        ({ rule }) => rule === "bank-unknown-field",
      )!.message;
      const known = /Known: (.*)\.$/.exec(message)![1]!.split(", ").filter((name) => name !== ""); // prettier-ignore
      assert.sameMembers(Object.keys(kindFields[kind]), known, kind);
    }
    const message = readBank("x.quiz.md", "---\nid: a\ntitle: b\nnonsense: 1\n---\n").diagnostics[0]!.message;
    for (const name of Object.keys(frontWords)) assert.include(message, name);
  });

  it("never fails, wherever the cursor stands", () => {
    const { bank } = readBank("x.quiz.md", bankTemplate);
    for (const text of [bankTemplate, bankTemplate.replaceAll("```", "``"), bankTemplate.slice(0, 300)]) {
      const source = new SourceText("x.quiz.md", text);
      for (let offset = 0; offset <= text.length; offset += 3) {
        for (const { span } of completeBank(source, offset, bank)) assert.isAtMost(span.start, offset);
        assert.isString(placeAt(source, offset).before);
      }
    }
  });
});

describe("a new bank", () => {
  it("has no fault and a question of each sort", async () => {
    const evaluator = createCompute(await loadPythonParser());
    assert.deepEqual(found(bankTemplate, { evaluator }), []);
    const { bank } = readBank("x.quiz.md", bankTemplate);
    assert.lengthOf(bank.questions, 2);
    assert.lengthOf(bank.drills, 1);
  });

  it("is helped by snippets that make sound questions", () => {
    const snippets = JSON.parse(readFileSync("snippets/quiz.json", "utf8")) as Record<string, { body: string[] }>;
    for (const [name, { body }] of Object.entries(snippets)) {
      const text = body
        .join("\n")
        .replace(/\$\{\d+\|([^,|]*)[^}]*\|\}/g, "$1") // prettier-ignore
        .replace(/\$\{\d+:((?:[^}\\]|\\.)*)\}/g, "$1") // prettier-ignore
        .replaceAll("\\}", "}");
      assert.deepEqual(found(front + text.replace("## id", "## some-id")), [], name);
    }
  });
});
