/** The judge of a hunt takes every right way to mend a bug, not only the one that the program had. */
import { assert } from "chai";
import { createHunts, type Hunts } from "../../../../src/core/exam/hunt/hunt";
import { isJudged, judge } from "../../../../src/core/exam/hunt/judge";
import { SourceText } from "../../../../src/core/text/source";
import { loadPythonParser } from "../../support/parser";

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
});
