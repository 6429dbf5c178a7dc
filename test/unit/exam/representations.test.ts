/** The exam on representations, generative models and optimisation: complete, right, and fair to what students write. */
import { assert } from "chai";
import { answerOf, bankOf, fromPyTorch, gradeOf, listedQuestions, valueOf } from "./bankAnswers";

const bank = () => bankOf("representations");

describe("the exam on representations, generative models and optimisation", () => {
  it("has all 35 questions, with the points where they are known", function () {
    const questions = bank().questions;
    assert.lengthOf(questions, 35);
    const listed = listedQuestions("004");
    if (!listed) return this.skip();
    assert.deepEqual(questions.map(({ source }) => source), listed.map(({ id }) => id)); // prettier-ignore
    for (const [place, { id, points }] of listed.entries())
      if (points !== "?") assert.equal(questions[place]!.points, points, id);
  });

  it("counts the quadratic layer's parameters as enumerating them does", () => {
    for (const [M, N] of [[2, 3], [4, 6], [6, 3], [9, 1]] as const) {
      let quadratic = 0;
      for (let output = 0; output < N; output++) {
        for (let i = 0; i < M; i++) for (let j = i; j < M; j++) quadratic++;
        quadratic += M + 1;
      }
      assert.equal(valueOf(bank(), "quadratic-ratio/quadratic", { M, N }), quadratic);
      assert.equal(valueOf(bank(), "quadratic-ratio/linear", { M, N }), N * (M + 1));
      assert.closeTo(valueOf(bank(), "quadratic-ratio/ratio", { M, N }), quadratic / (N * (M + 1)), 1e-12);
    }
    const total = valueOf(bank(), "quadratic-ratio/quadratic", { M: 4, N: 6 }) + valueOf(bank(), "quadratic-ratio/quadratic", { M: 6, N: 3 }); // prettier-ignore
    assert.equal(gradeOf(bank(), "quadratic-count", String(total)), 1);
  }); // prettier-ignore

  it("agrees with PyTorch", function () {
    this.timeout(60_000);
    const torch = fromPyTorch(`
import torch, json
from torch import nn
torch.manual_seed(0)
t = lambda v: torch.tensor(v, dtype=torch.float64)
A, b, c, x = (torch.randn(*d, dtype=torch.float64, requires_grad=True) for d in ((2, 3, 3), (2, 3), (2,), (3,)))
lam = 0.7
y = lam * torch.einsum('i,kij,j->k', x, A, x) + b @ x + c
y.retain_grad(); torch.sin(y).sum().backward()
p = t(0.3)
bce = [nn.functional.binary_cross_entropy_with_logits(torch.logit(p), t(float(k)), pos_weight=t(3.5)).item() for k in (0, 1)]
d = 256; h0 = torch.randn(4000, d)
ln = lambda v: nn.functional.layer_norm(v, (d,))
branch = lambda v: torch.randn_like(v) * v.std()
post_h = ln(h0 + branch(h0)); post = ln(post_h + branch(post_h))
pre_h = h0 + branch(ln(h0)); pre = pre_h + branch(ln(pre_h))
g = torch.randn(4000, d); back = lambda v: torch.randn_like(v) * v.std()
a0 = g / (h0 + branch(h0)).std(); a1 = a0 + back(a0); a2 = a1 / (h0 + branch(h0)).std(); a3 = a2 + back(a2)
b1 = g + back(g) / pre_h.std(); b2 = b1 + back(b1) / h0.std()
best = torch.full((1, 10), -1.0); best[0, 0] = 1
kl = lambda q, r: (q * (q / r).log()).sum().item()
pp, qa, qb = t([.49, .02, .49]), t([1/3] * 3), t([.96, .02, .02])
Q = torch.randn(4, 4, dtype=torch.float64); Q = Q @ Q.T + 0.5 * torch.eye(4, dtype=torch.float64)
v = torch.randn(4, dtype=torch.float64, requires_grad=True); (0.5 * v @ Q @ v).backward()
lam_all = torch.linalg.eigvalsh(Q); lo, hi = lam_all[0].item(), lam_all[-1].item()
rate = lambda eta: torch.linalg.matrix_norm(torch.eye(4, dtype=torch.float64) - eta * Q, 2).item()
etas = torch.linspace(1e-4, 2 / hi, 20001).tolist()
print(json.dumps(dict(gy=y.grad[1].item(), gA=A.grad[1, 0, 2].item(), x=x.tolist(), lam=lam, bce=bce,
  post=[post.mean().item(), post.var().item()], pre=[pre_h.var().item(), pre.var().item()],
  gpost=[v.var().item() for v in (a0, a1, a3)], gpre=[b1.var().item(), b2.var().item()],
  floor=nn.functional.cross_entropy(best, torch.tensor([0])).item(),
  first=nn.init.xavier_normal_(torch.empty(512, 3072)).std().item(),
  kl=[kl(pp, qa), kl(pp, qb), kl(qa, pp), kl(qb, pp)], gradient=int(torch.allclose(v.grad, Q @ v)),
  lo=lo, hi=hi, rates=[rate(0.3 / hi), rate(1.7 / hi)], best=min(etas, key=rate), least=min(rate(e) for e in etas))))
`);
    if (!torch) return this.skip();
    const list = (name: string) => torch[name] as readonly number[];
    const one = (name: string) => torch[name] as number;
    const [x0, , x2] = list("x");
    const at = { g_k: one("gy"), lambda: one("lam"), x_i: x0!, x_j: x2! };
    assert.closeTo(valueOf(bank(), "quadratic-gradient/matrix", at), one("gA"), 1e-12);
    for (const y of [0, 1])
      assert.closeTo(
        valueOf(bank(), "weighted-cross-entropy/loss", { y, p: 0.3, w_1: 3.5, w_0: 1 }),
        list("bce")[y]!,
        1e-12,
      );
    const close = (place: string, simulated: number): void => {
      const answer = answerOf(bank(), place);
      assert.closeTo(answer.kind === "number" ? answer.value : NaN, simulated, 0.03, place);
    };
    close("post-norm-features/mean", list("post")[0]!);
    close("post-norm-features/variance", list("post")[1]!);
    close("pre-norm-features/after-attention", list("pre")[0]!);
    close("pre-norm-features/output", list("pre")[1]!);
    close("post-norm-gradients/normalised", list("gpost")[0]!);
    close("post-norm-gradients/middle", list("gpost")[1]!);
    close("post-norm-gradients/input", list("gpost")[2]!);
    close("pre-norm-gradients/middle", list("gpre")[0]!);
    close("pre-norm-gradients/input", list("gpre")[1]!);
    assert.equal(gradeOf(bank(), "weak-mlp/floor", String(torch.floor)), 1);
    assert.equal(gradeOf(bank(), "weak-mlp/first-layer", String(torch.first)), 1);
    assert.equal(gradeOf(bank(), "kl-directions/forward", String(list("kl")[0])), 1);
    assert.isBelow(list("kl")[0]!, list("kl")[1]!);
    assert.isBelow(list("kl")[3]!, list("kl")[2]!);
    assert.equal(torch.gradient, 1);
    const ends = { lambda_min: one("lo"), lambda_max: one("hi") };
    for (const [place, share] of [0.3, 1.7].entries())
      assert.closeTo(
        valueOf(bank(), "quadratic-rate/rate", { ...ends, eta: share / one("hi") }),
        list("rates")[place]!,
        1e-9,
      );
    assert.closeTo(valueOf(bank(), "quadratic-learning-rate", ends), one("best"), 1e-3);
    assert.closeTo(valueOf(bank(), "quadratic-condition", { kappa: one("hi") / one("lo") }), one("least"), 1e-3);
  });

  it("counts the steps with and without momentum alike", () => {
    const steps = (rate: number): number => Math.log(1e-60) / Math.log(rate);
    assert.equal(gradeOf(bank(), "momentum-steps/steps", String(steps(1 / 3) / steps(3 / 5))), 1);
  });

  const typed: readonly (readonly [place: string, text: string, fraction: number | string])[] = [
    ["quadratic-symmetry/symmetrised", "2", 1],
    ["quadratic-ratio/linear", "NM + N", 1],
    ["quadratic-ratio/quadratic", "N(M(M+1)/2 + M + 1)", 1],
    ["quadratic-ratio/quadratic", "\\frac{N}{2}(M+1)(M+2)", 1],
    ["quadratic-ratio/quadratic", "N*(M^2+M+1)", 0.5],
    ["quadratic-ratio/ratio", "½M + 1", 1],
    ["quadratic-ratio/ratio", "(M+2)/2", 1],
    ["quadratic-count", "90 + 84 = 174", 1],
    ["quadratic-count", "255", 0.5],
    ["quadratic-gradient/matrix", "λ ∂L/∂y_k x_i x_j", 1],
    ["quadratic-gradient/matrix", "\\lambda \\frac{\\partial L}{\\partial y_k} x_i x_j", 1],
    ["quadratic-gradient/matrix", "dL/dy_k * x_i * x_j", 0.75],
    ["quadratic-gradient/matrix", "lambda g_k x_i x_j", 1],
    ["aae-semi-supervised/entries", "11", 1],
    ["recall-loss/everything-positive", "100%", 1],
    ["weighted-cross-entropy/loss", "-(w_1 y log p + w_0 (1-y) log(1-p))", 1],
    ["weighted-cross-entropy/loss", "- w1 y ln ŷ - w0 (1 - y) ln(1 - ŷ)", 1],
    ["weighted-cross-entropy/loss", "L = -[w_1 y \\log(\\hat{y}) + w_0(1-y)\\log(1-\\hat{y})]", 1],
    ["weighted-cross-entropy/loss", "-w_1 y ln p - (1-y) ln(1-p)", 1],
    ["weighted-cross-entropy/loss", "w_1 y ln p + w_0 (1-y) ln(1-p)", 0.75],
    ["weighted-cross-entropy/loss", "-α y ln p - (1-α)(1-y) ln(1-p)", 1],
    ["recall-threshold/recall", "90/100", 1],
    ["recall-threshold/precision", "45%", 1],
    ["recall-threshold/accuracy", "880/1000", 1],
    ["pre-norm-features/output", "3", 1],
    ["pre-norm-features/output", "4", 0.5],
    ["pre-norm-gradients/middle", "1.5", 1],
    ["weak-mlp/floor", "0.8", 1],
    ["weak-mlp/first-layer", "0.024", 1],
    ["kl-directions/forward", "0.32", 1],
    ["kl-directions/forward", "0.464", 0],
    ["quadratic-step", "x_{t+1} = x_t - ηAx_t", 1],
    ["quadratic-step", "(I − ηA)x", 1],
    ["quadratic-step", "x - lr*A*x", 1],
    ["quadratic-step", "X_{t+1} = (I - \\eta A) X_t", 1],
    ["quadratic-step", "x_t - \\frac{\\eta}{2}(A + A^T) x_t", 1],
    ["quadratic-step", "x - 2ηAx", 0.5],
    ["quadratic-rate/component", "c_i - ηλ_i c_i", 1],
    ["quadratic-rate/component", "1 - ηλ_i", 0.75],
    ["quadratic-rate/rate", "max(|1-ηλ_min|, |1-ηλ_max|)", 1],
    ["quadratic-rate/rate", "max_i |1 − ηλ_i|", 1],
    ["quadratic-rate/rate", "‖x_{t+1}‖/‖x_t‖ = \\max_i \\left|1 - \\eta\\lambda_i\\right|", 1],
    ["quadratic-rate/rate", "max_i (1 − ηλ_i)^2", 0.75],
    ["quadratic-rate/rate", "min_i |1 − ηλ_i|", 0.25],
    ["quadratic-rate/rate", "max_i (1 − ηλ_i)", 0.5],
    ["quadratic-learning-rate", "η* = 2/(λ_min + λ_max)", 1],
    ["quadratic-learning-rate", "\\eta^* = \\frac{2}{\\lambda_{\\min}+\\lambda_{\\max}}", 1],
    ["quadratic-rate/rate", "\\max\\{|1-\\eta\\lambda_{\\max}|, |1-\\eta\\lambda_{\\min}|\\}", 1],
    ["quadratic-rate/rate", "max{|1 - eta lambda_min|, |1 - eta lambda_max|}", 1],
    ["quadratic-rate/rate", "|1-ηλ_max|", 0.5],
    ["quadratic-learning-rate", "η = 2/(λ_min + λ_max)", 1],
    ["quadratic-learning-rate", "\\frac{2}{\\lambda_{max} + \\lambda_{min}}", 1],
    ["quadratic-learning-rate", "1/λ_max", 0],
    ["quadratic-condition", "(κ-1)/(κ+1)", 1],
    ["quadratic-condition", "1 - 2/(1+k)", 1],
    ["quadratic-condition", "(√κ-1)/(√κ+1)", 0],
    ["momentum-steps/plain", "0.6", 1],
    ["momentum-steps/momentum", "0.333", 1],
    ["momentum-steps/steps", "0.465", 1],
    ["momentum-steps/steps", "ln(5/3)/ln 3", 1],
    ["momentum-steps/steps", "0.5", 0],
  ];
  for (const [place, text, wanted] of typed) {
    it(`grades ${text} in ${place}`, () => {
      assert.equal(gradeOf(bank(), place, text), wanted);
    });
  }
});
