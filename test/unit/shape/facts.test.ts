/** Broadcasting, and what is learnt about inputs that nobody described. */
import { assert } from "chai";
import { broadcast } from "../../../src/core/shape/broadcast";
import { type Dim, constant, constantValue, newSymbol, symbolsOf } from "../../../src/core/shape/dim";
import { floorDivide } from "../../../src/core/shape/division";
import { Facts } from "../../../src/core/shape/facts";
import { Table } from "../../../src/core/infer/memory/table";
import { Trail } from "../../../src/core/infer/memory/trail";
import { printDim, printShape } from "../../../src/core/shape/notation";
import { type Shape, newRest } from "../../../src/core/shape/shape";
import { seeded } from "../support/random";

const newFacts = (): Facts => new Facts(new Table<unknown>(new Trail()));

function shape(...sizes: (number | Dim | "*")[]): Shape {
  return sizes.map((size) => (size === "*" ? newRest("free") : typeof size === "number" ? constant(size) : size));
}

describe("Broadcasting", () => {
  const [B, T] = [newSymbol("B", "given"), newSymbol("T", "given")];
  const big = newSymbol("N", "given", 2);
  const rest = newRest("free");
  const cases: [left: Shape, right: Shape, result: string][] = [
    [shape(), shape(3, 4), "(3, 4)"],
    [shape(2, 1, 3), shape(4, 1), "(2, 4, 3)"],
    [shape(2, 3), shape(2, 4), "mismatch 3, 4 at 1"],
    [shape(2, 3), shape(4, 3), "mismatch 2, 4 at 2"],
    [shape(B, 3), shape(3), "(B, 3)"],
    [shape(B, T), shape(B, T), "(B, T)"],
    [shape(B, 3), shape(5, 3), "(5, 3)"],
    [shape(B, 3), shape(T, 3), "(max(B, T), 3)"],
    [shape(big, 3), shape(B, 3), "(N, 3)"],
    [[rest, constant(8)], [rest, constant(8)], "(*, 8)"],
    [[rest, constant(8)], shape(8), "(*, 8)"],
    [shape(1), [rest, constant(8)], "(*, 8)"],
    [[rest, constant(8)], shape(7), "mismatch 8, 7 at 1"],
    [[rest, constant(8)], shape(2, 8), "(…,)"],
    [shape("*"), shape("*"), "(…,)"],
  ];
  for (const [left, right, expected] of cases) {
    it(`of ${printShape(left)} and ${printShape(right)} gives ${expected}`, () => {
      const result = broadcast(left, right, newFacts());
      const printed =
        result.kind === "shape"
          ? printShape(result.shape)
          : `mismatch ${printDim(result.left)}, ${printDim(result.right)} at ${result.fromBack}`;
      assert.equal(printed, expected);
    });
  }

  it("of random shapes with symbols agrees with the shapes that they stand for", () => {
    const random = seeded(3);
    for (let i = 0; i < 3000; i++) {
      const names = ["P", "Q", "R"].map((name) => ({ dim: newSymbol(name, "given"), value: random.integer(1, 3) }));
      const draw = (): { symbolic: Dim[]; plain: number[] } => {
        const parts = Array.from({ length: random.integer(0, 4) }, () => {
          const value = random.integer(1, 3);
          return random.once(2) ? random.pick(names) : { dim: constant(value), value };
        });
        return { symbolic: parts.map(({ dim }) => dim), plain: parts.map(({ value }) => value) };
      };
      const [one, other] = [draw(), draw()];
      const plain = broadcast(shape(...one.plain), shape(...other.plain), newFacts());
      const symbolic = broadcast(one.symbolic, other.symbolic, newFacts());
      if (symbolic.kind === "mismatch") assert.equal(plain.kind, "mismatch");
      if (symbolic.kind === "mismatch" || plain.kind === "mismatch") continue;
      assert.lengthOf(symbolic.shape, plain.shape.length);
      for (const [axis, size] of (symbolic.shape as Dim[]).entries()) {
        const value = constantValue(size) ?? names.find(({ dim }) => dim.key === size.key)?.value;
        if (value !== undefined) assert.equal(value, constantValue(plain.shape[axis] as Dim));
      }
    }
  });
});

describe("Facts", () => {
  it("give a free size the value that it must have, and refuse another one", () => {
    const facts = newFacts();
    const D = newSymbol("D", "free");
    assert.equal(facts.equate(D, constant(784)), "maybe");
    assert.equal(printDim(facts.resolve(D)), "784");
    assert.equal(facts.equate(constant(784), D), "yes");
    assert.equal(facts.equate(D, constant(400)), "no");
  });

  it("are taken back with the branch that learnt them", () => {
    const trail = new Trail();
    const facts = new Facts(new Table<unknown>(trail));
    const n = newSymbol("N", "free");
    const half = floorDivide(n, constant(2));
    const halves = (): string => printDim(facts.resolve(half));
    assert.equal(halves(), "N//2");
    trail.branch(() => {
      facts.equate(n, constant(8));
      assert.equal(halves(), "4");
    });
    assert.equal(halves(), "N//2");
    facts.equate(n, constant(10));
    assert.equal(halves(), "5");
  });

  it("follow sizes that are learnt one from the other", () => {
    const facts = newFacts();
    const [D, E] = [newSymbol("D", "free"), newSymbol("E", "free")];
    facts.equate(D, E);
    facts.equate(E, constant(5));
    assert.equal(printDim(facts.resolve(D)), "5");
    assert.equal(facts.equate(D, constant(6)), "no");
  });

  it("never take a given size for another one, but remember what was said of it", () => {
    const facts = newFacts();
    const n = newSymbol("n", "given");
    assert.equal(facts.equate(n, constant(8)), "maybe");
    assert.equal(facts.equate(n, constant(8)), "yes");
    assert.equal(facts.equate(n, constant(9)), "no");
    assert.equal(symbolsOf(n).size, 1);
  });

  it("name the dimensions of an input that has any number of them", () => {
    const facts = newFacts();
    const input = shape("*");
    assert.equal(printShape(facts.exposeBack(input, 1)!), "(*, D)");
    assert.equal(printShape(facts.exposeFront(input, 1)!), "(B, *, D)");
    assert.equal(printShape(facts.resolveShape(input)), "(B, *, D)");
  });

  it("name no dimension that may be one of those at the other end", () => {
    const facts = newFacts();
    const input = shape("*", 784);
    assert.isUndefined(facts.exposeFront(input, 2));
    assert.isUndefined(facts.exposeBack([...facts.exposeFront(shape("*"), 2)!], 1));
    assert.equal(printShape(facts.resolveShape(input)), "(*, 784)");
  });

  it("describe nothing that is not known for other reasons", () => {
    const facts = newFacts();
    const unknown: Shape = [newRest("unknown")];
    assert.isUndefined(facts.exposeFront(unknown, 1));
    assert.isUndefined(facts.exposeBack(unknown, 1));
  });
});
