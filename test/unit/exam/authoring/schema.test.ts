/** The schema of the front matter allows what the reader allows, and refuses what it refuses. */
import Ajv from "ajv";
import { assert } from "chai";
import { parse } from "yaml";
import texts from "texts:../../../../media/exams";
import { frontMatterSchema } from "../../../../src/core/exam/authoring/schema";
import { readBank } from "../../../../src/core/exam/bank";

const isValid = new Ajv({ strict: true, strictTypes: false, strictRequired: false }).compile(frontMatterSchema);

describe("the schema of a bank's front matter", () => {
  it("allows the banks that come along", () => {
    for (const [name, text] of Object.entries(texts)) {
      assert.isTrue(
        isValid(parse(text.split("\n---\n")[0]!.replace("---\n", ""))),
        `${name}: ${JSON.stringify(isValid.errors)}`,
      );
    }
  });

  const heads: readonly (readonly [what: string, head: string, isRight: boolean])[] = [
    ["an id and a title", "id: a\ntitle: A", true],
    ["a symbol with a domain alone", "id: a\ntitle: A\nsymbols:\n  x: positive", true],
    ["a symbol with fields", "id: a\ntitle: A\nsymbols:\n  x: { domain: range 0.1..1, also: [y, z] }", true],
    ["a short name", "id: a\ntitle: A\nsymbols:\n  x: real\n  s: { is: 2x }", true],
    ["no id", "title: A", false],
    ["a field that is none", "id: a\ntitle: A\nauthor: me", false],
    ["minutes in words", "id: a\ntitle: A\nminutes: ninety", false],
    ["symbols in a list", "id: a\ntitle: A\nsymbols: [x, y]", false],
    ["a domain that is none", "id: a\ntitle: A\nsymbols:\n  x: sometimes", false],
    ["a symbol without a domain", "id: a\ntitle: A\nsymbols:\n  x: { says: a number }", false],
    ["a symbol's field that is none", "id: a\ntitle: A\nsymbols:\n  x: { domain: real, unit: m }", false],
    ["a name that is none", "id: a\ntitle: A\nsymbols:\n  x-y: real", false],
  ];
  for (const [what, head, isRight] of heads) {
    it(`${isRight ? "allows" : "refuses"} ${what}, as the reader does`, () => {
      assert.equal(isValid(parse(head)), isRight, JSON.stringify(isValid.errors));
      const { diagnostics } = readBank("a.quiz.md", `---\n${head}\n---\n`);
      assert.equal(diagnostics.length === 0, isRight, JSON.stringify(diagnostics));
    });
  }
});
