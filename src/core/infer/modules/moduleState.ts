/** What a module gives of its parameters and buffers: lists of them with and without names, and its `state_dict`. */
import { loosened } from "../collections/lists";
import { unknownSize } from "../../shape/dim";
import { isTransient, mayCoincide } from "./stored";
import { mayHoldMore } from "./containers";
import { type TensorValue, bool, str, tensor, unknown } from "../../ops/value";
import { classAttribute, linearised } from "../classes/classes";
import { isHook } from "./hooks";
import { iterator } from "../collections/iterators";
import { type Arguments, type Machine } from "../machine";
import { type NamedModule, namedChildren, namedModules } from "./modules";
import { type DictEntry, type InstanceValue, type Value } from "../values/value";

type Method = (machine: Machine, self: InstanceValue, args: Arguments) => Value;

type Kind = "parameter" | "buffer";

type StoredTensor = TensorValue & { readonly stored: object };

const stored =
  (kind: Kind) =>
  (item: [string, Value]): item is [string, StoredTensor] =>
    item[1].kind === "tensor" && item[1].stored?.kind === kind && !item[0].startsWith("?");
const isStored = { parameter: stored("parameter"), buffer: stored("buffer") };

/** The stored tensors of one kind, below a module, each once (`named_parameters`, `named_buffers`). */
export function namedTensors(module: InstanceValue, kind: Kind): [string, TensorValue][] {
  return tensorsIn(namedModules(module), kind);
}

function tensorsIn(modules: readonly NamedModule[], kind: Kind): [string, TensorValue][] {
  const seen = new Set<object>();
  return modules.flatMap(({ name, module: owner }) =>
    owner.attributes.itemsThat(isStored[kind]).flatMap(([key, value]): [string, TensorValue][] => {
      if (seen.has(value.stored)) return [];
      seen.add(value.stored);
      return [[name ? `${name}.${key}` : key, value]];
    }),
  );
}

/** The tensors of a module and those below it, or its own alone. */
function tensors(kind: Kind, isNamed: boolean): Method {
  return (machine, self, { positional, keywords }) => {
    const recurse = positional[isNamed ? 1 : 0] ?? keywords.get("recurse") ?? bool(true);
    const prefix = isNamed ? (positional[0] ?? keywords.get("prefix") ?? str("")) : str("");
    if (recurse.kind !== "bool" || recurse.value === undefined)
      return unknown("which of them are asked for is not known");
    const modules = recurse.value ? namedModules(self) : [{ name: "", module: self }];
    const isOpen = ({ module }: NamedModule): boolean =>
      mayHoldMore(module) || (kind === "buffer" && isWeighted(module));
    if (modules.some(isOpen)) return iterator(machine, undefined);
    const found = tensorsIn(modules, kind);
    const isTold = !mayCoincide(found.map(([, value]) => value));
    const front = prefix.kind === "str" && prefix.value !== "" ? prefix.value && `${prefix.value}.` : "";
    const nameOf = (name: string): Value =>
      str(front === undefined || prefix.kind !== "str" ? undefined : front + name);
    const items = found.map(([name, value]): Value =>
      isNamed ? { kind: "tuple", items: [nameOf(name), value] } : value,
    );
    return iterator(machine, isTold ? items : { ...loosened(items, machine.facts), count: unknownSize() });
  };
}

/** `state_dict()`: parameters and buffers by their full names, those of a module before those of the modules in it. */
const stateDict: Method = (machine, self, { positional, keywords }) => {
  const prefix = keywords.get("prefix") ?? str("");
  if (positional.length > 0 || prefix.kind !== "str" || prefix.value === undefined || keywords.has("destination"))
    return unknown("what it is put into is not known");
  const entries = machine.newTable<DictEntry>();
  if (!putState(self, prefix.value, entries, new Set())) return unknown("the parts of the module are not known");
  return { kind: "dict", entries, type: "collections.OrderedDict" };
};

/** False where not all parts of a module are known, or where it has a way of its own to save them. */
function putState(
  module: InstanceValue,
  prefix: string,
  entries: { set(name: string, entry: DictEntry): void },
  above: ReadonlySet<object>,
): boolean {
  const isOpen = ([name, value]: [string, Value]): boolean =>
    value.kind === "unknown" && !value.isData && !isHook(name);
  const { attributes } = module;
  if (above.has(attributes) || attributes.items().some(isOpen) || attributes.has("?each") || savesItself(module))
    return false;
  for (const kind of ["parameter", "buffer"] as const)
    for (const [name, value] of attributes.itemsThat(isStored[kind]))
      if (!isTransient(value)) entries.set(`s${prefix}${name}`, { key: str(prefix + name), value: detached(value) });
  const within = new Set([...above, attributes]);
  return namedChildren(module).every(([name, child]) => putState(child, `${prefix}${name}.`, entries, within));
}

const ownWays = ["_save_to_state_dict", "get_extra_state", "state_dict", "_register_state_dict_hook"];

function savesItself(module: InstanceValue): boolean {
  const order = linearised(module.type);
  return isWeighted(module) || ownWays.some((name) => classAttribute(order, name) !== undefined);
}

/** Losses keep the weights of their classes as buffers, which are not modelled. */
function isWeighted({ layer }: InstanceValue): boolean {
  const call = layer.get("layer");
  const weights = ["weight", "pos_weight"].map((name) => call?.call.values.get(name));
  return (call?.operation.qualifiedName ?? "").endsWith("Loss") && weights.some((one) => one?.kind === "tensor");
}

/** The numbers alone: whoever keeps them keeps no parameter. */
const detached = ({ shape, dtype }: TensorValue): TensorValue => tensor(shape, dtype);

export const stateMethods: readonly (readonly [string, Method])[] = [
  ["parameters", tensors("parameter", false)],
  ["named_parameters", tensors("parameter", true)],
  ["buffers", tensors("buffer", false)],
  ["named_buffers", tensors("buffer", true)],
  ["state_dict", stateDict],
];
