/** The cheat sheets: a title first, and mathematics that KaTeX renders, in tables as well. */
import { assert } from "chai";
import { existsSync, readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { builtinBanks } from "../../../src/core/exam/builtin";
import { cheatSheets, cheatSheetsFor } from "../../../src/core/exam/cheatsheets";
import { rendered } from "./rendered";

const folder = "media/cheatsheets";
const seeds = "../shared/seeds";
const names = readdirSync(folder);

const textOf = (name: string): string => readFileSync(join(folder, name), "utf8");

function runsOf(text: string, length: number): Set<string> {
  const all = text.toLowerCase().match(/[a-z0-9]+/g) ?? [];
  return new Set(all.slice(length - 1).map((_word, place) => all.slice(place, place + length).join(" ")));
}

describe("the cheat sheets", () => {
  it("cover the subjects of the exams", () => {
    assert.sameMembers(names, [
      "activations-and-losses.md",
      "attention-and-transformers.md",
      "backpropagation.md",
      "convolutions.md",
      "generative-models.md",
      "initialisation.md",
      "metrics.md",
      "optimisers.md",
      "recurrent-networks.md",
      "regularisation-and-normalisation.md",
      "self-supervision-and-graphs.md",
      "training-loop.md",
    ]);
  });

  for (const name of names) {
    it(`${name} starts with its title and renders without a stray dollar`, () => {
      const text = textOf(name);
      assert.match(text, /^# [A-Z].+\n\n/);
      const { html, formulas } = rendered(text);
      assert.notInclude(html, "$");
      assert.isAbove(formulas, 15);
    });

    it(`${name} has as many cells in every row of a table as in its head`, () => {
      const lines = textOf(name).split("\n");
      const cells = (line: string): number => line.replace(/\\\|/g, "").split("|").length;
      for (const [place, line] of lines.entries()) {
        if (line.startsWith("|") && lines[place - 1]?.startsWith("|"))
          assert.equal(cells(line), cells(lines[place - 1]!), line);
      }
    });
  }

  it("come with the product, every one with its title and topics that questions have", () => {
    assert.sameMembers(cheatSheets.map(({ id }) => `${id}.md`), names); // prettier-ignore
    const topics = new Set(builtinBanks().flatMap(({ bank }) => [...bank.questions, ...bank.drills].flatMap((question) => question.topics))); // prettier-ignore
    for (const { id, title, markdown: text, topics: own } of cheatSheets) {
      assert.equal(textOf(`${id}.md`).trim(), `# ${title}\n\n${text}`);
      assert.deepEqual(own.filter((topic) => !topics.has(topic)), [], id); // prettier-ignore
    }
  });

  it("are found by the topics of a question, the nearest first", () => {
    const found = (...topics: string[]): string[] => cheatSheetsFor(topics).map(({ id }) => id);
    assert.deepEqual(found("adam"), ["optimisers"]);
    assert.deepEqual(found("rnn", "vanishing-gradients"), ["recurrent-networks", "initialisation"]);
    assert.deepEqual(found("nothing"), []);
    const questions = builtinBanks().flatMap(({ bank }) => bank.questions);
    const without = questions.filter(({ topics }) => cheatSheetsFor(topics).length === 0);
    assert.isBelow(without.length / questions.length, 0.05, without.map(({ id }) => id).join());
  });

  it("use their own words: no run of eight words of a source document", function () {
    if (!existsSync(seeds)) return this.skip();
    const sources = readdirSync(seeds).filter((name) => /^\d+_.*\.txt$/.test(name));
    const copied = new Set(sources.flatMap((name) => [...runsOf(readFileSync(join(seeds, name), "utf8"), 8)]));
    for (const name of names) {
      assert.deepEqual([...runsOf(textOf(name), 8)].filter((run) => copied.has(run)), [], name); // prettier-ignore
    }
  });
});
