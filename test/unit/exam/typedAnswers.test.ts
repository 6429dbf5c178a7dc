/** Numbers and shapes as people type them. */
import { assert } from "chai";
import { numberLatex, readNumber } from "../../../src/core/exam/numberText";
import { randomFrom } from "../../../src/core/exam/random";
import { readShape, shapeLatex } from "../../../src/core/exam/shapeText";

describe("reading numbers", () => {
  const numbers: readonly (readonly [input: string, value: number])[] = [
    ["25000000", 25e6],
    ["25 000 000", 25e6],
    ["25\u00a0000\u202f000", 25e6],
    ["25,000,000", 25e6],
    ["25.000.000", 25e6],
    ["25'000'000", 25e6],
    ["25_000_000", 25e6],
    ["2.5e7", 2.5e7],
    ["2.5E+7", 2.5e7],
    ["2.5·10^7", 2.5e7],
    ["2.5 x 10^7", 2.5e7],
    ["2.5×10⁷", 2.5e7],
    ["2.5 * 10**7", 2.5e7],
    ["$2.5 \\cdot 10^{7}$", 2.5e7],
    ["10^7", 1e7],
    ["≈ 25M", 25e6],
    ["25.3 million", 25_300_000],
    ["25k", 25_000],
    ["25 Mio.", 25e6],
    ["3.5 bn", 3.5e9],
    ["2.5 10^7", 2.5e7],
    ["2.5 10⁻³", 2.5e-3],
    ["2.5 E7", 2.5e7],
    ["∼ 10^7", 1e7],
    ["approximately 3", 3],
    ["circa 3", 3],
    ["\\sim 3", 3],
    ["45.1 \\%", 0.451],
    ["-2.144…", -2.144],
    ["0.333...", 0.333],
    ["10000*2500", 25e6],
    ["10 000 * 2 500", 25e6],
    ["3/4", 0.75],
    ["-1/3", -1 / 3],
    ["½", 0.5],
    ["−0.5", -0.5],
    [".5", 0.5],
    ["45.1 %", 0.451],
    ["e^2/(e^2+9)", Math.E ** 2 / (Math.E ** 2 + 9)],
    ["sqrt(2/768)", Math.sqrt(2 / 768)],
    ["1e-3", 0.001],
    ["2.5e−7", 2.5e-7],
    ["1,234.5", 1234.5],
    ["1.234,5", 1234.5],
    ["= 9", 9],
    ["3x3", 9],
    ["3 × 3 = 9", 9],
    ["n = 9", 9],
    ["9 weights", 9],
    ["25 million parameters", 25e6],
    ["25 Millionen", 25e6],
    ["3 times", 3],
    ["6.06x", 6.06],
    ["32 * 9 * 64 = 18,432", 18_432],
    ["ln(5/3)/ln(3) ≈ 0.465", Math.log(5 / 3) / Math.log(3)],
    ["ln(5/3)/ln(3) = 0.46", Math.log(5 / 3) / Math.log(3)],
  ];
  for (const [input, value] of numbers) {
    it(`reads ${input}`, () => {
      const reading = readNumber(input);
      assert.equal(reading.state, "number");
      if (reading.state === "number") assert.closeTo(reading.value, value, 1e-12 * Math.abs(value));
    });
  }

  const ambiguous: readonly (readonly [input: string, values: readonly number[]])[] = [
    ["2,5", [2.5]],
    ["0,802", [0.802]],
    ["2,5e7", [2.5e7]],
    ["2,5 Mio", [2.5e6]],
    ["2,5·10^7", [2.5e7]],
    ["1,5/2,5", [0.6]],
    ["25,000", [25_000, 25]],
    ["-1,234", [-1234, -1.234]],
    ["48,120 ", [48_120, 48.12]],
  ];
  for (const [input, values] of ambiguous) {
    it(`asks what ${input} means`, () => {
      assert.deepEqual(readNumber(input), { state: "ambiguous", values });
    });
  }

  it("takes a comma before three digits for grouping where a whole number is wanted", () => {
    assert.deepEqual(readNumber("25,000", true), { state: "number", value: 25_000 });
    assert.deepEqual(readNumber("25.000", true), { state: "ambiguous", values: [25_000] });
  });

  for (const input of [
    "",
    "  ",
    "nine",
    "12 34",
    "1 0000",
    "1/0",
    "ln(-1)",
    "9 bits",
    "weights",
    "3 x y",
    "ln(5/3)/ln(3) = 0.48",
    "3*3 = 10",
    "1.2.3",
    "--",
    "n+1",
    "2,5,7",
  ]) {
    it(`does not read “${input}” as a number`, () => {
      assert.equal(readNumber(input).state, "unreadable");
    });
  }

  it("shows numbers in groups of three or as powers of ten", () => {
    const shown: readonly (readonly [number, string])[] = [
      [25e6, "25\\,000\\,000"],
      [1707274, "1\\,707\\,274"],
      [0.45086, "0.45086"],
      [1234.5, "1\\,234.5"],
      [2.5e-7, "2.5 \\cdot 10^{-7}"],
      [-9, "-9"],
      [1e20, "1 \\cdot 10^{20}"],
    ];
    for (const [value, text] of shown) assert.equal(numberLatex(value), text);
  });
});

describe("reading nonsense", () => {
  it("neither throws nor takes long", () => {
    const pieces = ["1", ",", ".", " ", "x", "(", "]", "e", "^", "10", "000", "-", "%", "M", "/", "½", "×", "\\"];
    const random = randomFrom(11);
    for (let round = 0; round < 3000; round++) {
      const text = Array.from({ length: 12 }, () => pieces[Math.floor(random() * pieces.length)]!).join("");
      const number = readNumber(text);
      if (number.state === "number") assert.isTrue(Number.isFinite(number.value), text);
      const shape = readShape(text);
      if (shape.state === "shape") assert.isNotEmpty(shape.sizes, text);
    }
    for (const piece of pieces) {
      assert.equal(readNumber(`1${piece.repeat(100_000)}z`).state, "unreadable");
      assert.equal(readShape(`1${piece.repeat(100_000)}z`).state, "unreadable");
    }
  });
});

describe("reading shapes", () => {
  const shapes: readonly (readonly [input: string, sizes: readonly (number | string)[]])[] = [
    ["50x50", [50, 50]],
    ["50 X 50", [50, 50]],
    ["50×50", [50, 50]],
    ["50 * 50", [50, 50]],
    ["(50, 50)", [50, 50]],
    ["[1,1,50,50]", [1, 1, 50, 50]],
    ["1×1×50×50", [1, 1, 50, 50]],
    ["torch.Size([1, 1, 50, 50])", [1, 1, 50, 50]],
    ["50 by 50", [50, 50]],
    ["50 50", [50, 50]],
    ["50 x 50 pixels", [50, 50]],
    ["H=50, W = 40", [50, 40]],
    ["$50 \\times 50$", [50, 50]],
    ["(50,)", [50]],
    ["50", [50]],
    ["(B, 1, 50, 50)", ["B", 1, 50, 50]],
    ["Nx1x50x50", ["N", 1, 50, 50]],
  ];
  for (const [input, sizes] of shapes) {
    it(`reads ${input}`, () => {
      assert.deepEqual(readShape(input), { state: "shape", sizes });
    });
  }

  for (const input of ["", "()", "50.5x50", "fifty", "50,,50", "(50, 50", "-1x50", "50x"]) {
    it(`does not read “${input}” as a shape`, () => {
      assert.equal(readShape(input).state, "unreadable");
    });
  }

  it("points at the size that is none", () => {
    const reading = readShape("(50, fifty)");
    assert.deepEqual(reading.state === "unreadable" ? reading.span : undefined, { start: 5, end: 10 });
  });

  it("shows a shape as a product", () => {
    assert.equal(shapeLatex([50, 50]), "50 \\times 50");
    assert.equal(shapeLatex([10]), "(10)");
  });
});
