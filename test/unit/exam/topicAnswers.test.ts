/** The banks on how networks are built and trained: large and mixed enough, right, and fair to what students write. */
import { assert } from "chai";
import { spawnSync } from "node:child_process";
import { readFileSync } from "node:fs";
import { bankOf, gradeOf, valueOf } from "./bankAnswers";
import type { Bank } from "../../../src/core/exam/question";
import { cheatSheetsFor } from "../../../src/core/exam/cheatsheets";
import type { AnswerSpec } from "../../../src/core/exam/kinds/registry";

const ids = [
  ...["losses", "backpropagation", "optimisation", "initialisation", "convolutions", "autoencoders", "regularisation"],
];

interface Samples {
  readonly samples: readonly (readonly [point: Readonly<Record<string, number>>, value: number])[];
}

type Found = number | string | readonly number[] | readonly (readonly number[])[] | Samples;

/** The bank and the place in it of `bank/question/part`. */
function placed(place: string): [Bank, string] {
  const [id = "", ...rest] = place.split("/");
  return [bankOf(id), rest.join("/")];
}

/** What the oracle has to find: all but choices, programs, lines of programs, and texts. */
const isComputed = ({ kind }: AnswerSpec): boolean => ["number", "count", "shape", "matrix", "formula"].includes(kind);

function typed(found: Exclude<Found, Samples>, { kind }: AnswerSpec): string {
  if (kind === "matrix" || kind === "shape") return JSON.stringify(found);
  return String(found);
}

describe("the banks on building and training networks", () => {
  for (const id of ids) {
    it(`are large and mixed: ${id}`, () => {
      const { questions, drills } = bankOf(id);
      const kinds = new Set(questions.flatMap(({ parts }) => parts.map(({ answer }) => answer.kind)));
      assert.isAtLeast(questions.length + drills.length, 10);
      assert.isAtLeast(kinds.size, 6, [...kinds].join());
      assert.isNotEmpty(drills);
      assert.isTrue(kinds.has("open") && kinds.has("formula"));
      for (const { hints, solution, topics, id: question } of [...questions, ...drills]) {
        assert.isNotEmpty(hints, question);
        assert.isNotEmpty(solution, question);
        assert.isNotEmpty(cheatSheetsFor(topics), question);
      }
    });
  }

  it("have the answers that PyTorch and brute force find", function () {
    this.timeout(120_000);
    const script = readFileSync("test/unit/exam/topicsOracle.py", "utf8");
    const run = spawnSync("/usr/bin/python3", ["-c", script], { encoding: "utf8" });
    if (run.error || run.stderr.includes("No module named")) return this.skip();
    assert.equal(run.status, 0, run.stderr);
    const found = new Map(Object.entries(JSON.parse(run.stdout) as Record<string, Found>));
    for (const id of ids) {
      for (const { id: question, parts } of bankOf(id).questions) {
        for (const { id: part, answer } of parts) {
          const place = parts.length === 1 && part === "answer" ? `${id}/${question}` : `${id}/${question}/${part}`;
          const wanted = found.get(place);
          assert.isTrue(wanted !== undefined || !isComputed(answer), `nothing computes ${place}`);
          if (wanted !== undefined) check(place, answer, wanted);
          found.delete(place);
        }
      }
    }
    assert.deepEqual([...found.keys()], [], "answers that no question asks for");
  });

  function check(place: string, answer: AnswerSpec, wanted: Found): void {
    if (typeof wanted === "object" && "samples" in wanted) {
      for (const [point, value] of wanted.samples)
        assert.closeTo(valueOf(...placed(place), point), value, 1e-6 * Math.max(1, Math.abs(value)), place);
      return;
    }
    const text = typed(wanted, answer);
    assert.equal(gradeOf(...placed(place), text), 1, `${place}: ${text}`);
    if (answer.kind === "number" && !answer.magnitude)
      assert.closeTo(answer.value, Number(wanted), 2e-4 * Math.max(1e-2, Math.abs(answer.value)), place);
  }

  it("know which lines are at fault", () => {
    const lines = {
      "losses/wrong-by-shape": "5, 9",
      "backpropagation/hand-written-backward": "14 16",
      "autoencoders/denoising-bug": "line 12",
      "regularisation/idle-lines": "13 and 22",
    };
    for (const [place, text] of Object.entries(lines)) assert.equal(gradeOf(...placed(place), text), 1, place);
  });

  const answers: readonly (readonly [place: string, text: string, fraction: number | string])[] = [
    ["losses/deep-count", "(d+1)n + (L−1)(n²+n) + (n+1)K", 1],
    ["losses/deep-count", "dn + (L-1)n^2 + nk", 0.5],
    ["losses/two-class-softmax/formula", "σ(o₁ − o₂)", 1],
    ["losses/two-class-softmax/formula", "p_1 = \\frac{1}{1 + e^{-(o_1 - o_2)}}", 1],
    ["losses/safe-sigmoid/formula", "L = log(1 + e^z) − y z", 1],
    ["losses/safe-sigmoid/gradient", "\\sigma(z) - y", 1],
    ["losses/sigmoid-with-squares/derivative", "(ŷ - y) ŷ (1 - ŷ)", 1],
    ["losses/class-hinge/gradient", "(-2, 1, 1, 0)", 1],
    ["backpropagation/tanh-unit/weight", "dL/dw = (y−t)(1−y²)x", 1],
    ["backpropagation/tanh-unit/weight", "(y - t) x", 0.5],
    ["backpropagation/normalise-vector/own", "x_2^2/\\sqrt{x_1^2+x_2^2}^3", 1],
    ["backpropagation/product-order/forward", "1.001e9", 1],
    ["optimisation/closed-form/iterate", "x_0(1-ηa)^t", 1],
    ["optimisation/batch-noise/deviation", "σ/√B", 1],
    ["optimisation/terminal-speed/length", "ηg/(1−β)", 1],
    ["optimisation/adam-reversal/second", "0.000526", 1],
    ["optimisation/cosine/formula", "½ η (1 + cos(π t/T))", 1],
    ["optimisation/cosine/formula", "\\frac{\\eta}{2}\\left(1+\\cos\\frac{\\pi t}{T}\\right)", 1],
    ["optimisation/adamw-order", "c, e, d, a, b", 1],
    ["initialisation/half-lost/leaky", "2/(n_in (1+α²))", 1],
    ["initialisation/two-wishes/bound", "\\sqrt{\\frac{6}{n_{in} + n_{out}}}", 1],
    ["initialisation/residual-growth/plain", "1e15", 1],
    ["initialisation/rare-positives/formula", "log(p) - log(1-p)", 1],
    ["convolutions/output-size/formula", "⌊(n + 2p − d(k−1) − 1)/s⌋ + 1", 1],
    ["convolutions/output-size/formula", "(n+2p-d(k-1)-1)/s+1", 0.75],
    ["convolutions/separable/ratio", "1/C_out + 1/k²", 1],
    ["convolutions/separable/ratio", "n_new/n_old = 1/C_out + 1/k²", 1],
    ["convolutions/separable/ratio", "C_in/C_out = 1/C_out + 1/k²", "unreadable"],
    ["initialisation/residual-growth/formula", "Var(x_N)/Var(x_0) = (1 + c²)^N", 1],
    ["optimisation/closed-form/iterate", "xₜ = (1 − ηa)ᵗ x₀", 1],
    ["regularisation/two-penalties/squared", "w* = a/(1+λ)", 1],
    ["convolutions/dilated-field/formula", "2^{L+1}-1", 1],
    ["autoencoders/kl-two-dims/slope", "½(e^{log σ^2} − 1)", 1],
    ["autoencoders/kl-two-dims/slope", "½(exp(logvar) − 1)", 1],
    ["autoencoders/through-the-noise/by-logvar", "σ ε/2", 1],
    ["autoencoders/decoder-noise/formula", "S/(2s²)", 1],
    ["regularisation/decay-alone/formula", "w_t = (1-ηλ)^t w_0", 1],
    ["regularisation/two-penalties/squared", "a/(1+λ)", 1],
    ["regularisation/dropout-variance/formula", "h² p/(1-p)", 1],
    ["regularisation/smoothed-target/gap", "ln(1 + K(1-ε)/ε)", 1],
    ["regularisation/committee/formula", "σ²(ρ + (1-ρ)/M)", 1],
  ];
  for (const [place, text, wanted] of answers) {
    it(`grade ${text} in ${place}`, () => {
      assert.equal(gradeOf(...placed(place), text), wanted);
    });
  }
});
