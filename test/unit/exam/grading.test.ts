/** Each kind of answer: how a response is echoed and what it is worth. */
import { assert } from "chai";
import type { Response } from "../../../src/core/exam/answer";
import { readBank } from "../../../src/core/exam/bank";
import { expected, grade, inputOf, selfTest, understand, type AnswerSpec } from "../../../src/core/exam/kinds/registry";

/** The answer of a bank's only question. */
function specOf(blocks: string, head = ""): AnswerSpec {
  const text = `---\nid: t\ntitle: T\n${head}---\n## q {pts=1}\nWhat?\n\n${blocks}\n\`\`\`solution\nSo.\n\`\`\`\n`;
  const { bank, diagnostics } = readBank("t.quiz.md", text);
  assert.deepEqual(
    diagnostics.map(({ message }) => message),
    [],
  );
  return bank.questions[0]!.parts[0]!.answer;
}

const answer = (fields: string): AnswerSpec => specOf(`\`\`\`answer\n${fields}\n\`\`\`\n`, heads);
const heads = "symbols:\n  mu: real\n  s: positive\n";

function fraction(spec: AnswerSpec, response: Response | string): number | string {
  const result = grade(spec, typeof response === "string" ? { text: response } : response);
  return result.state === "graded" ? result.fraction : result.state;
}

function feedback(spec: AnswerSpec, text: string): string {
  const result = grade(spec, { text });
  return result.state === "unreadable" ? result.problem : result.feedback.join(" ");
}

describe("numbers", () => {
  it("are right within a relative tolerance, one per cent where none is given", () => {
    const spec = answer("kind: number\nvalue: 0.451");
    assert.deepEqual(
      ["0.451", "0.45", "45 %", "0.46", "-0.451"].map((text) => fraction(spec, text)),
      [1, 1, 1, 0, 0],
    );
  });
  it("are exact where whole, unless a tolerance is given", () => {
    assert.equal(fraction(answer("kind: number\nvalue: 12"), "12.01"), 0);
    assert.equal(fraction(answer("kind: number\nvalue: 12\nabsolute: 1"), "11"), 1);
    assert.equal(fraction(answer("kind: number\nvalue: 45.8\nabsolute: 0.2"), "46"), 1);
    assert.equal(fraction(answer("kind: number\nvalue: 45.8\nabsolute: 0.2"), "46.01"), 0);
  });
  it("may be asked to their order of magnitude", () => {
    const spec = answer("kind: number\nvalue: 25_000_000\nmagnitude: true");
    assert.deepEqual(
      ["25 000 000", "10^7", "5e7", "2.5e8", "2.5e6", "-2.5e7", "0"].map((text) => fraction(spec, text)),
      [1, 1, 1, 0, 0, 0, 0],
    );
  });
  it("get the foreseen mistake's own words and credit", () => {
    const spec = answer(
      "kind: number\nvalue: 0.797\nrefuse:\n  - value: 1.46\n    says: Zero is not the lowest.\n    credit: 0.5",
    );
    assert.equal(fraction(spec, "1.46"), 0.5);
    assert.equal(feedback(spec, "1.46"), "Zero is not the lowest.");
  });
  it("hear of a lost sign, factor or power of ten", () => {
    const spec = answer("kind: number\nvalue: 25");
    assert.match(feedback(spec, "-25"), /sign/);
    assert.match(feedback(spec, "50"), /Twice/);
    assert.match(feedback(spec, "250"), /power of ten/);
  });
  it("are asked about when a comma is ambiguous, and not graded", () => {
    const spec = answer("kind: number\nvalue: 2.5");
    const reading = understand(spec, { text: "2,5" });
    assert.equal(reading.state, "ambiguous");
    if (reading.state === "ambiguous") assert.deepEqual(reading.meanings, [{ text: "2.5", echo: "$2.5$" }]);
    assert.match(reading.state === "ambiguous" ? reading.ask : "", /Did you mean \$2\.5\$\?/);
    assert.match(feedback(spec, "2,5"), /Did you mean \$2\.5\$\?/);
    assert.match(feedback(spec, "25,000"), /more than one way/);
    assert.equal(fraction(spec, "2,5"), "unreadable");
  });
  it("may carry their unit", () => {
    const spec = answer("kind: number\nvalue: 12\nunit: MB");
    assert.equal(fraction(spec, "12 MB"), 1);
    assert.equal(expected(spec), "$12$ MB");
  });
});

describe("counts", () => {
  const spec = answer("kind: count\nvalue: 48_120");
  it("are exact and read a comma as grouping", () => {
    assert.deepEqual(
      ["48120", "48,120", "48 120", "400*120 + 120", "48121"].map((text) => fraction(spec, text)),
      [1, 1, 1, 1, 0],
    );
  });
  it("are whole", () => {
    assert.equal(fraction(spec, "48.5"), "unreadable");
  });
  it("may be one more or less where the bank says so", () => {
    const near = answer("kind: count\nvalue: 50\ntolerance: 1\nrefuse:\n  - value: 52\n    says: Two off.");
    assert.deepEqual(
      ["49", "50", "51", "52", "48"].map((text) => fraction(near, text)),
      [1, 1, 1, 0, 0],
    );
    assert.match(feedback(near, "51"), /Accepted. Exactly it is \$50\$/);
    const clash = answer("kind: count\nvalue: 50\ntolerance: 1\nrefuse:\n  - value: 51\n    says: No.");
    assert.lengthOf(selfTest(clash), 1);
  });
});

describe("shapes", () => {
  const spec = answer("kind: shape\nvalue: [50, 50]\ntolerance: 1\nrefuse:\n  - value: 100x100\n    says: Stride.");
  it("are read in every notation, with leading ones left out and said so", () => {
    for (const text of ["50x50", "(50, 50)", "[1,1,50,50]", "1×1×50×50", "B,1,50,50", "49x51"]) {
      assert.equal(fraction(spec, text), 1, text);
    }
    const reading = understand(spec, { text: "1x1x50x50" });
    assert.deepInclude(reading, { state: "read", echo: "$1 \\times 1 \\times 50 \\times 50$" });
    assert.match(reading.state === "read" ? (reading.note ?? "") : "", /left out/);
  });
  it("may have ones behind them, and said so", () => {
    for (const text of ["50x50x1", "(1, 50, 50, 1)", "B,50,50,1,1"]) assert.equal(fraction(spec, text), 1, text);
    assert.match(feedback(spec, "50x50x1"), /trailing sizes were left out/);
    assert.match(feedback(spec, "1x50x50x1"), /leading and trailing sizes were left out/);
    assert.equal(fraction(answer("kind: shape\nvalue: [8, 1]"), "1x8x1"), 1);
    assert.equal(fraction(answer("kind: shape\nvalue: [1, 8]"), "1x8x1"), 1);
    assert.equal(fraction(spec, "50,50,B"), 0);
  });
  it("ask about a single side where a square is wanted", () => {
    const reading = understand(spec, { text: "50" });
    assert.deepEqual(reading.state === "ambiguous" ? reading.meanings : [], [
      { text: "50x50", echo: "$50 \\times 50$" },
    ]);
    assert.equal(fraction(spec, "50"), "unreadable");
    assert.equal(fraction(answer("kind: shape\nvalue: [50, 40]"), "50"), 0);
  });
  it("say what is off", () => {
    assert.equal(fraction(spec, "48x50"), 0);
    assert.match(feedback(spec, "50x70"), /Size 2/);
    assert.match(feedback(spec, "50"), /2 sizes, not 1/);
    assert.match(feedback(spec, "2x50x50"), /2 sizes, not 3/);
    assert.equal(feedback(spec, "100x100"), "Stride.");
    assert.match(feedback(spec, "49x50"), /Accepted/);
  });
});

describe("formulas", () => {
  const spec = answer(
    "kind: formula\nvalue: (mu^2 + s^2)/2\naccept: [mu^2/2 + s^2/2]\nalso:\n  - formula: (mu^2 + s)/2\n    says: With s the variance.\n" +
      "refuse:\n  - formula: mu^2 + s\n    says: Two slips.\n    credit: 0.25",
  );
  it("are echoed, and graded by their values", () => {
    assert.deepEqual(understand(spec, { text: "½(μ²+s²)" }), {
      state: "read",
      echo: "$\\frac{1}{2}\\,\\left(\\mu^{2} + s^{2}\\right)$",
    });
    assert.equal(fraction(spec, "½(μ²+s²)"), 1);
    assert.equal(fraction(spec, "mu^2/2"), 0);
  });
  it("accept other conventions and know misconceptions", () => {
    assert.match(feedback(spec, "mu^2/2 + s/2"), /Right\. With s the variance/);
    assert.equal(fraction(spec, "s + mu*mu"), 0.25);
    assert.equal(feedback(spec, "s + mu*mu"), "Two slips.");
  });
  it("hear of a lost sign, a factor, a near value, a missing value", () => {
    assert.match(feedback(spec, "-(mu^2 + s^2)/2"), /sign/);
    assert.match(feedback(spec, "mu^2 + s^2"), /\\frac\{1\}\{2\}\$ is missing/);
    assert.match(feedback(spec, "(mu^2 + s^2)/4"), /\$2\$ is missing/);
    assert.match(feedback(spec, "5(mu^2 + s^2)"), /\$10\$ times/);
    assert.match(feedback(spec, "0.501 (mu^2 + s^2)"), /close/);
    assert.match(feedback(spec, "(sqrt(mu)^4 + s^2)/2"), /no value|none at/);
    assert.match(feedback(spec, "mu"), /^Not equal: at \$\\mu = -?[\d.]+\$, \$s = [\d.]+\$ this gives \$-?[\d.]+\$\.$/);
  });
  it("are never wrong when they cannot be read", () => {
    assert.equal(fraction(spec, "mu + q"), "unreadable");
    assert.equal(fraction(spec, "mu + "), "unreadable");
    assert.equal(fraction(spec, " "), "unreadable");
  });
  it("leave the grading to the student where nothing can be decided", () => {
    assert.equal(fraction(answer("kind: formula\nvalue: ln(-s)"), "ln(-s)"), "self");
  });
  it("fail their own test when a listed form is not what it should be", () => {
    assert.deepEqual(selfTest(spec), []);
    assert.lengthOf(selfTest(answer("kind: formula\nvalue: mu\naccept: [mu + 1]")), 1);
    assert.lengthOf(selfTest(answer("kind: formula\nvalue: 2*mu\nrefuse:\n  - formula: mu + mu\n    says: No.")), 1);
    assert.lengthOf(selfTest(answer("kind: formula\nvalue: ln(-s)")), 1);
  });
  it("are asked about where nobody can say what stands below the bar", () => {
    const spec = answer("kind: formula\nvalue: mu/(2*s^2)");
    const reading = understand(spec, { text: "mu/2s^2" });
    assert.deepEqual(reading.state === "ambiguous" ? reading.meanings.map(({ text }) => text) : [], ["mu/(2s^2)", "mu/2*s^2"]); // prettier-ignore
    assert.deepEqual(fraction(spec, "mu/2s^2"), "unreadable");
    assert.equal(fraction(spec, "mu/(2s^2)"), 1);
    for (const text of ["mu/2*s^2", "mu/2 s^2", "\\frac{mu}{2}s^2", "mu/2(s^2)"]) assert.equal(fraction(spec, text), 0, text); // prettier-ignore
    const below = (text: string): string => {
      const shown = understand(spec, { text });
      return shown.state === "ambiguous" ? shown.meanings[0]!.text : shown.state;
    };
    assert.equal(below("1/2\\mu s + 1"), "1/(2\\mu) s + 1");
    assert.equal(below("(mu/2s^{2})/3"), "(mu/(2s^{2}))/3");
    assert.equal(below("1/2ln(s)"), "read");
    assert.equal(below("1/2 ln s"), "read");
  });
});

describe("choices", () => {
  const options = (marks: string): string =>
    [...marks.split("")].map((mark, place) => `- [${mark}] option ${place}\n  > reason ${place}`).join("\n");
  it("of one option give all or nothing", () => {
    const spec = specOf(options(" x "));
    assert.equal(spec.kind, "single");
    assert.deepEqual(
      [[1], [0], [7]].map((chosen) => fraction(spec, { chosen })),
      [1, 0, "unreadable"],
    );
  });
  it("of many give for right options and take for wrong ones", () => {
    const spec = specOf(options("xx  "));
    assert.equal(spec.kind, "multiple");
    const chosen = [[0, 1], [0], [0, 2], [0, 1, 2], [0, 1, 2, 3], [], [2, 3]];
    assert.deepEqual(
      chosen.map((places) => fraction(spec, { chosen: places })),
      [1, 0.5, 0, 0.5, 0, 0, 0],
    );
  });
  it("say how the points of many come about", () => {
    const spec = specOf(options("xx  "));
    const said = (chosen: readonly number[]): string => {
      const result = grade(spec, { chosen });
      return result.state === "graded" ? result.feedback.join(" ") : result.state;
    };
    assert.match(said([0, 2]), /ticked 1 of 2 true ones.* 1\/2 of the points; and 1 of 2 false ones.* 1\/2 away/);
    assert.notMatch(said([0]), /away/);
    assert.notMatch(said([0, 1]), /ticked/);
  });
  it("may have no right option at all", () => {
    const spec = specOf(`${options("  ")}\n\`\`\`answer\nkind: multiple\n\`\`\`\n`);
    assert.equal(fraction(spec, { chosen: [] }), 1);
    assert.equal(fraction(spec, { chosen: [0] }), 0.5);
  });
  it("carry the reason of every option", () => {
    const spec = specOf(options("x "));
    if (spec.kind !== "single") return assert.fail(spec.kind);
    assert.deepEqual(spec.options[1], { text: "option 1", correct: false, reason: "reason 1" });
  });
});

describe("open answers", () => {
  const spec = specOf("```rubric\n0.5 First thing\n0.25 Second\n  thing\n0.25 Third\n-0.5 A howler\n```\n");
  it("wait for the student's ticks", () => {
    assert.equal(inputOf(spec.kind), "text");
    assert.equal(fraction(spec, { text: "My answer" }), "self");
    assert.equal(fraction(spec, { text: "" }), "self");
  });
  it("are worth what is ticked, not less than nothing", () => {
    assert.equal(fraction(spec, { text: "…", ticked: [0, 1] }), 0.75);
    assert.equal(fraction(spec, { ticked: [0, 1, 2] }), 1);
    assert.equal(fraction(spec, { ticked: [0, 3] }), 0);
    assert.equal(fraction(spec, { ticked: [3] }), 0);
  });
});
