/** The nodes of a file by their kind, found in one walk that all rules share. */
import { type Inference } from "../../infer/analysis";
import { type AnyNode, isKind, walk } from "../../python/visit";

type Kinded = Extract<AnyNode, { kind: string }>;
type Kind = Kinded["kind"];

interface ModuleIndex {
  readonly byKind: ReadonlyMap<string, readonly AnyNode[]>;
  /** Those that stand in the module itself; the next reading of the file may have them as well. */
  readonly statements: ReadonlySet<AnyNode>;
}

const indexes = new WeakMap<Inference["module"], ModuleIndex>();
const parents = new WeakMap<AnyNode, AnyNode>();

/** All nodes of a kind in the order of the text. */
export function nodesOf<K extends Kind>({ module }: Inference, kind: K): readonly Extract<AnyNode, { kind: K }>[] {
  return (indexOf(module).byKind.get(kind) ?? []) as readonly Extract<AnyNode, { kind: K }>[];
}

/** Likewise those in one node, itself included. */
export function nodesWithin<K extends Kind>(node: AnyNode, kind: K): readonly Extract<AnyNode, { kind: K }>[] {
  return (nodesBelow(node).get(kind) ?? []) as readonly Extract<AnyNode, { kind: K }>[];
}

/** The node directly around another one. */
export function parentOf({ module }: Inference, node: AnyNode): AnyNode | undefined {
  const { statements } = indexOf(module);
  return statements.has(node) ? module : parents.get(node);
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

function indexOf(module: Inference["module"]): ModuleIndex {
  const known = indexes.get(module);
  if (known) return known;
  const byKind = new Map<string, AnyNode[]>([[module.kind, [module]]]);
  for (const statement of module.body) {
    for (const [kind, nodes] of nodesBelow(statement)) {
      const same = byKind.get(kind);
      if (same) for (const node of nodes) same.push(node);
      else byKind.set(kind, [...nodes]);
    }
  }
  const index = { byKind, statements: new Set(module.body) };
  indexes.set(module, index);
  return index;
}

const indexesOfStatements = new WeakMap<object, ReadonlyMap<string, readonly AnyNode[]>>();

/**
 * Statements that an edit leaves alone are the same objects in the next reading of the file, and are walked once. A
 * definition that an edit is inside of has another list of statements.
 */
function nodesBelow(statement: AnyNode): ReadonlyMap<string, readonly AnyNode[]> {
  const key = "body" in statement && Array.isArray(statement.body) ? statement.body : statement;
  const known = indexesOfStatements.get(key);
  if (known) return known;
  const index = new Map<string, AnyNode[]>();
  walk(statement, (node, parent) => {
    if (parent) parents.set(node, parent);
    if (!("kind" in node)) return undefined;
    const same = index.get(node.kind);
    if (same) same.push(node);
    else index.set(node.kind, [node]);
    return undefined;
  });
  indexesOfStatements.set(key, index);
  return index;
}
