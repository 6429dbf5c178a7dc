/** A correct training program and the edits by which bugs are planted in it: statements taken out, moved, calls changed. */
import type { Call, Expression, ExpressionStatement, Module, Statement } from "../../python/syntax";
import { type AnyNode, isKind, walk } from "../../python/visit";
import { type Edit } from "../../text/diagnostic";
import { type SourceText, type Span } from "../../text/source";

export interface Program {
  readonly source: SourceText;
  readonly module: Module;
}

/** One way to plant a bug: the edits, and the place of the correct program that they spoil. */
export interface Planting {
  readonly edits: readonly Edit[];
  readonly span: Span;
}

/** The nodes of a kind that a test picks, in the order of the text. */
function nodes<T extends AnyNode>({ module }: Program, pick: (node: AnyNode) => T | undefined): T[] {
  const found: T[] = [];
  walk(module, (node) => {
    const picked = pick(node);
    if (picked) found.push(picked);
    return undefined;
  });
  return found;
}

/** Calls by what is written in front of the parentheses: `/\bnn\.ReLU$/`. */
export function calls(program: Program, callee: RegExp): Call[] {
  return nodes(program, (node) =>
    isKind(node, "Call") && callee.test(program.source.slice(node.callee)) ? node : undefined,
  );
}

/** Calls that are statements of their own. */
export function callStatements(program: Program, callee: RegExp): ExpressionStatement[] {
  return nodes(program, (node) =>
    isKind(node, "ExpressionStatement") &&
    node.value.kind === "Call" &&
    callee.test(program.source.slice(node.value.callee))
      ? node
      : undefined,
  );
}

/** Statements and expressions of a kind, by their text. */
export function nodesLike<K extends Statement["kind"] | Expression["kind"]>(
  program: Program,
  kind: K,
  text: RegExp,
): Extract<AnyNode, { kind: K }>[] {
  return nodes(program, (node) => (isKind(node, kind) && text.test(program.source.slice(node)) ? node : undefined));
}

/** The bodies of statements: each a list of the statements that follow each other. */
export function blocks({ module }: Program): readonly (readonly Statement[])[] {
  const found: (readonly Statement[])[] = [];
  walk(module, (node) => {
    for (const part of ["body", "orelse", "finalbody"] as const) {
      const statements = (node as Partial<Record<typeof part, unknown>>)[part];
      if (Array.isArray(statements) && statements.length > 0) found.push(statements as Statement[]);
    }
    return undefined;
  });
  return found;
}

/** The statements around one in its block, itself included. */
export function blockOf(program: Program, statement: Statement): readonly Statement[] {
  return blocks(program).find((block) => block.includes(statement)) ?? [statement];
}

/** Takes a statement out with its line; a block that it was alone in keeps a `pass`. */
export function remove(program: Program, statement: Statement): Edit {
  if (blockOf(program, statement).length === 1) return { span: spanOf(statement), text: "pass" };
  return { span: linesOf(program, statement), text: "" };
}

/** Takes a statement out and puts it behind another one of the same block. */
export function moveBehind(program: Program, statement: Statement, after: Statement): Edit[] {
  const place = linesOf(program, after).end;
  const text = program.source.slice(linesOf(program, statement));
  return [remove(program, statement), { span: { start: place, end: place }, text }];
}

/** The whole lines of a statement, the line break included. */
export function linesOf({ source }: Program, span: Span): Span {
  const first = source.positionAt(span.start).line;
  const last = source.positionAt(span.end).line;
  return { start: source.offsetAt({ line: first, column: 0 }), end: source.offsetAt({ line: last + 1, column: 0 }) };
}

/** An argument by keyword, set to a text: replaced where it is written, else added behind the others. */
export function setArgument(call: Call, name: string, text: string): Edit {
  const written = call.keywords.find((keyword) => keyword.name?.name === name);
  if (written) return { span: spanOf(written.value), text };
  const last = [...call.args, ...call.keywords].at(-1);
  const place = call.end - 1;
  return { span: { start: place, end: place }, text: `${last ? ", " : ""}${name}=${text}` };
}

/** Takes a keyword argument out, with the comma in front of it. */
export function dropArgument(program: Program, call: Call, name: string): Edit[] {
  const written = call.keywords.find((keyword) => keyword.name?.name === name);
  if (!written) return [];
  const before = program.source.text.slice(0, written.start);
  const comma = /,\s*$/.exec(before)?.[0].length ?? 0;
  return [{ span: { start: written.start - comma, end: written.end }, text: "" }];
}

/** Puts an expression between two texts. */
export function wrap(program: Program, expression: Expression, before: string, after: string): Edit {
  return { span: spanOf(expression), text: `${before}${program.source.slice(expression)}${after}` };
}

export function replace(node: Span, text: string): Edit {
  return { span: spanOf(node), text };
}

export function spanOf({ start, end }: Span): Span {
  return { start, end };
}
