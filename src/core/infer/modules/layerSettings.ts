/** Arguments of a layer that the program changed after it was built: `conv.stride = (1, 1)`. */
import { type OpValue } from "../../ops/value";
import { equals } from "../../shape/bounds";
import { classAttribute, linearised } from "../classes/classes";
import { toOpValue } from "../tensors/opValues";
import { type InstanceValue, type Layer } from "../values/value";

/** What the `forward` of PyTorch's layers reads of their arguments; all else it takes from their parameters, or not at all. */
const readByForward: readonly (readonly [layers: RegExp, names: string])[] = [
  [/^Conv\dd$/, "stride padding dilation"],
  [/^ConvTranspose\dd$/, "stride padding output_padding dilation"],
  [/^(Max|Avg|LP)Pool\dd$/, "kernel_size stride padding dilation ceil_mode return_indices"],
  [/^MaxUnpool\dd$/, "kernel_size stride padding"],
  [/^Adaptive\w+Pool\dd$/, "output_size return_indices"],
  [/^Upsample$/, "size scale_factor"],
  [/^(Fold|Unfold)$/, "output_size kernel_size dilation padding stride"],
  [/^\w+Pad\dd$/, "padding"],
  [/^Flatten$/, "start_dim end_dim"],
  [/^Unflatten$/, "dim unflattened_size"],
  [/^Pixel(Uns|S)huffle$/, "upscale_factor downscale_factor"],
  [/^(RNN|LSTM|GRU|MultiheadAttention)$/, "batch_first"],
  [/Loss$/, "reduction"],
];

/** Arguments that the parameters no longer fit once they are changed. */
const fixed: readonly (readonly [layers: RegExp, names: string])[] = [
  [/^Conv/, "groups"],
  [/^(RNN|LSTM|GRU)(Cell)?$/, "input_size hidden_size num_layers bidirectional proj_size"],
  [/^MultiheadAttention$/, "embed_dim num_heads"],
];

function namesFor({ operation }: Layer, table: typeof fixed): readonly string[] {
  const layer = operation.qualifiedName.replace("torch.nn.", "");
  return table.filter(([layers]) => layers.test(layer)).flatMap(([, names]) => names.split(" "));
}

/** Arguments that PyTorch keeps on a layer under their names, whatever stood there before. */
export const keptArguments = (layer: Layer): readonly string[] => namesFor(layer, [...readByForward, ...fixed]);

/** The layer with the arguments that its `forward` finds; undefined where it is not known what it does with them. */
export function layerNow({ attributes, type }: InstanceValue, layer: Layer): Layer | undefined {
  const { call } = layer;
  const order = linearised(type);
  const changed = (name: string): OpValue | undefined => {
    const own = attributes.get(name);
    return own && call.values.has(name) ? toOpValue(own) : undefined;
  };
  const isOther = (name: string): boolean => {
    const [now, built] = [changed(name), call.values.get(name)];
    if (now?.kind === "bool" && built?.kind === "bool") return now.value !== built.value;
    return now?.kind === "int" && built?.kind === "int" && equals(now.value, built.value) !== "yes";
  };
  const read = namesFor(layer, readByForward).filter((name) => !isPaddedBefore(layer, name));
  // A property of the class goes before what is set.
  if (namesFor(layer, fixed).some(isOther) || read.some((name) => classAttribute(order, name)?.kind === "function"))
    return undefined;
  const values = read.flatMap((name) => {
    const value = changed(name);
    return value ? [[name, value] as const] : [];
  });
  return values.length > 0 ? { ...layer, call: { ...call, values: new Map([...call.values, ...values]) } } : layer;
}

/** Padding of another kind than zeros is worked out when the convolution is built. */
function isPaddedBefore({ operation, call }: Layer, name: string): boolean {
  const mode = call.values.get("padding_mode");
  return name === "padding" && mode?.kind === "str" && mode.value !== "zeros" && operation.parameters.has("weight");
}
