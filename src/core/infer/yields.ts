/** Whether a function is a generator: a `yield` of its own, outside the functions inside it. */
import type { FunctionDef } from "../python/syntax";

/** By its body: a function that is edited has another one. */
const known = new WeakMap<FunctionDef["body"], boolean>();

export function containsYield({ body }: FunctionDef): boolean {
  let answer = known.get(body);
  if (answer === undefined) {
    answer = body.some(holdsYield);
    known.set(body, answer);
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
