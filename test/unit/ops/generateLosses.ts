/** Random calls of the losses over margins, pairs, triples and label sets. */
import { type Input } from "../support/operations";
import { type Generator, call, float, layer, shapeOf, sizes } from "./generate";

const margins: Generator = (random) => {
  const [batch, classes] = sizes(random, 2, 2, 4) as [number, number];
  const scores = random.once(4) ? [classes] : [batch, classes];
  const reduce = random.pick(["", "reduction='none'", "reduction='sum'", "reduction='mean'", "reduction='average'"]);
  const rest = reduce && `, ${reduce}`;
  const integers = (...shape: number[]): Input => ({ shape, dtype: "int64" });
  const labels = random.once(8) ? [batch + 1] : scores.slice(0, -1);
  const same = random.once(6) ? shapeOf(random) : scores;
  const pair = random.pick(["Cosine", "Ranking"]);
  return random.pick([
    layer(`nn.MultiMarginLoss(${reduce})`, float(...scores), integers(...labels)),
    call(`F.multi_margin_loss(x, y${rest})`, float(...scores), integers(...labels)),
    layer(`nn.MultiLabelMarginLoss(${reduce})`, float(...scores), integers(...same)),
    layer(`nn.SoftMarginLoss(${reduce})`, float(...scores), float(...same)),
    layer(`nn.MultiLabelSoftMarginLoss(${reduce})`, float(...scores), float(...same)),
    call(`F.cosine_embedding_loss(x, y, z${rest})`, float(...scores), float(...same), float(...labels)),
    call(
      pair === "Ranking" ? `F.margin_ranking_loss(x, y, z${rest})` : `nn.CosineEmbeddingLoss(${reduce})(x, y, z)`,
      float(...scores),
      float(...same),
      float(...(random.once(2) ? labels : scores)),
    ),
    layer(`nn.TripletMarginLoss(${reduce})`, float(...scores), float(...same), float(...scores)),
    layer(`nn.TripletMarginWithDistanceLoss(${reduce})`, float(...scores), float(...scores), float(...same)),
    layer(
      `nn.GaussianNLLLoss(${reduce})`,
      float(...scores),
      float(...same),
      float(...random.pick([scores, scores.slice(0, -1), [...scores.slice(0, -1), 1], same])),
    ),
    layer(
      `nn.${random.pick(["HuberLoss", "KLDivLoss", "PoissonNLLLoss", "HingeEmbeddingLoss"])}(${reduce})`,
      float(...scores),
      float(...same),
    ),
    call(
      `F.${random.pick(["huber_loss", "kl_div", "poisson_nll_loss"])}(x, y${rest})`,
      float(...scores),
      float(...same),
    ),
    layer(`nn.BCELoss(${reduce})`, float(...scores), float(...same)),
    call(`F.kl_div(x, y, reduction='batchmean')`, float(...scores), float(...same)),
  ]);
};

export const lossGenerators: Readonly<Record<string, Generator>> = { "losses of margins and pairs": margins };
