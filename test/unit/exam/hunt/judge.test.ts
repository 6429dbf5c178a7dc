/** The judge of a hunt goes by facts: what is mended, what is lost with its code, what is broken on the way. */
import { assert } from "chai";
import { createHunts, type Hunts } from "../../../../src/core/exam/hunt/hunt";
import { isJudged, judge } from "../../../../src/core/exam/hunt/judge";
import { SourceText } from "../../../../src/core/text/source";
import { loadPythonParser } from "../../support/parser";
import { needed, numbers } from "./huntsForTests";

interface Case {
  readonly title: string;
  readonly program: string;
  readonly bugs: readonly string[];
  /** Applied to the text with the bugs; each must change something. */
  readonly change: readonly (readonly [from: string | RegExp, to: string])[];
  readonly hints?: number;
  /** By the order of places in the program. */
  readonly states: string;
  readonly fraction: number;
  /** What one of the sentences about broken things says. */
  readonly broken?: RegExp;
}

const clear = "        optimizer.zero_grad()\n";
const cases: readonly Case[] = [
  {
    title: "mended as it was",
    program: "classifier",
    bugs: ["adam-rate"],
    change: [["lr=0.1", "lr=1e-3"]],
    states: "mended",
    fraction: 1,
  },
  {
    title: "another learning rate, another optimizer's name",
    program: "classifier",
    bugs: ["adam-rate"],
    change: [["torch.optim.Adam(model.parameters(), lr=0.1)", "torch.optim.SGD(model.parameters(), lr=0.01)"]],
    states: "mended",
    fraction: 1,
  },
  {
    title: "zero_grad() at the end of the round",
    program: "classifier",
    bugs: ["no-zero-grad"],
    change: [["        optimizer.step()\n", `        optimizer.step()\n${clear}`]],
    states: "mended",
    fraction: 1,
  },
  {
    title: "the gradients of the model cleared in front of backward()",
    program: "classifier",
    bugs: ["no-zero-grad"],
    change: [["        loss.backward()\n", "        model.zero_grad()\n        loss.backward()\n"]],
    states: "mended",
    fraction: 1,
  },
  {
    title: "one of two mended, with a hint",
    program: "classifier",
    bugs: ["adam-rate", "no-zero-grad"],
    change: [["lr=0.1", "lr=1e-3"]],
    hints: 1,
    states: "found mended",
    fraction: 0.4,
  },
  {
    title: "the Tanh taken out, a comment written and a print added",
    program: "classifier",
    bugs: ["tanh-on-logits"],
    change: [
      ["torch.tanh(self.out(x))", "self.out(x)  # logits"],
      ["    for epoch in range(10):", "    print(model)\n    for epoch in range(10):"],
    ],
    states: "mended",
    fraction: 1,
  },
  {
    title: "the target made a column, where the prediction had been squeezed",
    program: "regression",
    bugs: ["column-against-row"],
    change: [
      ["criterion(prediction, y)", "criterion(prediction, y.unsqueeze(1))"],
      ["criterion(model(x), y)", "criterion(model(x), y.unsqueeze(1))"],
    ],
    states: "mended",
    fraction: 1,
  },
  {
    title: "softmax kept, its logarithm given to NLLLoss",
    program: "classifier",
    bugs: ["softmax-twice"],
    change: [
      [/torch\.softmax\((.*), dim=-1\)/, "torch.log_softmax($1, dim=-1)"],
      ["nn.CrossEntropyLoss()", "nn.NLLLoss()"],
    ],
    states: "mended",
    fraction: 1,
  },
  {
    title: "NLLLoss kept, log_softmax put in front of it",
    program: "classifier",
    bugs: ["nll-of-logits"],
    change: [["return self.out(x)", "return torch.log_softmax(self.out(x), dim=1)"]],
    states: "mended",
    fraction: 1,
  },
  {
    title: "ModuleList filled by append()",
    program: "transformer",
    bugs: ["layers-in-a-list"],
    change: [
      [
        /self\.layers = (\[.*\])\n/,
        "self.layers = nn.ModuleList()\n        for _ in range(depth):\n            self.layers.append(Layer(dim, heads))\n",
      ],
    ],
    states: "mended",
    fraction: 1,
  },
  {
    title: "the fake made without a graph, in place of detach()",
    program: "gan",
    bugs: ["fake-with-graph"],
    change: [["discriminator(fake), zeros", "discriminator(fake.data), zeros"]],
    states: "mended",
    fraction: 1,
  },
  {
    title: "the whole training loop deleted",
    program: "classifier",
    bugs: ["no-zero-grad"],
    change: [
      [
        / {4}for images, labels in loader:\n {8}images, labels = images\.to\(device\), labels\.to\(device\)\n {8}loss[^]*?return total/,
        "    return total",
      ],
    ],
    states: "lost",
    fraction: 0,
    broken: /No longer in the program/,
  },
  {
    title: "the training function deleted with its call",
    program: "classifier",
    bugs: ["no-zero-grad", "adam-rate"],
    change: [
      [/def train_epoch[^]*?\n\n\n/, ""],
      [/ {8}loss = train_epoch.*\n/, ""],
      ["loss {loss:.3f}, ", ""],
      ["lr=0.1", "lr=1e-3"],
    ],
    states: "lost lost",
    fraction: 0,
    broken: /train_epoch is gone/,
  },
  {
    title: "the model's forward emptied",
    program: "classifier",
    bugs: ["tanh-on-logits"],
    change: [[/ {8}x = self\.hidden\(x\.flatten\(1\)\)\n.*\n/, "        pass\n"]],
    states: "lost",
    fraction: 0,
    broken: /DigitNet\.forward returns nothing/,
  },
  {
    title: "the optimizer deleted with its steps",
    program: "classifier",
    bugs: ["adam-rate"],
    change: [
      [/ {4}optimizer = .*\n/, "    optimizer = None\n"],
      [/ {8}optimizer\..*\n/g, ""],
    ],
    states: "lost",
    fraction: 0,
  },
  {
    title: "a name that is no longer defined",
    program: "classifier",
    bugs: ["adam-rate"],
    change: [[/ {4}optimizer = .*\n/, ""]],
    states: "lost",
    fraction: 0,
    broken: /optimizer is used but never defined/,
  },
  {
    title: "the finding silenced by a comment",
    program: "classifier",
    bugs: ["adam-rate"],
    change: [["lr=0.1)", "lr=0.1)  # forward-pass: ignore[adam-learning-rate-too-high]"]],
    states: "found",
    fraction: 0,
  },
  {
    title: "a layer of another size",
    program: "classifier",
    bugs: ["adam-rate", "no-zero-grad"],
    change: [
      ["lr=0.1", "lr=1e-3"],
      ["classes=10", "classes=12"],
    ],
    states: "found mended",
    fraction: 0,
    broken: /returns \(B, 12\) instead of \(B, 10\)/,
  },
  {
    title: "a new bug in the place of the old",
    program: "classifier",
    bugs: ["no-zero-grad"],
    change: [
      ["        optimizer.step()\n", `        optimizer.step()\n${clear}`],
      ["lr=1e-3", "lr=0.5"],
    ],
    states: "mended",
    fraction: 0,
    broken: /New in line \d+/,
  },
  {
    title: "one of two optimizers left out",
    program: "gan",
    bugs: ["adam-rate"],
    change: [
      ["lr=0.1", "lr=2e-4"],
      [/ {4}optimizer_g\.zero_grad\(\)\n[^]*?optimizer_g\.step\(\)\n/, ""],
      [", G {loss_g.item():.3f}", ""],
    ],
    states: "lost",
    fraction: 0,
    broken: /Not as often as before: an optimizer takes a step/,
  },
];

describe("the judge of a bug hunt", function () {
  this.timeout(60_000);
  let hunts: Hunts;
  before(async () => {
    hunts = createHunts(await loadPythonParser());
  });

  for (const { title, program, bugs, change, hints = 0, states, fraction, broken } of cases) {
    it(`of ${bugs.join(" and ")}: ${title}`, function () {
      const hunt = hunts.compose(program, bugs);
      // A rule that is not in the product yet.
      if (!hunt) return this.skip();
      const text = change.reduce((before, [from, to]) => {
        const after = before.replace(from, to);
        assert.notEqual(after, before, `nothing to change at ${String(from)}`);
        return after;
      }, hunt.planted.text);
      const result = judge(hunts, hunt, new SourceText("hunt.py", text), hints);
      assert.isTrue(isJudged(result));
      if (!isJudged(result)) return;
      const told = JSON.stringify(result.broken);
      assert.equal(result.bugs.map(({ state }) => state).join(" "), states, told);
      assert.equal(result.fraction, fraction, told);
      assert.equal(result.solved, states.split(" ").every((state) => state === "mended") && result.broken.length === 0);
      if (broken)
        assert.isTrue(
          result.broken.some((words) => broken.test(words)),
          told,
        );
      else if (fraction === 1) assert.isEmpty(result.broken);
    });
  }

  it("gives everything for the correct program and nothing for what was given or an empty text", () => {
    for (const number of numbers.slice(0, 25)) {
      const hunt = hunts.draw(number);
      const [whole, none, empty] = [hunt.correct, hunt.planted, new SourceText("hunt.py", "")].map((text) =>
        judge(hunts, hunt, text, 0),
      );
      if (!isJudged(whole!) || !isJudged(none!) || !isJudged(empty!))
        return assert.fail(`hunt ${number} is not judged`);
      assert.deepInclude(whole, { solved: true, fraction: 1, broken: [] });
      assert.deepInclude(none, { solved: false, fraction: 0, broken: [] });
      assert.isTrue(none.bugs.every(({ state }) => state === "found"));
      assert.isTrue(empty.bugs.every(({ state }) => state === "lost"));
      assert.equal(empty.fraction, 0);
    }
  });

  it("judges nothing that is no Python, and names the line", () => {
    const hunt = needed(hunts, "classifier", "adam-rate");
    const result = judge(hunts, hunt, new SourceText("hunt.py", hunt.planted.text.replace("lr=0.1)", "lr=(")), 0);
    assert.isFalse(isJudged(result));
    if (!isJudged(result)) assert.isAbove(result.line, 5);
  });
});
