/** Ways through the syntax tree: a node's children, a walk over all nodes, the nodes at a place. */
import { contains, type Span } from "../text/source";
import type {
  ComprehensionClause,
  DictEntry,
  ExceptHandler,
  ImportAlias,
  Interpolation,
  MatchCase,
  Module,
  Node,
  StringPart,
  TypeParameter,
  WithItem,
} from "./syntax";

/** Every object of the tree that has a place. */
export type AnyNode =
  | Node
  | ComprehensionClause
  | DictEntry
  | ExceptHandler
  | ImportAlias
  | Interpolation
  | MatchCase
  | StringPart
  | TypeParameter
  | WithItem;

type Kind = Extract<AnyNode, { kind: string }>["kind"];

/** Narrows a node by its kind: `if (isKind(node, "Call")) node.callee`. */
export function isKind<K extends Kind>(node: AnyNode, kind: K): node is Extract<AnyNode, { kind: K }> {
  return "kind" in node && node.kind === kind;
}

/** The nodes directly below, in the order of the text. Comments and problems of a module are no children. */
export function children(node: AnyNode): AnyNode[] {
  const result: AnyNode[] = [];
  if (isKind(node, "Module")) return [...node.body];
  for (const value of Object.values(node)) collect(value, result);
  // Most nodes hold their parts in the order of the text already.
  return result.every((child, i) => i === 0 || compare(result[i - 1]!, child) <= 0) ? result : result.sort(compare);
}

function compare(a: Span, b: Span): number {
  return a.start - b.start || a.end - b.end;
}

function collect(value: unknown, into: AnyNode[]): void {
  if (typeof value !== "object" || value === null) return;
  if (Array.isArray(value)) for (const item of value) collect(item, into);
  else if (isNode(value)) into.push(value);
  // Entries of patterns are pairs without a place of their own.
  else for (const part of Object.values(value)) collect(part, into);
}

function isNode(value: object): value is AnyNode {
  return "start" in value && "end" in value;
}

/** Calls `visit` for every node, parents first, in the order of the text; `"skip"` leaves out what is below a node. */
export function walk(root: AnyNode, visit: (node: AnyNode, parent: AnyNode | undefined) => "skip" | undefined): void {
  const waiting: AnyNode[] = [root];
  const parents: (AnyNode | undefined)[] = [undefined];
  for (let node = waiting.pop(); node; node = waiting.pop()) {
    if (visit(node, parents.pop()) === "skip") continue;
    const below = children(node);
    for (let i = below.length - 1; i >= 0; i--) {
      waiting.push(below[i]!);
      parents.push(node);
    }
  }
}

/** A definition's decorators stand in front of its span. */
export function extent(node: AnyNode): Span {
  if (!isKind(node, "FunctionDef") && !isKind(node, "ClassDef")) return node;
  return { start: Math.min(node.start, ...node.decorators.map((decorator) => decorator.start)), end: node.end };
}

/**
 * The nodes at an offset, from the module to the innermost. Between two nodes that touch there, the one that begins
 * wins.
 */
export function nodeAt(module: Module, offset: number): AnyNode[] {
  const path: AnyNode[] = [];
  let next: AnyNode | undefined = module;
  while (next) {
    path.push(next);
    next = children(next)
      .filter((child) => contains(extent(child), offset))
      .at(-1);
  }
  return path;
}
