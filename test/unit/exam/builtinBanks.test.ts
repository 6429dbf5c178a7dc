/** The banks that come with the product: complete, sound, right, and in our own words. */
import { assert } from "chai";
import { spawnSync } from "node:child_process";
import { existsSync, readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { builtinBanks } from "../../../src/core/exam/builtin";
import { drawPoint } from "../../../src/core/exam/formula/compare";
import { evaluate } from "../../../src/core/exam/formula/evaluate";
import { grade, kindNames, type AnswerSpec } from "../../../src/core/exam/kinds/registry";
import type { Bank } from "../../../src/core/exam/question";
import { randomFrom } from "../../../src/core/exam/random";
import { validateBank } from "../../../src/core/exam/validate";
import { createCompute } from "../../../src/core/features/compute";
import { loadPythonParser } from "../support/parser";

const seeds = "../shared/seeds";
const bank = (id: string): Bank => builtinBanks().map((read) => read.bank).find((candidate) => candidate.id === id)!; // prettier-ignore
const exam = (): Bank => bank("foundations");

function spec(question: string, part = "answer", of = exam()): AnswerSpec {
  return of.questions.find(({ id }) => id === question)!.parts.find(({ id }) => id === part)!.answer;
}

function fraction(answer: AnswerSpec, text: string): number | string {
  const result = grade(answer, { text });
  return result.state === "graded" ? result.fraction : result.state;
}

/** The value of a formula answer, and the symbols it is over. */
function formulaOf(question: string, part = "answer") {
  const answer = spec(question, part);
  if (answer.kind !== "formula") throw new Error(`${question} is no formula`);
  return { value: answer.value.expression, symbols: answer.symbols };
}

const words = (text: string): string[] => text.toLowerCase().match(/[a-z0-9]+/g) ?? [];

function runsOf(text: string, length: number): Set<string> {
  const all = words(text);
  return new Set(all.slice(length - 1).map((_word, place) => all.slice(place, place + length).join(" ")));
}

describe("the built-in banks", () => {
  it("have no fault, however deep one looks", async function () {
    this.timeout(60_000);
    const evaluator = createCompute(await loadPythonParser());
    for (const { bank, diagnostics } of builtinBanks()) {
      assert.deepEqual([...diagnostics, ...validateBank(bank, { evaluator, draws: 100 })], [], bank.id);
    }
  });

  it("have ids of their own, and a solution and marks for every question", () => {
    const ids = builtinBanks().map(({ bank }) => bank.id);
    assert.equal(new Set(ids).size, ids.length);
    for (const { bank } of builtinBanks()) {
      for (const question of bank.questions) {
        assert.isNotEmpty(question.solution, question.id);
        assert.isNotEmpty(question.hints.concat(question.topics), question.id);
      }
    }
  });

  it("have a rubric for every question of the exam, of the question or of a part", () => {
    for (const { id, rubric, parts } of exam().questions) {
      const inParts = parts.some(({ answer }) => answer.kind === "open");
      assert.isTrue(rubric.length > 0 || inParts, id);
      if (rubric.length > 0) {
        const points = exam().questions.find((question) => question.id === id)!.points;
        assert.closeTo(rubric.reduce((total, item) => total + item.points, 0), points, 1e-9, id); // prettier-ignore
      }
    }
  });

  it("cover the first exam: sixteen questions, 8 + 9 + 12 points", () => {
    const points: Readonly<Record<string, number>> = {
      "000/1.1": 2, "000/1.2": 2, "000/1.3": 1, "000/1.4": 2, "000/1.5": 1, "000/2.1": 2, "000/2.2": 3, "000/2.3": 2, "000/2.4": 2,
      "000/3.1": 2, "000/3.2": 1, "000/3.3": 1, "000/3.4": 1, "000/3.5": 2, "000/3.6": 3, "000/3.7": 2,
    }; // prettier-ignore
    assert.deepEqual(
      Object.fromEntries(exam().questions.map((question) => [question.source!, question.points])),
      points,
    );
    const sums = new Map<string | undefined, number>();
    for (const question of exam().questions)
      sums.set(question.section, (sums.get(question.section) ?? 0) + question.points);
    assert.deepEqual([...sums.values()], [8, 9, 12]);
  });

  it("agree with the list of source questions on the points", function () {
    const path = join(seeds, "questions.json");
    if (!existsSync(path)) return this.skip();
    const rows = JSON.parse(readFileSync(path, "utf8")) as readonly { id: string; points: number }[];
    const wanted = rows.filter(({ id }) => id.startsWith("000/")).map(({ id, points }) => [id, points]);
    assert.deepEqual(exam().questions.map(({ source, points }) => [source, points]), wanted); // prettier-ignore
  });

  it("use their own words: no run of eight words of a source document", function () {
    if (!existsSync(seeds)) return this.skip();
    const sources = readdirSync(seeds).filter((name) => /^\d+_.*\.txt$/.test(name));
    assert.isNotEmpty(sources);
    const copied = new Set(sources.flatMap((name) => [...runsOf(readFileSync(join(seeds, name), "utf8"), 8)]));
    for (const name of readdirSync("media/exams")) {
      const runs = [...runsOf(readFileSync(join("media/exams", name), "utf8"), 8)];
      assert.deepEqual(runs.filter((run) => copied.has(run)), [], name); // prettier-ignore
    }
  });

  it("ask for every kind of answer", () => {
    const kinds = new Set(
      builtinBanks().flatMap(({ bank }) =>
        bank.questions.flatMap(({ parts }) => parts.map(({ answer }) => answer.kind)),
      ),
    );
    assert.sameMembers([...kinds], [...kindNames]);
  });

  it("have a question for each of the training bugs that the linter finds", () => {
    const ids = bank("training-bugs").questions.map(({ id }) => id);
    assert.includeMembers(ids, ["bounded-activation", "adam-learning-rate", "initialisation-std"]);
  });
});

describe("the answers of the first exam", () => {
  it("for the sigmoid network are the derivatives (central differences)", () => {
    const parameters = { a2: "a2", b2: "b2", b1: "b1", "a1-1": "a1_1", "a1-2": "a1_2" };
    const network = (at: ReadonlyMap<string, number>): number => {
      const get = (name: string): number => at.get(name)!;
      const u = get("a1_1") * get("x_1") + get("a1_2") * get("x_2") + get("b1");
      return get("a2") / (1 + Math.exp(-u)) + get("b2");
    };
    const random = randomFrom(3);
    for (const [part, parameter] of Object.entries(parameters)) {
      const { value, symbols } = formulaOf("sigmoid-gradient", part);
      for (let round = 0; round < 20; round++) {
        const at = drawPoint(symbols, random);
        const moved = (by: number) => new Map(at).set(parameter, at.get(parameter)! + by);
        const slope = (network(moved(1e-5)) - network(moved(-1e-5))) / 2e-5;
        assert.closeTo(evaluate(value, at), slope, 1e-7, parameter);
      }
    }
  });

  it("for the divergence is the integral", () => {
    const { value } = formulaOf("gaussian-kl", "closed-form");
    const [mu, sigma, step] = [0.7, 1.4, 0.001];
    let integral = 0;
    for (let z = mu - 12 * sigma; z < mu + 12 * sigma; z += step) {
      const density = Math.exp(-((z - mu) ** 2) / (2 * sigma ** 2)) / (sigma * Math.sqrt(2 * Math.PI));
      const logRatio = -(z ** 2) / 2 - (-((z - mu) ** 2) / (2 * sigma ** 2) - Math.log(sigma));
      integral += density * logRatio * step;
    }
    assert.closeTo(evaluate(value, new Map([["mu", mu], ["sigma", sigma]])), integral, 1e-6); // prettier-ignore
  });

  it("agree with PyTorch", function () {
    this.timeout(60_000);
    const script = `
import torch, json
mu, s, eps = (torch.tensor(v, dtype=torch.float64, requires_grad=True) for v in (0.7, 1.4, -0.3))
N = torch.distributions.Normal
kl = -torch.distributions.kl_divergence(N(mu, s), N(torch.zeros_like(mu), torch.ones_like(mu)))
z = mu + s * eps
z.retain_grad()
torch.sin(z).backward()
scores = torch.tensor([[0.3, -1.2, 2.0]], dtype=torch.float64)
w = torch.tensor([0.8], dtype=torch.float64, requires_grad=True)
v = 0.25
sgd = torch.optim.SGD([w], lr=0.1, momentum=0.9)
sgd.state[w]["momentum_buffer"] = torch.tensor([v], dtype=torch.float64)
(w ** 2).sum().backward(); g = w.grad.item(); sgd.step()
adam_w = torch.tensor([0.5], requires_grad=True)
adam = torch.optim.Adam([adam_w], lr=0.1); adam_w.grad = torch.tensor([0.003]); adam.step()
best = torch.full((1, 10), -1.0); best[0, 3] = 1.0
conv = torch.nn.Conv2d(1, 1, 3, stride=2, padding=1, bias=False)
print(json.dumps(dict(kl=kl.item(), gz=z.grad.item(), gmu=mu.grad.item(), gs=s.grad.item(),
  ce=torch.nn.functional.cross_entropy(scores, torch.tensor([2])).item(), momentum=w.item(), g=g,
  adam=0.5 - adam_w.item(), p=torch.softmax(best, 1)[0, 3].item(),
  nll=torch.nn.functional.nll_loss(torch.log_softmax(best, 1), torch.tensor([3])).item(),
  first=torch.nn.init.xavier_normal_(torch.empty(512, 3072)).std().item(),
  bound=torch.nn.Linear(784, 512).weight.abs().max().item(),
  shape=list(conv(torch.zeros(1, 1, 100, 100)).shape), weights=sum(p.numel() for p in conv.parameters()))))
`;
    const run = spawnSync("/usr/bin/python3", ["-c", script], { encoding: "utf8" });
    if (run.status !== 0) return this.skip();
    const torch = JSON.parse(run.stdout) as Record<string, number> & { shape: number[] };
    const at = (values: Record<string, number>) => new Map(Object.entries(values));
    const kl = formulaOf("gaussian-kl", "closed-form").value;
    assert.closeTo(evaluate(kl, at({ mu: 0.7, sigma: 1.4 })), torch.kl!, 1e-12);
    const through = { gz: torch.gz!, epsilon: -0.3, mu: 0.7, sigma: 1.4 };
    assert.closeTo(evaluate(formulaOf("reparameterisation", "mean").value, at(through)), torch.gmu!, 1e-12);
    assert.closeTo(evaluate(formulaOf("reparameterisation", "deviation").value, at(through)), torch.gs!, 1e-12);
    const scores = { "yhat[0]": 0.3, "yhat[1]": -1.2, "yhat[2]": 2, y: 2 };
    assert.closeTo(evaluate(formulaOf("log-likelihood", "example").value, at(scores)), torch.ce!, 1e-12);
    const step = { theta: 0.8, v: 0.25, beta: 0.9, eta: 0.1, grad: torch.g! };
    assert.closeTo(evaluate(formulaOf("momentum", "step").value, at(step)), torch.momentum!, 1e-12);
    const bugs = bank("training-bugs");
    assert.equal(fraction(spec("bounded-activation", "highest-probability", bugs), String(torch.p)), 1);
    assert.equal(fraction(spec("bounded-activation", "lowest-loss", bugs), String(torch.nll)), 1);
    assert.equal(fraction(spec("adam-learning-rate", "first-step", bugs), String(torch.adam)), 1);
    assert.equal(fraction(spec("adam-learning-rate", "against-weights", bugs), String(0.1 / torch.bound!)), 1);
    assert.equal(fraction(spec("initialisation-std", "first-layer", bugs), String(torch.first)), 1);
    assert.equal(fraction(spec("strided-convolution", "shape"), torch.shape.join("x")), 1);
    assert.equal(fraction(spec("strided-convolution", "weights"), String(torch.weights)), 1);
  });

  const typed: readonly (readonly [question: string, part: string, text: string, fraction: number | string])[] = [
    ["log-likelihood", "example", "-log(e^ŷ_y/(e^ŷ_0+e^ŷ_1+e^ŷ_2))", 1],
    ["log-likelihood", "example", "\\log\\sum_{k=0}^{2}\\exp(\\hat{y}_k) - \\hat{y}_y", 1],
    ["log-likelihood", "example", "-log softmax(f(x))_y", 1],
    ["log-likelihood", "example", "-log ŷ_y", 1],
    ["log-likelihood", "example", "-ln p_y", 1],
    ["log-likelihood", "example", "log softmax(ŷ)_y", 0],
    ["gradient-descent", "answer", "\\theta^{t} - \\eta \\nabla_{\\theta} \\mathcal{L}", 1],
    ["gradient-descent", "answer", "w - lr*dL/dw", 1],
    ["gradient-descent", "answer", "θ - α∇L", 1],
    ["gradient-descent", "answer", "theta - gamma*grad", "unreadable"],
    ["momentum", "step", "θ − η(βv + ∇L)", 1],
    ["momentum", "step", "θ + βv − η∇L", 1],
    ["momentum", "step", "θ − ηv", 0],
    ["weight-decay", "step", "(1-lr*wd)theta - lr*g", 1],
    ["weight-decay", "step", "theta - eta*(grad + 2 lambda theta)", 0.5],
    ["sigmoid-gradient", "a2", "σ(a^{(1)} \\cdot x + b^{(1)})", 1],
    ["sigmoid-gradient", "a2", "1/(1+exp(-u))", 1],
    ["sigmoid-gradient", "a2", "σ(a⁽¹⁾·x + b⁽¹⁾)", 1],
    ["sigmoid-gradient", "a2", "1/(1+e^(-(a11 x₁ + a12 x₂ + b1)))", 1],
    ["sigmoid-gradient", "b2", "1", 1],
    ["sigmoid-gradient", "b1", "a2 σ'(a1 x + b1)", 1],
    ["sigmoid-gradient", "a1-1", "a_2 s (1-s) x_1", 1],
    ["sigmoid-gradient", "a1-2", "a2*s*(1-s)*x_1", 0],
    ["backward-steps", "inner", "\\frac{\\partial L}{\\partial f} a2 s(1-s)", 1],
    ["dense-weights", "answer", "25 000 000", 1],
    ["dense-weights", "answer", "2.5e7", 1],
    ["dense-weights", "answer", "10^4 * 2500", 1],
    ["dense-weights", "answer", "12500", 0],
    ["strided-convolution", "shape", "51x51", 1],
    ["strided-convolution", "shape", "(1, 1, 50, 50)", 1],
    ["strided-convolution", "shape", "100x100", 0],
    ["strided-convolution", "weights", "9", 1],
    ["gaussian-kl", "closed-form", "½(1 + log σ² − μ² − σ²)", 1],
    ["gaussian-kl", "closed-form", "0.5*(1 + logvar - mu^2 - exp(logvar))", 1],
    ["gaussian-kl", "closed-form", "-½(μ² + σ² - 1) + ln σ", 1],
    ["gaussian-kl", "closed-form", "½(μ² + σ² − 1 − ln σ²)", 0.75],
    ["reparameterisation", "sample", "μ + σ ⊙ ε", 1],
    ["reparameterisation", "sample", "mu + sigma^2 eps", 0.5],
    ["reparameterisation", "mean", "\\nabla_z L", 1],
    ["reparameterisation", "deviation", "eps * dL/dz", 1],
    ["reparameterisation", "deviation", "(z-μ)/σ ∇_z L", 1],
  ];
  for (const [question, part, text, wanted] of typed) {
    it(`grade ${text} in ${question}`, () => {
      assert.equal(fraction(spec(question, part), text), wanted);
    });
  }
});
