/**
 * Reading a text again after an edit: the top-level statements that the edit does not touch are taken from the last
 * reading without errors, and only what lies between them is read. The result is that of reading the whole text.
 */
import type { SourceText } from "../text/source";
import type { Comment, Module, Statement } from "./syntax";

interface Reading {
  readonly text: string;
  readonly module: Module;
}

/** Files that are kept for the next edit. */
const mostFiles = 12;

/** Shorter files are read as quickly as they are compared. */
const shortest = 2000;

/** A parse function that remembers each path's last text. */
export function reparsing(parse: (text: string) => Module): (source: SourceText) => Module {
  const readings = new Map<string, Reading>();
  return ({ path, text }) => {
    const before = readings.get(path);
    if (before?.text === text) return before.module;
    const module = (before && edited(before, text, parse)) ?? parse(text);
    if (module.errors.length > 0 || text.length < shortest) return module;
    readings.delete(path);
    readings.set(path, { text, module });
    if (readings.size > mostFiles) readings.delete(readings.keys().next().value!);
    return module;
  };
}

/** The edited text's module; undefined where the middle does not stand for itself. */
function edited({ text: old, module }: Reading, text: string, parse: (text: string) => Module): Module | undefined {
  const { prefix, suffix } = commonEnds(old, text);
  const { body } = module;
  const starts = body.map((statement) => startOf(statement, old));
  const isWhole = (start: number): boolean => start === 0 || old[start - 1] === "\n";
  // The statement before the edit may go on in it, so it is read again.
  const before = Math.max(
    0,
    lastIndex(starts, (start, i) => body[i]!.end <= prefix && isWhole(start)),
  );
  const after = starts.findIndex((start, i) => i > before && start >= old.length - suffix && isWhole(start));
  const head = before === 0 ? 0 : starts[before]!;
  const tail = after < 0 ? old.length : starts[after]!;
  const shift = text.length - old.length;
  const middle = text.slice(head, tail + shift);
  if (after >= 0 && /\\\s*$/.test(middle)) return undefined;
  const own = parse(middle);
  if (own.errors.length > 0) return undefined;
  return {
    kind: "Module",
    body: [
      ...body.slice(0, before),
      ...own.body.map((statement) => shifted(statement, head)),
      ...(after < 0 ? [] : body.slice(after).map((statement) => shifted(statement, shift))),
    ],
    errors: [],
    comments: [
      ...module.comments.filter(({ end }) => end <= head),
      ...own.comments.map((comment) => shifted(comment, head)),
      ...module.comments.filter(({ start }) => after >= 0 && start >= tail).map((comment) => shifted(comment, shift)),
    ],
    start: 0,
    end: text.length,
  };
}

function commonEnds(a: string, b: string): { prefix: number; suffix: number } {
  const shorter = Math.min(a.length, b.length);
  let prefix = 0;
  while (prefix < shorter && a.charCodeAt(prefix) === b.charCodeAt(prefix)) prefix++;
  let suffix = 0;
  while (suffix < shorter - prefix && a.charCodeAt(a.length - 1 - suffix) === b.charCodeAt(b.length - 1 - suffix))
    suffix++;
  return { prefix, suffix };
}

/** Where a statement begins, its decorators included. */
function startOf(statement: Statement, text: string): number {
  const isDefinition = statement.kind === "FunctionDef" || statement.kind === "ClassDef";
  const decorator = isDefinition ? statement.decorators[0] : undefined;
  return decorator ? text.lastIndexOf("@", decorator.start) : statement.start;
}

function lastIndex<T>(items: readonly T[], test: (item: T, index: number) => boolean): number {
  for (let i = items.length - 1; i >= 0; i--) if (test(items[i]!, i)) return i;
  return -1;
}

/** A copy of a node whose every place is so much further on. */
function shifted<T extends Statement | Comment>(node: T, by: number): T {
  return by === 0 ? node : (moved(node, by) as T);
}

function moved(value: unknown, by: number): unknown {
  if (Array.isArray(value)) return value.map((item) => moved(item, by));
  if (typeof value !== "object" || value === null) return value;
  const copy: Record<string, unknown> = {};
  for (const [key, part] of Object.entries(value))
    copy[key] = (key === "start" || key === "end") && typeof part === "number" ? part + by : moved(part, by);
  return copy;
}
