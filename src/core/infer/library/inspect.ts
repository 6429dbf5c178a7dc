/** `inspect`: the parameters of functions, as decorators that rewrite arguments read them. */
import { findOperation } from "../../ops/registry";
import { bool, str, unknown } from "../../ops/value";
import type { Parameter } from "../../python/syntax";
import { classAttribute, linearised, newInstance } from "../classes/classes";
import { followImport, moduleByName } from "../imports/imports";
import { type Machine, type Site, args } from "../machine";
import { moduleType } from "../imports/ownModule";
import { truthOf } from "../values/truth";
import { type DictEntry, type FunctionValue, type Value, external } from "../values/value";
import { type Builtin, type Functions, textIn } from "./given";

const kinds: Record<Parameter["kind"], string> = {
  ordinary: "POSITIONAL_OR_KEYWORD",
  "positional-only": "POSITIONAL_ONLY",
  "keyword-only": "KEYWORD_ONLY",
  variadic: "VAR_POSITIONAL",
  keywords: "VAR_KEYWORD",
};

/** Names outside of the program of which it is known whether they are classes, beside PyTorch's operations. */
const classes = new Set([
  "functools.partial",
  "collections.defaultdict",
  "collections.deque",
  "collections.OrderedDict",
]);
const modules =
  /^(\w+|torch\.(nn|nn\.functional|nn\.init|optim|utils|utils\.data|cuda)|numpy\.random|os\.path|torchvision\.\w+)$/;

const constant = (name: string): Value => external(`inspect.Parameter.${name}`);

/** The function whose parameters a callable has, and how many of them it has already. */
function functionOf(value: Value | undefined): { callee: FunctionValue; bound: number } | undefined {
  if (value?.kind === "function") {
    const inner = value.wrapped && functionOf(value.wrapped);
    return inner ?? (value.wrapped ? undefined : { callee: value, bound: 0 });
  }
  if (value?.kind === "method" && value.callee.kind === "function") {
    const inner = functionOf(value.callee);
    return inner && { ...inner, bound: inner.bound + 1 };
  }
  const initialiser = value?.kind === "class" ? classAttribute(linearised(value), "__init__") : undefined;
  const found = initialiser && functionOf(initialiser);
  return found && { ...found, bound: found.bound + 1 };
}

function parameterOf(machine: Machine, callee: FunctionValue, parameter: Parameter, site: Site): Value {
  const made = newInstance(machine, external("inspect.Parameter"), site);
  const name = parameter.name.name;
  made.attributes.set("name", str(name));
  made.attributes.set("kind", constant(kinds[parameter.kind]));
  made.attributes.set("default", callee.defaults.get(name) ?? constant("empty"));
  for (const kind of [...Object.values(kinds), "empty"]) made.attributes.set(kind, constant(kind));
  return made;
}

const signature: Builtin = (machine, { positional: [value] }, site) => {
  const found = functionOf(value);
  if (!found) return unknown("the parameters are not known");
  const { callee, bound } = found;
  const entries = machine.newTable<DictEntry>();
  for (const parameter of callee.node.parameters.slice(bound)) {
    const name = parameter.name.name;
    entries.set(`s${name}`, { key: str(name), value: parameterOf(machine, callee, parameter, site) });
  }
  const made = newInstance(machine, external("inspect.Signature"), site);
  made.attributes.set("parameters", { kind: "dict", entries });
  return made;
};

/** Kinds of values that are no functions, whatever else is known of them. */
const plain = new Set<Value["kind"]>([
  "file",
  "instance",
  "none",
  "bool",
  "int",
  "float",
  "str",
  "dtype",
  "tensor",
  "tuple",
  "list",
  "dict",
]);

/** Whether something is of a kind; an object from outside the program may be of any. */
const isKind =
  (kind: Value["kind"]): Builtin =>
  (_, { positional: [value] }) => {
    if (value?.kind === kind) return bool(true);
    // PyTorch's layers are classes, its other operations functions.
    const operation = value?.kind === "external" ? findOperation(value.name) : undefined;
    if (operation?.kind === "module") return bool(kind === "class");
    if (value?.kind === "external" && classes.has(value.name)) return bool(kind === "class");
    if (value?.kind === "external" && modules.test(value.name)) return bool(false);
    const isOther = value && (plain.has(value.kind) || value.kind === "class" || value.kind === "function");
    return bool(isOther ? false : undefined);
  };

/** `inspect.getmembers(module, inspect.isclass)`: pairs in the order of their names. */
const members: Builtin = (machine, { positional: [owner, test] }, site) => {
  if (owner?.kind !== "instance" || owner.type.name !== moduleType) return unknown("the members are not known");
  const pairs: Value[] = [];
  for (const [name, held] of [...owner.attributes.items()].sort(([a], [b]) => (a < b ? -1 : 1))) {
    const value = held.kind === "import" ? (machine.nested(() => followImport(machine, held)) ?? held) : held;
    const isMember = test ? truthOf(machine.call(test, args(value), site)) : true;
    if (isMember === undefined) return unknown("the members are not known");
    if (isMember) pairs.push({ kind: "tuple", items: [str(name), value] });
  }
  return machine.newList(pairs);
};

const importModule: Builtin = (machine, { positional: [name] }, { scope }) => {
  const text = textIn(name);
  return text === undefined ? unknown("the module is not known") : moduleByName(machine, text, scope.frame.path);
};

export const inspectFunctions: Functions = [
  ["inspect.signature", signature],
  ["inspect.isfunction", isKind("function")],
  ["inspect.getmembers", members],
  ["importlib.import_module", importModule],
  ["builtins.__import__", importModule],
  ["inspect.isclass", isKind("class")],
];
