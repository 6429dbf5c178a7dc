/** What a function may leave changed on objects, as it is written: the attributes that it sets and those of which it changes a part. */
import type { Call, Expression, FunctionDef } from "../../python/syntax";
import { changesNothing } from "../calls/handOver";
import { type AnyNode, children, isKind, walk } from "../../python/visit";

/** Names of attributes, of whatever object. */
export interface Writes {
  readonly names: ReadonlySet<string>;
  /** Those of them that it sets on another object than its own: `self.model.fc = layer`. */
  readonly namesOfOthers: ReadonlySet<string>;
  /** Those into which something is put, or out of which something is taken: `self.rows.append(x)`, `self.net[0] = layer`. */
  readonly filled: ReadonlySet<string>;
  /** Those of which a part gets another part: `self.backbone.fc = layer`. */
  readonly changed: ReadonlySet<string>;
  /** Those that get a hook, which may give another result than theirs; by its name, where it is a method of the same object. */
  readonly hooked: readonly Hooked[];
  /** Names from outside that it binds anew, or of which it changes what they stand for. */
  readonly outer: ReadonlySet<string>;
  /** Any may be set: by names that are computed, or by a function that gets the object. */
  readonly isAny: boolean;
  /** The names of the functions and methods that it calls, with the attributes that they get. */
  readonly called: ReadonlyMap<string, readonly string[]>;
  /** Whether it changes what it gets. */
  readonly changesArguments: boolean;
}

export interface Hooked {
  readonly owners: readonly string[];
  readonly by: string | undefined;
}

/** By their bodies: a function that is edited stays the same node with another body. */
const known = new WeakMap<FunctionDef["body"], Writes>();

export function writesOf(method: FunctionDef): Writes {
  const before = known.get(method.body);
  if (before) return before;
  const reader = new Reader(method);
  walk(method, (part) => {
    reader.read(part);
    return undefined;
  });
  known.set(method.body, reader);
  return reader;
}

/** What puts something into a list, a dict or a container of layers, or takes it out. */
export const filling: ReadonlySet<string> = new Set(
  (
    "append extend insert add_module register_module register_parameter update pop clear setdefault popitem remove " +
    "appendleft extendleft popleft"
  ).split(" "),
);

/** What gives a module a part under a name. */
const registering = new Set(["register_buffer", "register_parameter", "register_module", "add_module"]);

/** What gives a tensor another shape, and a layer another result. */
const resizing = /^(resize_|resize_as_|set_)$/;
const hooking = /^register_forward_(pre_)?hook$/;

/** What sets attributes by names that are computed. */
const setters = new Set(["setattr", "vars", "exec", "eval"]);
const tables = /^(__dict__|__setattr__|_modules|_parameters|_buffers)$/;

/** What only asks an object something, or finds its class. */
const asking = new Set(
  "super isinstance issubclass type len getattr hasattr id str repr print hash bool iter deepcopy checkpoint DataParallel".split(
    " ",
  ),
);

/** Attributes of layers and tensors on which no shape hangs. */
const harmless = new Set("requires_grad grad training inplace p drop_prob eps momentum".split(" "));

class Reader implements Writes {
  readonly names = new Set<string>();
  readonly namesOfOthers = new Set<string>();
  readonly filled = new Set<string>();
  readonly changed = new Set<string>();
  readonly outer = new Set<string>();
  readonly hooked: Hooked[] = [];
  readonly called = new Map<string, readonly string[]>();
  isAny = false;
  changesArguments = false;
  /** Local names for attributes: `net = self.net`. */
  private readonly aliases = new Map<string, readonly string[]>();
  private readonly parameters: ReadonlySet<string>;
  /** What a method calls its object; of a function it is what it gets first. */
  private readonly own: string | undefined;

  constructor({ parameters }: FunctionDef) {
    this.parameters = new Set(parameters.map(({ name }) => name.name));
    this.own = parameters[0]?.name.name;
  }

  read(part: AnyNode): void {
    this.readAlias(part);
    for (const target of targetsOf(part)) this.readTarget(target);
    if (isKind(part, "Call")) this.readCall(part);
    if (isKind(part, "Global")) for (const { name } of part.names) this.outer.add(name);
    this.isAny ||= isKind(part, "Attribute")
      ? tables.test(part.attribute.name)
      : isKind(part, "Name") && setters.has(part.id);
  }

  private readAlias(part: AnyNode): void {
    const [target, value] =
      isKind(part, "Assign") && part.targets.length === 1
        ? [part.targets[0]!, part.value]
        : isKind(part, "For")
          ? [part.target, part.iterable]
          : [];
    if (!target || !value) return;
    const names = this.attributesAnywhere(value);
    for (const name of namesIn(target)) if (names.length > 0) this.aliases.set(name, names);
  }

  /** `self.mean, (self.std, _)`, `self.net[0]`, `self.backbone.fc`, and `self.weight.data`. */
  private readTarget(target: Expression): void {
    if (target.kind === "Tuple" || target.kind === "List") for (const part of target.elements) this.readTarget(part);
    if (target.kind === "Starred") this.readTarget(target.value);
    if (target.kind === "Subscript") this.readFilled(target.value);
    if (target.kind !== "Attribute") return;
    const isOwn = target.value.kind === "Name" && target.value.id === this.own;
    if (!isOwn && harmless.has(target.attribute.name)) return;
    this.names.add(target.attribute.name);
    if (!isOwn) this.namesOfOthers.add(target.attribute.name);
    if (target.attribute.name === "data" && target.value.kind === "Attribute")
      this.names.add(target.value.attribute.name);
    this.readChanged(target.value);
  }

  private readCall({ callee, args, keywords }: Call): void {
    const name = callee.kind === "Attribute" ? callee.attribute.name : callee.kind === "Name" ? callee.id : undefined;
    if (name === undefined) return;
    const given = args.flatMap((one) => this.attributesIn(one));
    this.called.set(name, [...(this.called.get(name) ?? []), ...given]);
    if (callee.kind === "Name" && setters.has(name)) for (const one of args) this.outer.add(rootOf(one) ?? "");
    const values = [...args, ...keywords.map(({ value }) => value)];
    const isGiven = values.some((one) => one.kind === "Name" && one.id === this.own);
    this.isAny ||= isGiven && !asking.has(name) && !isHarmless(callee);
    if (callee.kind !== "Attribute") return;
    const [first] = args;
    if (registering.has(name) && first?.kind === "Constant" && first.type === "str") this.names.add(first.value);
    if (filling.has(name)) this.readFilled(callee.value);
    if (hooking.test(name)) this.hooked.push({ owners: this.attributesIn(callee.value), by: nameOf(first) });
    if (!resizing.test(name)) return;
    if (callee.value.kind === "Attribute") this.names.add(callee.value.attribute.name);
    else this.isAny = true;
  }

  /** `self.rows`, of which something may be the part that is filled: `self.rows[i]`. */
  private readFilled(owner: Expression): void {
    if (owner.kind === "Attribute") this.filled.add(owner.attribute.name);
    if (owner.kind === "Subscript") this.readFilled(owner.value);
    else this.readChanged(owner.kind === "Attribute" ? owner.value : owner);
  }

  private readChanged(owner: Expression): void {
    for (const name of this.attributesIn(owner)) this.changed.add(name);
    const root = rootOf(owner) ?? "";
    if (this.parameters.has(root)) this.changesArguments = true;
    else this.outer.add(root);
  }

  /** The attributes on the way to a value: `self.net[0].fc`. */
  private attributesIn(node: Expression): readonly string[] {
    if (node.kind === "Name") return this.aliases.get(node.id) ?? [];
    if (node.kind === "Subscript") return this.attributesIn(node.value);
    return node.kind === "Attribute" ? [node.attribute.name, ...this.attributesIn(node.value)] : [];
  }

  /** Those that occur in an expression: `enumerate(self.layers)`. */
  private attributesAnywhere(node: AnyNode): readonly string[] {
    const own = isKind(node, "Attribute") ? [node.attribute.name] : [];
    return [...own, ...[...children(node)].flatMap((part) => this.attributesAnywhere(part))];
  }
}

/** `torch.save(self, path)`, `summary(self)`; `Base.forward(self, x)` is a method like its own. */
function isHarmless(callee: Expression): boolean {
  const path = pathOf(callee);
  const owner = path.split(".").at(-2) ?? "";
  return changesNothing(path) || /^(nn|F|copy|pickle|dill|joblib)\./.test(path) || /^[A-Z]/.test(owner);
}

const pathOf = (node: Expression): string =>
  node.kind === "Attribute" ? `${pathOf(node.value)}.${node.attribute.name}` : node.kind === "Name" ? node.id : "?";

/** `self.save`. */
const nameOf = (node: Expression | undefined): string | undefined =>
  node?.kind === "Attribute" ? node.attribute.name : undefined;

function namesIn(target: Expression): string[] {
  if (target.kind === "Name") return [target.id];
  return target.kind === "Tuple" || target.kind === "List" ? target.elements.flatMap(namesIn) : [];
}

function rootOf(node: Expression): string | undefined {
  if (node.kind === "Name") return node.id;
  return node.kind === "Subscript" || node.kind === "Attribute" ? rootOf(node.value) : undefined;
}

/** What a statement assigns to, or takes away. */
export function targetsOf(part: AnyNode): readonly Expression[] {
  if (isKind(part, "Assign") || isKind(part, "Delete")) return part.targets;
  if (isKind(part, "AugAssign") || isKind(part, "AnnAssign") || isKind(part, "For")) return [part.target];
  if (isKind(part, "With")) return part.items.flatMap(({ target }) => target ?? []);
  return [];
}
