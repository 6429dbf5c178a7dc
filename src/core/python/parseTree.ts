/**
 * The parser's concrete tree as plain data. It is copied out of WebAssembly in one pass that needs no recursion, so the
 * parser's memory can be freed at once and a tree of any depth is safe to hold.
 */
import type { Tree, TreeCursor } from "web-tree-sitter";
import type { Span } from "../text/source";

export interface ParseNode extends Span {
  /** The grammar's name of a node, or the text of a token. */
  readonly type: string;
  /** A node of the grammar, in contrast to a token such as `(` or `if`. */
  readonly named: boolean;
  /** The part that it plays in its parent, such as `left`. */
  readonly field: string | undefined;
  /** Inserted by the parser where the grammar needs it and the text has none. */
  readonly missing: boolean;
  /** Without comments and line continuations. */
  readonly children: readonly ParseNode[];
}

export interface ParseTree {
  readonly root: ParseNode;
  readonly comments: readonly Span[];
  /** Error nodes (outermost only) and missing nodes, in order. */
  readonly faults: readonly ParseNode[];
}

/** The name of a node around text that fits no rule of the grammar. */
export const errorType = "ERROR";

/** Nodes whose inside nobody reads. */
const opaque = new Set(["identifier", "integer", "float", "string_content", "type_conversion", "ellipsis"]);
const skipped = new Set(["comment", "line_continuation"]);

interface GrowingNode extends ParseNode {
  readonly children: GrowingNode[];
}

/** Copies a tree; `place` maps the parser's offsets to those of the text. */
export function copyTree(tree: Tree, place: (offset: number) => number): ParseTree {
  const { types, fields } = tree.language;
  const named = types.map((_, id) => tree.language.nodeTypeIsNamed(id));
  const comments: Span[] = [];
  const faults: ParseNode[] = [];
  const cursor = tree.walk();
  const read = (): GrowingNode => {
    const id = cursor.nodeTypeId;
    const start = cursor.startIndex;
    const end = cursor.endIndex;
    return {
      type: types[id] ?? errorType,
      named: named[id] ?? true,
      field: fields[cursor.currentFieldId] ?? undefined,
      missing: start === end && cursor.nodeIsMissing,
      start: place(start),
      end: place(end),
      children: [],
    };
  };
  const root = read();
  const parents: GrowingNode[] = [];
  let current = root;
  let errorDepth = current.type === errorType ? 0 : Infinity;
  if (errorDepth === 0) faults.push(root);
  while (step(cursor, current, parents)) {
    const node = read();
    if (parents.length <= errorDepth) errorDepth = Infinity;
    if (skipped.has(node.type)) {
      if (node.type === "comment") comments.push({ start: node.start, end: node.end });
    } else {
      parents.at(-1)!.children.push(node);
      if (node.missing) faults.push(node);
      if (node.type === errorType && errorDepth === Infinity) {
        faults.push(node);
        errorDepth = parents.length;
      }
    }
    current = node;
  }
  cursor.delete();
  return { root, comments, faults };
}

/** Moves to the next node in the order of the text; `parents` ends up as the path to it. False at the end. */
function step(cursor: TreeCursor, current: GrowingNode, parents: GrowingNode[]): boolean {
  if (current.named && !opaque.has(current.type) && cursor.gotoFirstChild()) {
    parents.push(current);
    return true;
  }
  while (parents.length > 0) {
    if (cursor.gotoNextSibling()) return true;
    cursor.gotoParent();
    parents.pop();
  }
  return false;
}
