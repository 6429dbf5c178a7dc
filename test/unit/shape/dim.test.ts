/** Symbolic integers: what they print as, what they can be, and that they count as Python does. */
import { assert } from "chai";
import { atMost, equals, rangeOf } from "../../../src/core/shape/bounds";
import {
  type Dim,
  add,
  constant,
  constantValue,
  divideExactly,
  multiply,
  newSymbol,
  solveFor,
  subtract,
  symbolsOf,
} from "../../../src/core/shape/dim";
import { ceilDivide, floorDivide, maximum, minimum, modulo, substitute } from "../../../src/core/shape/division";
import { parseSizeExpression } from "../../../src/core/shape/expression";
import { printDim } from "../../../src/core/shape/notation";
import { evaluateSize, isDim } from "../../../src/core/ops/sizes";
import { type Random, seeded } from "../support/random";

const symbols: Record<string, Dim> = {
  B: newSymbol("B", "given"),
  H: newSymbol("H", "given"),
  C: newSymbol("C", "given"),
  h: newSymbol("h", "given", 1, 8),
  k: newSymbol("k", "given", -Infinity),
};

function read(text: string): Dim {
  const functions = {
    min: (args: readonly unknown[]) => minimum(args[0] as Dim, args[1] as Dim),
    max: (args: readonly unknown[]) => maximum(args[0] as Dim, args[1] as Dim),
    ceil: (args: readonly unknown[]) => ceilDivide(args[0] as Dim, args[1] as Dim),
  };
  const value = evaluateSize(parseSizeExpression(text), (name) => symbols[name], functions);
  assert.isTrue(isDim(value), text);
  return value as Dim;
}

describe("A dimension", () => {
  const cases: [expression: string, printed: string, min: number, max: number][] = [
    ["2 + 3 * 4", "14", 14, 14],
    ["0 * B", "0", 0, 0],
    ["B", "B", 1, Infinity],
    ["H - 4", "H - 4", -3, Infinity],
    ["4 - H", "-H + 4", -Infinity, 3],
    ["H - H", "0", 0, 0],
    ["B * H + H * B", "2*B*H", 2, Infinity],
    ["(B + H) * (B - H)", "B*B - H*H", -Infinity, Infinity],
    ["h * h", "h*h", 1, 64],
    ["H // 2", "H//2", 0, Infinity],
    ["H // 2 // 2", "H//4", 0, Infinity],
    ["(H // 2 - 2) // 2", "H//4 - 1", -1, Infinity],
    ["(2 * H + 5) // 2", "H + 2", 3, Infinity],
    ["(4 * H + 6) // 4", "H + 1", 2, Infinity],
    ["(H + 7) // 4", "(H + 3)//4 + 1", 2, Infinity],
    ["B * H // H", "B", 1, Infinity],
    ["C // h * h", "h*(C//h)", 0, Infinity],
    ["0 - H // 2", "-(H//2)", -Infinity, 0],
    ["B - H // 2", "B - H//2", -Infinity, Infinity],
    ["H % 2", "H % 2", 0, 1],
    ["(4 * H + 3) % 2", "1", 1, 1],
    ["1 - H % 2", "-(H % 2) + 1", 0, 1],
    ["6 * H % 3", "0", 0, 0],
    ["7 // (0 - 2)", "-4", -4, -4],
    ["(0 - 7) % 3", "2", 2, 2],
    ["7 % (0 - 3)", "-2", -2, -2],
    ["min(H, H + 1)", "H", 1, Infinity],
    ["max(H, 1)", "H", 1, Infinity],
    ["min(H, 8)", "min(H, 8)", 1, 8],
    ["max(H - 4, 0)", "max(0, H - 4)", 0, Infinity],
    ["ceil(H, 2)", "(H + 1)//2", 1, Infinity],
    ["H // (0 * H)", "?", -Infinity, Infinity],
  ];
  for (const [expression, printed, min, max] of cases) {
    it(`${expression} is ${printed}, from ${min} to ${max}`, () => {
      const dim = read(expression);
      assert.equal(printDim(dim), printed);
      assert.deepEqual({ ...rangeOf(dim) }, { min, max });
    });
  }

  const comparisons: [left: string, right: string, equal: string, atMost: string][] = [
    ["B", "B", "yes", "yes"],
    ["B", "H", "maybe", "maybe"],
    ["B", "0", "no", "no"],
    ["B + 1", "B", "no", "no"],
    ["2 * H", "7", "no", "maybe"],
    ["6 * B + 9 * H", "10", "no", "no"],
    ["h", "9", "no", "yes"],
    ["k", "0", "maybe", "maybe"],
    ["H % 4", "5", "no", "yes"],
    ["16 * H * H", "25", "no", "maybe"],
    ["min(H, 3)", "4", "no", "yes"],
  ];
  for (const [left, right, equal, less] of comparisons) {
    it(`${left} equals ${right}: ${equal}; is at most that: ${less}`, () => {
      assert.equal(equals(read(left), read(right)), equal);
      assert.equal(equals(read(right), read(left)), equal);
      assert.equal(atMost(read(left), read(right)), less);
    });
  }

  it("is solved for a symbol that stands in it once and alone", () => {
    const [H] = symbolsOf(symbols.H!);
    const solve = (text: string): string | undefined => {
      const value = solveFor(read(text), H!);
      return value && printDim(value);
    };
    assert.equal(solve("H - 784"), "784");
    assert.equal(solve("2 * B - H"), "2*B");
    assert.isUndefined(solve("2 * H - 8"));
    assert.isUndefined(solve("H * B - 8"));
    assert.isUndefined(solve("H - H // 2"));
    assert.isUndefined(solve("B - 3"));
  });

  it("gives up what outgrows any reader, rather than to count for long", () => {
    let dim = read("B + H + C + h + k");
    for (let i = 0; i < 60; i++) dim = multiply(dim, read("B + H - C"));
    assert.equal(printDim(dim), "?");
    assert.equal(printDim(multiply(constant(2 ** 40), constant(2 ** 40))), "?");
  });
});

describe("Random dimensions", () => {
  interface Sample {
    readonly dim: Dim;
    readonly count: (values: ReadonlyMap<number, number>) => number | undefined;
  }

  const given = ["x", "y", "z"].map((name) => newSymbol(name, "given", name === "z" ? -20 : 1, 40));
  const floor = (a: number, b: number): number | undefined => (b === 0 ? undefined : Math.floor(a / b));
  const operations: [(a: Dim, b: Dim) => Dim, (a: number, b: number) => number | undefined][] = [
    [add, (a, b) => a + b],
    [subtract, (a, b) => a - b],
    [multiply, (a, b) => a * b],
    [floorDivide, floor],
    [modulo, (a, b) => (b === 0 ? undefined : a - Math.floor(a / b) * b)],
    [minimum, Math.min],
    [maximum, Math.max],
    [ceilDivide, (a, b) => (b === 0 ? undefined : Math.floor((a + b - 1) / b))],
  ];

  function sample(random: Random, depth: number): Sample {
    if (depth === 0 || random.once(5)) {
      if (random.once(2)) {
        const value = random.integer(-6, 12);
        return { dim: constant(value), count: () => value };
      }
      const dim = random.pick(given);
      const [symbol] = symbolsOf(dim);
      return { dim, count: (values) => values.get(symbol!.id) };
    }
    const [symbolic, numeric] = random.pick(operations);
    const [a, b] = [sample(random, depth - 1), sample(random, depth - 1)];
    const count: Sample["count"] = (values) => {
      const [x, y] = [a.count(values), b.count(values)];
      return x === undefined || y === undefined ? undefined : numeric(x, y);
    };
    return { dim: symbolic(a.dim, b.dim), count };
  }

  const draw = (random: Random): Map<number, number> =>
    new Map(given.flatMap((dim) => [...symbolsOf(dim)].map(({ id, min, max }) => [id, random.integer(min, max)])));

  it("count as Python does, lie in their range, and compare as their numbers do", () => {
    const random = seeded(11);
    let decided = 0;
    for (let i = 0; i < 4000; i++) {
      const [one, other] = [sample(random, 4), sample(random, 3)];
      const [equal, less] = [equals(one.dim, other.dim), atMost(one.dim, other.dim)];
      if (equal !== "maybe" || less !== "maybe") decided++;
      for (let j = 0; j < 6; j++) {
        const values = draw(random);
        const [a, b] = [one.count(values), other.count(values)];
        if (a === undefined || Math.abs(a) > 2 ** 50) continue;
        const placed = substitute(one.dim, (symbol) => {
          const value = values.get(symbol.id);
          return value === undefined ? undefined : constant(value);
        });
        const text = `${printDim(one.dim)} at ${JSON.stringify([...values.values()])}`;
        const number = constantValue(placed);
        if (number !== undefined) assert.equal(number, a, text);
        else assert.include(printDim(placed), "?", text);
        const { min, max } = rangeOf(one.dim);
        assert.isTrue(min <= a && a <= max, `${text}: ${a} in ${min} to ${max}`);
        if (b === undefined) continue;
        if (equal !== "maybe") assert.equal(a === b, equal === "yes", `${text} against ${printDim(other.dim)}`);
        if (less !== "maybe") assert.equal(a <= b, less === "yes", `${text} against ${printDim(other.dim)}`);
      }
    }
    assert.isAbove(decided, 300);
  });

  it("divide exactly only where that comes out even", () => {
    const random = seeded(12);
    let divided = 0;
    for (let i = 0; i < 3000; i++) {
      const [one, other] = [sample(random, 3), sample(random, 1)];
      const quotient = divideExactly(one.dim, other.dim);
      if (!quotient) continue;
      divided++;
      assert.equal(multiply(quotient, other.dim).key, one.dim.key);
    }
    assert.isAbove(divided, 100);
  });

  it("print what Python reads as the same number", () => {
    const random = seeded(13);
    for (let i = 0; i < 2000; i++) {
      const { dim } = sample(random, 3);
      const printed = printDim(dim);
      if (printed.includes("?")) continue;
      const names = new Map(given.map((known) => [printDim(known), known]));
      const functions = {
        min: (args: readonly unknown[]) => minimum(args[0] as Dim, args[1] as Dim),
        max: (args: readonly unknown[]) => maximum(args[0] as Dim, args[1] as Dim),
      };
      const again = evaluateSize(parseSizeExpression(printed), (name) => names.get(name), functions) as Dim;
      for (let j = 0; j < 4; j++) {
        const values = draw(random);
        const place = (whole: Dim): number | undefined =>
          constantValue(substitute(whole, (symbol) => constant(values.get(symbol.id)!)));
        assert.equal(place(again), place(dim), printed);
      }
    }
  });
});
