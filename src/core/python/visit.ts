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
  return result.sort((a, b) => a.start - b.start || a.end - b.end);
}

function collect(value: unknown, into: AnyNode[]): void {
  if (Array.isArray(value)) for (const item of value) collect(item, into);
  else if (isNode(value)) into.push(value);
  // Entries of patterns are pairs without a place of their own.
  else if (typeof value === "object" && value !== null) for (const part of Object.values(value)) collect(part, into);
}

function isNode(value: unknown): value is AnyNode {
  return typeof value === "object" && value !== null && "start" in value && "end" in value;
}

/** Calls `visit` for every node, parents first, in the order of the text; `"skip"` leaves out what is below a node. */
export function walk(root: AnyNode, visit: (node: AnyNode, parent: AnyNode | undefined) => "skip" | undefined): void {
  const waiting: [node: AnyNode, parent: AnyNode | undefined][] = [[root, undefined]];
  for (let next = waiting.pop(); next; next = waiting.pop()) {
    const [node, parent] = next;
    if (visit(node, parent) === "skip") continue;
    for (const child of children(node).reverse()) waiting.push([child, node]);
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
