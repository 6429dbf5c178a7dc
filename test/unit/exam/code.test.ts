/** Programs as answers: what counts as mended, what cheats earn, and what validation says of a task that does not hold. */
import { assert } from "chai";
import { readBank } from "../../../src/core/exam/bank";
import { createCodeBench } from "../../../src/core/exam/hunt/bench";
import type { CodeBench } from "../../../src/core/exam/code/task";
import type { CodeSpec } from "../../../src/core/exam/kinds/code";
import { grade } from "../../../src/core/exam/kinds/registry";
import { validateBank } from "../../../src/core/exam/validate";
import { loadPythonParser } from "../support/parser";
import { answerOf, bankOf } from "./bankAnswers";

let bench: CodeBench;

before(async () => {
  bench = createCodeBench(await loadPythonParser());
});

function specOf(id: string): CodeSpec {
  const answer = answerOf(bankOf("code"), id);
  assert.equal(answer.kind, "code");
  return answer as CodeSpec;
}

function givenOf(spec: CodeSpec): string {
  const given = bench.given(spec);
  assert.isString(given);
  return given as string;
}

/** The grade of the given program after some replacements, each of which has to fit. */
function gradeAfter(id: string, ...changes: readonly (readonly [from: string, to: string])[]) {
  const spec = specOf(id);
  const text = changes.reduce((before, [from, to]) => {
    assert.include(before, from);
    return before.replaceAll(from, to);
  }, givenOf(spec));
  const result = grade(spec, { text }, { bench });
  return result.state === "graded"
    ? { fraction: Number(result.fraction.toFixed(3)), says: result.feedback.join(" ") }
    : { fraction: result.state, says: "" };
}

const noTanh = ["torch.tanh(self.last(x))", "self.last(x)"] as const;
const lowRate = ["lr=0.1", "lr=0.001"] as const;
const wider = ["std=1e-6", "std=0.05"] as const;
const ownDraw = ["nn.init.normal_(layer.weight, std=1e-6)", "nn.init.xavier_uniform_(layer.weight)"] as const;
const colour = ["nn.Conv2d(1, 6", "nn.Conv2d(3, 6"] as const;
const write = (lines: string): readonly [string, string] => ["return mu\n", `${lines}\n`];

describe("a program as an answer", () => {
  const cases: readonly (readonly [string, string, readonly (readonly [string, string])[], number])[] = [
    ["the given program", "mlp-classifier", [], 0],
    ["one flaw of three", "mlp-classifier", [noTanh], 0.333],
    ["two flaws of three", "mlp-classifier", [noTanh, lowRate], 0.667],
    ["all three", "mlp-classifier", [noTanh, lowRate, wider], 1],
    ["another initialisation", "mlp-classifier", [noTanh, lowRate, ownDraw], 1],
    ["another size of the network", "mlp-classifier", [noTanh, lowRate, wider, ["300", "200"]], 0.667],
    ["a rule that is told to be silent", "mlp-classifier", [["lr=0.1)", "lr=0.1)  # forward-pass: ignore"]], 0],
    ["a loop without its step", "training-loop", [["        optimizer.step()\n", ""]], 0],
    ["half of the loop", "training-loop", [["loss.backward()", "optimizer.zero_grad()\n        loss.backward()"]], 0.5],
    ["colour alone", "lenet-colour", [colour], 0],
    ["both sizes", "lenet-colour", [colour, ["16 * 4 * 4", "400"]], 1],
    ["a pooling that adapts", "lenet-colour", [colour, ["x = x.flatten(1)", "x = F.adaptive_avg_pool2d(x, 4).flatten(1)"]], 1], // prettier-ignore
    ["images that are made to fit", "lenet-colour", [["torch.randn(8, 3, 32, 32)", "torch.randn(1, 1, 28, 28)"]], 0],
    ["nothing written", "reparameterisation", [], 0],
    ["two lines", "reparameterisation", [write("std = (log_var / 2).exp()\n        return mu + std * torch.randn_like(std)")], 1], // prettier-ignore
    ["one line", "reparameterisation", [write("return mu + torch.randn(mu.shape) * torch.exp(0.5 * log_var)")], 1],
    ["a root of the variance", "reparameterisation", [write("return mu + log_var.exp().sqrt() * torch.randn_like(mu)")], 1], // prettier-ignore
    ["noise without its size", "reparameterisation", [write("return mu + torch.randn_like(mu)")], 0.5],
    ["the variance for the deviation", "reparameterisation", [write("return mu + log_var.exp() * torch.randn_like(mu)")], 0.5], // prettier-ignore
    ["a name that is not there", "reparameterisation", [write("return mu + torch.exp(0.5 * log_var) * torch.randn_like(mu) * sigma_")], 0], // prettier-ignore
  ];
  for (const [title, id, changes, fraction] of cases) {
    it(`${id}: ${title} is worth ${fraction}`, () => {
      const result = gradeAfter(id, ...changes);
      assert.equal(result.fraction, fraction, result.says);
    });
  }

  it("names what was mended, and not what is left", () => {
    const { says } = gradeAfter("mlp-classifier", noTanh);
    assert.match(says, /Mended: /);
    assert.notInclude(says, "Adam");
  });

  it("is no attempt where it is no Python or not there", () => {
    const spec = specOf("mlp-classifier");
    const broken = grade(spec, { text: "def f(:\n" }, { bench });
    assert.equal(broken.state, "unreadable");
    assert.equal(grade(spec, {}, { bench }).state, "unreadable");
  });

  it("is left to the student where nothing can judge it", () => {
    assert.equal(grade(specOf("mlp-classifier"), { text: "x = 1" }).state, "self");
  });
});

function faultsOf(fields: string): string[] {
  const { bank, diagnostics } = readBank("t.quiz.md", `---\nid: t\ntitle: T\n---\n## q\nMend it.\n\`\`\`answer\nkind: code\n${fields}\n\`\`\`\n\`\`\`solution\nSo.\n\`\`\`\n`); // prettier-ignore
  return [...diagnostics, ...validateBank(bank, { bench })].map(({ message }) => message);
}

const program = (name: string, ...lines: readonly string[]): string =>
  [`${name}: |`, ...["import torch", ...lines].map((line) => `  ${line}`)].join("\n");

describe("validating a program", () => {
  const add = program("program", "a = torch.ones(2, 3)", "b = torch.ones(4, 3)", "c = a @ b");
  const added = program("mended", "a = torch.ones(2, 3)", "b = torch.ones(4, 3)", "c = a @ b.T");
  const faults: readonly (readonly [string, string, RegExp | undefined])[] = [
    ["finds nothing wrong with a sound one", `${add}\n${added}\nrules: [shape-mismatch]`, undefined],
    ["misses a finding", `${add}\n${added}\nrules: [shape-mismatch, softmax-twice]`, /no finding “softmax-twice”/],
    ["does not know a rule", `${add}\n${added}\nrules: [shape-mismatch, no-such]`, /There is no rule “no-such”/],
    ["has a mended program that is not", `${add}\n${add.replace("program", "mended")}\nrules: [shape-mismatch]`, /no finding/], // prettier-ignore
    ["wants a mended program", `${add}\nrules: [shape-mismatch]`, /“mended” is missing/],
    ["wants something to come of it", `${add}\n${added}`, /what has to come of the program/],
    [
      "sees that a finding is not named",
      `${add}\n${added}\nshapes:\n  f: (2)`,
      /also has the finding “shape-mismatch”/,
    ],
    ["does not know a bundled program", "program: nothing\nbugs: [no-step]\nrules: [optimizer-never-steps]", /no such program/], // prettier-ignore
    ["reads no shape", `${add}\n${added}\nrules: [shape-mismatch]\nshapes:\n  f: "2 by ?"`, /is not a size/],
  ];
  for (const [title, fields, message] of faults) {
    it(title, () => {
      const found = faultsOf(fields).join("\n");
      if (message) assert.match(found, message);
      else assert.equal(found, "");
    });
  }

  it("holds for every program of the built-in bank", () => {
    assert.deepEqual(validateBank(bankOf("code"), { bench }), []);
  });
});
