/** One pass over a module that opens its scopes and collects what each of them binds. */
import type { Binding, BindingKind, Scope, ScopeKind } from "./scopes";
import type * as py from "./syntax";
import { type AnyNode, children, isKind } from "./visit";

interface OpenScope extends Scope {
  readonly parent: OpenScope | undefined;
  readonly children: OpenScope[];
  readonly bindings: Map<string, Binding[]>;
  readonly borrowed: Map<string, "global" | "nonlocal">;
}

interface Collector {
  readonly uses: Map<py.Name, OpenScope>;
  readonly opened: Map<AnyNode, OpenScope>;
  /** Bindings where they are written; `global` and `nonlocal` may send them to another scope in the end. */
  readonly written: (readonly [OpenScope, Binding])[];
}

export interface Collected {
  readonly root: Scope;
  readonly uses: ReadonlyMap<py.Name, Scope>;
  readonly opened: ReadonlyMap<AnyNode, Scope>;
}

export function bindingsIn(module: py.Module): Collected {
  const c: Collector = { uses: new Map(), opened: new Map(), written: [] };
  const root = open(c, "module", module, undefined);
  all(c, module.body, root);
  for (const [scope, binding] of c.written) {
    const owner = ownerOf(scope, binding.name, root);
    const known = owner.bindings.get(binding.name);
    if (known) known.push(binding);
    else owner.bindings.set(binding.name, [binding]);
  }
  return { root, uses: c.uses, opened: c.opened };
}

function ownerOf(scope: OpenScope, name: string, root: OpenScope): OpenScope {
  const borrowed = scope.borrowed.get(name);
  if (!borrowed) return scope;
  if (borrowed === "global") return root;
  const isOwner = (at: OpenScope): boolean =>
    (at.kind === "function" || at.kind === "lambda") && !at.borrowed.has(name);
  let at = scope.parent;
  while (at && !isOwner(at)) at = at.parent;
  // `nonlocal` without a function around is an error; the name then stays where it is.
  return at ?? scope;
}

function open(c: Collector, kind: ScopeKind, node: AnyNode, parent: OpenScope | undefined): OpenScope {
  const scope: OpenScope = { kind, node, parent, children: [], bindings: new Map(), borrowed: new Map() };
  parent?.children.push(scope);
  c.opened.set(node, scope);
  return scope;
}

function bind(c: Collector, scope: OpenScope, kind: BindingKind, place: py.Name | py.Identifier, node: AnyNode): void {
  const name = "id" in place ? place.id : place.name;
  if (name !== "") c.written.push([scope, { name, kind, place, node }]);
}

function all(c: Collector, nodes: readonly (AnyNode | undefined)[], scope: OpenScope): void {
  for (const node of nodes) if (node) visit(c, node, scope);
}

type Visitor = (c: Collector, node: never, scope: OpenScope) => void;

/** Nodes that open a scope or bind a name; of all others the children tell everything. */
const visitors = {
  Name: (c, node: py.Name, scope) => c.uses.set(node, scope),
  FunctionDef: functionDef,
  ClassDef: classDef,
  Lambda: lambda,
  Comprehension: comprehension,
  TypeAlias: (c, node: py.TypeAlias, scope) => {
    bind(c, scope, "type", node.name, node);
    all(c, [node.value], withTypes(c, node, scope));
  },
  Import: imported,
  ImportFrom: imported,
  Global: (_, node: py.Global, scope) => {
    for (const { name } of node.names) scope.borrowed.set(name, "global");
  },
  Nonlocal: (_, node: py.Nonlocal, scope) => {
    for (const { name } of node.names) scope.borrowed.set(name, "nonlocal");
  },
  Assign: (c, node: py.Assign, scope) => {
    visit(c, node.value, scope);
    for (const one of node.targets) target(c, one, "assignment", node, scope);
  },
  AugAssign: (c, node: py.AugAssign, scope) => {
    visit(c, node.value, scope);
    target(c, node.target, "assignment", node, scope);
  },
  AnnAssign: (c, node: py.AnnAssign, scope) => {
    all(c, [node.annotation, node.value], scope);
    target(c, node.target, "assignment", node, scope);
  },
  Delete: (c, node: py.Delete, scope) => {
    for (const one of node.targets) target(c, one, "deletion", node, scope);
  },
  For: (c, node: py.For, scope) => {
    visit(c, node.iterable, scope);
    target(c, node.target, "loop", node, scope);
    all(c, [...node.body, ...node.orelse], scope);
  },
  With: (c, node: py.With, scope) => {
    for (const item of node.items) {
      visit(c, item.context, scope);
      if (item.target) target(c, item.target, "with", item, scope);
    }
    all(c, node.body, scope);
  },
  Try: (c, node: py.Try, scope) => {
    all(c, node.body, scope);
    for (const handler of node.handlers) {
      all(c, [handler.type], scope);
      if (handler.name) bind(c, scope, "exception", handler.name, handler);
      all(c, handler.body, scope);
    }
    all(c, [...node.orelse, ...node.finalbody], scope);
  },
  NamedExpression: (c, node: py.NamedExpression, scope) => {
    visit(c, node.value, scope);
    // `:=` inside a comprehension binds around it.
    let owner = scope;
    while (owner.kind === "comprehension" && owner.parent) owner = owner.parent;
    c.uses.set(node.target, owner);
    bind(c, owner, "assignment", node.target, node);
  },
  MatchAs: captured,
  MatchStar: captured,
  MatchMapping: (c, node: py.MatchMapping, scope) => {
    if (node.rest) bind(c, scope, "capture", node.rest, node);
    all(c, children(node), scope);
  },
} satisfies Readonly<Record<string, (c: Collector, node: never, scope: OpenScope) => unknown>>;

function visit(c: Collector, node: AnyNode, scope: OpenScope): void {
  const visitor = "kind" in node ? (visitors as Readonly<Record<string, Visitor | undefined>>)[node.kind] : undefined;
  if (visitor) visitor(c, node as never, scope);
  else all(c, children(node), scope);
}

/** The names in a target are bound; the rest of it is read. */
function target(c: Collector, node: py.Expression, kind: BindingKind, by: AnyNode, scope: OpenScope): void {
  if (node.kind === "Name") {
    c.uses.set(node, scope);
    bind(c, scope, kind, node, by);
  } else if (node.kind === "Tuple" || node.kind === "List") {
    for (const element of node.elements) target(c, element, kind, by, scope);
  } else if (node.kind === "Starred") target(c, node.value, kind, by, scope);
  else visit(c, node, scope);
}

function withTypes(c: Collector, node: py.FunctionDef | py.ClassDef | py.TypeAlias, scope: OpenScope): OpenScope {
  if (node.typeParameters.length === 0) return scope;
  const types = open(c, "types", node, scope);
  for (const parameter of node.typeParameters) {
    bind(c, types, "type", parameter.name, parameter);
    all(c, [parameter.bound, parameter.default], types);
  }
  return types;
}

/** Defaults are evaluated outside, annotations where the type parameters are known. */
function functionDef(c: Collector, node: py.FunctionDef, scope: OpenScope): void {
  bind(c, scope, "function", node.name, node);
  all(c, node.decorators, scope);
  const types = withTypes(c, node, scope);
  const body = open(c, "function", node, types);
  for (const parameter of node.parameters) {
    bind(c, body, "parameter", parameter.name, parameter);
    all(c, [parameter.annotation], types);
    all(c, [parameter.default], scope);
  }
  all(c, [node.returns], types);
  all(c, node.body, body);
}

function classDef(c: Collector, node: py.ClassDef, scope: OpenScope): void {
  bind(c, scope, "class", node.name, node);
  all(c, node.decorators, scope);
  const types = withTypes(c, node, scope);
  all(c, [...node.bases, ...node.keywords], types);
  all(c, node.body, open(c, "class", node, types));
}

function lambda(c: Collector, node: py.Lambda, scope: OpenScope): void {
  const body = open(c, "lambda", node, scope);
  for (const parameter of node.parameters) {
    bind(c, body, "parameter", parameter.name, parameter);
    all(c, [parameter.default], scope);
  }
  visit(c, node.body, body);
}

/** The first iterable is evaluated outside. */
function comprehension(c: Collector, node: py.Comprehension, scope: OpenScope): void {
  const inside = open(c, "comprehension", node, scope);
  node.clauses.forEach((clause, index) => {
    visit(c, clause.iterable, index === 0 ? scope : inside);
    target(c, clause.target, "loop", clause, inside);
    all(c, clause.conditions, inside);
  });
  all(c, [node.key, node.element], inside);
}

function imported(c: Collector, node: py.Import | py.ImportFrom, scope: OpenScope): void {
  for (const alias of node.names) {
    if (alias.name === "*") continue;
    const name = isKind(node, "Import") ? alias.name.split(".", 1)[0]! : alias.name;
    const place = alias.alias ?? { name, start: alias.start, end: Math.min(alias.end, alias.start + name.length) };
    if (name !== "") c.written.push([scope, { name: place.name, kind: "import", place, node, alias }]);
  }
}

function captured(c: Collector, node: py.MatchAs | py.MatchStar, scope: OpenScope): void {
  if (node.kind === "MatchAs" && node.pattern) visit(c, node.pattern, scope);
  if (node.name) bind(c, scope, "capture", node.name, node);
}
