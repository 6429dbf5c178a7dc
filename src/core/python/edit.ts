/** What has become of a text: one stretch of it is another now, all before it and behind it is as it was. */
import type { ClassDef, Comment, FunctionDef, Statement } from "./syntax";

export interface Edit {
  readonly old: string;
  readonly text: string;
  /** How much longer the text is than the old one. */
  readonly shift: number;
  /** Units that are the same at the beginning. */
  readonly prefix: number;
  /** Where a statement of the old text begins, its decorators included. */
  readonly startOf: (statement: Statement) => number;
  readonly isBehind: (old: Statement) => boolean;
  /** Whether the edit leaves a statement as it was, but for its place. */
  readonly isSame: (old: Statement, now: Statement) => boolean;
  /** Whether the edit is behind the head of a definition. */
  readonly isInBody: (old: FunctionDef | ClassDef, now: FunctionDef | ClassDef) => boolean;
}

export function editBetween(old: string, text: string): Edit {
  const shorter = Math.min(old.length, text.length);
  let prefix = 0;
  while (prefix < shorter && old.charCodeAt(prefix) === text.charCodeAt(prefix)) prefix++;
  let suffix = 0;
  while (
    suffix < shorter - prefix &&
    old.charCodeAt(old.length - 1 - suffix) === text.charCodeAt(text.length - 1 - suffix)
  )
    suffix++;
  const suffixStart = old.length - suffix;
  const shift = text.length - old.length;
  const startOf = (statement: Statement): number => startIn(old, statement);
  const isBehind = (statement: Statement): boolean => startOf(statement) >= suffixStart;
  return {
    old,
    text,
    shift,
    prefix,
    startOf,
    isBehind,
    isSame: (before, now) => {
      const by = isBehind(before) ? shift : 0;
      const isOutside = isBehind(before) || before.end <= prefix;
      const isAtPlace = now.start === before.start + by && now.end === before.end + by;
      return isOutside && isAtPlace && now.kind === before.kind;
    },
    isInBody: (before, now) => {
      const first = before.body[0];
      if (!first || startOf(before) !== startIn(text, now)) return false;
      // A colon in a comment behind the head is one too many, which does no harm.
      const head = old.lastIndexOf(":", startOf(first) - 1) + 1;
      return head > before.name.end && prefix >= head && (now.body[0]?.start ?? 0) >= head;
    },
  };
}

function startIn(text: string, statement: Statement): number {
  const isDefinition = statement.kind === "FunctionDef" || statement.kind === "ClassDef";
  const decorator = isDefinition ? statement.decorators[0] : undefined;
  return decorator ? text.lastIndexOf("@", decorator.start) : statement.start;
}

/**
 * The top-level statements that an edit touches are those from `before` up to `after`, at `head` to `tail` in the old
 * text. The statement before the edit may go on in it, so it is one of them.
 */
export function touched(body: readonly Statement[], edit: Edit): Record<"before" | "after" | "head" | "tail", number> {
  const { old, prefix, startOf, isBehind } = edit;
  const isWhole = (statement: Statement): boolean => {
    const start = startOf(statement);
    return start === 0 || old[start - 1] === "\n";
  };
  const last = body.findLastIndex((statement) => statement.end <= prefix && isWhole(statement));
  const before = Math.max(0, last);
  const behind = body.findIndex((statement, i) => i > before && isBehind(statement) && isWhole(statement));
  return {
    before,
    after: behind < 0 ? body.length : behind,
    head: before === 0 ? 0 : startOf(body[before]!),
    tail: behind < 0 ? old.length : startOf(body[behind]!),
  };
}

/** Moves a node and all in it so much further on, in place. */
export function moved<T extends Statement | Comment>(node: T, by: number): T {
  if (by !== 0) move(node, by);
  return node;
}

function move(part: unknown, by: number): void {
  if (Array.isArray(part)) for (const item of part) move(item, by);
  else if (typeof part === "object" && part !== null) {
    const node = part as Record<string, unknown>;
    for (const key in node) {
      const value = node[key];
      if (typeof value === "object") move(value, by);
      else if ((key === "start" || key === "end") && typeof value === "number") node[key] = value + by;
    }
  }
}
