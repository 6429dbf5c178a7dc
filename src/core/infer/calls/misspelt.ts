/** Names of PyTorch that are written with a slip of the pen: `nn.Liner`, `F.max_poool2d`, `x.unsqeeze(0)`. */
import { findOperation, operations } from "../../ops/registry";
import { libraryFunctions } from "../imports/libraries";
import { kindHas } from "../values/kindNames";
import { similar } from "../values/similar";
import { type Value } from "../values/value";

/** What somebody meant, and how what lacks the name is called. */
export interface Meant {
  readonly owner: string;
  readonly name: string;
}

/** Each version has more names: only one that PyTorch does not have and that looks like one of its own is told. */
export function meantBy(value: Value, name: string): Meant | undefined {
  const owner = value.kind === "tensor" ? "Tensor" : value.kind === "external" ? value.name : "";
  if (name.length < (shortest.get(owner) ?? Infinity) || (value.kind === "tensor" && kindHas(value, name) !== false))
    return undefined;
  const key = `${owner}.${name}`;
  if (!known.has(key)) known.set(key, isKnown(owner, name) ? undefined : similar(name, operationsOf(owner)));
  const best = known.get(key);
  return best === undefined ? undefined : { owner: owner === "Tensor" ? "A tensor" : owner, name: best };
}

/** Whose names are told, from what length on: of short ones many look alike. */
const shortest: ReadonlyMap<string, number> = new Map([
  ["torch", 5],
  ["torch.nn", 4],
  ["torch.nn.functional", 4],
  ["Tensor", 5],
]);

/** What was found for names that were asked for. */
const known = new Map<string, string | undefined>();

function isKnown(owner: string, name: string): boolean {
  const isListed = [name, name.replace(/_$/, "")].some((one) => findOperation(`${owner}.${one}`) !== undefined);
  const isElsewhere = otherNames.has(name) || libraryFunctions.has(`${owner}.${name}`);
  return isListed || isElsewhere || /^_|[A-Z]\w*Tensor$|\d$/.test(name);
}

/** Names of PyTorch 1.13 to 2.x that are no operations of ours and look like one. */
const otherNames: ReadonlySet<string> = new Set(
  (
    "compile compiler export get_deterministic_debug_mode Gradient Graph histogramdd hspmm is_tensor List math modules NLLLoss2d ormqr parameter random saddmm set_default_dtype solve sparse_bsc_tensor sparse_bsr_tensor " +
    "sparse_compressed_tensor sparse_csc_tensor sparse_csr_tensor utils zero_ ZeroPad1d ZeroPad3d"
  ).split(" "),
);

const names = new Map<string, readonly string[]>();

/** What PyTorch has under a name, without the names inside of it. */
function operationsOf(owner: string): readonly string[] {
  const before = names.get(owner);
  if (before) return before;
  const all = [...operations.map(({ qualifiedName }) => qualifiedName), ...libraryFunctions.keys()];
  const found = all.flatMap((qualifiedName) => {
    const name = qualifiedName.slice(owner.length + 1);
    return qualifiedName.startsWith(`${owner}.`) && /^\w{4,}$/.test(name) ? [name] : [];
  });
  if (owner === "Tensor") found.push("shape", "dtype", "device", "item", "data", "requires_grad", "backward", "detach");
  names.set(owner, found);
  return found;
}
