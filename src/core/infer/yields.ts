/** Whether a function is a generator: a `yield` of its own, outside the functions inside it. */
import type { FunctionDef } from "../python/syntax";

const known = new WeakMap<FunctionDef, boolean>();

export function containsYield(node: FunctionDef): boolean {
  let answer = known.get(node);
  if (answer === undefined) {
    answer = node.body.some(holdsYield);
    known.set(node, answer);
  }
  return answer;
}

/** Whether there is a `yield` in a part of the syntax tree. */
export function holdsYield(part: unknown): boolean {
  if (typeof part !== "object" || part === null) return false;
  if (Array.isArray(part)) return part.some(holdsYield);
  const { kind } = part as { kind?: unknown };
  if (kind === "Yield" || kind === "YieldFrom") return true;
  if (kind === "FunctionDef" || kind === "Lambda" || kind === "ClassDef") return false;
  return Object.values(part).some(holdsYield);
}
