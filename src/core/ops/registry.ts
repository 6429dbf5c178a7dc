/** Every operation that the engine knows, by its qualified name. A new section of the table is one line here. */
import { activations } from "./activation";
import { attentions } from "./attention";
import { containers } from "./container";
import { convolutions } from "./convolution";
import { creations } from "./creation";
import { type Operation } from "./define";
import { visions } from "./vision";
import { resizings } from "./resizing";
import { paddings } from "./padding";
import { embeddings } from "./embedding";
import { distances } from "./distance";
import { conversions } from "./conversion";
import { einopsRows } from "./einops";
import { einsums } from "./einsum";
import { expandings } from "./expanding";
import { linearAlgebra } from "./linearAlgebra";
import { selections } from "./selection";
import { sortings } from "./sorting";
import { spectra } from "./spectral";
import { splittings } from "./splitting";
import { products } from "./products";
import { elementwise } from "./elementwise";
import { joinings } from "./joining";
import { lazies } from "./lazy";
import { linears } from "./linear";
import { losses } from "./loss";
import { marginLosses } from "./marginLoss";
import { normalizations } from "./normalization";
import { poolings } from "./pooling";
import { quantizations } from "./quantization";
import { recurrences } from "./recurrent";
import { reductions } from "./reduction";
import { shapings } from "./shaping";
import { transformers } from "./transformer";

export const operations: readonly Operation[] = [
  ...containers,
  ...linears,
  ...convolutions,
  ...poolings,
  ...activations,
  ...normalizations,
  ...losses,
  ...marginLosses,
  ...recurrences,
  ...lazies,
  ...embeddings,
  ...paddings,
  ...resizings,
  ...visions,
  ...distances,
  ...attentions,
  ...transformers,
  ...quantizations,
  ...shapings,
  ...elementwise,
  ...reductions,
  ...creations,
  ...joinings,
  ...splittings,
  ...spectra,
  ...selections,
  ...sortings,
  ...products,
  ...linearAlgebra,
  ...expandings,
  ...einsums,
  ...einopsRows,
  ...conversions,
];

const byName = new Map(operations.map((operation) => [operation.qualifiedName, operation]));

/** `torch.nn.modules.linear.Linear` and the like are the same as `torch.nn.Linear`. */
export function findOperation(qualifiedName: string): Operation | undefined {
  return byName.get(qualifiedName) ?? byName.get(qualifiedName.replace(/^torch\.nn\.modules\.\w+\./, "torch.nn."));
}
