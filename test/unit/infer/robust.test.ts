/** The analysis of any text ends soon and never throws. */
import { readFileSync } from "node:fs";
import { assert } from "chai";
import { type Analyzer, createAnalyzer } from "../../../src/core/analyzer";
import { shapesOf } from "../../../src/core/features/shapes";
import { SourceText } from "../../../src/core/text/source";
import { loadPythonParser } from "../support/parser";
import { torchFiles } from "../support/python";
import { seeded } from "../support/random";

/** Seconds after which an analysis hangs, on whatever machine: how fast it is, the benchmark says. */
const longest = 60;

describe("The analysis", () => {
  let analyzer: Analyzer;

  before(async () => {
    analyzer = createAnalyzer(await loadPythonParser());
  });

  /** The time that it takes, in seconds. */
  function analyze(text: string, path = "any.py"): number {
    const start = performance.now();
    try {
      shapesOf(analyzer.analyze(new SourceText(path, text)));
    } catch (error) {
      assert.fail(`${path}: ${(error as Error).stack ?? String(error)}`);
    }
    return (performance.now() - start) / 1000;
  }

  it("reads every file of torch and torchvision, and hangs on none", function () {
    this.timeout(600_000);
    const files = torchFiles();
    if (files.length === 0) this.skip();
    const times = files.map((file) => ({ file, seconds: analyze(readFileSync(file, "utf8"), file) }));
    const slowest = times.reduce((a, b) => (a.seconds > b.seconds ? a : b));
    if (process.env.COUNTS) console.log(files.length, slowest);
    assert.isBelow(slowest.seconds, longest, slowest.file);
  });

  it("reads programs that end or break off anywhere", function () {
    this.timeout(120_000);
    const files = torchFiles().filter((file) => /torchvision\/models|nn\/modules/.test(file));
    if (files.length === 0) this.skip();
    const random = seeded(7);
    for (let i = 0; i < 500; i++) {
      const file = random.pick(files);
      const text = readFileSync(file, "utf8");
      const start = random.once(2) ? 0 : random.integer(0, text.length);
      const end = random.integer(start, text.length);
      assert.isBelow(analyze(text.slice(start, end), `${file}[${start}:${end}]`), longest);
    }
  });

  const many = 3000;
  const adversarial: Record<string, string> = {
    "sums of many parts": `x = ${Array.from({ length: many }, (_, i) => `a${i}`).join(" + ")}`,
    "calls in calls": `x = ${"f(".repeat(many)}1${")".repeat(many)}`,
    "lists in lists": `x = ${"[".repeat(many)}${"]".repeat(many)}`,
    "attributes of attributes": `x = a${".b".repeat(many)}`,
    "ifs in ifs":
      Array.from({ length: 90 }, (_, i) => `${" ".repeat(i)}if a${i}:`).join("\n") + `\n${" ".repeat(90)}x = 1`,
    "many ifs": Array.from({ length: many }, (_, i) => `if a${i}:\n    x = ${i}`).join("\n"),
    "loops in loops":
      Array.from({ length: 12 }, (_, i) => `${" ".repeat(i)}for i${i} in a:`).join("\n") +
      `\n${" ".repeat(12)}x = i0 + 1`,
    "known loops in loops":
      Array.from({ length: 8 }, (_, i) => `${" ".repeat(i)}for i${i} in range(100):`).join("\n") +
      `\n${" ".repeat(8)}x = i0 + 1`,
    "calls without the arguments that they need":
      "import argparse, functools, itertools, collections, torch\nfrom torch import nn\n" +
      "p = argparse.ArgumentParser()\np.add_argument()\nn = p.parse_args()\n" +
      "functools.partial()()\nfunctools.reduce()\nitertools.product()\ncollections.namedtuple()()\n() = x = zip()\n" +
      "nn.ModuleList()[0]()\ntorch.cat()\ntorch.einsum()\nnn.Sequential()()\nx.view()\nsuper().y\nenumerate()\n",
    "nested loops that grow a tensor":
      "import torch\nx = torch.zeros(2, 3)\n" +
      Array.from({ length: 6 }, (_, i) => `${" ".repeat(i)}for i${i} in range(4):`).join("\n") +
      `\n${" ".repeat(6)}x = torch.cat([x, x[:1]])`,
    "a function that calls itself": "def f(n):\n    return f(n - 1) + f(n - 2) if n > 1 else 1\nx = f(60)",
    "functions that call each other": "def f(n):\n    return g(n) + g(n)\ndef g(n):\n    return f(n) + f(n)\nx = f(1)",
    "a module that contains itself":
      "from torch import nn\nclass A(nn.Module):\n    def __init__(self):\n        super().__init__()\n        self.a = A()\nm = A()\nm.m = m\nm.a.b = m\ny = sum(p.numel() for p in m.parameters())",
    "a class that derives from itself":
      "class A(A): pass\nclass A(A): pass\nx = A().b\nclass B(C, D): pass\nclass C(B): pass",
    "a very long range":
      "x = 0\nfor i in range(10**9):\n    x += i\ny = [i for i in range(10**9)]\nz = list(range(10**8))",
    "very long lists":
      "x = [0] * 10**9\ny = (1,) * 10**9\nfor i in range(60):\n    x = x + x\nz = [1]\nfor i in range(60):\n    z += z\nw = [0]\nfor i in range(60):\n    w.extend(w)",
    "very long texts":
      "x = 'ab' * 10**9\ny = 'ab'\nfor i in range(80):\n    y = y + y\n    z = f'{y}{y}'\n    y = y.replace('a', y)",
    "an endless loop": "while True:\n    x = 1\ny = 2",
    "an endless loop that grows": "x = [1]\nn = 1\nwhile True:\n    x.append(x)\n    n = n * n + 1\n    d = {n: x}",
    "very large numbers":
      "x = 10**1000\ny = 1 << 10**9\nz = 2 ** 2 ** 2 ** 2 ** 2\nw = 10**400 // 3 % 7\nimport torch\nt = torch.zeros(10**30, 9**20)\nu = t.view(-1)",
    "polynomials that grow":
      "import torch\ndef f(a, b, c, d, e):\n    n = a + b + c + d + e\n    for i in range(40):\n        n = n * n + a\n    m = (a + b * c - d // e) ** 60\n    for i in range(50):\n        m = (m + a) // (b + i) % (c * m + 1)\n    x = torch.zeros(n, m)\n    return x.view(-1, m)",
    "shapes of many dimensions":
      "import torch\nx = torch.zeros(1)\nfor i in range(2000):\n    x = x.unsqueeze(0)\ny = x.flatten()\nz = x + x",
    "a list that contains itself":
      "x = []\nx.append(x)\nimport torch\ny = torch.tensor(x)\nz = x == x\nd = {}\nd['d'] = d\nimport copy\nw = copy.deepcopy(x)",
    "a lambda that calls itself": "f = lambda x: f(f(x))\ny = f(1)",
    "decorators, yields and awaits":
      "@f\n@g\nasync def h(x):\n    async for i in x:\n        yield await i\n    async with x as y:\n        return [z async for z in y]",
    "a match in a loop":
      "while a:\n    match x:\n        case [1, *r] | {'k': r, **rest}: x = r\n        case C(a=b) as c if c: break\n        case _: continue",
    "a model of many layers":
      "import torch\nfrom torch import nn\nclass N(nn.Module):\n    def __init__(self):\n        super().__init__()\n        self.l = nn.ModuleList([nn.Sequential(*[nn.Linear(8, 8) for _ in range(50)]) for _ in range(50)])\n    def forward(self, x):\n        for l in self.l:\n            x = l(x)\n        return x\nN()(torch.zeros(2, 8))",
  };
  for (const [what, text] of Object.entries(adversarial)) {
    it(`ends on ${what}`, function () {
      this.timeout(longest * 1000);
      const seconds = analyze(text);
      if (process.env.COUNTS) console.log(what, seconds.toFixed(2));
      assert.isBelow(seconds, longest);
    });
  }

  it("runs loops of an unknown number of rounds until nothing changes, however many are around", () => {
    const loops = (depth: number): string =>
      Array.from({ length: depth }, (_, i) => `${" ".repeat(i + 1)}for i${i} in range(n):`).join("\n");
    const text = (depth: number): string =>
      `from torch import nn\ndef f(n):\n m = nn.ModuleList()\n${loops(depth)}\n${" ".repeat(depth + 1)}` +
      "m.append(nn.Linear(4, 4))\n";
    const steps = (depth: number): number => analyzer.analyze(new SourceText("any.py", text(depth))).machine.steps;
    assert.isBelow(steps(5) - steps(4), 4 * (steps(4) - steps(3)));
    assert.isBelow(steps(5), 1000);
  });

  it("ends where it is cancelled, and says so", () => {
    const text = "x = 1 + 2\n".repeat(2000);
    const { incomplete } = analyzer.analyze(new SourceText("any.py", text), { cancelled: () => true });
    assert.isTrue(incomplete);
  });
});
