/** `forward-pass check` over programs of several files: what a run shows of the files that it imports. */
import { mkdtempSync, mkdirSync, readFileSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { dirname, join } from "node:path";
import { assert } from "chai";
import { forwardPass, json } from "./run";

interface Row {
  readonly file: string;
  readonly line: number;
  readonly rule: string;
  readonly message: string;
}

const models = `import torch
from torch import nn


class Net(nn.Module):
    def __init__(self):
        super().__init__()
        self.hidden = nn.Linear(784, 64)
        self.drop = nn.Dropout(0.5)
        self.out = nn.Linear(64, 10)

    def forward(self, x):
        return self.out(self.drop(torch.relu(self.hidden(x.flatten(1)))))
`;

const engine = `import torch


def train_epoch(model, loader, optimizer, criterion):
    model.train()
    for images, labels in loader:
        optimizer.zero_grad()
        loss = criterion(model(images), labels)
        loss.backward()
        optimizer.step()


def evaluate(model, loader):
    model.eval()
    correct = 0
    with torch.no_grad():
        for images, labels in loader:
            correct += (model(images).argmax(1) == labels).sum().item()
    return correct
`;

const train = `import torch
from torch import nn
from torch.utils.data import DataLoader
from torchvision import datasets, transforms

from engine import evaluate, train_epoch
from models import Net

data = datasets.MNIST("data", train=True, transform=transforms.ToTensor())
test = datasets.MNIST("data", train=False, transform=transforms.ToTensor())
model = Net()
optimizer = torch.optim.Adam(model.parameters(), lr=1e-3)
for epoch in range(5):
    train_epoch(model, DataLoader(data, batch_size=32, shuffle=True), optimizer, nn.CrossEntropyLoss())
    print(evaluate(model, DataLoader(test, batch_size=32)))
`;

const program = { "engine.py": engine, "models.py": models, "train.py": train };
const withoutEval = engine.replace("    model.eval()\n", "");
const withSoftmax = models.replace(/return (.*)\n/, "return $1.softmax(dim=1)\n");

type Files = Readonly<Record<string, string>>;

function folderWith(files: Files): string {
  const folder = mkdtempSync(join(tmpdir(), "forward-pass-"));
  for (const [name, text] of Object.entries(files)) {
    mkdirSync(dirname(join(folder, name)), { recursive: true });
    writeFileSync(join(folder, name), text);
  }
  return folder;
}

function rowsIn(folder: string, ...args: readonly string[]): string[] {
  return (json(forwardPass(["check", "--format", "json", ...args], folder)) as Row[]).map(
    ({ file, line, rule }) => `${file}:${line} ${rule}`,
  );
}

const rowsOf = (files: Files, ...args: readonly string[]): string[] => rowsIn(folderWith(files), ...args);

describe("forward-pass check over several files", function () {
  this.timeout(20_000);

  it("is silent on a correct program", () => {
    assert.deepEqual(rowsOf(program, "."), []);
  });

  it("reports what a run shows in the file where the mistake stands, whatever is named of the program", () => {
    const files = { ...program, "engine.py": withoutEval };
    const expected = ["engine.py:17 missing-eval"];
    for (const paths of [["."], ["train.py"], ["engine.py", "train.py"], ["train.py", "models.py"]])
      assert.deepEqual(rowsOf(files, ...paths), expected, paths.join(" "));
    assert.deepEqual(rowsOf(files, "engine.py"), [], "alone the file does not know its model");
  });

  it("says which run it is seen in", () => {
    const run = forwardPass(["check", "."], folderWith({ ...program, "engine.py": withoutEval }));
    assert.match(
      run.stdout,
      /^engine\.py:17:\d+ warning missing-eval\n.*\(Seen in the run of train\.py\.\)\n {2}17 \|/,
    );
  });

  it("reports what several runs show once, and what the file shows of itself without them", () => {
    const files = { ...program, "again.py": train };
    assert.deepEqual(rowsOf({ ...files, "engine.py": withoutEval }, "."), ["engine.py:17 missing-eval"]);
    const withoutClearing = engine.replace("        optimizer.zero_grad()\n", "");
    const run = forwardPass(["check", "."], folderWith({ ...files, "engine.py": withoutClearing }));
    assert.include(run.stdout, "1 finding in 4 files.");
    assert.notInclude(run.stdout, "Seen in the run");
  });

  it("says nothing of a function with which one of the programs is right", () => {
    const softmax = { ...program, "models.py": withSoftmax };
    assert.deepEqual(rowsOf(softmax, "."), ["models.py:13 softmax-before-cross-entropy"]);
    const logarithm = train.replace("nn.CrossEntropyLoss()", "lambda p, y: nn.functional.nll_loss(p.log(), y)");
    const right = rowsOf({ ...softmax, "right.py": logarithm }, ".");
    assert.notInclude(right.join(), "softmax-before-cross-entropy");
  });

  it("asks no program about training that trains nothing", () => {
    const predict = "import torch\nfrom models import Net\n\nprint(Net().eval()(torch.zeros(1, 1, 28, 28)))\n";
    const files = { ...program, "models.py": withSoftmax, "predict.py": predict };
    assert.deepEqual(rowsOf(files, "."), ["models.py:13 softmax-before-cross-entropy"]);
  });

  it("reports one cause at one of its ends", () => {
    const inline = train.replace("import evaluate, train_epoch", "import evaluate") // The loss stands in the entry.
      .replace(/    train_epoch\(.*\n/, "    model.train()\n    for x, y in DataLoader(data, batch_size=32, shuffle=True):\n        optimizer.zero_grad()\n        nn.functional.cross_entropy(model(x), y).backward()\n        optimizer.step()\n"); // prettier-ignore
    assert.deepEqual(rowsOf({ ...program, "models.py": withSoftmax, "train.py": inline }, "."), [
      "train.py:17 softmax-before-cross-entropy",
    ]);
  });

  it("reports it at one end as well where the file alone shows the other", () => {
    const body = train.slice(train.indexOf("data =")).replace(/^(?=.)/gm, "    ");
    const main = `${train.slice(0, train.indexOf("data ="))}\n\ndef main():\n${body}`;
    const files = {
      ...program,
      "models.py": withSoftmax,
      "train.py": main,
      "run.py": "from train import main\n\nmain()\n",
    };
    assert.lengthOf(rowsOf(files, "."), 1);
    const inline = engine.replace("criterion(model", "torch.nn.functional.cross_entropy(model");
    assert.lengthOf(rowsOf({ ...files, "engine.py": inline }, "."), 1);
  });

  it("finds the same in threads and in shards, each finding once", () => {
    const projects = Array.from({ length: 24 }, (_, i): [string, string][] =>
      Object.entries({ ...program, "engine.py": withoutEval }).map(([name, text]) => [`p${i}/${name}`, text]),
    );
    const folder = folderWith(Object.fromEntries(projects.flat()));
    const alone = rowsIn(folder, ".", "--jobs", "1");
    assert.lengthOf(alone, 24);
    assert.deepEqual(rowsIn(folder, ".", "--jobs", "2"), alone);
    const shards = ["1/3", "2/3", "3/3"].map((shard) => rowsIn(folder, ".", "--shard", shard));
    assert.sameMembers(shards.flat(), alone);
    for (const shard of shards) assert.lengthOf(shard, 8);
  });

  it("lets comments in the imported file silence it, and calls them idle only when all programs are seen", () => {
    const call = "correct += (model(images).argmax(1) == labels).sum().item()";
    const silenced = withoutEval.replace(call, `${call}  # forward-pass: ignore[missing-eval]`);
    assert.deepEqual(rowsOf({ ...program, "engine.py": silenced }, "."), []);
    assert.deepEqual(rowsOf({ ...program, "engine.py": silenced }, "train.py"), []);
    assert.deepEqual(rowsOf({ ...program, "engine.py": silenced }, "engine.py"), []);
    const idle = silenced.replace("    correct = 0\n", "    model.eval()\n    correct = 0\n");
    assert.deepEqual(rowsOf({ ...program, "engine.py": idle }, "engine.py"), []);
    assert.deepEqual(rowsOf({ ...program, "engine.py": idle }, "."), ["engine.py:18 unused-suppression"]);
  });

  it("keeps to the settings of the imported file", () => {
    const settings = '[tool.forward-pass]\nexclude = ["old"]\n[tool.forward-pass.per-file-ignores]\n"engine.py" = ["missing-eval"]\n'; // prettier-ignore
    assert.deepEqual(rowsOf({ ...program, "engine.py": withoutEval, "pyproject.toml": settings }, "."), []);
    const moved = { "models.py": models, "train.py": train.replace("from engine", "from old.engine"), "pyproject.toml": settings }; // prettier-ignore
    assert.deepEqual(rowsOf({ ...moved, "old/engine.py": withoutEval }, "."), []);
  });

  it("leaves packages that are installed alone", () => {
    const files = { "models.py": models, "train.py": train.replace("from engine", "from kit.engine") };
    const installed = { ".venv/lib/python3.11/site-packages/kit/engine.py": withoutEval };
    assert.deepEqual(rowsOf({ ...files, ...installed }, "."), []);
  });

  it("follows a notebook into its modules, and standard input nowhere", () => {
    const cell = { cell_type: "code", execution_count: null, metadata: {}, outputs: [], source: train };
    const notebook = JSON.stringify({ cells: [cell], metadata: {}, nbformat: 4, nbformat_minor: 5 });
    const files = { "engine.py": withoutEval, "models.py": models, "train.ipynb": notebook };
    assert.deepEqual(rowsOf(files, "."), ["engine.py:17 missing-eval"]);
    const folder = folderWith({ ...program, "engine.py": withoutEval });
    const args = ["check", "-", "--stdin-filename", "train.py", "--format", "json"];
    assert.deepEqual(json(forwardPass(args, folder, train)), []);
  });

  it("writes a fix once, whatever number of runs shows it, and into files that were named", () => {
    const logarithm = engine.replace("criterion(model(images), labels)", "criterion(torch.log(torch.softmax(model(images), dim=1)), labels)"); // prettier-ignore
    const entry = train.replace("CrossEntropyLoss", "NLLLoss");
    const folder = folderWith({ ...program, "train.py": entry, "again.py": entry, "engine.py": logarithm });
    const left = rowsIn(folder, "train.py", "--fix");
    assert.deepEqual(left, ["engine.py:8 log-of-softmax"]);
    assert.equal(readFileSync(join(folder, "engine.py"), "utf8"), logarithm);
    assert.deepEqual(rowsIn(folder, ".", "--fix"), []);
    assert.include(
      readFileSync(join(folder, "engine.py"), "utf8"),
      "criterion(torch.log_softmax(model(images), dim=1), labels)",
    );
  });
});
