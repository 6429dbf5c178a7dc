/** Figures where they stand: in banks, exports, drills and cheat sheets, and the words for them elsewhere. */
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
import { plotFields } from "../../../../src/core/exam/figure/plot";
import { svgOf, svgText } from "../../../../src/core/exam/figure/svg";
import { figureFault, figuresInWords } from "../../../../src/core/exam/figure/text";
import { SourceText } from "../../../../src/core/text/source";
import { assertInside, drawn, textAt } from "./drawn";

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
