/** Methods of Python's containers and strings, and the tensor methods that are about Python rather than shapes. */
import { int, none, str, tensor, unknown } from "../ops/value";
import { constantValue } from "../shape/dim";
import { knownDims, restIndex, unknownShape } from "../shape/shape";
import { type Builtin } from "./builtins";
import { elementCount } from "./libraries";
import { type Arguments, type Machine } from "./machine";
import { matrixProduct } from "./matmul";
import { elementsOf, sizeAt, sizesOf } from "./sequences";
import { asNumber, compare } from "./truth";
import { dictKey } from "./texts";
import { type DictValue, type ListValue, type Value, forget, knownEntries } from "./value";

/** A method gets its object as the first positional argument. */
function onList(
  run: (items: readonly Value[], rest: readonly Value[], list: ListValue, machine: Machine) => Value,
): Builtin {
  return (machine, { positional: [list, ...rest] }) => {
    if (list?.kind !== "list") return unknown("the list is not known");
    const items = list.contents.get("items");
    return items ? run(items, rest, list, machine) : unknown("the list is not known");
  };
}

function onDict(run: (dict: DictValue, rest: readonly Value[], machine: Machine, args: Arguments) => Value): Builtin {
  return (machine, args) => {
    const [dict, ...rest] = args.positional;
    return dict?.kind === "dict" ? run(dict, rest, machine, args) : unknown("the dict is not known");
  };
}

function onString(run: (text: string, rest: readonly string[]) => Value): Builtin {
  return (_, { positional: [text, ...rest] }) => {
    const others = rest.map((value) => (value.kind === "str" ? value.value : undefined));
    if (text?.kind !== "str" || text.value === undefined || others.includes(undefined))
      return unknown("the string is not known");
    return run(text.value, others as string[]);
  };
}

/** `startswith`, `endswith`: with one text or several. */
function onEnds(test: (text: string, part: string) => boolean): Builtin {
  return (_, { positional: [text, part] }) => {
    const parts = part?.kind === "tuple" ? part.items : [part];
    const known = parts.map((item) => (item?.kind === "str" ? item.value : undefined));
    if (text?.kind !== "str" || text.value === undefined || known.includes(undefined))
      return { kind: "bool", value: undefined };
    return { kind: "bool", value: known.some((item) => test(text.value!, item!)) };
  };
}

const size: Builtin = (machine, { positional: [value, dim], keywords }) => {
  if (value?.kind !== "tensor") return unknown("the tensor is not known");
  const which = dim ?? keywords.get("dim");
  if (!which) return sizesOf(machine, value);
  const at = which.kind === "int" ? constantValue(which.value) : undefined;
  return at === undefined ? unknown("the dimension is not known") : sizeAt(machine, value, at);
};

const rank: Builtin = (machine, { positional: [value] }) => {
  const shape = value?.kind === "tensor" ? machine.facts.resolveShape(value.shape) : undefined;
  return shape && restIndex(shape) < 0 ? int(knownDims(shape)!.length) : unknown("the rank of the tensor is not known");
};

/** Sorts lists of known numbers. */
const sort: Builtin = (_, { positional: [list], keywords }) => {
  if (list?.kind !== "list") return none;
  const items = list.contents.get("items");
  const numbers = items?.map((item) => asNumber(item));
  const isKnown = items && keywords.size === 0 && !numbers?.includes(undefined);
  const order = isKnown ? items.map((_, i) => i).sort((a, b) => numbers![a]! - numbers![b]!) : undefined;
  list.contents.set(
    "items",
    order?.map((i) => items![i]!),
  );
  return none;
};

/** Longer lists and texts are not followed. */
const longest = 10_000;

export const methods: ReadonlyMap<string, Builtin> = new Map<string, Builtin>([
  [
    "list.append",
    onList((items, [item], list) => {
      list.contents.set("items", item && items.length < longest ? [...items, item] : undefined);
      return none;
    }),
  ],
  [
    "list.extend",
    onList((items, [more], list, machine) => {
      const added = more && elementsOf(machine, more);
      list.contents.set("items", added && items.length + added.length <= longest ? [...items, ...added] : undefined);
      return none;
    }),
  ],
  [
    "list.insert",
    onList((items, [at, item], list) => {
      const index = at?.kind === "int" ? constantValue(at.value) : undefined;
      const placed = index === undefined || !item ? undefined : [...items.slice(0, index), item, ...items.slice(index)];
      list.contents.set("items", placed);
      return none;
    }),
  ],
  [
    "list.pop",
    onList((items, [at], list) => {
      const index = at ? (at.kind === "int" ? constantValue(at.value) : undefined) : -1;
      const taken = index === undefined ? undefined : items.at(index);
      const place = index === undefined ? undefined : index < 0 ? items.length + index : index;
      list.contents.set("items", place === undefined ? undefined : items.filter((_, i) => i !== place));
      return taken ?? unknown("the item is not known");
    }),
  ],
  ["list.copy", onList((items, _, __, machine) => machine.newList(items))],
  ["list.reverse", onList((items, _, list) => (list.contents.set("items", [...items].reverse()), none))],
  [
    "list.remove",
    onList((items, [item], list, machine) => {
      const answers = items.map((other) => item && compare("==", other, item, machine.facts));
      const place = answers.findIndex((answer) => answer !== false);
      list.contents.set("items", answers[place] ? items.filter((_, i) => i !== place) : undefined);
      return none;
    }),
  ],
  ["list.clear", (_, { positional: [list] }) => (list?.kind === "list" && list.contents.set("items", []), none)],
  ["list.sort", sort],
  [
    "dict.clear",
    onDict((dict) => {
      for (const name of dict.entries.keys()) dict.entries.delete(name);
      return none;
    }),
  ],
  ["dict.keys", onDict((dict, _, machine) => machine.newList(knownEntries(dict)?.map((entry) => entry.key)))],
  ["dict.values", onDict((dict, _, machine) => machine.newList(knownEntries(dict)?.map((entry) => entry.value)))],
  [
    "dict.items",
    onDict((dict, _, machine) =>
      machine.newList(knownEntries(dict)?.map(({ key, value }) => ({ kind: "tuple", items: [key, value] }))),
    ),
  ],
  [
    "dict.get",
    onDict((dict, [key, otherwise]) => {
      const name = key && dictKey(key);
      const entry = name === undefined ? undefined : dict.entries.get(name);
      if (name === undefined || entry?.maybe) return unknown("whether the dict has the key is not known");
      return entry?.value ?? otherwise ?? none;
    }),
  ],
  [
    "dict.pop",
    onDict((dict, [key, otherwise]) => {
      const name = key && dictKey(key);
      const entry = name === undefined ? undefined : dict.entries.get(name);
      if (name === undefined) forget(dict);
      else dict.entries.delete(name);
      const taken = entry?.maybe ? undefined : entry?.value;
      return taken ?? (name !== undefined && !entry ? otherwise : undefined) ?? unknown("the key is not known");
    }),
  ],
  [
    "dict.update",
    onDict((dict, [more], _, { keywords }) => {
      if (more?.kind === "dict") for (const [name, entry] of more.entries.items()) dict.entries.set(name, entry);
      else if (more) forget(dict);
      for (const [name, value] of keywords) dict.entries.set(`s${name}`, { key: str(name), value });
      return none;
    }),
  ],
  ["str.endswith", onEnds((text, part) => text.endsWith(part))],
  ["str.startswith", onEnds((text, part) => text.startsWith(part))],
  ["str.lower", onString((text) => str(text.toLowerCase()))],
  ["str.upper", onString((text) => str(text.toUpperCase()))],
  ["str.strip", onString((text) => str(text.trim()))],
  [
    "str.replace",
    onString((text, [from, to]) =>
      str(!from || to === undefined || text.length * to.length > longest ? undefined : text.replaceAll(from, to)),
    ),
  ],
  ["str.format", () => str(undefined)],
  ["str.join", () => str(undefined)],
  ["Tensor.size", size],
  ["Tensor.dim", rank],
  ["Tensor.ndimension", rank],
  ["Tensor.numel", (machine, { positional: [value] }) => elementCount(machine, value)],
  ["Tensor.item", () => unknown("the number in a tensor is not known")],
  ["Tensor.backward", () => none],
  [
    "Tensor.matmul",
    (machine, { positional: [left, right] }, site) =>
      left && right ? matrixProduct(machine, left, right, site) : unknown("a factor is missing"),
  ],
  ["Tensor.numpy", () => unknown("NumPy arrays are not modelled")],
  ["Tensor.tolist", () => unknown("the numbers in a tensor are not known")],
  [
    "Tensor.nonzero",
    (_, { keywords }) => (keywords.size > 0 ? unknown("the places are not known") : tensor(unknownShape(), "int64")),
  ],
]);
