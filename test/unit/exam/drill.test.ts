/** Drills: the same seed brings back the same variant, and every variant is a sound question. */
import { assert } from "chai";
import { createCompute } from "../../../src/core/features/compute";
import { readBank } from "../../../src/core/exam/bank";
import { builtinBanks } from "../../../src/core/exam/builtin";
import { drawVariant, type Evaluator } from "../../../src/core/exam/drill";
import { grade } from "../../../src/core/exam/kinds/registry";
import type { DrillTemplate, Variant } from "../../../src/core/exam/question";
import { validateBank } from "../../../src/core/exam/validate";
import { loadPythonParser } from "../support/parser";
import { evaluator } from "./smallEvaluator";

const builtin = (id: string): DrillTemplate =>
  builtinBanks()
    .flatMap(({ bank }) => bank.drills)
    .find((drill) => drill.id === id)!;

function drawn(template: DrillTemplate, seed: number, by: Evaluator = evaluator): Variant {
  const result = drawVariant(template, seed, by);
  if ("problem" in result) throw new Error(result.problem);
  return result.variant;
}

function template(params: string, answer: string, prompt = "Text."): DrillTemplate {
  const text = `---\nid: d\ntitle: D\n---\n## d\n${prompt}\n\`\`\`params\n${params}\n\`\`\`\n\`\`\`answer\n${answer}\n\`\`\`\n\`\`\`solution\nSo.\n\`\`\`\n`;
  const { bank, diagnostics } = readBank("d.quiz.md", text);
  assert.deepEqual(diagnostics, []);
  return bank.drills[0]!;
}

describe("drills", function () {
  this.timeout(20_000);
  it("bring back a variant by its seed, and differ between seeds", () => {
    const drill = builtin("conv-output");
    assert.deepEqual(drawn(drill, 42), drawn(drill, 42));
    const different = new Set(Array.from({ length: 50 }, (_item, seed) => JSON.stringify(drawn(drill, seed).values)));
    assert.isAbove(different.size, 45);
  });

  it("stay inside their ranges and conditions", () => {
    for (let seed = 0; seed < 300; seed++) {
      const { n, k, s, p } = drawn(builtin("conv-output"), seed).values as Record<"n" | "k" | "s" | "p", number>;
      assert.isTrue(n >= 16 && n <= 128 && [1, 3, 5, 7].includes(k) && [1, 2, 3].includes(s), String(seed));
      assert.isTrue(p >= 0 && p <= Math.floor(k / 2) && k <= n + 2 * p, String(seed));
    }
  });

  it("reach both ends of a range", () => {
    const drill = template("k: int 1..3", "kind: count\nvalue: k");
    const seen = new Set(Array.from({ length: 40 }, (_item, seed) => drawn(drill, seed).values.k));
    assert.sameMembers([...seen], [1, 2, 3]);
  });

  it("fill the values into every text and compute the answer", () => {
    const { values, question } = drawn(builtin("conv-output"), 7);
    const { n, k, s, p } = values as Record<"n" | "k" | "s" | "p", number>;
    assert.include(
      question.prompt,
      `A ${k}×${k} convolution with stride ${s} and padding ${p} reads one channel of ${n}×${n}`,
    );
    for (const text of [question.prompt, question.solution, ...question.hints]) assert.notInclude(text, "@{");
    const size = Math.floor((n + 2 * p - k) / s) + 1;
    assert.include(question.solution, `$${size} \\times ${size}$`);
    const right = grade(question.parts[0]!.answer, { text: `${size}x${size}` });
    assert.deepInclude(right, { state: "graded", fraction: 1 });
  });

  it("compute foreseen mistakes as well", () => {
    const { values, question } = drawn(builtin("mlp-parameters"), 3);
    const { a, b, c } = values as Record<"a" | "b" | "c", number>;
    const { answer } = question.parts[0]!;
    assert.deepInclude(grade(answer, { text: String(a * b + b + b * c + c) }), { fraction: 1 });
    assert.deepInclude(grade(answer, { text: String(a * b + b * c) }), { fraction: 0.5 });
  });

  it("compute a shape given size by size", () => {
    const drill = template("n: int 4..9", "kind: shape\nvalue: [n, 2*n]");
    const { values, question } = drawn(drill, 1);
    assert.deepInclude(question.parts[0]!.answer, { kind: "shape", value: [values.n!, 2 * values.n!] });
  });

  it("compute a matrix entry by entry, row by row, or as one row; and an order of numbers", async () => {
    const engine = createCompute(await loadPythonParser());
    const answerOf = (answer: string) => {
      const { values, question } = drawn(template("n: int 4..9", answer), 1, engine);
      return { n: values.n!, answer: question.parts[0]!.answer };
    };
    for (const value of ["[[n, 2*n], ['max(n, 3)', -1]]", "['[n, 2*n]', '(n, -1)']"]) {
      const { n, answer } = answerOf(`kind: matrix\nvalue: ${value}`);
      assert.deepInclude(answer, { value: [[n, 2 * n], [n, -1]] }, value); // prettier-ignore
    }
    const row = answerOf("kind: matrix\nvalue: '[n, 2*n, -1]'");
    assert.deepInclude(row.answer, { value: [[row.n, 2 * row.n, -1]] });
    const order = answerOf("kind: ordering\nvalue: [n, n + 2, n + 1]");
    assert.deepInclude(order.answer, { value: [order.n, order.n + 2, order.n + 1].map(String) });
    const list = answerOf("kind: ordering\nvalue: '[n, n + 2, n + 1]'");
    assert.deepInclude(list.answer, { value: [list.n, list.n + 2, list.n + 1].map(String) });
  });

  it("say what is wrong instead of a wrong question", () => {
    const problem = (drill: DrillTemplate): string => {
      const result = drawVariant(drill, 1, evaluator);
      return "problem" in result ? result.problem : "none";
    };
    assert.match(problem(template("k: int 1..3\nwhere: k >= 9", "kind: count\nvalue: k")), /fulfils/);
    assert.match(problem(template("k: int 5..3", "kind: count\nvalue: k")), /fulfils/);
    assert.match(problem(template("k: int 1..3", "kind: count\nvalue: k + q")), /“k \+ q”: q is not defined/);
    assert.match(problem(template("k: int 1..3", "kind: count\nvalue: k/0")), /no finite value/);
    assert.match(problem(template("k: int 1..3", "kind: count\nvalue: k/7")), /whole number/);
    assert.match(problem(template("k: int 1..3", "kind: count\nvalue: k", "How many @{k/0}?")), /no finite value/);
  });

  it("have the same answers from the engine as from the formulas", async function () {
    this.timeout(30_000);
    const engine = createCompute(await loadPythonParser());
    for (const id of ["conv-output", "mlp-parameters", "conv-parameters"]) {
      for (let seed = 1; seed <= 8; seed++) {
        assert.deepEqual(drawn(builtin(id), seed, engine), drawn(builtin(id), seed), `${id} ${seed}`);
      }
    }
  });

  it("may round numbers for their texts, whole ones and exact halves too", async () => {
    const engine = createCompute(await loadPythonParser());
    const rounded: readonly (readonly [string, number])[] = [
      ["rounded(2/3, 4)", 0.6667],
      ["rounded(12, 4)", 12],
      ["rounded(17/32, 4)", 0.5313],
      ["rounded(2.7)", 3],
      ["rounded(0.1*3, 6)", 0.3],
      ["rounded(-x, 2)", -1.25],
    ];
    for (const [expression, value] of rounded) assert.equal(engine(expression, { x: 1.25 }), value, expression);
    assert.property(engine("rounded(1, -1)"), "problem");
    assert.property(engine("rounded((1, 2))"), "problem");
  });

  it("are tried out when a bank is validated", () => {
    const text =
      "---\nid: d\ntitle: D\n---\n## d\n```params\nk: choice 3\n```\n```answer\nkind: count\nvalue: k\n```\n```solution\nSo.\n```\n";
    const same = readBank("d.quiz.md", text).bank;
    assert.deepEqual(validateBank(same, { evaluator }).map(({ severity, rule }) => [severity, rule]), [["warning", "bank-drill"]]); // prettier-ignore
    const broken = readBank("d.quiz.md", text.replace("value: k", "value: j")).bank;
    assert.match(validateBank(broken, { evaluator })[0]!.message, /j is not defined/);
  });
});
