/** The banks by topic: large enough, graded by machine, right, and fair to what students write. */
import { assert } from "chai";
import { answerOf, bankOf, fromPyTorch, gradeOf, valueOf } from "./bankAnswers";
import type { Bank } from "../../../src/core/exam/question";

const ids = ["recurrent", "transformers", "gans", "self-supervision", "graphs", "metrics"];

/** The bank and the place in it of `bank/question/part`. */
function placed(place: string): [Bank, string] {
  const [id, ...rest] = place.split("/");
  return [bankOf(id!), rest.join("/")];
}

const valueAt = (place: string, at: Readonly<Record<string, number>>): number => valueOf(...placed(place), at);
const graded = (place: string, text: string): number | string => gradeOf(...placed(place), text);

describe("the banks by topic", () => {
  for (const id of ids) {
    it(`hold six questions or more, all graded by machine: ${id}`, () => {
      const { questions } = bankOf(id);
      assert.isAtLeast(questions.length, 6);
      for (const { parts } of questions) for (const { answer } of parts) assert.notEqual(answer.kind, "open");
    });
  }

  it("agree with PyTorch", function () {
    this.timeout(60_000);
    const torch = fromPyTorch(`
import torch, json, math
from torch import nn
F = nn.functional
D = torch.float64
t = lambda v: torch.tensor(v, dtype=D)
count = lambda m: sum(p.numel() for p in m.parameters())
att = torch.softmax(torch.randn(10, 64) @ torch.randn(12, 64).T / 8, -1)
w = torch.softmax(t([0, math.log(3)]), 0)
bn = nn.BatchNorm1d(2, eps=1e-12, affine=False).double(); x = t([[1, 5], [3, 9]])
run = nn.BatchNorm1d(1); [run(torch.tensor([[3.], [5.]])) for _ in range(2)]
ws, us, xs = (torch.randn(n, dtype=D, requires_grad=True) for n in (1, 1, 3))
h = torch.zeros(1, dtype=D)
for v in xs: h = ws * h + us * v
h.backward()
w2 = t(2.).requires_grad_(); hp = t(math.atanh(.8) / 2).requires_grad_(); torch.tanh(w2 * hp).backward()
g = torch.nn.Parameter(t([0., 0.])); g.grad = t([3., 4.]); nn.utils.clip_grad_norm_([g], 1.0)
lstm = nn.LSTM(10, 20, 2, bidirectional=True, batch_first=True); out, (hn, _) = lstm(torch.zeros(8, 15, 10))
cell = nn.LSTM(10, 20); gru = nn.GRU(10, 20)
s = torch.randn(5, dtype=D, requires_grad=True); tau = .3
(-torch.log_softmax(s / tau, 0)[0]).backward(); p = torch.softmax(s / tau, 0)
nce = -torch.log_softmax(t([math.log(6), 0, math.log(2), math.log(3)]), 0)[0]
pos, neg = t([.9, .6, .4]), t([.7, .3, .2, .1])
logits = t(math.log(.01 / .99)).requires_grad_(); torch.log(1 - torch.sigmoid(logits)).backward(); sat = logits.grad.item()
logits.grad = None; (-torch.log(torch.sigmoid(logits))).backward(); ns = logits.grad.item()
net = nn.ConvTranspose2d(100, 512, 4, 1, 0); m = net(torch.zeros(8, 100, 1, 1))
up = nn.ConvTranspose2d(1, 1, 4, 2, 1); size, layers, y = 4, 0, torch.zeros(1, 1, 4, 4)
while y.shape[-1] < 64: y = up(y); layers += 1
A = t([[0, 1, 0, 1], [1, 0, 1, 0], [0, 1, 0, 1], [1, 0, 1, 0]])
path = t([[0, 1, 0, 0], [1, 0, 1, 0], [0, 1, 0, 1], [0, 0, 1, 0]]); At = path + torch.eye(4, dtype=D); d = At.sum(1)
line = torch.diag(torch.ones(9), 1); line = line + line.T + torch.eye(10)
G, C = nn.Linear(3, 2), nn.Linear(2, 1); oG, oC = (torch.optim.Adam(n.parameters(), lr=.1) for n in (G, C)); before = G.weight.clone()
bce = F.binary_cross_entropy_with_logits; fake = G(torch.randn(6, 3)); one, zero = torch.ones(6, 1), torch.zeros(6, 1)
ld = bce(C(torch.randn(6, 2)), one) + bce(C(fake), zero); oC.zero_grad(); ld.backward(); oC.step()
lg = bce(C(fake.detach()), one); oG.zero_grad(); lg.backward(); oG.step()
print(json.dumps({
 'transformers/attention-shapes/weights': list(att.shape), 'transformers/attention-by-hand/output': (w @ t([[8, 0], [0, 4]])).tolist(),
 'transformers/attention-scaling/variance': round((torch.randn(400000, 64) * torch.randn(400000, 64)).sum(1).var().item()),
 'transformers/attention-parameters': count(nn.MultiheadAttention(512, 8)),
 'transformers/layer-norm-by-hand/output': (2 * F.layer_norm(t([1, 1, 5, 5]), (4,)) + 1).tolist(),
 'transformers/batch-against-layer/batch': bn(x).flatten().tolist(), 'transformers/batch-against-layer/layer': F.layer_norm(x, (2,), eps=1e-12).flatten().tolist(),
 'transformers/running-mean/two': run.running_mean.item(),
 'block': count(nn.TransformerEncoderLayer(32, 4, 128)),
 'unrolled': [h.item(), ws.grad.item(), ws.item(), us.item()] + xs.tolist(), 'recurrent/tanh-jacobian/number': hp.grad.item(),
 'recurrent/clipping/by-norm': g.grad.tolist(), 'recurrent/lstm-shapes/output': list(out.shape), 'recurrent/lstm-shapes/states': list(hn.shape),
 'recurrent/lstm-parameters/lstm': count(cell) - 80, 'recurrent/lstm-parameters/gru': count(gru) - 60,
 'recurrent/lstm-step/hidden': math.tanh(.5 * 4 + .25 * .8),
 'nce': [s.grad[0].item(), s.grad[2].item(), p[0].item(), p[2].item(), tau], 'self-supervision/infonce-by-hand/loss': nce.item(),
 'self-supervision/linear-probe/parameters': count(nn.Linear(2048, 1000)),
 'metrics/auc-by-hand/area': (pos[:, None] > neg[None]).double().mean().item(),
 'gans/saturation/minimax': sat, 'gans/saturation/non-saturating': ns,
 'gans/generator-shapes/first': list(m.shape), 'gans/generator-shapes/count': layers, 'unchanged': int(torch.equal(before, G.weight)),
 'graphs/walks/opposite': (A @ A)[0, 2].item(), 'graphs/walks/itself': (A @ A)[0, 0].item(),
 'graphs/gcn-coefficient/number': (At / (d[:, None] * d[None]).sqrt())[0, 1].item(),
 'graphs/hops': int((torch.matrix_power(line, 3)[4] > 0).sum()), 'graphs/gcn-parameters': count(nn.Linear(16, 7)),
 'graphs/attention-on-edges/result': (torch.softmax(t([0, math.log(2), math.log(5)]), 0) @ t([8, 4, 0])).item(),
}))
`);
    if (!torch) return this.skip();
    for (const [place, found] of Object.entries(torch)) {
      if (!place.includes("/")) continue;
      const { kind } = answerOf(...placed(place));
      const flat = Array.isArray(found) ? (found as number[]) : [found as number];
      const isSquare = place.startsWith("transformers/batch-against");
      const rows = isSquare ? `[[${flat.slice(0, 2).join()}],[${flat.slice(2).join()}]]` : `[${flat.join()}]`;
      assert.equal(graded(place, kind === "matrix" ? rows : flat.join(kind === "shape" ? "x" : "")), 1, place);
    }
    const [h3, slope, w, u, x_1, x_2, x_3] = torch.unrolled as number[];
    const at = { w: w!, u: u!, x_1: x_1!, x_2: x_2!, x_3: x_3! };
    assert.closeTo(valueAt("recurrent/unrolled/state", at), h3!, 1e-12);
    assert.closeTo(valueAt("recurrent/unrolled/derivative", at), slope!, 1e-12);
    const [positive, negative, p_pos, p_j, tau] = torch.nce as number[];
    assert.closeTo(valueAt("self-supervision/infonce-gradient/positive", { p_pos: p_pos!, tau: tau! }), positive!, 1e-12); // prettier-ignore
    assert.closeTo(valueAt("self-supervision/infonce-gradient/negative", { p_j: p_j!, tau: tau! }), negative!, 1e-12);
    assert.equal(valueAt("transformers/block-parameters", { d: 32 }), torch.block);
    assert.equal(torch.unchanged, 1);
  });

  it("give the discriminators that a search finds", () => {
    const [p_d, p_g, alpha] = [0.3, 0.1, 0.9];
    const best = (value: (D: number) => number): number => {
      const grid = Array.from({ length: 9999 }, (_point, place) => (place + 1) / 10_000);
      return grid.reduce((a, b) => (value(b) > value(a) ? b : a));
    };
    const plain = best((D) => p_d * Math.log(D) + p_g * Math.log(1 - D));
    const smooth = best((D) => p_d * (alpha * Math.log(D) + (1 - alpha) * Math.log(1 - D)) + p_g * Math.log(1 - D));
    assert.closeTo(valueAt("gans/best-discriminator/formula", { p_d, p_g }), plain, 1e-3);
    assert.closeTo(valueAt("gans/one-sided-smoothing/formula", { p_d, p_g, alpha }), smooth, 1e-3);
  });

  it("give the threshold at which both costs are equal", () => {
    const [c_fn, c_fp] = [9, 1];
    const p = valueAt("metrics/cost-threshold/threshold", { c_fn, c_fp });
    assert.closeTo(p * c_fn, (1 - p) * c_fp, 1e-12);
    assert.equal(graded("metrics/cost-threshold/number", String(p)), 1);
  });

  const typed: readonly (readonly [place: string, text: string, fraction: number | string])[] = [
    ["transformers/attention-by-hand/output", "(2, 3)", 1],
    ["transformers/attention-by-hand/output", "[6, 1]", 0.5],
    ["transformers/attention-parameters", "4*(512^2 + 512)", 1],
    ["transformers/block-parameters", "12d² + 13d", 1],
    ["transformers/block-parameters", "12 d^2", 0.5],
    ["transformers/vision-tokens/positions", "14*14 + 1", 1],
    ["transformers/layer-norm-by-hand/output", "(-1, -1, 3, 3)", 1],
    ["transformers/batch-against-layer/batch", "-1 -1; 1 1", 1],
    ["graphs/attention-on-edges/weights", "1/8, 1/4, 5/8", 1],
    ["graphs/gcn-coefficient/formula", "1/√((d_i+1)(d_j+1))", 1],
    ["graphs/gcn-coefficient/formula", "1/sqrt(d_i d_j)", 0.5],
    ["graphs/gcn-coefficient/number", "0.41", 1],
    ["self-supervision/infonce-by-hand/loss", "-ln(6/12)", 1],
    ["self-supervision/infonce-gradient/negative", "p_j/τ", 1],
    ["self-supervision/infonce-gradient/positive", "-(1-p_+)/τ", 1],
    ["self-supervision/infonce-gradient/positive", "(p_pos - 1)/tau", 1],
    ["self-supervision/temperature-ratio/low", "54.6", 1],
    ["self-supervision/slow-teacher/update", "mξ + (1-m)θ", 1],
    ["self-supervision/slow-teacher/update", "xi = m xi + (1-m) theta", 1],
    ["self-supervision/slow-teacher/share", "0.37", 1],
    ["self-supervision/masked-patches/saving", "1/16", 1],
    ["metrics/harmonic-mean", "0.67", 1],
    ["metrics/harmonic-mean", "0.75", 0],
    ["metrics/rare-disease/precision", "15.4%", 1],
    ["metrics/rare-disease/accuracy", "0.95", 1],
    ["metrics/cost-threshold/threshold", "c_FP/(c_FP + c_FN)", 1],
    ["metrics/cost-threshold/threshold", "\\frac{c_{FN}}{c_{FN}+c_{FP}}", 0.5],
    ["metrics/box-overlap/iou", "6/26", 1],
    ["metrics/box-overlap/dice", "2 IoU/(1 + IoU)", 1],
    ["metrics/macro-micro/macro", "0.794", 1],
    ["metrics/macro-micro/macro", "0.8", 0.5],
    ["metrics/error-bar/error", "1 %", 1],
    ["metrics/perplexity/ignorant", "50 000", 1],
    ["metrics/r-squared/value", "-1", 1],
    ["gans/best-discriminator/formula", "p_data/(p_data + p_g)", 1],
    ["gans/best-discriminator/formula", "D^*(x) = p_data(x)/(p_data(x) + p_g(x))", 1],
    ["gans/best-discriminator/formula", "D* = p_d/(p_d + p_g)", 1],
    ["gans/best-discriminator/formula", "D*(x) = p_g/(p_d + p_g)", 0.5],
    ["gans/one-sided-smoothing/formula", "α p_d/(p_d + p_g)", 1],
    ["gans/value-at-the-end/value", "-2 ln 2", 1],
    ["gans/value-at-the-end/value", "-0.693", 0.5],
    ["gans/wasserstein/loss", "D(G(z)) - D(x) + λ(γ-1)²", 1],
    ["gans/wasserstein/loss", "D_f - D_r + lambda*(1-gamma)^2", 1],
    ["recurrent/unrolled/state", "u x_3 + w(u x_2 + w u x_1)", 1],
    ["recurrent/unrolled/derivative", "2wu x_1 + u x_2", 1],
    ["recurrent/unrolled/derivative", "w u x_1 + u x_2", 0.5],
    ["recurrent/tanh-jacobian/formula", "w(1 - h_t²)", 1],
    ["recurrent/memory-length/simple", "1e-5", 1],
    ["recurrent/memory-length/lstm", "0.364", 1],
    ["recurrent/clipping/by-norm", "(3/5, 4/5)", 1],
    ["recurrent/lstm-parameters/lstm", "2560", 0.75],
  ];
  for (const [place, text, wanted] of typed) {
    it(`grade ${text} in ${place}`, () => {
      assert.equal(graded(place, text), wanted);
    });
  }
});
