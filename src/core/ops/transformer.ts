/** Transformers (https://pytorch.org/docs/stable/nn.html#transformer-layers): layers made of other layers. */
import { type Operation, module } from "./define";
import { unknown } from "./value";

const sizes = "d_model, nhead, dim_feedforward=2048, dropout=0.1, activation='relu', layer_norm_eps=1e-05";
const order = "batch_first=False, norm_first=False, bias=True";
const attention = "MultiheadAttention(d_model, nhead, dropout, bias, False, False, None, None, batch_first)";
const norm = "LayerNorm(d_model, layer_norm_eps, True, bias)";
const dropout = "Dropout(dropout)";
const feedForward = {
  linear1: "Linear(d_model, dim_feedforward, bias)",
  dropout,
  linear2: "Linear(dim_feedforward, d_model, bias)",
};

const heads = { "nhead > 0": "at least one head in nhead", "d_model % nhead == 0": "d_model divisible by nhead" };

/** The steps that `norm_first` puts in another order give the same shapes: each block keeps that of its input. */
const runsInside = (): ReturnType<typeof unknown> => unknown("it is run layer by layer");

export const transformers: readonly Operation[] = [
  ...module(`nn.TransformerEncoderLayer(${sizes}, ${order})`, {
    says: "Self-attention and a feed-forward network, each with a residual connection and a normalisation.",
    forward: "forward(src, src_mask=None, src_key_padding_mask=None, is_causal=False)",
    requires: heads,
    children: {
      self_attn: attention,
      ...feedForward,
      norm1: norm,
      norm2: norm,
      dropout1: dropout,
      dropout2: dropout,
      activation: "activation",
    },
    steps: [
      "src, weights = self_attn(src, src, src, src_key_padding_mask, False, src_mask)",
      "src = dropout1(src)",
      "src = norm1(src)",
      "hidden = linear1(src)",
      "hidden = dropout(hidden)",
      "src = linear2(hidden)",
      "src = dropout2(src)",
      "src = norm2(src)",
    ],
    result: runsInside,
    example: "nn.TransformerEncoderLayer(8, 2, 16, batch_first=True): (2, 5, 8) -> (2, 5, 8)",
  }),
  ...module(`nn.TransformerDecoderLayer(${sizes}, ${order})`, {
    says: "Self-attention, attention to what an encoder gave, and a feed-forward network.",
    forward:
      "forward(tgt, memory, tgt_mask=None, memory_mask=None, tgt_key_padding_mask=None, memory_key_padding_mask=None, tgt_is_causal=False, memory_is_causal=False)",
    requires: heads,
    children: {
      self_attn: attention,
      multihead_attn: attention,
      ...feedForward,
      norm1: norm,
      norm2: norm,
      norm3: norm,
      dropout1: dropout,
      dropout2: dropout,
      dropout3: dropout,
      activation: "activation",
    },
    steps: [
      "tgt, weights = self_attn(tgt, tgt, tgt, tgt_key_padding_mask, False, tgt_mask)",
      "tgt = dropout1(tgt)",
      "tgt = norm1(tgt)",
      "tgt, weights = multihead_attn(tgt, memory, memory, memory_key_padding_mask, False, memory_mask)",
      "tgt = dropout2(tgt)",
      "tgt = norm2(tgt)",
      "hidden = linear1(tgt)",
      "hidden = dropout(hidden)",
      "tgt = linear2(hidden)",
      "tgt = dropout3(tgt)",
      "tgt = norm3(tgt)",
    ],
    result: runsInside,
    example: "nn.TransformerDecoderLayer(8, 2, 16): (5, 2, 8), (7, 2, 8) -> (5, 2, 8)",
  }),
  ...module("nn.TransformerEncoder(encoder_layer, num_layers, norm=None, enable_nested_tensor=True, mask_check=True)", {
    says: "A stack of copies of one encoder layer.",
    forward: "forward(src, mask=None, src_key_padding_mask=None, is_causal=None)",
    children: { layers: "copies(encoder_layer, num_layers)", norm: "norm" },
    steps: ["src = each(layers, src, mask, src_key_padding_mask)", "src = norm(src)"],
    result: runsInside,
    example:
      "nn.TransformerEncoder(nn.TransformerEncoderLayer(8, 2, 16), 2, norm=nn.LayerNorm(8)): (5, 2, 8) -> (5, 2, 8)",
  }),
  ...module("nn.TransformerDecoder(decoder_layer, num_layers, norm=None)", {
    says: "A stack of copies of one decoder layer.",
    forward:
      "forward(tgt, memory, tgt_mask=None, memory_mask=None, tgt_key_padding_mask=None, memory_key_padding_mask=None, tgt_is_causal=None, memory_is_causal=False)",
    children: { layers: "copies(decoder_layer, num_layers)", norm: "norm" },
    steps: [
      "tgt = each(layers, tgt, memory, tgt_mask, memory_mask, tgt_key_padding_mask, memory_key_padding_mask)",
      "tgt = norm(tgt)",
    ],
    result: runsInside,
    example: "nn.TransformerDecoder(nn.TransformerDecoderLayer(8, 2, 16), 2): (5, 2, 8), (7, 2, 8) -> (5, 2, 8)",
  }),
  ...module(
    "nn.Transformer(d_model=512, nhead=8, num_encoder_layers=6, num_decoder_layers=6, dim_feedforward=2048, dropout=0.1, activation='relu', custom_encoder=None, custom_decoder=None, layer_norm_eps=1e-05, batch_first=False, norm_first=False, bias=True)",
    {
      says: "An encoder of the source and a decoder of the target.",
      forward:
        "forward(src, tgt, src_mask=None, tgt_mask=None, memory_mask=None, src_key_padding_mask=None, tgt_key_padding_mask=None, memory_key_padding_mask=None, src_is_causal=None, tgt_is_causal=None, memory_is_causal=False)",
      requires: heads,
      children: {
        encoder:
          "custom_encoder or TransformerEncoder(TransformerEncoderLayer(d_model, nhead, dim_feedforward, dropout, activation, layer_norm_eps, batch_first, norm_first, bias), num_encoder_layers, LayerNorm(d_model, layer_norm_eps, True, bias))",
        decoder:
          "custom_decoder or TransformerDecoder(TransformerDecoderLayer(d_model, nhead, dim_feedforward, dropout, activation, layer_norm_eps, batch_first, norm_first, bias), num_decoder_layers, LayerNorm(d_model, layer_norm_eps, True, bias))",
      },
      steps: [
        "memory = encoder(src, src_mask, src_key_padding_mask)",
        "tgt = decoder(tgt, memory, tgt_mask, memory_mask, tgt_key_padding_mask, memory_key_padding_mask)",
      ],
      result: runsInside,
      example: "nn.Transformer(8, 2, 1, 1, 16): (5, 2, 8), (7, 2, 8) -> (7, 2, 8)",
    },
  ),
];
