/** Matrices: the ways of writing them, tolerance, partial credit by entry. */
import { assert } from "chai";
import { readMatrix } from "../../../src/core/exam/kinds/matrixText";
import { expected, grade, inputOf, selfTest, understand, type AnswerSpec } from "../../../src/core/exam/kinds/registry";
import { answerWith, fraction, readAnswer } from "./readAnswer";
import { randomFrom } from "../../../src/core/exam/random";

const read = (fields: string) => readAnswer(`kind: matrix\n${fields}`);
const specOf = (fields: string): AnswerSpec => answerWith(`kind: matrix\n${fields}`);

function feedback(spec: AnswerSpec, text: string): string {
  const result = grade(spec, { text });
  return result.state === "unreadable" ? result.problem : result.feedback.join(" ");
}

describe("reading matrices", () => {
  const two = [[1, 2], [3, 4]]; // prettier-ignore
  const texts: readonly (readonly [string, readonly (readonly number[])[]])[] = [
    ["[[1, 2], [3, 4]]", two],
    ["[[1,2],[3,4]]", two],
    ["[[1 2] [3 4]]", two],
    ["[[1. 2.]\n [3. 4.]]", two],
    ["[1, 2], [3, 4]", two],
    ["[1 2; 3 4]", two],
    ["1 2; 3 4", two],
    ["1, 2; 3, 4", two],
    ["1 2, 3 4", two],
    ["1 2 | 3 4", two],
    ["|1 2| |3 4|", two],
    ["1,2;3,4;", two],
    ["1 2\n3 4", two],
    ["1, 2\r\n3, 4\r\n", two],
    ["1\t2\n3\t4", two],
    ["| 1 2 |\n| 3 4 |", two],
    ["(1 2; 3 4)", two],
    ["((1, 2), (3, 4))", two],
    ["{{1, 2}, {3, 4}}", two],
    ["tensor([[1., 2.], [3., 4.]])", two],
    ["torch.tensor([[1, 2], [3, 4]], dtype=torch.float32)", two],
    ["np.array([[1, 2], [3, 4]])", two],
    ["W = [[1, 2], [3, 4]]", two],
    ["\\begin{pmatrix}1&2\\\\3&4\\end{pmatrix}", two],
    ["$$\\begin{bmatrix} 1 & 2 \\\\ 3 & 4 \\end{bmatrix}$$", two],
    ["\\left(\\begin{array}{cc} 1 & 2 \\\\ 3 & 4 \\end{array}\\right)", two],
    ["\\left[\\begin{matrix} 1 & 2 \\\\ 3 & 4 \\\\ \\end{matrix}\\right]", two],
    ["−4 1; −1 3", [[-4, 1], [-1, 3]]],
    ["- 4 1; - 1 3", [[-4, 1], [-1, 3]]],
    ["-4, 1; -1, 3", [[-4, 1], [-1, 3]]],
    ["1/2 0.25; 1e-3 2^3", [[0.5, 0.25], [0.001, 8]]],
    ["\\frac{1}{2} & 0 \\\\ 0 & \\frac{1}{2}", [[0.5, 0], [0, 0.5]]],
    ["(1 2 3)", [[1, 2, 3]]],
    ["[1, 2, 3]", [[1, 2, 3]]],
    ["(1, 2, 3)^T", [[1], [2], [3]]],
    ["(1, 2)\n(3, 4)", two],
    ["(1, 2), (3, 4)", two],
    ["(1/2) (3/4)", [[0.5, 0.75]]],
    ["[1 2]\n[3 4]", two],
    ["[[1, 3], [2, 4]]^T", two],
    ["\\begin{pmatrix}1&3\\\\2&4\\end{pmatrix}^\\top", two],
    ["[[1], [2], [3]]", [[1], [2], [3]]],
    ["1; 2; 3", [[1], [2], [3]]],
    ["7", [[7]]],
    ["[[7]]", [[7]]],
  ]; // prettier-ignore
  for (const [text, rows] of texts) {
    it(`reads ${JSON.stringify(text)}`, () => {
      assert.deepEqual(readMatrix(text), { state: "matrix", rows });
    });
  }

  for (const text of [
    "",
    "  ",
    "[[]]",
    "1 2; 3",
    "-4 1 / -1 3",
    "[[1, 2], [3]]",
    "a b; c d",
    "1 2; 3 x",
    "[[1, 2], [3, 4]",
    "1,,2",
    "1 / 0 2",
  ]) {
    it(`does not read ${JSON.stringify(text)}`, () => {
      assert.equal(readMatrix(text).state, "unreadable");
    });
  }

  it("asks about decimal commas", () => {
    assert.deepEqual(readMatrix("0,5 0,25; 1 2"), { state: "ambiguous", rows: [[0.5, 0.25], [1, 2]] }); // prettier-ignore
    assert.deepEqual(readMatrix("0,5 & 1 \\\\ 2 & 3"), { state: "ambiguous", rows: [[0.5, 1], [2, 3]] }); // prettier-ignore
  });

  it("neither throws nor takes long on nonsense", () => {
    const pieces = [
      "1",
      ",",
      ";",
      " ",
      "[",
      "]",
      "(",
      ")",
      "{",
      "}",
      "|",
      "&",
      "\\\\",
      "\n",
      "-",
      ".",
      "\\begin{",
      "x",
    ];
    const random = randomFrom(5);
    for (let round = 0; round < 3000; round++) {
      const text = Array.from({ length: 14 }, () => pieces[Math.floor(random() * pieces.length)]!).join("");
      const reading = readMatrix(text);
      if (reading.state === "matrix") assert.isTrue(reading.rows.flat().every(Number.isFinite), text);
    }
    for (const piece of pieces) assert.isBelow(timeOf(() => readMatrix(piece.repeat(1900))), 5000, piece); // prettier-ignore
  });
});

function timeOf(run: () => unknown): number {
  const start = performance.now();
  run();
  return performance.now() - start;
}

describe("matrices", () => {
  const spec = specOf(
    "value: [[-4, 1], [-1, 3]]\nrefuse:\n  - value: [[4, -1], [1, -3]]\n    credit: 0.5\n    says: Flipped.",
  );

  it("are echoed, and graded entry by entry", () => {
    const echo = "$\\begin{pmatrix} -4 & 1 \\\\ -1 & 3 \\end{pmatrix}$";
    assert.deepEqual(understand(spec, { text: "-4 1; -1 3" }), { state: "read", echo });
    assert.equal(expected(spec), echo);
    assert.equal(inputOf(spec.kind), "line");
    assert.equal(fraction(spec, "[[-4, 1], [-1, 3]]"), 1);
    assert.equal(fraction(spec, "[[-4, 1], [-1, 2]]"), 0.75);
    assert.match(feedback(spec, "[[-4, 1], [-1, 2]]"), /3 of 4 entries are right\. .* row 2, column 2/);
    assert.equal(fraction(spec, "9 9; 9 9"), 0);
  });

  it("know foreseen mistakes, the transpose, and the size", () => {
    assert.equal(fraction(spec, "4 -1; 1 -3"), 0.5);
    assert.equal(feedback(spec, "4 -1; 1 -3"), "Flipped.");
    assert.match(feedback(spec, "-4 -1; 1 3"), /changed places/);
    assert.match(feedback(spec, "1 2 3; 4 5 6; 7 8 9"), /\$2 \\times 2\$, not \$3 \\times 3\$/);
    assert.equal(fraction(spec, "1 2 3; 4 5 6"), 0);
  });

  it("ask where the rows are not told apart, and about decimal commas", () => {
    const reading = understand(spec, { text: "-4 1 -1 3" });
    assert.deepEqual(reading.state === "ambiguous" ? reading.meanings.map(({ text }) => text) : [], ["-4 1; -1 3"]);
    assert.equal(fraction(spec, "-4 1 -1 3"), "unreadable");
    assert.equal(fraction(spec, "-4,0 1; -1 3"), "unreadable");
    const comma = understand(spec, { text: "-4,5 1; -1 3" });
    assert.deepEqual(comma.state === "ambiguous" ? comma.meanings.map(({ text }) => text) : [], ["-4.5 1; -1 3"]);
  });

  it("take a vector lying or standing", () => {
    for (const value of ["[[1], [2], [3]]", "[[1, 2, 3]]", "1 2 3"]) {
      for (const text of ["1 2 3", "1; 2; 3", "(1, 2, 3)", "[[1], [2], [3]]"]) {
        assert.equal(fraction(specOf(`value: ${value}`), text), 1, `${value} ${text}`);
      }
    }
    assert.equal(fraction(specOf("value: [[1, 2, 3]]"), "1 2 4"), 0.6667);
  });

  it("have a tolerance: none for whole numbers, else one per cent where nothing is said", () => {
    assert.equal(fraction(spec, "-4.01 1; -1 3"), 0.75);
    assert.equal(fraction(specOf("value: [[0.5, 0.25]]"), "0.5 0.252"), 1);
    assert.equal(fraction(specOf("value: [[0.5, 0.25]]"), "0.5 0.26"), 0.5);
    assert.equal(fraction(specOf("value: [[0.3333, 0]]\nabsolute: 0.006"), "1/3 0.005"), 1);
    assert.equal(fraction(specOf("value: [[100, 0]]\nrelative: 0.1"), "95 0"), 1);
  });

  it("fail their own test when a refused matrix is right", () => {
    assert.deepEqual(selfTest(spec), []);
    assert.lengthOf(selfTest(specOf("value: 1 2; 3 4\nrefuse:\n  - value: [[1, 2], [3, 4]]\n    says: No.")), 1);
  });

  for (const fields of ["value: [[1, 2], [3]]", "value: [[a, b]]", "value:\n  a: 1", "value: []"]) {
    it(`report ${JSON.stringify(fields)}`, () => {
      assert.include(read(fields).diagnostics.map(({ rule }) => rule), "bank-not-a-matrix"); // prettier-ignore
    });
  }
});
