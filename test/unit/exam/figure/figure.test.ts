/** Figures: what each kind draws, and what is reported where one cannot be drawn. */
import { assert } from "chai";
import { runsOf } from "../../../../src/core/exam/figure/drawing";
import { ticksOf } from "../../../../src/core/exam/figure/plot";
import { figureOf } from "../../../../src/core/exam/figure/text";
import { assertInside, drawn, labelOf, marksOf, read, textAt } from "./drawn";

const plot = (...lines: string[]): string => ["kind: plot", "says: A curve.", "from: -2", "to: 2", ...lines].join("\n");

describe("a plot", () => {
  it("puts the values of an expression in its range", () => {
    const drawing = drawn(plot("low: 0", "high: 4", "curves:", "  - of: x^2"));
    const [curve] = marksOf(drawing, "line").filter(({ style }) => style === "curve-1");
    const [first, last] = [curve!.points[0]!, curve!.points.at(-1)!];
    const middle = curve!.points[(curve!.points.length - 1) / 2]!;
    assert.equal(first[1], last[1]);
    assert.approximately(middle[0], (first[0] + last[0]) / 2, 0.01);
    const axis = marksOf(drawing, "line").find(({ style }) => style === "axis")!;
    assert.equal(first[1], axis.points[0]![1], "4 is at the top");
    assert.equal(middle[1], axis.points[1]![1], "0 is at the bottom");
    assertInside(drawing);
  });

  it("cuts a curve where it leaves the range, jumps or has no value", () => {
    const parts = (of: string): number =>
      marksOf(drawn(plot("low: -3", "high: 3", "curves:", `  - of: ${of}`)), "line").filter(({ style }) =>
        style.startsWith("curve"),
      ).length - 1; // The legend has a sample of the line.
    assert.equal(parts("x"), 1);
    assert.equal(parts("1/x"), 2);
    assert.equal(parts("2*sign(x)"), 2);
    assert.equal(parts("ln(x)"), 1);
    assert.equal(parts("4*cos(2*x)"), 4);
  });

  it("tells its curves apart by style, with a legend, and goes through given points", () => {
    const drawing = drawn(
      plot("curves:", "  - { of: sigmoid(x), label: σ }", "  - { points: [[-1, 0], [1, 1]], label: line }"),
    );
    const styles = marksOf(drawing, "line").map(({ style }) => style);
    assert.includeMembers(styles, ["curve-1", "curve-2"]);
    assert.equal(marksOf(drawing, "line").find(({ style }) => style === "curve-2")!.points.length, 2);
    assert.isBelow(textAt(drawing, "σ")[0], textAt(drawing, "line")[0]);
    assertInside(drawing);
  });

  it("has round ticks, or none", () => {
    assert.deepEqual(ticksOf({ low: -0.06, high: 1.06 }, 5), [0, 0.5, 1]);
    assert.deepEqual(ticksOf({ low: 0, high: 80 }, 6), [0, 20, 40, 60, 80]);
    assert.deepEqual(ticksOf({ low: -6, high: 6 }, 6), [-6, -4, -2, 0, 2, 4, 6]);
    const bare = drawn(plot("ticks: false", "curves:", "  - of: x"));
    assert.sameMembers(marksOf(bare, "text").map(labelOf), ["x", "x"]);
  });
});

const graph = (...lines: string[]): string => ["kind: graph", "says: A network.", ...lines].join("\n");

describe("a graph", () => {
  it("stands in columns from left to right, each centred", () => {
    const drawing = drawn(graph("columns: [[x_1, x_2, x_3], [h_1, h_2], [y]]", "edges: dense"));
    assert.equal(textAt(drawing, "x1")[0], textAt(drawing, "x3")[0]);
    assert.isBelow(textAt(drawing, "x1")[0], textAt(drawing, "h1")[0]);
    assert.isBelow(textAt(drawing, "h1")[0], textAt(drawing, "y")[0]);
    assert.equal(textAt(drawing, "x2")[1], textAt(drawing, "y")[1]);
    assert.lengthOf(marksOf(drawing, "polygon"), 3 * 2 + 2 * 1);
    assertInside(drawing);
  });

  it("leaves places free, and draws labelled arrows from border to border", () => {
    const drawing = drawn(graph("columns:", "  - ['', h_0, '']", "  - [y, h_1, x]", "edges:", "  - h_0 -> h_1: w", "  - x -> h_1: u")); // prettier-ignore
    assert.equal(textAt(drawing, "h0")[1], textAt(drawing, "h1")[1]);
    const [across, upwards] = marksOf(drawing, "line").map(({ points }) => points);
    assert.isAbove(across![0]![0], textAt(drawing, "h0")[0]);
    assert.isBelow(across![1]![0], textAt(drawing, "h1")[0]);
    assert.equal(upwards![0]![0], upwards![1]![0]);
    assert.isAbove(upwards![0]![1], upwards![1]![1]);
    assert.isBelow(textAt(drawing, "w")[1], across![0]![1]);
  });

  it("leads an arrow around the nodes between its ends", () => {
    const drawing = drawn(graph("columns: [x, f, g, y]", "edges: [x -> f, f -> g, g -> y, x -> y]"));
    const lines = marksOf(drawing, "line");
    assert.deepEqual(lines.map(({ points }) => points.length > 2), [false, false, false, true]); // prettier-ignore
    const highest = Math.min(...lines[3]!.points.map(([, y]) => y));
    assert.isBelow(highest, textAt(drawing, "f")[1] - 20);
    assertInside(drawing);
  });

  it("lowers and raises parts of labels", () => {
    const heights = (label: string): string[] => runsOf(label).map(({ text, height }) => `${text} ${height}`);
    assert.deepEqual(heights("x_{l+1}"), ["x line", "l+1 below"]);
    assert.deepEqual(heights("W_h^2 x"), ["W line", "h below", "2 above", " x line"]);
    assert.deepEqual(heights("a = b"), ["a = b line"]);
    assert.deepEqual(heights("a _ b^"), ["a _ b^ line"]);
  });
});

const grid = (...lines: string[]): string => ["kind: grid", "says: Numbers.", ...lines].join("\n");

describe("a grid", () => {
  it("has a cell for each number, with shades that follow the values", () => {
    const drawing = drawn(grid("rows: [[0, 5], [10, 2]]", "shade: values"));
    const shades = marksOf(drawing, "box").filter(({ style }) => style.startsWith("shade"));
    assert.deepEqual(shades.map(({ style }) => style), ["shade-0", "shade-2", "shade-4", "shade-1"]); // prettier-ignore
    assert.isBelow(textAt(drawing, "0")[0], textAt(drawing, "5")[0]);
    assert.isBelow(textAt(drawing, "0")[1], textAt(drawing, "10")[1]);
    assertInside(drawing);
  });

  it("stands beside others, with signs between them, names and blocks", () => {
    const drawing = drawn(grid("grids:", "  - { title: input, heads: [a, b], sides: [c, d], rows: [[1, 2], [3, 4]], blocks: 1x2 }", "  - { rows: [[9]] }", "between: [→]")); // prettier-ignore
    assert.isBelow(textAt(drawing, "4")[0], textAt(drawing, "→")[0]);
    assert.isBelow(textAt(drawing, "→")[0], textAt(drawing, "9")[0]);
    assert.isBelow(textAt(drawing, "input")[1], textAt(drawing, "a")[1]);
    assert.isBelow(textAt(drawing, "c")[0], textAt(drawing, "1")[0]);
    assert.lengthOf(marksOf(drawing, "box").filter(({ style }) => style === "block"), 2 + 1); // prettier-ignore
    assertInside(drawing);
  });
});

/** A figure, the place that is reported, and a word of the message. */
const faulty: readonly (readonly [yaml: string, at: string, says: RegExp])[] = [
  ["says: x", "says: x", /kind/],
  ["kind: pie\nsays: x", "pie", /no kind of figure/],
  ["kind: grid\nrows: [[1]]", "kind: grid\nrows: [[1]]", /“says” is missing/],
  ["kind: grid\nsays: ''\nrows: [[1]]", "''", /in words/],
  ["kind: grid\nsays: x\nrows: [[1]]\ncolour: red", "colour", /not a field/],
  ["kind: grid\nsays: x\nrows: [[1, 2], [3]]", "[[1, 2], [3]]", /same length/],
  ["kind: grid\nsays: x\nrows: [[1, 2]]\nheads: [a]", "[a]", /one word for each/],
  ["kind: grid\nsays: x\nrows: [[a]]\nshade: values", "values", /shade/],
  ["kind: grid\nsays: x\nrows: [[1]]\nshade: [[7]]", "[[7]]", /from 0 to 4/],
  ["kind: grid\nsays: x\nrows: [[1]]\nblocks: two", "two", /2x2/],
  [plot("curves:", "  - of: sigmod(x)"), "sigmod(x)", /sigmod/],
  [plot("curves:", "  - of: 2*y"), "2*y", /y/],
  [plot("curves:", "  - of: x", "    color: red"), "color", /not a field/],
  [plot("curves:", "  - points: [[1]]"), "[[1]]", /pairs/],
  [plot("curves: [x]"), "x", /curve has/],
  [plot("low: 1", "high: 0", "curves:", "  - of: x"), plot("low: 1", "high: 0", "curves:", "  - of: x"), /nothing to see/], // prettier-ignore
  ["kind: plot\nsays: x\nfrom: 2\nto: 1\ncurves:\n  - of: x", "1", /empty/],
  [graph("columns: [a, b]", "edges: [a -> c]"), "a -> c", /no node “c”/],
  [graph("columns: [a, b]", "edges: [a - b]"), "a - b", /a -> b/],
  [graph("columns: [a, a]"), "a", /before this one/],
  [graph("columns: [{ label: a }]"), "{ label: a }", /“id” is missing/],
  [graph("columns: [a]", "shape: star"), "star", /shape/],
];

describe("a figure with a fault", () => {
  for (const [yaml, at, says] of faulty) {
    it(`is reported at its place: ${yaml.split("\n").slice(-2).join(" ")}`, () => {
      const { drawing, faults } = read(yaml);
      assert.isUndefined(drawing);
      assert.lengthOf(faults, 1);
      assert.match(faults[0]!.message, says);
      assert.equal(faults[0]!.at, at);
    });
  }

  it("is shown by its words", () => {
    assert.deepEqual(figureOf("kind: pie\nsays: A pie."), {
      says: "A pie.",
      problem: "“pie” is no kind of figure. Known: plot, graph, grid.",
    });
  });
});
