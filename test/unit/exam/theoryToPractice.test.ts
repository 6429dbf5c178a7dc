/** The exam from backpropagation to generative models: complete, right, and fair to what students write. */
import { assert } from "chai";
import { answerOf, bankOf, fromPyTorch, gradeOf, listedQuestions, pointsBySection } from "./bankAnswers";
import { drawPoint } from "../../../src/core/exam/formula/compare";
import { evaluate } from "../../../src/core/exam/formula/evaluate";
import { randomFrom } from "../../../src/core/exam/random";

const bank = () => bankOf("theory-to-practice");

/** A formula answer and 20 points of its symbols' domains. */
function formula(place: string) {
  const answer = answerOf(bank(), place);
  if (answer.kind !== "formula") return assert.fail(`${place} is no formula`);
  const random = randomFrom(9);
  const points = Array.from({ length: 20 }, () => drawPoint(answer.symbols, random));
  return { value: answer.value.expression, points };
}

describe("the exam from backpropagation to generative models", () => {
  it("has all 14 questions, with the points of the exam: 40", function () {
    const questions = bank().questions;
    assert.lengthOf(questions, 14);
    assert.equal(questions.reduce((total, { points }) => total + points, 0), 40); // prettier-ignore
    assert.deepEqual(pointsBySection(bank()), [6, 7, 10, 9, 8]);
    const listed = listedQuestions("001");
    if (!listed) return this.skip();
    assert.deepEqual(questions.map(({ source, points }) => [source, points]), listed.map(({ id, points }) => [id, points])); // prettier-ignore
  });

  it("has the derivatives that differences give", () => {
    const residual = formula("calm-residual/jacobian");
    const sigmoid = (z: number): number => 1 / (1 + Math.exp(-z));
    for (const point of residual.points) {
      const get = (name: string): number => point.get(name)!;
      const y = (x: number): number => x + get("w_2") * Math.tanh(get("w_1") * x + get("b_1"));
      const slope = (y(get("x") + 1e-5) - y(get("x") - 1e-5)) / 2e-5;
      assert.closeTo(evaluate(residual.value, point), slope, 1e-7);
    }
    const recurrent = formula("rnn-gradient");
    for (const point of recurrent.points) {
      const [delta, z, w] = ["delta", "z", "w"].map((name) => point.get(name)!) as [number, number, number];
      // z = w*h, so the state before was h = z/w; the loss is delta times the state after.
      const loss = (h: number): number => delta * (sigmoid(w * h) - 0.5);
      const slope = (loss(z / w + 1e-5) - loss(z / w - 1e-5)) / 2e-5;
      assert.closeTo(evaluate(recurrent.value, point), slope, 1e-7);
    }
  });

  it("has the network's last output, step by step", () => {
    const { value, points } = formula("alternating-rnn/unrolled");
    for (const point of points) {
      let h = 0;
      for (const step of ["x_1", "x_2", "x_3", "x_4"])
        h = point.get("w")! * h + point.get("u")! * point.get(`inputs[${step.slice(2)}]`)!;
      assert.closeTo(evaluate(value, point), 1 / (1 + Math.exp(-point.get("v")! * h)), 1e-12);
    }
  });

  it("has the best discriminator, found by trying", () => {
    const { value, points } = formula("gan-model/best-discriminator");
    for (const point of points) {
      const game = (d: number): number => point.get("p_d")! * Math.log(d) + point.get("p_g")! * Math.log(1 - d);
      const tried = Array.from({ length: 9999 }, (_item, place) => (place + 1) / 10_000);
      const best = tried.reduce((a, b) => (game(b) > game(a) ? b : a));
      assert.closeTo(evaluate(value, point), best, 1e-4);
    }
  });

  it("agrees with PyTorch", function () {
    this.timeout(60_000);
    const torch = fromPyTorch(`
import torch, json
from torch import nn
x = torch.zeros(1, 3, 40, 40, dtype=torch.float64, requires_grad=True)
conv = nn.Conv2d(3, 32, 3, 1, 1).double()
nn.init.ones_(conv.weight)
y = nn.AvgPool2d(3, 2)(conv(x))
y[0, :, 8, 8].sum().backward()
seen = x.grad[0].abs() > 0
rows, columns = seen.any(0).any(1).sum().item(), seen.any(0).any(0).sum().item()
count = lambda *ms: sum(p.numel() for m in ms for p in m.parameters())
B = nn.Sequential(nn.Linear(100, 10, bias=False), nn.Linear(10, 100, bias=False))
rank = torch.linalg.matrix_rank(B[1].weight @ B[0].weight).item()
w = torch.tensor(2.0, requires_grad=True)
h = torch.heaviside((w * 2 - 3.3).detach(), torch.tensor(1.0))
grow = {}
for weight in (3.9, 4.1, -3.9, -4.1):
    h0 = h1 = torch.zeros((), dtype=torch.float64, requires_grad=True)
    for _ in range(200):
        h1 = torch.sigmoid(weight * h1) - 0.5
    grow[weight] = abs(torch.autograd.grad(h1, h0)[0].item())
state = 0
for v in (2, 1, 1, 2):
    state = -state + v
print(json.dumps(dict(rows=rows, columns=columns, numbers=int(seen.sum()), A=count(nn.Linear(100, 100, bias=False)), B=count(B), rank=rank,
  grow=[grow[v] for v in (3.9, 4.1, -3.9, -4.1)], tie=torch.sigmoid(torch.tensor(10. * state)).item(),
  shell=(torch.tensor(0.9, dtype=torch.float64) ** 100).item())))
`);
    if (!torch) return this.skip();
    const grade = (place: string, value: unknown) => {
      assert.equal(gradeOf(bank(), place, String(value)), 1, place);
    };
    grade("receptive-field/size", `${String(torch.rows)}x${String(torch.columns)}`);
    grade("receptive-field/numbers", torch.numbers);
    grade("two-linear-networks/weights-a", torch.A);
    grade("two-linear-networks/weights-b", torch.B);
    grade("alternating-rnn/tie", torch.tie);
    grade("dimensionality/shell", torch.shell);
    assert.equal(torch.rank, 10);
    const [a, b, c, d] = torch.grow as readonly number[];
    assert.isTrue(a! < 0.01 && c! < 0.01 && b! > 100 && d! > 100, "the threshold is 4 in size");
  });

  const typed: readonly (readonly [place: string, text: string, fraction: number | string])[] = [
    ["hard-threshold/derivative", "0", 1],
    ["hard-threshold/derivative", "-3", 0],
    ["two-linear-networks/weights-a", "10 000", 1],
    ["two-linear-networks/weights-a", "10,000", 1],
    ["two-linear-networks/weights-a", "100*100", 1],
    ["two-linear-networks/weights-a", "10^4", 1],
    ["two-linear-networks/weights-b", "2*1000", 1],
    ["receptive-field/size", "5x5", 1],
    ["receptive-field/size", "5 × 5", 1],
    ["receptive-field/size", "(3, 5, 5)", 1],
    ["receptive-field/size", "5 by 5", 1],
    ["receptive-field/size", "7x7", 0.5],
    ["receptive-field/numbers", "5*5*3", 1],
    ["receptive-field/numbers", "25", 0.5],
    ["dimensionality/shell", "0.9^100", 1],
    ["dimensionality/shell", "2.7e-5", 1],
    ["dimensionality/shell", "0.0027 %", 1],
    ["dimensionality/shell", "2.66·10⁻⁵", 1],
    ["alternating-rnn/unrolled", "σ(v(w³ u x₁ + w² u x₂ + w u x₃ + u x₄))", 1],
    ["alternating-rnn/unrolled", "\\sigma(v u \\sum_{k=0}^{0} (w^3 x_1 + w^2 x_2 + w x_3 + x_4))", 1],
    ["alternating-rnn/unrolled", "y_4 = sigmoid(u*v*(x4 + w*(x3 + w*(x2 + w*x1))))", 1],
    ["alternating-rnn/unrolled", "sigma(v u (x1+x2+x3+x4))", 0],
    ["alternating-rnn/tie", "1/2", 1],
    ["alternating-rnn/tie", "50 %", 1],
    ["calm-residual/jacobian", "1 + w_2 (1 - tanh²(w_1 x + b_1)) w_1", 1],
    ["calm-residual/jacobian", "dy/dx = 1 + w2 w1 (1 - tanh(w1 x + b1)^2)", 1],
    ["calm-residual/jacobian", "1 + w^{(2)} w^{(1)} (1-\\tanh^2(w^{(1)} x + b^{(1)}))", 1],
    ["calm-residual/jacobian", "1 + w2*w1/cosh^2(q)", 1],
    ["calm-residual/jacobian", "w2 w1 (1 - tanh(w1 x + b1)^2)", 0.5],
    ["rnn-gradient", "\\frac{\\partial L}{\\partial h^{(t+1)}} \\cdot \\sigma'(z^{(t+1)}) \\cdot w", 1],
    ["rnn-gradient", "\\frac{\\partial \\mathcal{L}}{\\partial h^{(t+1)}} w \\phi'(z^{(t+1)})", 1],
    ["rnn-gradient", "∂L/∂h^(t+1) · σ'(z^(t+1)) · w", 1],
    ["rnn-gradient", "dL/dh_{t+1} * w * sigma'(z_{t+1})", 1],
    ["rnn-gradient", "delta * w * sigma(z)(1-sigma(z))", 1],
    ["rnn-gradient", "dL/dh^(t) = delta w σ'(z)", 1],
    ["rnn-gradient", "delta w σ'(z^{(t)})", 0.75],
    ["rnn-gradient", "delta w", 0.5],
    ["rnn-gradient", "delta w σ'(w h^(t))", 1],
    ["rnn-gradient", "\\frac{dL}{dh_{t+1}} \\sigma'(w h_t) w", 1],
    ["rnn-gradient", "dL/dh^{(t+1)} w (1/4 - (h^{(t+1)})^2)", 1],
    ["rnn-gradient", "w δ σ(z)(1-σ(z))", 1],
    ["rnn-gradient", "delta w h", 0],
    ["rnn-threshold/threshold", "4", 1],
    ["rnn-threshold/threshold", "α = 4", 1],
    ["rnn-threshold/threshold", "1/0.25", 1],
    ["rnn-threshold/threshold", "1", 0.25],
    ["gan-model/value", "log D(x) + log(1 - D(G(z)))", 1],
    ["gan-model/value", "\\log(D(x)) + \\log(1-D(G(z)))", 1],
    ["gan-model/value", "ln(Dx) + ln(1-DG)", 1],
    ["gan-model/value", "V = ln D(x) + ln(1 - D(G(z)))", 1],
    ["gan-model/value", "log D(x) + log D(G(z))", 0],
    ["gan-model/value", "-log D(x) - log(1 - D(G(z)))", 0.5],
    ["gan-model/best-discriminator", "p_data(x)/(p_data(x) + p_g(x))", 1],
    ["gan-model/best-discriminator", "\\frac{p_{data}}{p_{data} + p_g}", 1],
    ["gan-model/best-discriminator", "\\frac{p_{\\text{data}}(x)}{p_{\\text{data}}(x) + p_g(x)}", 1],
    ["gan-model/best-discriminator", "1/2", 0.5],
  ];
  for (const [place, text, wanted] of typed) {
    it(`grades ${text} in ${place}`, () => {
      assert.equal(gradeOf(bank(), place, text), wanted);
    });
  }
});
