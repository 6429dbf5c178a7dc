/** The built-in drills: 200 variants of each read, differ, accept their own answer, refuse the foreseen mistakes; PyTorch agrees. */
import { assert } from "chai";
import { spawnSync } from "node:child_process";
import { readFileSync } from "node:fs";
import { builtinBanks } from "../../../src/core/exam/builtin";
import { drawVariant, type Evaluator } from "../../../src/core/exam/drill";
import { grade, selfTest, understand, type AnswerSpec } from "../../../src/core/exam/kinds/registry";
import type { DrillTemplate, Question, Variant } from "../../../src/core/exam/question";
import { createCompute } from "../../../src/core/features/compute";
import { loadPythonParser } from "../support/parser";

const draws = 200;
const oracle = "test/unit/exam/drillOracle.py";

/** The bank of drills, and the banks by topic that have a drill among their questions. */
const homes = [
  ...["drills", "losses", "backpropagation", "optimisation", "initialisation", "convolutions", "autoencoders"],
  "regularisation",
];

const drills = (): readonly DrillTemplate[] =>
  builtinBanks()
    .filter(({ bank }) => homes.includes(bank.id))
    .flatMap(({ bank }) => bank.drills);

/** The text that a student who knows the answer would type. */
function typed(value: number | readonly unknown[]): string {
  if (typeof value === "number") return String(value);
  if (value.some(Array.isArray)) return value.map((row) => (row as readonly number[]).join(" ")).join("; ");
  return value.join(" x ");
}

function valueOf(answer: AnswerSpec): number | readonly unknown[] {
  return "value" in answer && answer.kind !== "formula" ? answer.value : assert.fail(answer.kind);
}

function refusedBy(answer: AnswerSpec): readonly { value: number | readonly unknown[]; credit: number }[] {
  return "refuse" in answer && answer.kind !== "formula" ? answer.refuse : [];
}

function textsOf({ title, prompt, solution, hints, parts }: Question): readonly string[] {
  return [title, prompt, solution, ...hints, ...parts.flatMap((part) => [part.prompt, part.solution, ...part.hints])];
}

/** A number that was not rounded for display. */
const tooLong = /\d\.\d{7,}/;

describe("the built-in drills", function () {
  this.timeout(120_000);
  let engine: Evaluator;
  before(async () => {
    engine = createCompute(await loadPythonParser());
  });

  function drawn(template: DrillTemplate, seed: number): Variant {
    const result = drawVariant(template, seed, engine);
    return "variant" in result ? result.variant : assert.fail(`${template.id} ${seed}: ${result.problem}`);
  }

  it("are one for each of the templates, and more", () => {
    const ids = drills().map(({ id }) => id);
    assert.includeMembers(ids, [
      ...["conv-output", "conv-parameters", "dense-or-conv", "bottleneck", "transposed-output", "pooling-by-hand"],
      ...["receptive-field", "relu-forward", "relu-backward", "gradient-shapes", "rnn-threshold", "quadratic-descent"],
      ...["quadratic-layer", "norm-placement", "gaussian-kl", "softmax-gradient", "optimiser-step", "init-constants"],
      ...["bounded-scores", "gaussian-likelihood", "confusion-counts", "linear-rnn", "batch-norm", "categorical-elbo"],
      ...["mlp-parameters", "conv-dilated", "training-step-order"],
    ]);
    for (const { id, hints, topics } of drills()) assert.isTrue(hints.length > 0 && topics.length > 0, id);
  });

  for (const template of drills()) {
    it(`${template.id}: ${draws} variants are sound`, () => {
      const answers = new Set<string>();
      for (let seed = 1; seed <= draws; seed++) {
        const { question } = drawn(template, seed);
        const place = `${template.id} ${seed}`;
        for (const text of textsOf(question)) assert.notMatch(text, /@\{|NaN|Infinity|undefined/, place);
        for (const text of textsOf(question)) assert.notMatch(text, tooLong, place);
        for (const { answer, id } of question.parts) {
          const text = typed(valueOf(answer));
          assert.equal(understand(answer, { text }).state, "read", `${place} ${id} ${text}`);
          assert.deepInclude(grade(answer, { text }), { state: "graded", fraction: 1 }, `${place} ${id} ${text}`);
          assert.deepEqual(selfTest(answer), [], `${place} ${id}`);
          for (const { value, credit } of refusedBy(answer)) {
            const result = grade(answer, { text: typed(value) });
            const earned = result.state === "graded" ? result.fraction : result.state;
            assert.isTrue(credit < 1 && typeof earned === "number" && earned < 1, `${place} ${id} ${typed(value)}`);
          }
        }
        answers.add(question.parts.map(({ answer }) => typed(valueOf(answer))).join(" | "));
      }
      const fewest = template.id === "training-step-order" ? 15 : template.id === "conv-parameters" ? 20 : 25;
      assert.isAtLeast(answers.size, fewest);
    });
  }

  it("have the answers that PyTorch and brute force find", function () {
    const asked = drills().flatMap((template) =>
      Array.from({ length: 40 }, (_item, place) => {
        const { values, question } = drawn(template, 1000 + place);
        return { id: template.id, values, answers: question.parts.map(({ answer }) => [valueOf(answer)].flat(3)) };
      }),
    );
    const run = spawnSync("/usr/bin/python3", ["-c", readFileSync(oracle, "utf8")], {
      input: JSON.stringify(asked.map(({ id, values }) => ({ id, values }))),
      encoding: "utf8",
    });
    if (run.error || run.stderr.includes("No module named")) return this.skip();
    assert.equal(run.status, 0, run.stderr);
    const found = JSON.parse(run.stdout) as readonly (readonly (readonly number[])[])[];
    for (const [place, { id, values, answers }] of asked.entries()) {
      const where = `${id} ${JSON.stringify(values)}`;
      assert.lengthOf(found[place]!, answers.length, where);
      for (const [part, answer] of answers.entries()) {
        const wanted = found[place]![part]!;
        assert.lengthOf(answer, wanted.length, where);
        for (const [entry, number] of answer.entries()) {
          assert.closeTo(Number(number), wanted[entry]!, 1e-6 * Math.max(1, Math.abs(wanted[entry]!)), where);
        }
      }
    }
  });
});
