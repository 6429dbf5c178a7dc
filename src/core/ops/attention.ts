/** Attention (https://pytorch.org/docs/stable/generated/torch.nn.MultiheadAttention.html). */
import { broadcast } from "../shape/broadcast";
import { equals } from "../shape/bounds";
import { type Dim, add, constant, divideExactly, multiply, product } from "../shape/dim";
import { printDim, printShape } from "../shape/notation";
import { type Shape, knownDims } from "../shape/shape";
import { flagArgument, shapeArgument, sizeOf, tensorArgument } from "./arguments";
import { type OperationCall, type Outcome, type Refusal, isRefusal, refuse } from "./call";
import { type Operation, module, operation } from "./define";
import { isRefused, knownSizes, sequenceArgument, sequenceAxes } from "./sequence";
import { type SizeFunction, type SizeValue, isDim, isShape, truth } from "./sizes";
import { type OpValue, bool, int, none, tensor, unknown } from "./value";

/** The sizes that an attention works on. The batch is 1 where there is none. */
interface Sizes {
  readonly batch: Dim;
  readonly queries: Dim;
  readonly keys: Dim;
}

function attend(call: OperationCall): Outcome {
  const embedding = sizeOf(call.values.get("embed_dim"));
  const batchFirst = flagArgument(call, "batch_first");
  const q = sequenceArgument(call, "query", embedding, batchFirst);
  const k = sequenceArgument(call, "key", sizeOf(call.values.get("kdim")) ?? embedding, batchFirst);
  const v = sequenceArgument(call, "value", sizeOf(call.values.get("vdim")) ?? embedding, batchFirst);
  if (isRefused(q)) return q;
  if (isRefused(k)) return k;
  if (isRefused(v)) return v;
  const input = tensorArgument(call, "query");
  if (!q || !k || !v || !input) return unknown("the ranks of query, key and value are not known");
  if (q.length !== 2 && q.length !== 3) return refuse("expects 2 or 3 dimensions", printShape(q), input);
  if (q.length === 3 && batchFirst === undefined) return unknown("whether the batch comes first is not known");
  const { batch, sequence } = sequenceAxes(q.length, batchFirst ?? false);
  const problem = unpaired(call, "key", k, q, batch, q) ?? unpaired(call, "value", v, k, sequence, q);
  if (problem) return problem;
  const sizes = { batch: batch === undefined ? constant(1) : q[batch]!, queries: q[sequence]!, keys: k[sequence]! };
  const misfit = masksFit(call, sizes, batch !== undefined);
  if (misfit) return misfit;
  return {
    kind: "tuple",
    items: [tensor(call.facts.resolveShape(q), input.dtype), weights(call, sizes, batch !== undefined)],
  };
}

/** Keys must come with the queries' batch, and values with the keys. */
function unpaired(
  call: OperationCall,
  name: string,
  dims: readonly Dim[],
  partner: readonly Dim[],
  axis: number | undefined,
  queries: readonly Dim[],
): Refusal | undefined {
  const batch = queries.length === 2 ? [] : [sequenceAxes(3, flagArgument(call, "batch_first") ?? false).batch!];
  const axes = [...new Set([...batch, ...(axis === undefined ? [] : [axis])])];
  const fits =
    dims.length === queries.length &&
    dims.length === partner.length &&
    axes.every((at) => call.facts.equate(dims[at]!, partner[at]!) !== "no");
  return fits
    ? undefined
    : refuse(`expects a ${name} that goes with ${printShape(partner)}`, printShape(dims), tensorArgument(call, name));
}

/** PyTorch wants masks of exactly the right shape; one of two dimensions serves all examples. */
function masksFit(call: OperationCall, { batch, queries, keys }: Sizes, batched: boolean): Refusal | undefined {
  const heads = sizeOf(call.values.get("num_heads"));
  const wanted: Record<string, (Dim[] | undefined)[]> = {
    attn_mask: [[queries, keys], heads && [multiply(batch, heads), queries, keys]],
    key_padding_mask: [batched ? [batch, keys] : [keys]],
  };
  for (const [name, shapes] of Object.entries(wanted)) {
    const mask = tensorArgument(call, name);
    const dims = mask && knownDims(call.facts.resolveShape(mask.shape));
    if (!dims || shapes.includes(undefined)) continue;
    const expected = shapes.find((shape) => shape!.length === dims.length);
    if (expected?.every((size, i) => call.facts.equate(size, dims[i]!) !== "no")) continue;
    return refuse(`expects ${name} of shape ${printShape(expected ?? shapes[0]!)}`, printShape(dims), mask);
  }
  return undefined;
}

/** The attention weights, averaged over the heads or one by one; `None` where nobody wants them. */
function weights(call: OperationCall, { batch, queries, keys }: Sizes, batched: boolean): OpValue {
  const wanted = flagArgument(call, "need_weights");
  const averaged = flagArgument(call, "average_attn_weights");
  const heads = sizeOf(call.values.get("num_heads"));
  const added = ["add_bias_kv", "add_zero_attn"].map((name) => flagArgument(call, name));
  if (wanted === false) return none;
  if (wanted === undefined || averaged === undefined || added.includes(undefined) || !heads)
    return unknown("which attention weights come out is not known");
  const seen = add(keys, constant(added.filter(Boolean).length));
  const front = [...(batched ? [batch] : []), ...(averaged ? [] : [heads])];
  return tensor(call.facts.resolveShape([...front, queries, seen]), tensorArgument(call, "query")!.dtype);
}

/** Multiply-adds of the three projections in, the two products of the heads, and the projection out. */
const attentionWork: SizeFunction = (_, names) => {
  const [q, k, v] = ["query", "key", "value"].map((name) => knownSizes(names(name)));
  const embedding = names("embed_dim");
  if (!isDim(embedding) || !q || !k || !v) return undefined;
  const projections = [q, k, v, [...q.slice(0, -1), embedding]].map((dims) => multiply(product(dims), embedding));
  const { sequence } = sequenceAxes(q.length, truth(names("batch_first")) ?? false);
  const extra = ["add_bias_kv", "add_zero_attn"].filter((name) => truth(names(name))).length;
  const products = multiply(product([...q.slice(0, -1), embedding, add(k[sequence]!, constant(extra))]), constant(2));
  return [...projections, products].reduce(add);
};

/** What the layer does, with the weights of its projections handed in; the width of the result is the last one's. */
function attendWith(call: OperationCall): Outcome {
  const separate = flagArgument(call, "use_separate_proj_weight");
  if (separate === undefined) return unknown("which weights project the input is not known");
  const widthOf = (name: string): Dim | undefined => knownSizes(shapeArgument(call, name))?.[1];
  const projected = widthOf("out_proj_weight") && knownSizes(shapeArgument(call, "out_proj_weight"))?.[0];
  const [keys, values] = separate ? [widthOf("k_proj_weight"), widthOf("v_proj_weight")] : [];
  if (!projected || (separate && (!keys || !values))) return unknown("the weights are not known");
  const bias = call.values.get("bias_k");
  const named = new Map<string, OpValue>([
    ...call.values,
    ["embed_dim", call.values.get("embed_dim_to_check") ?? none],
    ["kdim", keys ? int(keys) : none],
    ["vdim", values ? int(values) : none],
    ["batch_first", bool(false)],
    ["add_bias_kv", bool(bias === undefined || bias.kind === "none" ? false : bias.kind === "tensor" || undefined)],
  ]);
  const result = attend({ ...call, values: named });
  const [attended, seen] = isRefusal(result) || result.kind !== "tuple" ? [] : result.items;
  if (attended?.kind !== "tensor" || !seen) return result;
  return { kind: "tuple", items: [tensor([...attended.shape.slice(0, -1), projected], attended.dtype), seen] };
}

/** Scaled dot-product attention over any leading dimensions, which are broadcast. */
function scaledDotProduct(call: OperationCall): Outcome {
  const names = ["query", "key", "value"] as const;
  const values = names.map((name) => tensorArgument(call, name));
  const [q, k, v] = names.map((name) => knownSizes(shapeArgument(call, name)));
  const [input, key, value] = values;
  if (!q || !k || !v || !input) return unknown("the ranks of query, key and value are not known");
  const short = [q, k, v].findIndex((dims) => dims.length < 2);
  if (short >= 0) return refuse("expects at least 2 dimensions", printShape([q, k, v][short]!), values[short]);
  if (call.facts.equate(q.at(-1)!, k.at(-1)!) === "no")
    return refuse(`expects a key of ${printDim(q.at(-1)!)} features`, k.at(-1)!, key, k.length - 1);
  if (call.facts.equate(k.at(-2)!, v.at(-2)!) === "no")
    return refuse(`expects ${printDim(k.at(-2)!)} values`, v.at(-2)!, value, v.length - 2);
  const mask = tensorArgument(call, "attn_mask");
  const scores = [q.at(-2)!, k.at(-2)!];
  if (mask && broadcast(mask.shape, scores, call.facts).kind === "mismatch")
    return refuse(
      `expects attn_mask of shape ${printShape(scores)}`,
      printShape(call.facts.resolveShape(mask.shape)),
      mask,
    );
  const grouped = flagArgument(call, "enable_gqa") !== false;
  const [queryFront, keyFront, valueFront] = [q, k, v].map((dims) => dims.slice(0, grouped ? -3 : -2)) as [
    Dim[],
    Dim[],
    Dim[],
  ];
  let front: Shape = queryFront;
  for (const other of [keyFront, valueFront]) {
    const common = broadcast(front, other, call.facts);
    if (common.kind === "mismatch") return refuse(`cannot broadcast ${printShape(front)} and`, printShape(other), key);
    front = common.shape;
  }
  const heads = grouped ? q.slice(-3, -2) : [];
  return tensor(call.facts.resolveShape([...front, ...heads, q.at(-2)!, v.at(-1)!]), input.dtype);
}

/** The scores and the weighted sum. */
const productsWork: SizeFunction = ([output], names) => {
  const [q, k] = ["query", "key"].map((name) => knownSizes(names(name)));
  const value = names("value");
  const width = isShape(value) ? value.at(-1) : undefined;
  const keys = k?.at(-2);
  if (!isDim(output) || !isDim(width as SizeValue) || !q || !keys) return undefined;
  const weighted = multiply(output, keys);
  const scored = divideExactly(weighted, width as Dim);
  return scored && add(weighted, multiply(scored, q.at(-1)!));
};

const isPacked: SizeFunction = (_, names) => {
  const embedding = names("embed_dim");
  const others = ["kdim", "vdim"].map((name) => names(name));
  if (others.every((size) => size === null)) return true;
  const answers = others.map((size) =>
    size === null ? "yes" : isDim(size) && isDim(embedding) ? equals(size, embedding) : "maybe",
  );
  return answers.includes("no") ? false : answers.includes("maybe") ? undefined : true;
};

export const attentions: readonly Operation[] = [
  ...module(
    "nn.MultiheadAttention(embed_dim, num_heads, dropout=0.0, bias=True, add_bias_kv=False, add_zero_attn=False, kdim=None, vdim=None, batch_first=False)",
    {
      says: "Lets every query take a weighted mean of the values, once for each head.",
      forward:
        "forward(query, key, value, key_padding_mask=None, need_weights=True, attn_mask=None, average_attn_weights=True, is_causal=False)",
      result: attend,
      attributes: { kdim: "kdim or embed_dim", vdim: "vdim or embed_dim", head_dim: "embed_dim // num_heads" },
      requires: {
        "num_heads > 0": "at least one head in num_heads",
        "embed_dim > 0": "a positive embed_dim",
        "embed_dim % num_heads == 0": "embed_dim divisible by num_heads",
      },
      parameters: {
        in_proj_weight: "(3 * embed_dim, embed_dim) if packed()",
        q_proj_weight: "(embed_dim, embed_dim) if not packed()",
        k_proj_weight: "(embed_dim, kdim or embed_dim) if not packed()",
        v_proj_weight: "(embed_dim, vdim or embed_dim) if not packed()",
        in_proj_bias: "(3 * embed_dim,) if bias",
        bias_k: "(1, 1, embed_dim) if add_bias_kv",
        bias_v: "(1, 1, embed_dim) if add_bias_kv",
      },
      children: { out_proj: "NonDynamicallyQuantizableLinear(embed_dim, embed_dim, bias)" },
      functions: { packed: isPacked, work: attentionWork },
      macs: "work()",
      example: "nn.MultiheadAttention(8, 2, batch_first=True): (2, 5, 8), (2, 7, 8), (2, 7, 8) -> (2, 5, 8), (2, 5, 7)",
    },
  ),
  ...module("nn.modules.linear.NonDynamicallyQuantizableLinear(in_features, out_features, bias=True)", {
    says: "The linear layer behind the heads of an attention.",
    shape: "(*, in_features) -> (*, out_features)",
    parameters: { weight: "(out_features, in_features)", bias: "(out_features,) if bias" },
    macs: "output * in_features",
    example: "nn.modules.linear.NonDynamicallyQuantizableLinear(3, 4): (2, 3) -> (2, 4)",
  }),
  ...operation(
    "F.multi_head_attention_forward(query, key, value, embed_dim_to_check, num_heads, in_proj_weight, in_proj_bias, bias_k, bias_v, add_zero_attn, dropout_p, out_proj_weight, out_proj_bias, training=True, key_padding_mask=None, need_weights=True, attn_mask=None, use_separate_proj_weight=False, q_proj_weight=None, k_proj_weight=None, v_proj_weight=None, static_k=None, static_v=None, average_attn_weights=True)",
    {
      says: "The attention of several heads, with the weights of its projections as arguments.",
      result: attendWith,
      requires: { "embed_dim_to_check % num_heads == 0": "embed_dim divisible by num_heads" },
      example:
        "F.multi_head_attention_forward(x, x, x, 8, 2, y, None, None, None, False, 0.0, z, None): (5, 2, 8), (24, 8), (6, 8) -> (5, 2, 6), (2, 5, 5)",
    },
  ),
  ...operation(
    "F.scaled_dot_product_attention(query, key, value, attn_mask=None, dropout_p=0.0, is_causal=False, scale=None, enable_gqa=False)",
    {
      says: "Weighs the values by the softmax of the scaled products of queries and keys.",
      since: "2.0",
      result: scaledDotProduct,
      functions: { work: productsWork },
      macs: "work(output)",
      example: "F.scaled_dot_product_attention(x, y, z): (2, 4, 5, 8), (2, 4, 7, 8), (2, 4, 7, 6) -> (2, 4, 5, 6)",
    },
  ),
];
