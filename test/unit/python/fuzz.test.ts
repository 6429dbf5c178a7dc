/** Broken texts: real files cut off and spliced at random, and texts made to be deep or slow. */
import { readFileSync } from "node:fs";
import { assert } from "chai";
import type { PythonParser } from "../../../src/core/python/parser";
import { scopesOf } from "../../../src/core/python/scopes";
import { walk } from "../../../src/core/python/visit";
import { SourceText } from "../../../src/core/text/source";
import { loadPythonParser } from "../support/parser";
import { torchFiles } from "../support/python";
import { flaw } from "./invariants";

/** Milliseconds that no text of a fuzz round may take; a round takes about ten on a quiet machine. */
const bound = 4000;

describe("A broken text", () => {
  let parser: PythonParser;

  before(async () => {
    parser = await loadPythonParser();
  });

  const read = (text: string): void => {
    const begin = performance.now();
    const module = parser.parse(new SourceText("broken.py", text));
    scopesOf(module);
    const time = performance.now() - begin;
    assert.isUndefined(flaw(module, text.length));
    assert.isBelow(time, bound);
  };

  it("made by a thousand random cuts and splices yields a well-formed tree in bounded time", function () {
    this.timeout(180_000);
    const files = torchFiles();
    if (files.length === 0) this.skip();
    const random = generator(20_240_607);
    const pick = (): string => readFileSync(files[Math.floor(random() * files.length)]!, "utf8").slice(0, 40_000);
    for (let round = 0; round < 1000; round++) {
      const text = pick();
      const [from, to] = [random(), random()].map((part) => Math.floor(part * text.length));
      const near = from! + Math.floor(random() * 40);
      const variants = [
        () => text.slice(0, from),
        () => text.slice(0, from) + text.slice(near),
        () => text.slice(0, from) + pick().slice(to, to! + 200) + text.slice(from),
        () => text.slice(0, from) + "([{\"'\\:=.,*@#\n\t 😀"[Math.floor(random() * 19)]! + text.slice(from),
      ];
      const made = variants[round % variants.length]!();
      try {
        read(made);
      } catch (error) {
        throw new Error(`round ${round}: ${String(error)}\n${made.slice(Math.max(0, from! - 200), from! + 200)}`);
      }
    }
  });

  const many = 100_000;
  const deep: readonly (readonly [string, string])[] = [
    ["open parentheses", "(".repeat(many)],
    ["nested parentheses", "(".repeat(many) + ")".repeat(many)],
    ["a long sum", `x = ${Array(10_000).fill("a").join(" + ")}`],
    ["a long mixture of & and ^", Array(10_000).fill("a").join(" & b ^ ")],
    ["a long chain of calls", `a${"().b".repeat(many)}`],
    ["a tower of powers", Array(many).fill("a").join(" ** ")],
    ["a row of not", `${"not ".repeat(many)}a`],
    ["nested lambdas", `${"lambda: ".repeat(many)}a`],
    ["nested subscripts", `a${"[".repeat(many)}b${"]".repeat(many)}`],
    ["nested patterns", `match x:\n case ${"[".repeat(5000)}1${"]".repeat(5000)}: pass`],
    ["a row of elif", `if a:\n pass\n${"elif b:\n pass\n".repeat(10_000)}`],
    ["nested blocks", Array.from({ length: 1000 }, (_, depth) => `${" ".repeat(depth)}if a:\n`).join("")],
    ["nested f-strings", 'f"{'.repeat(many)],
    ["continued empty lines", "\\\n".repeat(many)],
    ["half-typed lines", "x = (\n".repeat(10_000)],
    ["NUL characters", "\0".repeat(many)],
    ["lone surrogates", "\ud800".repeat(many)],
    ["an endless line", "x".repeat(20_000_000)],
    ["markup", '<div class="a">x</div>\n'.repeat(5000)],
  ];
  for (const [name, text] of deep) {
    it(`of ${name} neither overflows the stack nor hangs`, function () {
      this.timeout(30_000);
      const module = parser.parse(new SourceText("deep.py", text));
      scopesOf(module);
      assert.isUndefined(flaw(module, text.length));
    });
  }

  it("keeps the upper part of a chain that is too deep and says where it gave up", () => {
    const text = `x = ${Array(1000).fill("a").join(" + ")}`;
    const module = parser.parse(new SourceText("deep.py", text));
    let operations = 0;
    walk(module, (node) => {
      if ("kind" in node && node.kind === "BinaryOperation") operations++;
      return undefined;
    });
    assert.isAbove(operations, 300);
    assert.deepEqual(
      module.errors.map((error) => error.message),
      ["This is nested too deeply to be read."],
    );
  });
});

/** A small linear congruential generator: the same numbers on every machine. */
function generator(seed: number): () => number {
  let state = seed >>> 0;
  return () => {
    state = (Math.imul(state, 1_664_525) + 1_013_904_223) >>> 0;
    return state / 2 ** 32;
  };
}
