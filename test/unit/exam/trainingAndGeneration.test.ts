/** The exam on training, implementation and generative models: complete, right, and fair to what students write. */
import { assert } from "chai";
import { answerOf, bankOf, fromPyTorch, gradeOf, listedQuestions, pointsBySection, valueOf } from "./bankAnswers";

const bank = () => bankOf("training-and-generation");

describe("the exam on training, implementation and generative models", () => {
  it("has all 24 questions, with the points of the exam: 35", function () {
    const questions = bank().questions;
    assert.lengthOf(questions, 24);
    assert.deepEqual(pointsBySection(bank()), [5, 10, 6, 4, 10]);
    const listed = listedQuestions("002");
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
z = t([[0.3, -1.2, 2.0]]); h = t([0.4, -0.6, 1.1, 0.9])
W = t([[.1, .2, .3, .4], [-.5, .6, .7, -.8], [.9, -1., .3, .2]]).requires_grad_(); b = t([.1, -.2, .3]).requires_grad_()
scores = W @ h + b
F.cross_entropy(scores[None], torch.tensor([1])).backward()
w = t([0.8]).requires_grad_(); (w ** 2).sum().backward(); g = w.grad.item()
torch.optim.SGD([w], lr=0.1).step()
margin = F.hinge_embedding_loss(t(0.2), t(-1.0), margin=1.0).item()
a = t(-10.0).requires_grad_()
(first,) = torch.autograd.grad(torch.log(1 - torch.sigmoid(a)), a)
(second,) = torch.autograd.grad(-F.logsigmoid(a), a)
N = torch.distributions.Normal
kl = torch.distributions.kl_divergence(N(t(0.7), t(1.4)), N(t(-0.3), t(0.6))).item()
u = t(0.0).requires_grad_(); (slope,) = torch.autograd.grad(torch.sigmoid(u), u)
deep = t(0.0).requires_grad_(); out = deep
for _ in range(10): out = torch.sigmoid(out - (0.5 if _ else 0.0))
(depth,) = torch.autograd.grad(out, deep)
std = nn.init.xavier_normal_(torch.empty(1000, 3000)).std().item() * (4000 / 400) ** 0.5
growing = []
for lr in (0.199, 0.201):
    theta = 1.0
    for _ in range(50): theta -= lr * 10 * theta
    growing.append(abs(theta) > 1)
bb = t(1.0).requires_grad_(); e = (t(2.0) + bb) * (bb + 1); e.backward()
x = t([[1., 2, 0], [3, 5, 1], [0, 4, 2]])[None, None]
conv = F.conv2d(x, t([[1., 0], [0, -1]])[None, None])
theta = t([1.0, 1.0]).requires_grad_(); (0.5 * (100 * theta[0] ** 2 + theta[1] ** 2)).backward()
step = (theta - 0.01 * theta.grad).tolist()
q, p = t([.5, .5]), t([.25, .75])
elbo = (q * (t([-1., -3.]) - torch.log(q / p))).sum().item()
noise = torch.randn(64, 200000).mean(0).std().item()
def fails(code):
    names = dict(torch=torch, x=torch.rand(3, requires_grad=True))
    exec(code, names)
    try:
        names["y"].sum().backward()
        return 0
    except RuntimeError:
        return 1
codes = ["y = torch.exp(x); y += 1", "y = x + 3; y *= 2", "y = torch.tanh(x); y.mul_(2)", "h = 2 * x; y = h ** 2; h += 1", "h = 2 * x; y = h + 1; h += 1", "y = torch.exp(x); y = y + 1"]
print(json.dumps(dict(ce=F.cross_entropy(z, torch.tensor([2])).item(), scores=scores.tolist(), gb=b.grad.tolist(), gw=W.grad.flatten().tolist(),
  sgd=w.item(), g=g, hinge=margin, first=first.item(), second=second.item(), kl=kl, slope=slope.item(), depth=depth.item(), std=std,
  growing=[int(v) for v in growing], e=bb.grad.item(), conv=conv.flatten().tolist(), step=step, elbo=elbo, noise=1 / noise,
  softmax=torch.softmax(t([1000., 1000. - torch.log(t(3.)).item()]), 0)[0].item(),
  overflow=[int(torch.isinf(torch.exp(torch.tensor(float(v)))).item()) for v in (88, 89)],
  shape=list(nn.Linear(100, 10).weight.shape), saving=1024 * 1024 / sum(v.numel() for v in nn.Conv2d(1, 1, 5, padding=2, bias=False).parameters()),
  fails=[fails(code) for code in codes])))
`);
    if (!torch) return this.skip();
    const number = (name: string): number => torch[name] as number;
    const list = (name: string): readonly number[] => torch[name] as readonly number[];
    const close = (place: string, at: Record<string, number>, wanted: number): void => {
      assert.closeTo(valueOf(bank(), place, at), wanted, 1e-9, place);
    };
    close("one-hidden-layer/loss", { "z[0]": 0.3, "z[1]": -1.2, "z[2]": 2, y: 2 }, number("ce"));
    close("sgd-update", { theta: 0.8, eta: 0.1, grad: number("g") }, number("sgd"));
    const hidden = [0.4, -0.6, 1.1, 0.9];
    for (let k = 0; k < 3; k++) {
      for (let j = 0; j < 4; j++) {
        const at: Record<string, number> = { k, j, "t[0]": 0, "t[1]": 1, "t[2]": 0 };
        for (const [place, score] of list("scores").entries()) at[`z[${place}]`] = score;
        for (const [place, value] of hidden.entries()) at[`h[${place}]`] = value;
        close("output-gradient/bias", at, list("gb")[k]!);
        close("output-gradient/weight", at, list("gw")[4 * k + j]!);
      }
    }
    close("perceptron-hinge/hinge", { label: 1, score: 0.2 }, number("hinge"));
    close("perceptron-hinge/perceptron", { label: 1, score: -0.2 }, 0.2);
    close("saturating-generator/gradient", { logit: -10 }, number("first"));
    close("saturating-generator/alternative", { logit: -10 }, number("second"));
    close("gaussian-terms/divergence", { mu_q: 0.7, sigma_q: 1.4, mu_p: -0.3, sigma_p: 0.6 }, number("kl"));
    const grade = (place: string, value: unknown) => {
      assert.equal(gradeOf(bank(), place, String(value)), 1, place);
    };
    grade("sigmoid-depth/slope", number("slope"));
    grade("sigmoid-depth/depth", number("depth"));
    grade("tanh-start/xavier", number("std").toPrecision(3));
    grade("computation-graph/both-ways", number("e"));
    grade("mini-batches/noise", Math.round(number("noise")));
    grade("cnn-components/by-hand", `${list("conv").slice(0, 2).join(" ")}; ${list("conv").slice(2).join(" ")}`);
    grade("cnn-property/saving", number("saving"));
    grade("sgd-limits/valley", list("step")[1]);
    grade("safe-softmax/value", number("softmax").toFixed(6));
    grade("categorical-elbo/value", number("elbo"));
    grade("output-gradient/size", list("shape").join("x"));
    assert.deepEqual(list("growing"), [0, 1]);
    assert.deepEqual(list("overflow"), [0, 1]);
    const inPlace = answerOf(bank(), "stored-values/which");
    if (inPlace.kind !== "multiple") return assert.fail(inPlace.kind);
    assert.deepEqual(inPlace.options.map(({ correct }) => Number(correct)), list("fails")); // prettier-ignore
  });

  const typed: readonly (readonly [place: string, text: string, fraction: number | string])[] = [
    ["one-hidden-layer/loss", "-log(exp(z_y)/(exp(z_0)+exp(z_1)+exp(z_2)))", 1],
    ["one-hidden-layer/loss", "-z_y + \\log \\sum_j \\exp(z_j)", 1],
    ["one-hidden-layer/loss", "-ln p_y", 1],
    ["one-hidden-layer/loss", "L = -z^{(2)}_y + \\ln \\sum_c e^{z^{(2)}_c}", 1],
    ["one-hidden-layer/loss", "-z2_y + ln(sum_j exp(z2_j))", 1],
    ["one-hidden-layer/loss", "log softmax(z)_y", 0.5],
    ["sgd-update", "θ − ε∇L", 1],
    ["sgd-update", "theta -= lr * grad", 1],
    ["sgd-update", "\\theta \\leftarrow \\theta - \\epsilon \\nabla_\\theta L", 1],
    ["sgd-update", "w - eta * dL/dw", 1],
    ["output-gradient/bias", "softmax(z)_k - y_k", 1],
    ["output-gradient/bias", "p_k − y_k", 1],
    ["output-gradient/bias", "-y_k + exp(z_k)/sum_j exp(z_j)", 1],
    ["output-gradient/bias", "-y_k softmax(z)_k", 0],
    ["output-gradient/bias", "y_k - p_k", 0.5],
    ["output-gradient/bias", "p_i - y_i", 1],
    ["output-gradient/bias", "softmax(z_k) - y_k", 1],
    ["output-gradient/bias", "\\frac{\\partial L}{\\partial b_k} = p_k - y_k", 1],
    ["output-gradient/weight", "(p_k - y_k) h_j", 1],
    ["output-gradient/weight", "(softmax(z)_k − y_k)·h_j", 1],
    ["output-gradient/weight", "h_j p_k - h_j y_k", 1],
    ["output-gradient/weight", "p_k - y_k", 0.5],
    ["output-gradient/weight", "(p_k - y_k) z_k", 0.25],
    ["output-gradient/size", "10 x 100", 1],
    ["output-gradient/size", "(100, 10)", 0.5],
    ["rising-loss/threshold", "1/5", 1],
    ["rising-loss/threshold", "0.4", 0.5],
    ["perceptron-hinge/perceptron", "max(0, -y f(x))", 1],
    ["perceptron-hinge/perceptron", "max(0, -y*f)", 1],
    ["perceptron-hinge/perceptron", "\\max(0, -y \\cdot f(x))", 1],
    ["perceptron-hinge/perceptron", "max{0, -m}", 1],
    ["perceptron-hinge/perceptron", "relu(-y*yhat)", 1],
    ["perceptron-hinge/hinge", "max(0, 1 - y f(x))", 1],
    ["perceptron-hinge/hinge", "max(0, 1 - y (w \\cdot x + b))", 1],
    ["perceptron-hinge/hinge", "max(0, 1 - f)", 0],
    ["sigmoid-depth/slope", "1/4", 1],
    ["sigmoid-depth/depth", "10^-6", 1],
    ["sigmoid-depth/depth", "0.25^10", 1],
    ["sigmoid-depth/depth", "4^{-10}", 1],
    ["tanh-start/xavier", "sqrt(2/400)", 1],
    ["tanh-start/xavier", "0.0707", 1],
    ["tanh-start/xavier", "0.07", 1],
    ["tanh-start/xavier", "\\sqrt{0.005}", 1],
    ["tanh-start/xavier", "0.005", 0.5],
    ["mini-batches/noise", "sqrt(64)", 1],
    ["mini-batches/noise", "64", 0.5],
    ["sgd-limits/valley", "0.99", 1],
    ["sgd-limits/valley", "99 %", 1],
    ["safe-softmax/value", "3/4", 1],
    ["safe-softmax/value", "75%", 1],
    ["computation-graph/both-ways", "5", 1],
    ["backward-pass/order", "d, b, e, a, f, c", 1],
    ["backward-pass/order", "d → b → a → f → e → c", 1],
    ["backward-pass/order", "dbafce", 1],
    ["backward-pass/order", "d e b a f c", 0.75],
    ["backward-pass/order", "d b c", "unreadable"],
    ["cnn-property/saving", "40 000", 1],
    ["cnn-property/saving", "1024^2/25", 1],
    ["cnn-property/saving", "about 42 thousand", 1],
    ["cnn-property/saving", "41", 0],
    ["cnn-components/by-hand", "[[-4, 1], [-1, 3]]", 1],
    ["cnn-components/by-hand", "-4 1; -1 3", 1],
    ["cnn-components/by-hand", "\\begin{pmatrix} -4 & 1 \\\\ -1 & 3 \\end{pmatrix}", 1],
    ["cnn-components/by-hand", "-4 1; -1 2", 0.75],
    ["cnn-components/by-hand", "4 -1; 1 -3", 0.5],
    ["saturating-generator/gradient", "-σ(a)", 1],
    ["saturating-generator/gradient", "-1/(1+e^{-a})", 1],
    ["saturating-generator/alternative", "σ(a) − 1", 1],
    ["saturating-generator/alternative", "-(1 - sigmoid(a))", 1],
    ["gaussian-terms/divergence", "log(σ_p/σ_q) + (σ_q² + (μ_q − μ_p)²)/(2σ_p²) − ½", 1],
    ["gaussian-terms/divergence", "\\ln\\frac{\\sigma_p}{\\sigma_q} + \\frac{\\sigma_q^2 + (\\mu_q-\\mu_p)^2}{2\\sigma_p^2} - \\frac12", 1],
    ["gaussian-terms/divergence", "0.5*(ln(sigma_p^2/sigma_q^2) - 1 + (sigma_q^2 + (mu_q-mu_p)^2)/sigma_p^2)", 1],
    ["gaussian-terms/divergence", "½(μ_q² + σ_q² − 1 − ln σ_q²)", 0.5],
    ["sampling-gradient/trick", "z = μ + σε", 1],
    ["sampling-gradient/trick", "mu + std*eps", 1],
    ["sampling-gradient/trick", "\\mu + \\sigma \\odot \\epsilon", 1],
    ["sampling-gradient/trick", "mu + sigma^2 eps", 0.5],
    ["categorical-elbo/value", "-2.144", 1],
    ["categorical-elbo/value", "-2.14", 1],
    ["categorical-elbo/value", "-2 - ln(4/3)/2", 1],
    ["categorical-elbo/value", "-2", 0.5],
  ]; // prettier-ignore
  for (const [place, text, wanted] of typed) {
    it(`grades ${text} in ${place}`, () => {
      assert.equal(gradeOf(bank(), place, text), wanted);
    });
  }
});
