/** Walking the tree and finding the nodes at a place. */
import { assert } from "chai";
import type { PythonParser } from "../../../src/core/python/parser";
import { type AnyNode, children, nodeAt, walk } from "../../../src/core/python/visit";
import { SourceText } from "../../../src/core/text/source";
import { loadPythonParser } from "../support/parser";

const places: readonly (readonly [marked: string, path: readonly string[]])[] = [
  ["x = |self.fc(y)", ["Module", "Assign", "Call", "Attribute", "Name"]],
  ["x = self.f|c(y)", ["Module", "Assign", "Call", "Attribute", "fc"]],
  ["x = self.fc(|y)", ["Module", "Assign", "Call", "Name"]],
  ["x = self.fc(y)|", ["Module", "Assign", "Call"]],
  ["f(a=|b)", ["Module", "ExpressionStatement", "Call", "keyword", "Name"]],
  ["@|a\ndef f(): pass", ["Module", "FunctionDef", "Name"]],
  ["def f(x: |int = 3): pass", ["Module", "FunctionDef", "ordinary", "Name"]],
  ["x\n|\ny", ["Module"]],
  ["a|+b", ["Module", "ExpressionStatement", "BinaryOperation", "Name"]],
];

describe("Visiting the tree", () => {
  let parser: PythonParser;

  before(async () => {
    parser = await loadPythonParser();
  });

  const label = (node: AnyNode): string =>
    "kind" in node
      ? node.kind
      : "value" in node
        ? "keyword"
        : "name" in node && typeof node.name === "string"
          ? node.name
          : "part";

  for (const [marked, path] of places) {
    it(`finds ${path.join(" › ")} at ${JSON.stringify(marked)}`, () => {
      const module = parser.parse(new SourceText("test.py", marked.replace("|", "")));
      assert.deepEqual(nodeAt(module, marked.indexOf("|")).map(label), path);
    });
  }

  it("walks parents first, in the order of the text, and leaves out what is skipped", () => {
    const module = parser.parse(new SourceText("test.py", "a = b if c else d\nlambda e: f\ng"));
    const seen: string[] = [];
    walk(module, (node) => {
      if ("kind" in node && node.kind === "Name") seen.push(node.id);
      return "kind" in node && node.kind === "Lambda" ? "skip" : undefined;
    });
    assert.deepEqual(seen, ["a", "b", "c", "d", "g"]);
  });

  it("tells the parent of each node", () => {
    const module = parser.parse(new SourceText("test.py", 'match x:\n case {"k": [a, *b]}: f"{c:{d}}"'));
    let visited = 0;
    walk(module, (node, parent) => {
      visited++;
      if (parent) assert.include(children(parent), node);
      return undefined;
    });
    assert.isAbove(visited, 12);
  });
});
