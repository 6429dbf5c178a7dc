/** Figures: what each kind draws, what is reported and where, and the words that stand for them elsewhere. */
import { assert } from "chai";
import { readBank } from "../../../../src/core/exam/bank";
import { builtinBanks } from "../../../../src/core/exam/builtin";
import { cheatSheets } from "../../../../src/core/exam/cheatsheets";
import { giftText } from "../../../../src/core/exam/export/gift";
import { htmlSheet } from "../../../../src/core/exam/export/html";
import { noteOf } from "../../../../src/core/exam/export/ankiNote";
import { itemsOf } from "../../../../src/core/exam/export/items";
import { markdownSheet } from "../../../../src/core/exam/export/markdown";
import { moodleXml } from "../../../../src/core/exam/export/moodle";
import { completeBank } from "../../../../src/core/exam/authoring/complete";
import { figureFields, figureKindWords } from "../../../../src/core/exam/authoring/fields";
import { drawVariant } from "../../../../src/core/exam/drill";
import { gridFields } from "../../../../src/core/exam/figure/grid";
import { graphFields } from "../../../../src/core/exam/figure/graph";
import { reachOf, runsOf, type Drawing, type Mark } from "../../../../src/core/exam/figure/drawing";
import { readFigure } from "../../../../src/core/exam/figure/figure";
import { plotFields, ticksOf } from "../../../../src/core/exam/figure/plot";
import { svgOf, svgText } from "../../../../src/core/exam/figure/svg";
import { figureFault, figureOf, figuresInWords } from "../../../../src/core/exam/figure/text";
import { SourceText } from "../../../../src/core/text/source";

interface Fault {
  readonly message: string;
  /** The reported stretch of the text. */
  readonly at: string;
}

function read(yaml: string): { drawing: Drawing | undefined; faults: Fault[] } {
  const faults: Fault[] = [];
  const drawing = readFigure(yaml, 0, (_rule, message, { start, end }) => {
    faults.push({ message, at: yaml.slice(start, end) });
  });
  return { drawing, faults };
}

function drawn(yaml: string): Drawing {
  const { drawing, faults } = read(yaml);
  assert.deepEqual(faults, []);
  return drawing ?? assert.fail("nothing is drawn");
}

type Kind<Name extends Mark["kind"]> = Extract<Mark, { kind: Name }>;

const marksOf = <Name extends Mark["kind"]>({ marks }: Drawing, kind: Name): Kind<Name>[] =>
  marks.filter((mark): mark is Kind<Name> => mark.kind === kind);

const labelOf = ({ runs }: Kind<"text">): string => runs.map(({ text }) => text).join("");

function textAt(drawing: Drawing, label: string): readonly [number, number] {
  const found = marksOf(drawing, "text").find((mark) => labelOf(mark) === label);
  return found ? found.at : assert.fail(`no text ${label}`);
}

/** Every point of a drawing, to see that all of it lies in its box. */
function pointsOf({ marks }: Drawing): (readonly [number, number])[] {
  return marks.flatMap((mark) => {
    if (mark.kind === "text") return reachOf(mark).map((x) => [x, mark.at[1]] as const);
    if (mark.kind !== "box") return mark.points;
    return [mark.from, [mark.from[0] + mark.size[0], mark.from[1] + mark.size[1]] as const];
  });
}

function assertInside(drawing: Drawing): void {
  for (const [x, y] of pointsOf(drawing)) {
    assert.isTrue(x >= 0 && x <= drawing.width && y >= 0 && y <= drawing.height, `${x}, ${y} of ${drawing.says}`);
  }
}

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

const figure = ["```figure", "kind: grid", "says: 'One < two,", "  and *three*.'", "rows: [[1, 2]]", "```"].join("\n");

const bankWith = (prompt: string, solution: string): string =>
  `---\nid: b\ntitle: B\n---\n\n## q A question {pts=1}\nBefore.\n\n${prompt}\n\nBehind.\n\n\`\`\`answer\nkind: number\nvalue: 1\n\`\`\`\n\`\`\`\`solution\n${solution}\n\`\`\`\`\n`;

describe("a bank with figures", () => {
  it("keeps them at their place in the prompt and in a solution with a longer fence", () => {
    const { bank, diagnostics } = readBank("b.quiz.md", bankWith(figure, `Look:\n\n${figure}`));
    assert.deepEqual(diagnostics, []);
    assert.equal(bank.questions[0]!.prompt, `Before.\n\n${figure}\n\nBehind.`);
    assert.equal(bank.questions[0]!.solution, `Look:\n\n${figure}`);
  });

  it("reports what is wrong at its place in the file", () => {
    for (const text of [
      bankWith(figure.replace("rows", "rose"), "Because."),
      bankWith("", `Look:\n\n${figure.replace("rows", "rose")}`),
      bankWith(figure.replace("rows", "rose"), "Because.").replaceAll("\n", "\r\n"),
    ]) {
      const { diagnostics } = readBank("b.quiz.md", text);
      const places = diagnostics.map(({ rule, span }) => [rule, text.slice(span.start, span.end).split(/\r?\n/)[0]]);
      assert.deepInclude(places, ["bank-unknown-field", "rose"]);
    }
  });

  it("prints words for them in every export but HTML, which draws them", () => {
    const { bank } = readBank("b.quiz.md", bankWith(figure, figure));
    const words = "Figure: One < two, and *three*.";
    const [item] = itemsOf(bank);
    const html = htmlSheet([bank], true);
    assert.equal(markdownSheet(bank, true).split(words).length, 3);
    assert.equal(giftText([bank]).split(words.replace(":", "\\:")).length, 3);
    assert.include(noteOf(item!).fields, "Figure: One &lt; two, and");
    assert.include(moodleXml([bank]), "Figure: One &lt; two, and");
    for (const text of [markdownSheet(bank, true), giftText([bank]), noteOf(item!).fields, moodleXml([bank])])
      assert.notMatch(text, /kind: grid|<svg/);
    assert.equal(html.split("<svg").length, 3);
    assert.include(html, 'aria-label="One &lt; two, and *three*."');
    assert.notMatch(html, /kind: grid|<svg[^>]*style=/);
  });
});

describe("a drill with a figure", () => {
  const drill = (rows: string): string =>
    bankWith(`\`\`\`figure\nkind: grid\nsays: 'The number @{n}.'\nrows: ${rows}\n\`\`\``, "So.").replace(
      "```answer",
      "```params\nn: int 3..3\n```\n```answer",
    );
  const draw = (text: string): ReturnType<typeof drawVariant> => {
    const { bank, diagnostics } = readBank("b.quiz.md", text);
    assert.deepEqual(diagnostics, []);
    return drawVariant(bank.drills[0]!, 1, () => assert.fail("nothing is to be computed"));
  };

  it("draws the numbers of the variant", () => {
    const drawnDrill = draw(drill("[['@{n}']]"));
    const { prompt } = "variant" in drawnDrill ? drawnDrill.variant.question : assert.fail(drawnDrill.problem);
    assert.include(figuresInWords(prompt), "Figure: The number 3.");
    textAt(drawn(/```figure\n([\s\S]*?)```/.exec(prompt)![1]!), "3");
  });

  it("says why a variant has no figure", () => {
    assert.deepEqual(draw(drill("[['@{n}'], [1, 2]]")), {
      problem: "A grid has rows of the same length, up to 40 of up to 40 cells.",
    });
  });
});

describe("completion in a figure", () => {
  const labels = (...lines: string[]): string[] => {
    const text = bankWith(["```figure", ...lines].join("\n"), "So.");
    const offset = text.indexOf(lines.at(-1)!) + lines.at(-1)!.length;
    const { bank } = readBank("b.quiz.md", text);
    return completeBank(new SourceText("b.quiz.md", text), offset, bank).map(({ label }) => label);
  };

  it("offers the kinds, and the fields of the kind", () => {
    assert.deepEqual(labels("kind: "), Object.keys(figureKindWords));
    assert.include(labels("kind: plot", "cur"), "curves");
    assert.notInclude(labels("kind: grid", "ro"), "curves");
  });

  it("knows every field that is read", () => {
    for (const [kind, fields] of Object.entries({ plot: plotFields, graph: graphFields, grid: gridFields }))
      assert.sameMembers(Object.keys(figureFields[kind]!), ["says", ...fields]);
  });
});

describe("the figures of the built-in banks and cheat sheets", () => {
  const texts = [
    ...builtinBanks().flatMap(({ bank }) =>
      bank.questions.flatMap(({ prompt, solution, parts }) => [prompt, solution, ...parts.map((part) => part.prompt)]),
    ),
    ...cheatSheets.map(({ markdown }) => markdown),
  ];
  const blocks = texts.flatMap((text) => [...text.matchAll(/```figure\n([\s\S]*?)```/g)].map((match) => match[1]!));

  it("are drawn within their box, narrow enough for a page, without styles of their own", () => {
    assert.isAtLeast(blocks.length, 10);
    for (const yaml of blocks) {
      const drawing = drawn(yaml);
      assertInside(drawing);
      assert.isAtMost(drawing.width, 520, drawing.says);
      assert.notInclude(svgText(svgOf(drawing)), "style=");
    }
  });

  it("are told in words where nothing can be drawn", () => {
    for (const text of texts) {
      assert.isUndefined(figureFault(text));
      assert.notInclude(figuresInWords(text), "```figure");
    }
  });
});
