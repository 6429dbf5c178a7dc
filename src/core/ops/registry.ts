/** Every operation that the engine knows, by its qualified name. A new section of the table is one line here. */
import { activations } from "./activation";
import { attentions } from "./attention";
import { containers } from "./container";
import { convolutions } from "./convolution";
import { creations } from "./creation";
import { type Operation } from "./define";
import { questions } from "./questions";
import { tensorProducts } from "./tensorProducts";
import { arithmetics } from "./arithmetic";
import { specials } from "./special";
import { complexNumbers } from "./complexNumbers";
import { comparisons } from "./comparison";
import { reorderings } from "./reordering";
import { diagonals } from "./diagonal";
import { factories } from "./factories";
import { randoms } from "./random";
import { calculus } from "./calculus";
import { solvings } from "./solving";
import { decompositions } from "./decomposition";
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
import { layerNormalizations } from "./layerNormalization";
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
  ...layerNormalizations,
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
  ...reorderings,
  ...elementwise,
  ...arithmetics,
  ...comparisons,
  ...complexNumbers,
  ...specials,
  ...reductions,
  ...creations,
  ...randoms,
  ...factories,
  ...joinings,
  ...splittings,
  ...spectra,
  ...selections,
  ...sortings,
  ...products,
  ...tensorProducts,
  ...linearAlgebra,
  ...decompositions,
  ...solvings,
  ...calculus,
  ...expandings,
  ...diagonals,
  ...einsums,
  ...einopsRows,
  ...conversions,
  ...questions,
];

const byName = new Map(operations.map((operation) => [operation.qualifiedName, operation]));

/** `torch.nn.modules.linear.Linear` and the like are the same as `torch.nn.Linear`. */
export function findOperation(qualifiedName: string): Operation | undefined {
  return byName.get(qualifiedName) ?? byName.get(qualifiedName.replace(/^torch\.nn\.modules\.\w+\./, "torch.nn."));
}
