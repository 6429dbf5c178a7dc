/** Arguments of a layer that the program changed after it was built: `conv.stride = (1, 1)`. */
import { type OpValue } from "../ops/value";
import { type InstanceValue, type Layer, toOpValue } from "./value";

/** Arguments that `forward` does not look at: it takes these sizes from the parameters that they made. */
const fromParameters = /^((in|out)_(channels|features)|num_features|num_embeddings|embedding_dim)$/;

/** Arguments that the parameters no longer fit once they are changed. */
const fixed =
  /^(groups|input_size|hidden_size|num_layers|bidirectional|proj_size|embed_dim|num_heads|d_model|nhead|dim_feedforward)$/;

/** The layer with the arguments that its `forward` finds; undefined where it is not known what it does with them. */
export function layerNow({ attributes }: InstanceValue, layer: Layer): Layer | undefined {
  const { operation, call } = layer;
  const changed = [...call.values.keys()].flatMap((name): (readonly [string, OpValue])[] => {
    const isOwn = operation.parameters.has(name) || operation.buffers.has(name) || fromParameters.test(name);
    const value = isOwn || isOfKernel(layer, name) ? undefined : attributes.get(name);
    return value ? [[name, toOpValue(value)]] : [];
  });
  if (changed.some(([name]) => fixed.test(name))) return undefined;
  return changed.length > 0 ? { ...layer, call: { ...call, values: new Map([...call.values, ...changed]) } } : layer;
}

/** A convolution's kernel is a parameter, a pool's is not. */
function isOfKernel({ operation }: Layer, name: string): boolean {
  return name === "kernel_size" && operation.parameters.has("weight");
}
