/** Findings of an earlier text of a file, shown in a later one until they are read anew. */
import { assert } from "chai";
import { type Elsewhere } from "../../../src/core/rules/elsewhere";
import { SourceText } from "../../../src/core/text/source";
import { movedTo } from "../../../src/core/rules/moved";

const before = "import torch\n\ndef step(loss, optimizer):\n    loss.backward()\n    optimizer.step()\n";

function view(text: string): Elsewhere {
  const place = (words: string): { start: number; end: number } => {
    const start = text.indexOf(words);
    return { start, end: start + words.length };
  };
  const span = place("optimizer.step()");
  const fixes = [{ title: "Clear", safe: false, edits: [{ span: place("loss.backward()"), text: "clear()" }] }];
  const related = [{ span: place("torch"), message: "Here." }];
  const diagnostic = { rule: "a-rule", severity: "error", message: "Wrong.", span, related, fixes } as const;
  const def = text.indexOf("def");
  const source = new SourceText("engine.py", text);
  return { path: "engine.py", source, silencers: [], shown: [{ diagnostic, inside: def }], ran: [def], trains: true };
}

/** What stands at the places that are left. */
function textsIn(after: string): string[] {
  const { shown, source, ran } = movedTo(view(before), new SourceText("engine.py", after));
  return shown.flatMap(({ diagnostic: { span, related, fixes }, inside }) => [
    source.slice(span),
    ...related.map((each) => source.slice(each.span)),
    ...fixes.flatMap(({ edits }) => edits.map((edit) => source.slice(edit.span))),
    ...[inside, ...ran].map((at) => (at === undefined ? "nowhere" : after.slice(at, at + 3))),
  ]);
}

describe("findings of an earlier text", () => {
  const all = ["optimizer.step()", "torch", "loss.backward()", "def", "def"];

  for (const [what, after, expected] of [
    ["stay where nothing was changed", before, all],
    ["move with what was written in front", `# A comment.\n${before}`, all],
    ["stay in front of what was written", `${before}\nmore = 1\n`, all],
    ["keep both sides of an edit between", before.replace("\n\ndef", "\n\nimport os\n\ndef"), all],
    ["are gone where they were edited", before.replace("optimizer.step()", "optimizer.stop()"), []],
    ["lose a fix that was edited", before.replace("loss.backward()", "loss.forward()"), all.filter((word) => word !== "loss.backward()")], // prettier-ignore
  ] as const) {
    it(what, () => {
      assert.deepEqual(textsIn(after), [...expected]);
    });
  }
});
