/** Exports as text: Markdown, HTML, GIFT and Moodle XML. */
import { assert } from "chai";
import { builtinBanks } from "../../../../src/core/exam/builtin";
import { giftText } from "../../../../src/core/exam/export/gift";
import { htmlSheet } from "../../../../src/core/exam/export/html";
import { markdownSheet } from "../../../../src/core/exam/export/markdown";
import { moodleXml } from "../../../../src/core/exam/export/moodle";
import { exampleBank } from "./exampleBank";

const builtin = builtinBanks().map(({ bank }) => bank);

describe("the example bank", () => {
  it("has its four questions", () => {
    assert.deepEqual(
      exampleBank.questions.map(({ id }) => id),
      ["choice", "several", "number", "parts"],
    );
  });
});

describe("a Markdown sheet", () => {
  it("shows sections, numbers, points and options, and gives nothing away", () => {
    const sheet = markdownSheet(exampleBank, false);
    for (const line of [
      "# Example",
      "7 points · 10 minutes",
      "## First part",
      "### 1. Which is smaller (2 points)",
      "- [ ] no",
      "**a)** (1 point)",
    ])
      assert.include(sheet.split("\n"), line);
    for (const secret of ["[x]", "because", "2.5", "x^{2}", "Count", "definition", "The reason"])
      assert.notInclude(sheet, secret);
  });

  it("shows answers, reasons, marks and solutions where they are asked for", () => {
    const sheet = markdownSheet(exampleBank, true);
    for (const word of [
      "- [x] yes",
      "> because it is smaller",
      "2.5",
      "x^{2}",
      "> **Solution.** Count.",
      "> - 2: The reason",
    ])
      assert.include(sheet, word);
  });
});

describe("an HTML sheet", () => {
  it("has mathematics as MathML, loads nothing and keeps HTML in the text as text", () => {
    const sheet = htmlSheet([exampleBank], true);
    assert.include(sheet, "<math");
    assert.include(sheet, "&lt;b&gt;");
    assert.notMatch(sheet, /<(?:link|script|img|iframe)\b|url\(|@import|src=/);
  });

  it("sets every formula of the built-in banks", () => {
    const sheet = htmlSheet(builtin, true);
    assert.notInclude(sheet, "katex-error");
    assert.isAbove(sheet.split("<math").length, 1500);
  });

  it("leaves room to write where nothing is given away", () => {
    const sheet = htmlSheet([exampleBank], false);
    assert.include(sheet, 'class="room"');
    assert.notInclude(sheet, "because");
  });
});

describe("Moodle XML", () => {
  const xml = moodleXml([exampleBank]);

  it("has a question for each answer, of the kind that Moodle can grade", () => {
    const types = [...xml.matchAll(/<question type="(\w+)"/g)].map((match) => match[1]);
    assert.deepEqual(types, ["category", "multichoice", "multichoice", "numerical", "essay", "essay"]);
  });

  it("gives right options the points and takes as much away for the wrong ones", () => {
    const fractions = [...xml.matchAll(/<answer fraction="([-\d.]+)"/g)].map((match) => Number(match[1]));
    assert.deepEqual(fractions, [100, 0, 50, 50, -100, 100, 50]);
  });

  it("has tolerance and feedback for numbers, and the marks for essays", () => {
    assert.include(xml, "<text>2.5</text>");
    assert.include(xml, "<tolerance>0.1</tolerance>");
    assert.include(xml, "Half of it.");
    assert.match(xml, /<graderinfo[\s\S]*The reason/); // prettier-ignore
  });

  it("is well formed also where a text closes CDATA", () => {
    assert.isTrue(balanced(xml));
    assert.isTrue(balanced(moodleXml(builtin)));
    assert.isFalse(balanced("<a><b></a></b>"));
  });
});

describe("GIFT", () => {
  const gift = giftText([exampleBank]);

  it("escapes what would end an answer", () => {
    assert.include(gift, String.raw`=yes, a \{brace\} \= "1"\: \~50%#because it is smaller`);
  });

  it("writes choices, numbers and essays", () => {
    for (const line of ["~no#because it is not", "~%50%2#even", "~%-100%3#odd", "=2.5:0.1", "=%50%5:0.1#Half of it."])
      assert.include(gift.split("\n"), line);
    assert.match(gift, /square[^}]*\{\n####/);
  });

  it("has no blank line inside a question", () => {
    for (const block of giftText(builtin).trim().split("\n\n")) assert.match(block, /^\$CATEGORY|^\/\/ [\s\S]*\n\}$/); // prettier-ignore
  });
});

/** Whether every element of an XML text is closed in its turn. */
function balanced(xml: string): boolean {
  const open: string[] = [];
  const plain = xml.replace(/<\?[\s\S]*?\?>|<!\[CDATA\[[\s\S]*?\]\]>/g, ""); // prettier-ignore
  if (/\]\]>|&(?!\w+;)/.test(plain)) return false;
  for (const [, closing, name] of plain.matchAll(/<(\/?)([\w-]+)[^<>]*>/g)) {
    if (closing === "") open.push(name!);
    else if (open.pop() !== name) return false;
  }
  return open.length === 0;
}
