/** What a function is by what stands in it: a generator by its `yield`, one whose names outlive it by the functions inside. */
import type { Comprehension, FunctionDef, Lambda } from "../../python/syntax";

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

const keeping = new WeakMap<object, boolean>();

/** Whether a function or a class inside of it may keep its names when it has returned. */
export function keepsNames(node: FunctionDef | Lambda | Comprehension): boolean {
  const inside = node.kind === "Comprehension" ? node : node.body;
  let answer = keeping.get(inside);
  if (answer === undefined) {
    answer = holdsFunction(inside);
    keeping.set(inside, answer);
  }
  return answer;
}

function holdsFunction(part: unknown): boolean {
  if (typeof part !== "object" || part === null) return false;
  if (Array.isArray(part)) return part.some(holdsFunction);
  const { kind } = part as { kind?: unknown };
  return kind === "FunctionDef" || kind === "Lambda" || kind === "ClassDef" || Object.values(part).some(holdsFunction);
}
