/** Where names live while the program runs, and the call that they belong to. */
import { type Origin } from "../../ops/value";
import type { FunctionDef, Lambda } from "../../python/syntax";
import { type Change } from "./changes";
import { type Table } from "./table";
import { type ClassValue, type Value } from "../values/value";

/** One running call (or the module itself): what it has returned so far, and what its early exits had written. */
export interface Frame {
  readonly returns: Value[];
  readonly exits: Exit[];
  /** `Net.forward`, `<module>`. */
  readonly name: string;
  readonly path: string;
  /** What `super()` without arguments means here. */
  readonly method: { readonly owner: ClassValue | undefined; readonly receiver: Value } | undefined;
  readonly depth: number;
  /** The function that runs, and the call in which it was called. */
  readonly node?: FunctionDef | Lambda;
  readonly caller?: Frame;
  /** What is done with a value that it yields. */
  readonly yielded?: (value: Value) => void;
  /** What the author calls sizes of inputs here, by their keys: `B, T, C = x.size()`. */
  sizeNames: Map<string, string> | undefined;
  /** Where it was called. */
  readonly calledAt?: Origin;
  /** The function that was run by itself, nobody having called it, in which this call was made. */
  readonly entered: Entered | undefined;
}

export interface Entered {
  readonly node: FunctionDef | Lambda;
  readonly kind: "general" | "special";
}

/** A branch that left a loop or the call while the program went on in another. */
export interface Exit {
  readonly how: Completion;
  readonly changes: readonly Change[];
  /** Where the trail stood then, and how many tables there had been before the branch. */
  readonly mark: number;
  readonly since: number;
}

export interface Scope {
  readonly kind: "module" | "class" | "function";
  readonly names: Table<Value>;
  readonly parent: Scope | undefined;
  readonly frame: Frame;
  /** Names declared `global` or `nonlocal`, with the scope that holds them. */
  elsewhere: Map<string, Scope> | undefined;
}

/** The ways in which a statement can end; a set of them, since it may not be known which. */
export type Completion = number;
export const ends = { normally: 1, byBreak: 2, byContinue: 4, byReturn: 8, byRaise: 16 } as const;

/** The value of a name, by Python's rule: own names, those of enclosing functions, those of the module. */
export function lookup(scope: Scope, name: string): Value | undefined {
  let current: Scope | undefined = scope.elsewhere?.get(name) ?? scope;
  let own = true;
  while (current) {
    // A class's names are not seen from the functions inside it.
    if (own || current.kind !== "class") {
      const value = current.names.get(name);
      if (value) return value;
    }
    own = false;
    current = current.parent;
  }
  return undefined;
}

export function moduleScope(scope: Scope): Scope {
  let current = scope;
  while (current.parent) current = current.parent;
  return current;
}

export function assign(scope: Scope, name: string, value: Value): void {
  (scope.elsewhere?.get(name) ?? scope).names.set(name, value);
}

/** `global` and `nonlocal`: the name is that of another scope. */
export function takeFrom(holder: Scope, name: string, scope: Scope): void {
  scope.elsewhere ??= new Map();
  scope.elsewhere.set(name, holder);
}
