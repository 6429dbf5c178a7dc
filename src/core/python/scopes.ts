/** Names and scopes: which scope a name belongs to, and what binds it there, by Python's rules. */
import { bindingsIn } from "./bindings";
import type { Identifier, Import, ImportAlias, ImportFrom, Module, Name } from "./syntax";
import type { AnyNode } from "./visit";

/** `types`: the scope of type parameters, between a definition and what surrounds it. */
export type ScopeKind = "module" | "class" | "function" | "lambda" | "comprehension" | "types";

/** What binds a name, apart from imports. */
export type BindingKind =
  "assignment" | "capture" | "class" | "deletion" | "exception" | "function" | "loop" | "parameter" | "type" | "with";

interface Bound {
  readonly name: string;
  /** The name where it is bound; of an import without alias, the imported name. */
  readonly place: Name | Identifier;
}

/** `node`: the statement, parameter, pattern, clause or `:=`. */
export type Binding = Bound &
  (
    | { readonly kind: BindingKind; readonly node: AnyNode }
    | { readonly kind: "import"; readonly node: Import | ImportFrom; readonly alias: ImportAlias }
  );

export interface Scope {
  readonly kind: ScopeKind;
  /** The module, definition, lambda or comprehension. */
  readonly node: AnyNode;
  readonly parent: Scope | undefined;
  readonly children: readonly Scope[];
  /** What binds each name in this scope, in the order of the text. */
  readonly bindings: ReadonlyMap<string, readonly Binding[]>;
  /** Names that this scope takes from elsewhere by `global` or `nonlocal`. */
  readonly borrowed: ReadonlyMap<string, "global" | "nonlocal">;
}

export interface Scopes {
  readonly module: Scope;
  /** The scope in which a name is read or written, before it is looked up. */
  scopeOf(name: Name): Scope | undefined;
  /** The scope that a definition, lambda, comprehension or the module opens; of a definition that of its body. */
  scopeFor(node: AnyNode): Scope | undefined;
}

export function scopesOf(module: Module): Scopes {
  const { root, uses, opened } = bindingsIn(module);
  return { module: root, scopeOf: (name) => uses.get(name), scopeFor: (node) => opened.get(node) };
}

/** The scope that holds a name as seen from `scope`; undefined for built-in and unknown names. */
export function lookUp(scope: Scope, name: string): Scope | undefined {
  const borrowed = scope.borrowed.get(name);
  if (borrowed === "global") return own(moduleOf(scope), name);
  let at: Scope | undefined = borrowed === "nonlocal" ? scope.parent : scope;
  // A class body is seen from itself and from its definitions' type parameters, not from functions inside it.
  let direct = borrowed !== "nonlocal";
  while (at) {
    if (at.kind !== "class" || direct) {
      if (at.bindings.has(name)) return at;
      const elsewhere = at.borrowed.get(name);
      if (elsewhere === "global") return own(moduleOf(at), name);
    }
    direct &&= at.kind === "types";
    at = at.parent;
  }
  return undefined;
}

/** What binds a name that occurs in the tree; empty for built-in and unknown names. */
export function bindingsOf(scopes: Scopes, name: Name): readonly Binding[] {
  const from = scopes.scopeOf(name);
  return (from && lookUp(from, name.id)?.bindings.get(name.id)) ?? [];
}

function moduleOf(scope: Scope): Scope {
  let at = scope;
  while (at.parent) at = at.parent;
  return at;
}

function own(scope: Scope, name: string): Scope | undefined {
  return scope.bindings.has(name) ? scope : undefined;
}
