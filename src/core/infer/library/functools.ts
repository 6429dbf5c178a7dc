/** `functools` and `operator`: functions made of functions. */
import { cacheClearer, clearCache } from "../calls/cachedCalls";
import { makeObject } from "../calls/instantiation";
import { int, none, unknown } from "../../ops/value";
import type { BinaryOperator } from "../../python/syntax";
import { knownItems, setItems } from "../collections/lists";
import { type Machine, args } from "../machine";
import { binary } from "../expressions/operators";
import { elementsOf } from "../collections/elements";
import { subscript } from "../collections/sequences";
import { type FunctionValue, type ListValue, type PartialValue, type Value, external } from "../values/value";
import { type Builtin, type Functions, argument, numberIn, textIn } from "./given";

const partial: Builtin = (_, { positional: [callee, ...positional], keywords }) =>
  callee ? flattened({ kind: "partial", callee, positional, keywords }) : unknown("the function is missing");

/** A partial call of a partial call is one with the arguments of both. */
function flattened(made: PartialValue): PartialValue {
  const { callee } = made;
  if (callee.kind !== "partial" || (callee.callee.kind === "external" && callee.callee.name.includes("<"))) return made;
  return {
    kind: "partial",
    callee: callee.callee,
    positional: [...callee.positional, ...made.positional],
    keywords: new Map([...callee.keywords, ...made.keywords]),
  };
}

const reduce: Builtin = (machine, { positional: [callee, iterable, initial] }, site) => {
  const items = iterable && elementsOf(machine, iterable);
  if (!callee || !items) return unknown("what is reduced is not known");
  const [first, ...rest] = initial ? [initial, ...items] : items;
  return rest.reduce<Value>((total, item) => machine.call(callee, args(total, item), site), first ?? none);
};

/** What a decorator with arguments is that leaves the function as it is. */
const keeper = external("functools.<itself>");

const isDefinition = (value: Value | undefined): value is Value =>
  value?.kind === "function" || value?.kind === "class" || value?.kind === "method" || value?.kind === "partial";

/** A decorator with or without arguments that leaves what it decorates as it is, as far as shapes go. */
const leaving: Builtin = (_, { positional: [decorated], keywords }) => {
  if (isDefinition(decorated) && keywords.size === 0) return decorated;
  const isSetting = !decorated || ["str", "int", "bool", "none", "dtype"].includes(decorated.kind);
  return isSetting ? keeper : unknown("what is wrapped is not known");
};

/** Decorators by name. Behind any other a function is what calling the decorator gives. */
const keepers = [
  "torch.jit.export",
  "torch.jit.ignore",
  "torch.jit.unused",
  "torch.jit.script_method",
  "torch.jit.interface",
  "torch.jit._overload_method",
  "torch.jit.script_if_tracing",
  "torch.compile",
  "torch._dynamo.disable",
  "torch.compiler.disable",
  "torch.autocast",
  "torch.amp.autocast",
  "torch.cuda.amp.autocast",
  "torch.cuda.amp.custom_fwd",
  "torch.cuda.amp.custom_bwd",
  "torch.fx.wrap",
  "functools.total_ordering",
  "abc.abstractmethod",
  "typing.overload",
  "typing.final",
  "typing.no_type_check",
  "typing.runtime_checkable",
  "typing_extensions.final",
  "typing_extensions.overload",
  "typing_extensions.override",
  "typing.override",
  "typing_extensions.deprecated",
  "warnings.deprecated",
  "enum.unique",
];

/** `@cache`, `@lru_cache`, `@lru_cache(maxsize=None)`. */
const cached: Builtin = (_, given) => {
  const [callee] = given.positional;
  if (isDefinition(callee)) return keeping(callee, usualKept);
  const most = argument(given, 0, "maxsize") ?? int(usualKept);
  if (most.kind === "none") return external("functools.cache");
  if (numberIn(most) === undefined) return unknown("how many results are kept is not known");
  return { kind: "partial", callee: external(cacher), positional: [most], keywords: new Map() };
};

const cacher = "functools.<cached>";
const usualKept = 128;

const keeping = (callee: Value, keeps: number): Value => (callee.kind === "function" ? { ...callee, keeps } : callee);

/** `functools.wraps(fn)`: a decorator that lets a function stand for another one. */
const standing = (wrapped: Value | undefined): Value => ({
  kind: "partial",
  callee: external("functools.<standing for>"),
  positional: wrapped ? [wrapped] : [],
  keywords: new Map(),
});

const standsFor = (wrapper: Value | undefined, wrapped: Value | undefined): Value =>
  wrapper?.kind === "function" && wrapped ? { ...wrapper, wrapped } : (wrapper ?? none);

const marking =
  (decorator: FunctionValue["decorator"]): Builtin =>
  (_, { positional: [callee] }) =>
    callee?.kind === "function" ? { ...callee, decorator } : unknown("the decorated function is not known");

/** A property whose value stays on the object. */
const kept: Builtin = (machine, given, site) => {
  const property = marking("property")(machine, given, site);
  return property.kind === "function" ? { ...property, isKept: true } : property;
};

const setter: Builtin = (_, { positional: [property, callee] }) =>
  property?.kind === "function" && callee?.kind === "function"
    ? { ...property, setter: callee }
    : unknown("the property is not known");

const deleter: Builtin = (_, { positional: [property, callee] }) =>
  property?.kind === "function" && callee?.kind === "function"
    ? { ...property, deleter: callee }
    : unknown("the property is not known");

/** What `super().__call__(…)` does in a metaclass. */
const makeByType: Builtin = (machine, { positional: [type, ...positional], ...others }, site) =>
  type?.kind === "class"
    ? makeObject(machine, type, { positional, ...others }, site)
    : unknown("the class is not known");

/** `operator.add` and its like. */
const operators: readonly (readonly [string, BinaryOperator])[] = [
  ["add", "+"],
  ["sub", "-"],
  ["mul", "*"],
  ["truediv", "/"],
  ["floordiv", "//"],
  ["mod", "%"],
  ["pow", "**"],
  ["matmul", "@"],
  ["and_", "&"],
  ["or_", "|"],
  ["xor", "^"],
  ["iadd", "+"],
  ["imul", "*"],
];

const operatorFunctions: Functions = operators.map(([name, operator]) => [
  `operator.${name}`,
  (machine, { positional: [left, right] }, site) => {
    if (left?.kind === "list" && name.startsWith("i")) return changed(machine, name, left, right);
    return left && right ? binary(machine, operator, left, right, site) : unknown("an operand is not known");
  },
]);

/** `operator.iadd(items, others)` makes a list longer that others may have too; what else there is of that kind is not followed. */
function changed(machine: Machine, name: string, list: ListValue, others: Value | undefined): Value {
  const [items, more] = [knownItems(list), name === "iadd" && others ? elementsOf(machine, others) : undefined];
  setItems(list, items && more && [...items, ...more]);
  return list;
}

/** `operator.itemgetter(1)`: one key, or several that give a tuple. */
const getItems: Builtin = (machine, { positional }, site) => {
  const [keys, from] = [positional.slice(0, -1), positional.at(-1)];
  if (!from) return unknown("the object is missing");
  const found = keys.map((key) => subscript(machine, from, key, site));
  return found.length === 1 ? found[0]! : { kind: "tuple", items: found };
};

/** `operator.attrgetter("layer.weight")`: likewise. */
const getAttributes: Builtin = (machine, { positional }, site) => {
  const [names, from] = [positional.slice(0, -1), positional.at(-1)];
  const paths = names.map((name) => textIn(name)?.split("."));
  if (!from || paths.includes(undefined)) return unknown("the attribute is not known");
  const found = paths.map((path) => path!.reduce<Value>((value, part) => machine.attribute(value, part, site), from));
  return found.length === 1 ? found[0]! : { kind: "tuple", items: found };
};

const deferred =
  (name: string): Builtin =>
  (_, { positional, keywords }) => ({ kind: "partial", callee: external(name), positional, keywords });

export const functoolsFunctions: Functions = [
  ["functools.partial", partial],
  ["functools.partialmethod", () => unknown("partial methods are not modelled")],
  ["functools.reduce", reduce],
  [keeper.name, (_, { positional: [value] }) => value ?? none],
  ["functools.lru_cache", cached],
  ["functools.cache", (_, { positional: [callee] }) => (callee ? keeping(callee, Infinity) : none)],
  [cacher, (_, { positional: [most, callee] }) => (callee ? keeping(callee, numberIn(most) ?? 0) : none)],
  [
    cacheClearer,
    (machine, { positional: [callee] }) => (callee?.kind === "function" ? clearCache(machine, callee) : none),
  ],
  ["functools.wraps", (_, given) => standing(argument(given, 0, "wrapped"))],
  ["functools.<standing for>", (_, { positional: [wrapped, wrapper] }) => standsFor(wrapper, wrapped)],
  ["functools.update_wrapper", (_, { positional: [wrapper, wrapped] }) => standsFor(wrapper, wrapped)],
  ...keepers.map((name) => [name, leaving] as const),
  [
    "contextlib.contextmanager",
    (_, { positional: [callee] }) =>
      callee?.kind === "function" ? { ...callee, isContext: true } : unknown("the decorated function is not known"),
  ],
  ["builtins.staticmethod", marking("static")],
  ["builtins.classmethod", marking("class")],
  ["builtins.property", (machine, given, site) => propertyOf(machine, given, site)],
  ["functools.cached_property", kept],
  ["abc.abstractproperty", marking("property")],
  ["property.setter", setter],
  ["property.deleter", deleter],
  ["property.getter", (_, { positional: [, callee] }, site) => marking("property")(_, args(callee ?? none), site)],
  ...operatorFunctions,
  ["builtins.type.__call__", makeByType],
  ["operator.itemgetter", deferred("operator.<items>")],
  ["operator.<items>", getItems],
  ["operator.attrgetter", deferred("operator.<attribute>")],
  ["operator.<attribute>", getAttributes],
];

/** `property(get, set)`. */
const propertyOf: Builtin = (machine, given, site) => {
  const [getter, change] = [argument(given, 0, "fget"), argument(given, 1, "fset")];
  const property = marking("property")(machine, args(getter ?? none), site);
  return property.kind === "function" && change?.kind === "function" ? { ...property, setter: change } : property;
};
