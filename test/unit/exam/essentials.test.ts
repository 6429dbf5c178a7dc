/** The exam from linear regression to residual networks: complete, right, and fair to what students write. */
import { assert } from "chai";
import { answerOf, bankOf, fromPyTorch, gradeOf, listedQuestions } from "./bankAnswers";
import { evaluate } from "../../../src/core/exam/formula/evaluate";

const bank = () => bankOf("essentials");

describe("the exam from linear regression to residual networks", () => {
  it("has all 29 questions, with the points of the key: 100", function () {
    const questions = bank().questions;
    assert.lengthOf(questions, 29);
    assert.equal(questions.reduce((total, { points }) => total + points, 0), 100); // prettier-ignore
    const listed = listedQuestions("003");
    if (!listed) return this.skip();
    assert.deepEqual(questions.map(({ source, points }) => [source, points]), listed.map(({ id, points }) => [id, points])); // prettier-ignore
  });

  it("agrees with PyTorch", function () {
    this.timeout(60_000);
    const torch = fromPyTorch(`
import torch, json
from torch import nn
F = nn.functional
t = lambda v: torch.tensor(v, dtype=torch.float64)
s, b, y, sigma = 0.4, -0.7, 1.3, 0.8
logp = torch.distributions.Normal(t(s + b), t(sigma)).log_prob(t(y)).item()
many = torch.distributions.Normal(t([0.1, 0.2, 0.3]), t(sigma)).log_prob(t([0.5, -0.4, 1.0])).sum().item()
E = ((t([0.1, 0.2, 0.3]) - t([0.5, -0.4, 1.0])) ** 2).mean().item()
o = t([0.3, -1.1, 0.6]).requires_grad_(); target = t([0.2, 0.5, 0.3])
loss = -(target * torch.log_softmax(o, 0)).sum(); loss.backward()
odds = torch.softmax(t([1 + torch.log(t(6.)), 1 + torch.log(t(2.)), 1.0]), 0)
x = t([2., -1.])
z = t([[1, .5], [-.5, -1]]) @ x + t([.5, -.5]); h = torch.relu(z)
out = t([[.5, -.5], [-1, 1]]) @ h + t([-1, .5])
dx, dh, nc = 4, 5, 3
W1, b1, W2, b2, inp = (torch.randn(*d, dtype=torch.float64, requires_grad=True) for d in ((dh, dx), (dh, 1), (nc, dh), (nc, 1), (dx, 1)))
z1 = W1 @ inp + b1; z1.retain_grad(); h1 = torch.relu(z1); z2 = W2 @ h1 + b2; z2.retain_grad()
F.cross_entropy(z2.T, torch.tensor([1])).backward()
d1, d2 = z2.grad.T, z1.grad.T
same = lambda a, b: a.shape == b.shape and torch.allclose(a, b)
products = [same(W2.grad, d1.T @ h1.T), same(b2.grad, d1.T), same(W1.grad, d2.T @ inp.T), same(b1.grad, d2.T), same(inp.grad, W1.T @ d2.T)]
pool = t([[1, 3, 2, 4], [5, 6, 7, 8], [9, 2, 1, 5], [4, 3, 6, 7]])[None, None].requires_grad_()
pooled = F.max_pool2d(pool, 2); pooled.sum().backward()
count = lambda *ms: sum(p.numel() for m in ms for p in m.parameters())
plain = count(nn.Conv2d(32, 64, 3, bias=False))
neck = count(nn.Conv2d(32, 5, 1, bias=False), nn.Conv2d(5, 64, 3, bias=False))
print(json.dumps(dict(logp=logp, many=many, E=E, loss=loss.item(), gradient=o.grad.tolist(), odds=(odds[0] / odds[1]).item(),
  bits=(-torch.log2(t(0.25))).item(), z=z.tolist(), out=out.tolist(), mse=F.mse_loss(out, t([1., .5])).item(),
  products=[int(v) for v in products], w2=list(W2.shape), w1=list(W1.shape),
  pooled=pooled.flatten().tolist(), nonzero=int((pool.grad != 0).sum()),
  same=nn.Conv2d(1, 1, 5, padding=2)(torch.zeros(1, 1, 9, 9)).shape[-1] - 9,
  stride=nn.Conv2d(1, 1, 3, 2, 1)(torch.zeros(1, 1, 32, 32)).shape[-1],
  up=nn.ConvTranspose2d(1, 1, 4, 2, 1)(torch.zeros(1, 1, 7, 7)).shape[-1],
  plain=plain, neck=neck, ratio=plain / neck)))
`);
    if (!torch) return this.skip();
    const list = (name: string) => torch[name] as readonly number[];
    const value = (place: string, at: Record<string, number>): number => {
      const answer = answerOf(bank(), place);
      return answer.kind === "formula" ? evaluate(answer.value.expression, new Map(Object.entries(at))) : NaN;
    };
    const one = { s: 0.4, b: -0.7, y: 1.3, sigma: 0.8 };
    assert.closeTo(value("gaussian-likelihood/density", one), Math.exp(torch.logp as number), 1e-12);
    assert.closeTo(value("gaussian-likelihood/example", one), -(torch.logp as number), 1e-12);
    assert.closeTo(value("likelihood-mse/by-mse", { n: 3, E: torch.E as number, sigma: 0.8 }), -(torch.many as number), 1e-12); // prettier-ignore
    const scores = { "o[1]": 0.3, "o[2]": -1.1, "o[3]": 0.6, "t[1]": 0.2, "t[2]": 0.5, "t[3]": 0.3 };
    assert.closeTo(value("softmax-gradient/loss", scores), torch.loss as number, 1e-12);
    for (const j of [1, 2, 3])
      assert.closeTo(value("softmax-gradient/gradient", { ...scores, j }), list("gradient")[j - 1]!, 1e-12);
    assert.deepEqual(list("products"), [1, 1, 1, 1, 1]);
    const typed: Readonly<Record<string, string>> = {
      "softmax-odds": String(torch.odds),
      "cross-entropy-bits": String(torch.bits),
      "forward-pass/first": String(list("z")[0]),
      "forward-pass/second": String(list("z")[1]),
      "forward-pass/output-one": String(list("out")[0]),
      "forward-pass/output-two": String(list("out")[1]),
      "mean-squared-error": String(torch.mse),
      "gradient-w2/shape": list("w2").join("x"),
      "gradient-w1/shape": list("w1").join("x"),
      "max-pooling/output": `[[${list("pooled").slice(0, 2).join()}], [${list("pooled").slice(2).join()}]]`,
      "max-pooling/gradient": String(torch.nonzero),
      "stride/size": `${String(torch.stride)}x${String(torch.stride)}`,
      "transposed-convolution/size": `${String(torch.up)}x${String(torch.up)}`,
      "convolution-weights": String(torch.plain),
      "bottleneck-weights": String(torch.neck),
      "bottleneck-reason/factor": String(torch.ratio),
    };
    for (const [place, text] of Object.entries(typed)) assert.equal(gradeOf(bank(), place, text), 1, place);
    assert.equal(torch.same, 0);
    assert.equal(gradeOf(bank(), "padding/amount", "2"), 1);
  });

  const typed: readonly (readonly [place: string, text: string, fraction: number | string])[] = [
    ["gaussian-likelihood/density", "1/(σ√(2π)) * e^(-(y - w^T x - b)²/(2σ²))", 1],
    ["gaussian-likelihood/density", "\\frac{1}{\\sqrt{2\\pi\\sigma^2}} e^{-\\frac{(y-\\hat{y})^2}{2\\sigma^2}}", 1],
    ["gaussian-likelihood/density", "1/sqrt(2*pi*sigma^2) * exp(-1/2 * ((y - (w^T x + b))/sigma)^2)", 1],
    ["gaussian-likelihood/density", "(2πσ²)^(-1/2) exp(-(y-μ)²/(2σ²))", 1],
    ["gaussian-likelihood/density", "p(y|x) = 1/sqrt(2 pi sigma^2) exp(-(y - wx - b)^2 / (2 sigma^2))", 1],
    ["gaussian-likelihood/density", "exp(-(y-mu)^2/(2 sigma^2))", 0.5],
    ["gaussian-likelihood/example", "½ log(2πσ²) + (y − wᵀx − b)²/(2σ²)", 1],
    [
      "gaussian-likelihood/example",
      "\\frac{1}{2} \\ln(2\\pi\\sigma^2) + \\frac{(y^{(i)} - w^\\top x^{(i)} - b)^2}{2\\sigma^2}",
      1,
    ],
    ["gaussian-likelihood/example", "log(sigma sqrt(2 pi)) + (y - yhat)^2/(2 sigma^2)", 1],
    ["gaussian-likelihood/example", "0.5*log(2*pi*var) + 0.5*(y - y_hat)^2/var", 1],
    ["gaussian-likelihood/example", "-½ log(2πσ²) - (y − wᵀx − b)²/(2σ²)", 0.75],
    ["gaussian-likelihood/example", "½ ln 2πσ² + (y-ŷ)²/2*σ²", 0.75],
    ["gaussian-likelihood/example", "½ ln 2πσ² + (y-ŷ)²/2σ²", "unreadable"],
    ["gaussian-likelihood/density", "1/(σ√2π) exp(-(y-μ)²/(2σ²))", "unreadable"],
    ["softmax-gradient/loss", "log Σ_{k=1}^K e^{o_k} - Σ_{k=1}^K t_k o_k", 1],
    [
      "gaussian-likelihood/example",
      "\\frac{1}{2}\\log(2\\pi\\sigma^2) + \\frac{1}{2\\sigma^2}(y^{(i)} - \\mathbf{w}^T \\mathbf{x}^{(i)} - b)^2",
      1,
    ],
    ["likelihood-mse/by-mse", "n/2 ln(2πσ²) + n/(2σ²) MSE", 1],
    ["likelihood-mse/by-mse", "N/2*log(2 pi sigma^2) + N*mse/(2*sigma^2)", 1],
    ["softmax-odds", "3:1", "unreadable"],
    ["softmax-odds", "3.0", 1],
    ["softmax-odds", "e^(ln 6 - ln 2)", 1],
    ["cross-entropy-bits", "-log2(0.25)", 1],
    ["cross-entropy-bits", "1.386", 0.75],
    ["softmax-gradient/loss", "log(e^{o_1} + e^{o_2} + e^{o_3}) - t_1 o_1 - t_2 o_2 - t_3 o_3", 1],
    ["softmax-gradient/loss", "log(sum_k e^(o_k)) - sum_j t_j o_j", 1],
    ["softmax-gradient/loss", "-\\sum_j t_j o_j + \\log \\sum_k e^{o_k}", 1],
    ["softmax-gradient/loss", "-sum_j t_j (o_j - log sum_k e^(o_k))", 1],
    ["softmax-gradient/gradient", "softmax(o)_j - t_j", 1],
    ["softmax-gradient/gradient", "softmax(o_j) - y_j", 1],
    ["softmax-gradient/gradient", "ŷ_j - t_j", 1],
    ["softmax-gradient/gradient", "p_j - t_j", 1],
    ["softmax-gradient/gradient", "\\frac{e^{o_j}}{\\sum_k e^{o_k}} - t_j", 1],
    ["softmax-gradient/gradient", "t_j - softmax(o)_j", 0.5],
    ["forward-pass/output-two", "-3/2", 1],
    ["forward-pass/hidden", "0.0", 1],
    ["mean-squared-error", "(1 + 4)/2", 1],
    ["mean-squared-error", "5", 0.5],
    ["gradient-w2/entry", "δ_i h_j", 1],
    ["gradient-w2/entry", "δ1_i h1_j", 1],
    ["gradient-w2/entry", "delta_1[i] * h_1[j]", 1],
    ["gradient-w2/entry", "\\delta_{1,i} h_{1,j}", 1],
    ["gradient-w2/shape", "(3, 5)", 1],
    ["gradient-w2/shape", "5x3", 0.5],
    ["gradient-b2/shape", "3", 1],
    ["gradient-b2/shape", "3x1", 1],
    ["gradient-b2/shape", "1x3", 1],
    ["gradient-w1/entry", "\\delta_{2,i} x_j", 1],
    ["gradient-w1/entry", "delta_i h_j", 0],
    ["gradient-b1/shape", "(5, 1)", 1],
    ["gradient-x/shape", "(4,)", 1],
    ["stride/size", "16 x 16", 1],
    ["max-pooling/output", "6 8; 9 7", 1],
    ["max-pooling/output", "\\begin{bmatrix} 6 & 8 \\\\ 9 & 7 \\end{bmatrix}", 1],
    ["max-pooling/output", "6 8; 9 6", 0.75],
    ["convolution-weights", "18,432", 1],
    ["convolution-weights", "32*3*3*64", 1],
    ["convolution-weights", "18496", 0.75],
    ["bottleneck-weights", "160 + 2880 = 3040", 1],
    ["bottleneck-weights", "2880", 0.5],
    ["bottleneck-reason/factor", "6.1", 1],
    ["bottleneck-reason/factor", "6", 0],
    ["bottleneck-reason/factor", "6.4", 0.5],
    ["residual-diagram/order", "b, f, e, d, g, a, c", 1],
    ["residual-diagram/order", "bfedgac", 1],
    ["residual-diagram/order", "b f e d g c a", 0.5],
  ];
  for (const [place, text, wanted] of typed) {
    it(`grades ${text} in ${place}`, () => {
      assert.equal(gradeOf(bank(), place, text), wanted);
    });
  }
});
