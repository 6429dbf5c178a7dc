/** Embeddings made of a table of numbers (https://pytorch.org/docs/stable/generated/torch.nn.Embedding.html). */
import { bool, unknown } from "../../ops/value";
import { knownDims } from "../../shape/shape";
import { setTrainable } from "../modules/moduleMethods";
import { truthOf } from "../values/truth";
import { type Value, external } from "../values/value";
import { type Builtin, type Functions, argument } from "./given";

/** The settings behind the table and `freeze`, in their order. */
const settings: Readonly<Record<string, readonly string[]>> = {
  "torch.nn.Embedding": ["padding_idx", "max_norm", "norm_type", "scale_grad_by_freq", "sparse"],
  "torch.nn.EmbeddingBag": ["max_norm", "norm_type", "scale_grad_by_freq", "mode", "sparse", "include_last_offset"],
};

const fromPretrained =
  (layer: string, names: readonly string[]): Builtin =>
  (machine, given, site) => {
    const table = argument(given, 0, "embeddings");
    const dims = table?.kind === "tensor" ? knownDims(machine.facts.resolveShape(table.shape)) : undefined;
    if (table?.kind !== "tensor" || dims?.length !== 2 || given.open) return unknown("the table is not known");
    const keywords = new Map([...given.keywords].filter(([name]) => name !== "embeddings" && name !== "freeze"));
    for (const [i, value] of given.positional.slice(2).entries()) keywords.set(names[i]!, value);
    const sizes = dims.map((size): Value => ({ kind: "int", value: size }));
    const made = machine.call(external(layer), { positional: sizes, keywords, open: false }, site);
    const weight = made.kind === "instance" ? made.attributes.get("weight") : undefined;
    if (made.kind !== "instance" || weight?.kind !== "tensor") return made;
    const held: Value = { ...weight, dtype: table.dtype };
    made.attributes.set("weight", held);
    const freeze = truthOf(argument(given, 1, "freeze") ?? bool(true));
    setTrainable(machine, held, bool(freeze === undefined ? undefined : !freeze));
    return made;
  };

export const pretrainedFunctions: Functions = Object.entries(settings).map(
  ([layer, names]) => [`${layer}.from_pretrained`, fromPretrained(layer, names)] as const,
);
