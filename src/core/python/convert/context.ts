/** What every converter shares: the text, the problems found on the way, the depth; and ways to pick a node's children. */
import type { Span } from "../../text/source";
import { errorType, type ParseNode } from "../parseTree";
import type { Identifier, InvalidExpression, SyntaxProblem } from "../syntax";

export interface Conversion {
  readonly text: string;
  readonly problems: SyntaxProblem[];
  /** How deep the node under conversion lies in the tree that comes out. */
  depth: number;
  /** The name of the class around the node under conversion, without the underscores in front. */
  owner: string;
}

/**
 * The deepest tree that comes out. CPython refuses more than 200 nested brackets and 100 nested blocks; the bound lets
 * every reader of the tree recurse without fear for its stack.
 */
export const deepest = 400;

/** Runs `convert` some levels down, or gives up at the place when that is too deep. */
export function nested<T>(c: Conversion, place: Span, levels: number, convert: () => T, giveUp: () => T): T {
  if (c.depth + levels > deepest) {
    problem(c, place, "This is nested too deeply to be read.");
    return giveUp();
  }
  c.depth += levels;
  const result = convert();
  c.depth -= levels;
  return result;
}

/** Whether something inside this node, on its own level, could not be read: then its parts cannot be trusted. */
export function isBroken(node: ParseNode): boolean {
  return node.children.some((child) => child.type === errorType && child.end > child.start);
}

/** Elements of a list: what could not be read between them counts as one, so that none takes another's place. */
export function members(node: ParseNode): ParseNode[] {
  return node.children.filter((child) => child.named);
}

export function problem(c: Conversion, place: Span, message: string): void {
  c.problems.push({ start: place.start, end: place.end, message });
}

export function textOf(c: Conversion, span: Span): string {
  return c.text.slice(span.start, span.end);
}

/** The children that are nodes of the grammar, errors left out. */
export function parts(node: ParseNode): ParseNode[] {
  return node.children.filter((child) => child.named && child.type !== errorType);
}

export function field(node: ParseNode, name: string): ParseNode | undefined {
  return node.children.find((child) => child.field === name && child.type !== errorType);
}

export function fields(node: ParseNode, name: string): ParseNode[] {
  return node.children.filter((child) => child.field === name && child.named && child.type !== errorType);
}

/** The child that is this very token, such as `async` or `from`. */
export function token(node: ParseNode, text: string): ParseNode | undefined {
  return node.children.find((child) => !child.named && child.type === text);
}

/** Where a node's last token ends; its own end may lie behind a comment or a line break. */
export function lastEnd(node: ParseNode): number {
  let last = node;
  for (let next = lastChild(last); next; next = lastChild(last)) last = next;
  return Math.max(node.start, Math.min(last.end, node.end));
}

/** An empty block holds nothing but a line break. */
function lastChild(node: ParseNode): ParseNode | undefined {
  const last = node.children.at(-1);
  return last?.type === "block" && last.children.length === 0 ? node.children.at(-2) : last;
}

/** Nodes between separators: `a, b` split at `,` gives two runs. Empty runs are left out. */
export function runs(nodes: readonly ParseNode[], separator: string): ParseNode[][] {
  const result: ParseNode[][] = [[]];
  for (const node of nodes) {
    if (!node.named && node.type === separator) result.push([]);
    else if (node.type !== errorType) result.at(-1)!.push(node);
  }
  return result.filter((run) => run.length > 0);
}

export function identifier(c: Conversion, node: ParseNode | undefined, offset: number): Identifier {
  if (!node) return { start: offset, end: offset, name: "" };
  return { start: node.start, end: node.end, name: ownName(c, nameOf(textOf(c, node))) };
}

/** In a class, `__name` stands for `_Class__name`, so that other classes do not meet it by chance. */
export function ownName({ owner }: Conversion, name: string): string {
  return owner !== "" && name.startsWith("__") && !name.endsWith("__") ? `_${owner}${name}` : name;
}

/** Converts what stands in the body of a class. */
export function inClass<T>(c: Conversion, name: string, convert: () => T): T {
  const { owner } = c;
  c.owner = name.replace(/^_+/, "");
  const result = convert();
  c.owner = owner;
  return result;
}

/** Python compares names in their NFKC form (PEP 3131). */
export function nameOf(text: string): string {
  for (let index = 0; index < text.length; index++) if (text.charCodeAt(index) > 127) return text.normalize("NFKC");
  return text;
}

export function invalid(start: number, end: number = start): InvalidExpression {
  return { kind: "InvalidExpression", start, end };
}

/** The last of a node's tokens of this text. */
export function lastToken(node: ParseNode, text: string): ParseNode | undefined {
  return node.children.filter((child) => !child.named && child.type === text).at(-1);
}
