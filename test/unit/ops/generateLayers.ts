/** Random calls of layers and functionals: attention, recurrence, padding, resizing, and functions that get their weights. */
import { type Input } from "../support/operations";
import { type Random } from "../support/random";
import { type Generator, call, float, image, layer, options, perAxis, shapeOf, sizes, tuple } from "./generate";

const flag = (random: Random): string => random.pick(["True", "False"]);

/** A number that is right but for once in a while. */
const nearly = (random: Random, value: number, times = 10): number => (random.once(times) ? value + 1 : value);

const keywords = (all: string): string => all.replace(/^, /, "");

const attention: Generator = (random) => {
  const heads = random.integer(1, 3);
  const width = heads * random.integer(1, 3) + (random.once(12) ? 1 : 0);
  const [batch, queries, keys] = sizes(random, 3, 1, 4) as [number, number, number];
  const [kdim, vdim] = random.once(3) ? sizes(random, 2, 1, 5) : [width, width];
  const isFirst = random.once(2);
  const isBatched = !random.once(4);
  const shape = (length: number, size: number): number[] =>
    isBatched ? [...(isFirst ? [batch, length] : [length, batch]), size] : [length, size];
  const all = options(random, {
    bias: flag(random),
    add_bias_kv: flag(random),
    add_zero_attn: flag(random),
  });
  const own = kdim === width && vdim === width && random.once(2) ? "" : `, kdim=${kdim}, vdim=${vdim}`;
  const built = `nn.MultiheadAttention(${width}, ${heads}${own}, batch_first=${isFirst ? "True" : "False"}${all})`;
  const query = float(...shape(queries, nearly(random, width)));
  const key = float(...shape(nearly(random, keys, 12), kdim!));
  const value = float(...shape(keys, nearly(random, vdim!, 12)));
  const mask = random.pick([[], [], [nearly(random, queries), keys], [heads * (isBatched ? batch : 1), queries, keys]]);
  const masked = mask.length > 0 ? "attn_mask=w" : "";
  const wanted = keywords(
    options(random, { need_weights: flag(random), average_attn_weights: flag(random) }) + (masked && `, ${masked}`),
  );
  const inputs = [query, key, value, ...(masked ? [float(...mask)] : [])];
  return call(`${built}(x, y, z${wanted && `, ${wanted}`})[${random.pick(["0", ":"])}]`, ...inputs);
};

const transformer: Generator = (random) => {
  const heads = random.integer(1, 2);
  const width = heads * random.integer(1, 3) + (random.once(12) ? 1 : 0);
  const [batch, length, other] = sizes(random, 3, 1, 4) as [number, number, number];
  const isFirst = random.once(2);
  const shape = (count: number): Input =>
    float(...(isFirst ? [batch, count] : [count, batch]), nearly(random, width, 12));
  const first = `batch_first=${isFirst ? "True" : "False"}`;
  const rest = `${width}, ${heads}, dim_feedforward=4${options(random, { norm_first: flag(random), activation: "'gelu'", dropout: "0.0" })}`;
  const encoder = `nn.TransformerEncoderLayer(${rest}, ${first})`;
  const decoder = `nn.TransformerDecoderLayer(${rest}, ${first})`;
  const norm = random.pick(["", `, norm=nn.LayerNorm(${width})`, ", None"]);
  return random.pick([
    layer(encoder, shape(length)),
    layer(decoder, shape(length), shape(other)),
    layer(`nn.TransformerEncoder(${encoder}, ${random.integer(1, 3)}${norm})`, shape(length)),
    layer(`nn.TransformerDecoder(${decoder}, 2${norm})`, shape(length), shape(other)),
    layer(
      `nn.Transformer(${width}, ${heads}, 1, num_decoder_layers=2, dim_feedforward=5, ${first})`,
      shape(length),
      shape(other),
    ),
  ]);
};

const recurrent: Generator = (random) => {
  const kind = random.pick(["LSTM", "GRU", "RNN"]);
  const [input, hidden, batch, length] = sizes(random, 4, 1, 5) as [number, number, number, number];
  const [layers, projection] = [random.integer(1, 3), random.integer(1, 5)];
  const both = random.once(2);
  const isFirst = random.once(2);
  const projected = kind === "LSTM" && random.once(3);
  const all = options(random, { bias: flag(random), dropout: random.pick(["0.0", "0.5", "1.5"]) });
  const built = `nn.${kind}(${input}, ${hidden}, ${layers}, batch_first=${isFirst ? "True" : "False"}, bidirectional=${both ? "True" : "False"}${all}${projected ? `, proj_size=${projection}` : ""})`;
  const isBatched = !random.once(4);
  const width = nearly(random, input);
  const given = float(...(isBatched ? (isFirst ? [batch, length] : [length, batch]) : [length]), width);
  if (random.once(2)) return layer(built, given);
  const rows = (both ? 2 : 1) * layers;
  const state = (size: number): Input => float(nearly(random, rows, 15), ...(isBatched ? [batch] : []), size);
  const first = state(projected ? projection : hidden);
  return kind === "LSTM"
    ? call(`${built}(x, (y, z))`, given, first, state(hidden))
    : call(`${built}(x, y)`, given, first);
};

const cell: Generator = (random) => {
  const kind = random.pick(["LSTM", "GRU", "RNN"]);
  const [input, hidden, batch] = sizes(random, 3, 1, 5) as [number, number, number];
  const built = `nn.${kind}Cell(${input}, ${hidden}${options(random, { bias: flag(random) })})`;
  const front = random.once(4) ? [] : [batch];
  const given = float(...front, nearly(random, input));
  if (random.once(2)) return layer(built, given);
  const state = float(...front, nearly(random, hidden));
  return kind === "LSTM"
    ? call(`${built}(x, (y, z))`, given, state, float(...front, hidden))
    : call(`${built}(x, y)`, given, state);
};

const padding: Generator = (random) => {
  const rank = random.integer(1, 3);
  const input = float(...sizes(random, random.pick([rank + 1, rank + 2, random.integer(1, 5)]), 1, 5));
  const count = random.pick([2 * rank, 2 * rank, 2, 4, 3]);
  const list = tuple(sizes(random, count, random.pick([-1, 0]), 3));
  const kind = random.pick(["Reflection", "Replication", "Zero", "Constant"]);
  const axes = kind === "Zero" ? 2 : rank;
  const given = random.pick([String(random.integer(-1, 3)), tuple(sizes(random, 2 * axes, 0, 3))]);
  return random.pick([
    call(`F.pad(x, ${list})`, input),
    call(`F.pad(x, ${list}, value=1.0)`, input),
    call(`F.pad(x, ${list}, mode=${random.pick(["'reflect'", "'replicate'", "'circular'", "'constant'"])})`, input),
    layer(`nn.${kind}Pad${axes}d(${given}${kind === "Constant" ? ", 0.5" : ""})`, input),
  ]);
};

const resizing: Generator = (random) => {
  const rank = random.integer(1, 3);
  const input = image(random, rank, 2, !random.once(8));
  const factor = (): string => random.pick(["2", "3", "0.5", "1.5", "0.3", "2.0"]);
  const factors = random.once(3) ? tuple(Array.from({ length: rank }, factor)) : factor();
  const size = random.once(10)
    ? `size=${perAxis(random, rank, 1, 9)}, scale_factor=2`
    : `size=${perAxis(random, rank, 1, 9)}`;
  const how = random.pick([size, `scale_factor=${factors}`]);
  const mode = random.pick(["", "", `, mode='${["linear", "bilinear", "trilinear"][rank - 1]!}'`, ", mode='area'"]);
  return random.pick([
    call(`F.interpolate(x, ${how}${mode})`, input),
    layer(`nn.Upsample(${how}${mode})`, input),
    layer(`nn.UpsamplingNearest2d(scale_factor=${random.integer(1, 3)})`, input),
  ]);
};

const vision: Generator = (random) => {
  const [batch, channels, height, width] = sizes(random, 4, 1, 8) as [number, number, number, number];
  const factor = random.integer(1, 3);
  const input = float(batch, channels * random.pick([1, factor * factor]), height, width);
  const three = random.once(4) ? float(...input.shape.slice(1)) : input;
  const all = `${perAxis(random, 2, 1, 3)}${options(random, {
    dilation: perAxis(random, 2, 1, 2),
    padding: perAxis(random, 2, 0, 1),
    stride: perAxis(random, 2, 1, 2),
  })}`;
  const kernel = sizes(random, 2, 1, 2);
  const columns = (height - kernel[0]! + 1) * (width - kernel[1]! + 1);
  const volume = kernel[0]! * kernel[1]!;
  const folded = float(batch, channels * volume + (random.once(8) ? 1 : 0), nearly(random, Math.max(columns, 1)));
  const axes = random.integer(2, 3);
  const grid = float(nearly(random, batch), ...sizes(random, nearly(random, axes), 1, 4), nearly(random, axes));
  return random.pick([
    layer(`nn.PixelShuffle(${factor})`, three),
    call(`F.pixel_shuffle(x, ${factor})`, three),
    layer(`nn.PixelUnshuffle(${factor})`, three),
    call(`F.pixel_unshuffle(x, ${factor})`, three),
    layer(`nn.ChannelShuffle(${factor})`, input),
    layer(`nn.Unfold(${all})`, three),
    call(`F.unfold(x, ${all})`, three),
    call(`F.fold(x, (${height}, ${width}), ${tuple(kernel)})`, folded),
    layer(
      `nn.Fold((${height}, ${width}), ${tuple(kernel)})`,
      random.once(3) ? float(...folded.shape.slice(1)) : folded,
    ),
    call("F.grid_sample(x, y, align_corners=False)", float(batch, channels, ...sizes(random, axes, 1, 5)), grid),
    call(
      `F.affine_grid(x, (${batch}, 2, ${height}, ${width}), align_corners=False)`,
      float(batch, nearly(random, 2), 3),
    ),
  ]);
};

const weighted: Generator = (random) => {
  const rank = random.integer(1, 3);
  const groups = random.pick([1, 1, 2]);
  const [before, after] = [groups * random.integer(1, 3), groups * random.integer(1, 3)];
  const kernel = sizes(random, rank, 1, 3);
  const grouped = groups === 1 ? "" : `, groups=${groups}`;
  const all = {
    stride: perAxis(random, rank, 1, 3),
    padding: perAxis(random, rank, 0, 2),
    dilation: perAxis(random, rank, 1, 2),
  };
  const input = image(random, rank, before);
  const bias = random.once(3) ? [float(after)] : [];
  const third = bias.length > 0 ? ", z" : "";
  return random.once(2)
    ? call(
        `F.conv${rank}d(x, y${third}${options(random, all)}${grouped})`,
        input,
        float(nearly(random, after, 12), before / groups, ...kernel),
        ...bias,
      )
    : call(
        `F.conv_transpose${rank}d(x, y${third}${options(random, all)}${grouped})`,
        input,
        float(before, after / groups, ...kernel),
        ...bias,
      );
};

const rarePooling: Generator = (random) => {
  const rank = random.integer(1, 3);
  const input = image(random, rank, 2);
  const some = random.integer(1, 2);
  // Versions differ in whether the windows may fill the input exactly.
  const fractional = [random.integer(5, 9), random.integer(5, 9)];
  const flat = image(random, some, 2);
  const unpooled = `${perAxis(random, rank, 1, 3)}${options(random, { stride: perAxis(random, rank, 1, 2) })}`;
  const power = `2, ${some === 1 ? random.integer(1, 3) : perAxis(random, some, 1, 3)}${options(random, {
    stride: some === 1 ? String(random.integer(1, 3)) : perAxis(random, some, 1, 3),
    ceil_mode: flag(random),
  })}`;
  return random.pick([
    layer(`nn.MaxUnpool${rank}d(${unpooled})`, input, { shape: input.shape, dtype: "int64" }),
    layer(`nn.LPPool${some}d(${power})`, flat),
    call(`F.lp_pool${some}d(x, ${power})`, flat),
    call(`F.adaptive_avg_pool${rank}d(x, ${perAxis(random, rank, 2, 4)})`, image(random, rank, 3)),
    layer(`nn.FractionalMaxPool2d(2, output_size=${perAxis(random, 2, 1, 3)})`, float(2, 3, ...fractional)),
  ]);
};

const normalised: Generator = (random) => {
  const rank = random.integer(0, 3);
  const channels = random.integer(2, 4);
  const input = float(random.integer(2, 3), channels, ...sizes(random, rank, 2, 4));
  const own = float(nearly(random, channels));
  const last = input.shape.slice(-random.integer(1, 2));
  return random.pick([
    call("F.batch_norm(x, y, z)", input, own, float(channels)),
    call("F.batch_norm(x, None, None, training=True)", input),
    call("F.instance_norm(x, weight=y, bias=y)", input, own),
    call(`F.group_norm(x, ${random.integer(1, 3)})`, input),
    call(`F.group_norm(x, 1, y, z)`, input, own, float(channels)),
    call(`F.layer_norm(x, ${tuple(random.once(6) ? [...last, 2] : last)})`, input),
    call(`F.layer_norm(x, x.shape[-1:], y)`, input, float(nearly(random, input.shape.at(-1)!))),
    call("F.local_response_norm(x, 2)", input),
    layer("nn.LocalResponseNorm(2)", input),
    layer(`nn.GroupNorm(${random.integer(1, 3)}, ${channels}, affine=${flag(random)})`, input),
  ]);
};

const activation: Generator = (random) => {
  const input = float(...shapeOf(random));
  const rank = input.shape.length;
  const dim = random.integer(-rank - 1, rank);
  return random.pick([
    layer(`nn.GLU(${dim})`, input),
    call(`F.glu(x, ${dim})`, input),
    call("F.glu(x)", input),
    layer("nn.Softmax2d()", input),
    call("F.prelu(x, y)", input, float(random.integer(1, 3))),
    call("F.gumbel_softmax(x, hard=True)", input),
    layer(`nn.${random.pick(["Hardshrink", "RReLU", "Tanhshrink", "Softsign", "Hardswish"])}()`, input),
    layer(
      `nn.${random.pick(["Dropout", "AlphaDropout", "Dropout2d"])}(${random.pick(["0.5", "1", "-0.1", "1.5"])})`,
      input,
    ),
    call(`F.${random.pick(["celu", "hardshrink", "tanhshrink", "rrelu", "softshrink"])}(x)`, input),
    layer("nn.PReLU(2)", input),
  ]);
};

const linears: Generator = (random) => {
  const [before, other, after] = sizes(random, 3, 1, 4) as [number, number, number];
  const front = shapeOf(random, 2);
  const second = random.once(8) ? [...front, 2] : front;
  return random.pick([
    call("F.linear(x, y)", float(...front, nearly(random, before)), float(after, before)),
    call("F.linear(x, y, z)", float(...front, before), float(after, before), float(after)),
    call("F.linear(x, y)", float(...front, 3, before), float(before)),
    layer(
      `nn.Bilinear(${before}, ${other}, ${after})`,
      float(...front, before),
      float(...second, nearly(random, other)),
    ),
    call("F.bilinear(x, y, z)", float(...front, before), float(...second, other), float(after, before, other)),
    layer(`nn.Linear(${random.pick([-1, before])}, ${after})`, float(...front, before)),
  ]);
};

const lookups: Generator = (random) => {
  const [count, width, length] = sizes(random, 3, 2, 5) as [number, number, number];
  const input: Input = { shape: shapeOf(random, 2), dtype: random.once(8) ? "float32" : "int64" };
  const offsets: Input = { shape: [length], dtype: "int64" };
  const last = options(random, { include_last_offset: flag(random), mode: "'sum'" });
  return random.pick([
    call("F.embedding(x, y)", input, float(count, width)),
    layer(`nn.Embedding(${count}, ${width}, padding_idx=${random.integer(-6, 6)})`, input),
    layer(`nn.EmbeddingBag(${count}, ${width}, mode='sum')`, input),
    call(`nn.EmbeddingBag(${count}, ${width}${last})(x, y)`, input, offsets),
    call(`F.embedding_bag(x, y, z${last})`, input, float(count, width), offsets),
    call(`F.one_hot(x, ${random.integer(1, 4)})`, { ...input, dtype: "int64" }),
  ]);
};

const distance: Generator = (random) => {
  const shape = shapeOf(random);
  const other = shape.map((size) => (random.once(5) ? 1 : nearly(random, size, 12))).slice(random.integer(0, 1));
  const both = [float(...shape), float(...other)];
  const dim = random.integer(-shape.length - 1, shape.length);
  return random.pick([
    call(`F.cosine_similarity(x, y, dim=${dim})`, ...both),
    layer(`nn.CosineSimilarity(dim=${dim})`, ...both),
    layer(`nn.PairwiseDistance(${options(random, { keepdim: flag(random) }).replace(", ", "")})`, ...both),
    call("F.pairwise_distance(x, y)", ...both),
    call("torch.cdist(x, y)", ...both),
    call("F.pdist(x)", float(...shape)),
  ]);
};

export const layerGenerators: Readonly<Record<string, Generator>> = {
  attention,
  transformers: transformer,
  "recurrent layers": recurrent,
  "recurrent cells": cell,
  paddings: padding,
  resizing,
  "vision layers": vision,
  "functions with weights": weighted,
  "rare poolings": rarePooling,
  "functions that normalise": normalised,
  "more activations": activation,
  "linear functions": linears,
  lookups,
  distances: distance,
};
