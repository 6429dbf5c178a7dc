/** Hunts come back by their number, hold only bugs that are found, and are judged by facts. */
import { assert } from "chai";
import { nextHint, hintText } from "../../../../src/core/exam/hunt/hints";
import { createHunts, programOf, type Hunt, type Hunts } from "../../../../src/core/exam/hunt/hunt";
import { isJudged, judge } from "../../../../src/core/exam/hunt/judge";
import { huntPrograms } from "../../../../src/core/exam/hunt/programs";
import { findRule } from "../../../../src/core/rules/registry";
import { SourceText } from "../../../../src/core/text/source";
import { loadPythonParser } from "../../support/parser";

const numbers = Array.from({ length: 200 }, (_, i) => 1 + 37 * i);

describe("a bug hunt", function () {
  this.timeout(120_000);
  let hunts: Hunts;
  before(async () => {
    hunts = createHunts(await loadPythonParser());
  });

  it("comes back by its number, drawn by whomever", async () => {
    const others = createHunts(await loadPythonParser());
    // In the other order: what was drawn before must not matter.
    const again = new Map([...numbers].reverse().map((number) => [number, others.draw(number).planted.text]));
    for (const number of numbers) assert.equal(hunts.draw(number).planted.text, again.get(number), `hunt ${number}`);
  });

  it("has one to three bugs, which rules of the product find in the text as it is given", () => {
    const seen = new Set<string>();
    for (const number of numbers) {
      const { bugs, planted, correct, program } = hunts.draw(number);
      const body = planted.text.slice(planted.text.indexOf('"""'));
      if (seen.has(body)) continue;
      seen.add(body);
      assert.isAtLeast(bugs.length, 1, `hunt ${number} of ${program.id}`);
      assert.isAtMost(bugs.length, 3);
      const found = hunts.factsOf(planted).diagnostics.map(({ rule }) => rule);
      for (const { rules, bug } of bugs) {
        assert.isNotEmpty(rules);
        assert.isTrue(
          rules.some((rule) => findRule(rule) && found.includes(rule)),
          `${bug.mutation.id} in ${number}`,
        );
      }
      assert.notEqual(planted.text, correct.text);
    }
  });

  it("uses every program and every number of bugs", () => {
    const drawn = numbers.map((number) => hunts.draw(number));
    assert.sameMembers(
      [...new Set(drawn.map(({ program }) => program.id))],
      huntPrograms.map(({ id }) => id),
    );
    assert.includeMembers([...new Set(drawn.map(({ bugs }) => bugs.length))], [1, 2]);
    for (const { number, program } of drawn) assert.equal(programOf(number), program);
  });

  it("says at its top what the program is for and how many bugs there are, but not where", () => {
    for (const number of numbers.slice(0, 30)) {
      const { planted, correct, program, bugs } = hunts.draw(number);
      const header = planted.text.slice(0, planted.text.indexOf('"""'));
      assert.include(header, `# Bug hunt ${number}`);
      assert.include(header.replace(/\n# /g, " "), program.task);
      assert.include(header, ["", "one bug is", "two bugs are", "three bugs are"][bugs.length]!);
      assert.isTrue(correct.text.startsWith(header));
      for (const { rules } of bugs) for (const rule of rules) assert.notInclude(header, rule);
    }
  });

  it("names for each bug the line of the correct program", () => {
    const { bugs, correct } = needed(hunts, "classifier", "adam-rate");
    assert.include(correct.lineAt(bugs[0]!.line), "torch.optim.Adam");
  });

  it("gives two hints for each bug that is left, the second one with the place", () => {
    const hunt = needed(hunts, "classifier", "adam-rate", "no-zero-grad");
    const first = nextHint([0, 1], []);
    assert.deepEqual(first, { bug: 0, level: 0 });
    assert.deepEqual(nextHint([1], [first!]), { bug: 1, level: 0 });
    const given = [first!, { bug: 1, level: 0 } as const];
    assert.deepEqual(nextHint([0, 1], given), { bug: 0, level: 1 });
    assert.isUndefined(nextHint([1], [...given, { bug: 1, level: 1 }]));
    const places = hunt.bugs.map((_, bug) => hintText(hunts, hunt, { bug, level: 1 }));
    assert.sameMembers(places, ["Look into train_epoch.", "Look into main."]);
  });
});

function needed(hunts: Hunts, program: string, ...mutations: string[]): Hunt {
  const hunt = hunts.compose(program, mutations);
  assert.isDefined(hunt, `${mutations.join()} in ${program}`);
  return hunt;
}

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
    broken: /returns \(\?, 12\) instead of \(\?, 10\)/,
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

/** Ways to mend that differ from the program as it was. */
const mendings: readonly (readonly [program: string, bug: string, from: string | RegExp, to: string])[] = [
  ["gan", "sigmoid-twice", "nn.BCEWithLogitsLoss()", "nn.BCELoss()"],
  ["classifier", "softmax-twice", /torch\.softmax\((.*), dim=-1\)/, "$1"],
  ["classifier", "no-eval", "    correct = 0\n", "    model.train(False)\n    correct = 0\n"],
  ["classifier", "no-train", "    total = 0.0\n", "    model.train(True)\n    total = 0.0\n"],
  ["rnn", "loss-with-its-graph", "total += loss\n", "total += float(loss)\n"],
  ["rnn", "loss-with-its-graph", "total += loss\n", "total += loss.detach()\n"],
  [
    "rnn",
    "state-with-its-graph",
    "        loss = criterion",
    "        state = (state[0].detach(), state[1].detach())\n        loss = criterion",
  ],
  ["rnn", "clip-too-late", /( {8}optimizer\.step\(\)\n)( {8}nn\.utils.*\n)/, "$2$1"],
  ["rnn", "no-backward", "        nn.utils", "        torch.autograd.backward(loss)\n        nn.utils"],
  ["classifier", "step-too-early", /( {8}optimizer\.step\(\)\n)( {8}loss\.backward\(\)\n)/, "$2$1"],
  ["classifier", "no-step", "        loss.backward()\n", "        loss.backward()\n        optimizer.step(None)\n"],
  ["classifier", "zero-grad-too-late", /( {8}loss\.backward\(\)\n)( {8}optimizer\.zero_grad\(\)\n)/, "$2$1"],
  ["vae", "nothing-between", /nn\.Linear\(latent, hidden\), /, "nn.Linear(latent, hidden), nn.Tanh(), "],
  ["vae", "kl-sign", "return reconstruction_loss + kl", "return reconstruction_loss - kl"],
  ["vae", "variance-as-std", "torch.exp(logvar)", "torch.sqrt(torch.exp(logvar))"],
  ["vae", "variance-as-std", "torch.exp(logvar)", "torch.exp(logvar / 2)"],
  ["vae", "sample-without-path", "torch.normal(mu, std)", "torch.distributions.Normal(mu, std).rsample()"],
  ["vae", "part-not-trained", "model.encode.parameters()", "list(model.parameters())"],
  ["transformer", "wrong-softmax-dim", "torch.softmax(scores, dim=0)", "scores.softmax(3)"],
  [
    "transformer",
    "scores-unscaled",
    "q @ k.transpose(-2, -1)",
    "(q * (C // self.heads) ** -0.5) @ k.transpose(-2, -1)",
  ],
  ["transformer", "accuracy-over-batch", ".argmax(dim=0)", ".max(1)[1]"],
  ["transformer", "input-dropped", "out = layer(x)", "out = layer(x)\n            x = out"],
  [
    "transformer",
    "super-forgotten",
    /( {4}def __init__\(self, .*\n)(?! {8}super)/,
    "$1        nn.Module.__init__(self)\n",
  ],
  ["cnn", "dropout-always", "p=0.3)", "0.3, self.training)"],
  ["cnn", "sgd-rate", "lr=10", "lr=0.1"],
  [
    "cnn",
    "scheduler-too-early",
    /( {4}for images, labels in train_loader:\n) {8}scheduler\.step\(\)\n([^]*? {8}optimizer\.step\(\)\n)/,
    "$1$2    scheduler.step()\n",
  ],
  ["classifier", "batch-flattened", ".flatten()", ".view(-1, 784)"],
  ["classifier", "training-not-shuffled", "DataLoader(train_set, batch_size=64)", "DataLoader(train_set, 64, True)"],
  ["gan", "generator-without-graph", "fake.detach()), ones", "generator(torch.randn(batch_size, latent))), ones"],
  ["gan", "wrong-optimizer-cleared", /( {4}optimizer_d\.zero_grad\(\)\n)( {4}loss_g)/, "    generator.zero_grad()\n$2"],
  ["regression", "loss-cut-off", /torch\.tensor\(\((.*)\)\.item\(\), requires_grad=True\)/, "($1).mean()"],
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

  for (const [program, bug, from, to] of mendings) {
    it(`takes ${JSON.stringify(to)} for a mending of ${bug} in ${program}`, function () {
      const hunt = hunts.compose(program, [bug]);
      // A rule that is not in the product yet.
      if (!hunt) return this.skip();
      const text = hunt.planted.text.replace(from, to);
      assert.notEqual(text, hunt.planted.text);
      const result = judge(hunts, hunt, new SourceText("hunt.py", text), 0);
      if (!isJudged(result)) return assert.fail(result.problem);
      assert.isTrue(result.solved, JSON.stringify([result.bugs.map(({ state }) => state), result.broken]));
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
