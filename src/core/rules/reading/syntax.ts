/** The nodes of a file by their kind, found in one walk that all rules share. */
import { type Inference } from "../../infer/analysis";
import { type AnyNode, isKind, walk } from "../../python/visit";

type Kinded = Extract<AnyNode, { kind: string }>;
type Kind = Kinded["kind"];

const indexes = new WeakMap<Inference["module"], ReadonlyMap<string, readonly AnyNode[]>>();
const parents = new WeakMap<AnyNode, AnyNode>();

/** All nodes of a kind in the order of the text. */
export function nodesOf<K extends Kind>({ module }: Inference, kind: K): readonly Extract<AnyNode, { kind: K }>[] {
  return (indexOf(module).get(kind) ?? []) as readonly Extract<AnyNode, { kind: K }>[];
}

/** The node directly around another one. */
export function parentOf({ module }: Inference, node: AnyNode): AnyNode | undefined {
  indexOf(module);
  return parents.get(node);
}

/** The nodes around another one, the innermost first. */
export function* ancestorsOf(inference: Inference, node: AnyNode): Iterable<AnyNode> {
  for (let at = parentOf(inference, node); at; at = parentOf(inference, at)) yield at;
}

/** The innermost node of one of some kinds around another one: its function, its class, its loop. */
export function enclosing<K extends Kind>(
  inference: Inference,
  node: AnyNode,
  ...kinds: readonly K[]
): Extract<AnyNode, { kind: K }> | undefined {
  for (const at of ancestorsOf(inference, node))
    if (kinds.some((kind) => isKind(at, kind))) return at as Extract<AnyNode, { kind: K }>;
  return undefined;
}

function indexOf(module: Inference["module"]): ReadonlyMap<string, readonly AnyNode[]> {
  const known = indexes.get(module);
  if (known) return known;
  const index = new Map<string, AnyNode[]>();
  walk(module, (node, parent) => {
    if (parent) parents.set(node, parent);
    if (!("kind" in node)) return undefined;
    const same = index.get(node.kind);
    if (same) same.push(node);
    else index.set(node.kind, [node]);
    return undefined;
  });
  indexes.set(module, index);
  return index;
}
