/** Indexing: lists, tuples, dicts, strings, sizes and tensors. */
import { refuse } from "../../ops/call";
import { isToTell } from "../calls/takenForTensors";
import { isOwnList } from "./ownLists";
import { type Subscript } from "../../python/syntax";
import { type TensorValue, int, none, str, unknown } from "../../ops/value";
import { type Dim, constant, constantValue, newSymbol, unknownSize } from "../../shape/dim";
import { printDim } from "../../shape/notation";
import { isRest, knownDims, nameOfPlace } from "../../shape/shape";
import { classAttribute, isModule, linearised, membersName } from "../classes/classes";
import { childrenOf, isContainer } from "../modules/containers";
import { dictIn } from "../classes/dictObjects";
import { partOfArray } from "../library/arrayCreation";
import { numbersOfArray, sliceOfNumbers } from "../tensors/arrayNumbers";
import { isArray } from "../tensors/arrays";
import { placesOf } from "./slices";
import { memberNamed } from "../library/enum";
import { oneAmong } from "../values/candidates";
import { join } from "../values/join";
import { type OpenItems, eachIn, knownItems, longest, openItems } from "./lists";
import { allModules, moduleNamed } from "../imports/ownModule";
import { packedPart } from "../library/packed";
import { indexTensor } from "../tensors/indexing";
import { eachAnew } from "./iterators";
import { type Machine, type Site, args } from "../machine";
import { dictKey } from "../values/texts";
import { partOfUnknown } from "../values/unknowns";
import { anyValueIn, isCounter, storeSomewhere } from "./dictValues";
import {
  type DictEntry,
  type DictValue,
  type InstanceValue,
  type ListValue,
  type SliceValue,
  type Value,
  anyLike,
  hasNoItems,
  knownEntries,
  others,
  tensorOfArray,
} from "../values/value";

export function subscript(machine: Machine, value: Value, given: Value, site: Site): Value {
  if (value.kind === "tensor") return indexTensor(machine, value, given, site);
  // In Python, True is 1; a dict with such keys has them as numbers too.
  const isNumber = given.kind === "bool" && given.value !== undefined && value.kind !== "dict" && !isArray(value);
  const index = isNumber ? int(+given.value) : given;
  if (value.kind === "unknown") return partOfUnknown(value);
  if (value.kind === "dict") return lookUp(machine, value, index, site);
  if (hasNoItems(value)) machine.record.raise("TypeError");
  if (value.kind === "size") {
    const at = index.kind === "int" ? constantValue(index.value) : undefined;
    return at === undefined ? unknown("the item is not known") : sizeAt(machine, value.of, at);
  }
  if (isNoIndex(value, index)) refuseIndex(machine, value, index, site);
  const items =
    knownItems(value) ?? (value.kind === "instance" ? (childrenOf(value) ?? numbersOfArray(value)) : undefined);
  if (items && index.kind === "int") refuseOutside(machine, value, items, index.value, site);
  if (items && index.kind === "int") {
    if (isOutside(items, index.value)) {
      machine.record.noteFailure();
      machine.record.raise("IndexError");
    }
    const at = constantValue(index.value);
    if (at === undefined && value.kind === "list") return anyOf(machine, items);
    return itemAt(isNamedList(value) ? [] : items, at);
  }
  if (isArray(value) && index.kind === "slice") {
    const part = sliceOfNumbers(machine, value, index, site);
    if (part) return part;
  }
  if (items && index.kind === "slice") return sliced(machine, value, items, index);
  const open = openItems(value);
  if (open?.each && index.kind === "int") return eachIn(value) ?? open.each;
  if (open && index.kind === "slice") return machine.newList(partOfOpen(open, index));
  if (value.kind === "instance" && value.attributes.has(tensorOfArray))
    return partOfArray(machine, value, index, site) ?? unknown("the item is not known");
  if (value.kind === "instance") return indexInstance(machine, value, index, site);
  if (value.kind === "str") return partOfText(machine, value, index);
  if (value.kind === "data" && value.data.is === "dataset" && index.kind === "int") return eachAnew(machine, value);
  if (value.kind === "class" && value.attributes.has(membersName)) return memberNamed(value, index);
  if (value.kind === "external" && value.name === allModules) return moduleNamed(machine, index, site);
  if (value.kind === "external" || value.kind === "class") return value; // `list[int]`, `Generic[T]`
  return unknown("the item is not known");
}

/** What is no index of a list or a tuple: `names[scores.max().item()]`, `batch["image"]`, `lstm(x)[:, -1]` end with an error. */
const noIndices: Partial<Record<Value["kind"], string>> = {
  float: "a float",
  str: "a string",
  tuple: "several indices",
  none: "None",
};

function isNoIndex({ kind }: Value, index: Value): boolean {
  return (kind === "list" || kind === "tuple") && index.kind in noIndices;
}

function refuseIndex(machine: Machine, value: Value, index: Value, site: Site): void {
  machine.record.raise("TypeError");
  if (machine.record.uncertainty > 0 || !isToTell(value, site)) return;
  machine.record.refuse(`indexing a ${value.kind}`, refuse("expects a whole number", noIndices[index.kind]!), site);
}

/** A list of layers finds them by number as their name, which those under another name have not. */
function isNamedList(value: Value): boolean {
  if (value.kind !== "instance" || value.layer.get("layer")?.operation.qualifiedName !== "torch.nn.ModuleList")
    return false;
  return value.attributes.items().some(([name, child]) => isModule(child) && !/^\d+$/.test(name));
}

/** `x.shape[4]` of four dimensions ends with an error, and so does the fifth item of four. What is empty may be filled unseen. */
function refuseOutside(machine: Machine, value: Value, items: readonly Value[], index: Dim, site: Site): void {
  if (items.length === 0 || !isOutside(items, index)) return;
  const ofSizes = items.every((item) => item.kind === "tensor" || (item.kind === "int" && item.measured));
  const isOfLayers = value.kind === "instance" && isContainer(value) && !isNamedList(value);
  const isTable = value.kind === "list" && !value.reading && items.every(isSetting);
  const isOwn =
    value.kind === "list" && !value.reading && isSubscript(site.node) && isOwnList(site.node.value, site.scope);
  const isSequence = value.kind === "tuple" || isTable || isOwn || isOfLayers;
  if (!isSequence || (machine.record.uncertainty > 0 && !(ofSizes && value.kind === "tuple"))) return;
  const isBelow = (constantValue(index) ?? 0) < 0;
  machine.record.refuse(
    "indexing",
    refuse(
      isBelow ? `expects an index from -${items.length} on` : `expects an index below ${items.length}`,
      printDim(index),
    ),
    site,
  );
}

const isSubscript = (node: Site["node"]): node is Subscript => (node as Partial<Subscript>).kind === "Subscript";

/** What tables of settings are made of; to other lists something that is not followed may have added more. */
function isSetting(value: Value): boolean {
  if (value.kind === "list" || value.kind === "tuple") return knownItems(value)?.every(isSetting) === true;
  return ["int", "bool", "str", "none"].includes(value.kind);
}

function isOutside(items: readonly Value[], index: Dim): boolean {
  const at = constantValue(index);
  return at !== undefined && (at >= items.length || at < -items.length);
}

function itemAt(items: readonly Value[], at: number | undefined): Value {
  const notKnown = unknown("the item is not known");
  return at === undefined ? oneAmong(notKnown, items) : (items.at(at) ?? notKnown);
}

/** More items are not compared to tell what they have in common. */
const mostAlike = 1000;

/** One of the items, nobody knows which: what they have in common. */
function anyOf(machine: Machine, items: readonly Value[]): Value {
  const [first, ...rest] = items.length <= mostAlike ? items : [];
  if (!first) return unknown("the item is not known");
  return rest.reduce((all, one) => alike(machine, all, one), first);
}

function alike(machine: Machine, a: Value, b: Value): Value {
  const [one, other] = [a, b].map((value) => (value.kind === "list" ? eachOfList(machine, value) : undefined));
  return one && other
    ? oneAmong(machine.newList({ each: alike(machine, one, other), count: unknownSize() }), [a, b])
    : join(a, b);
}

function eachOfList(machine: Machine, list: ListValue): Value | undefined {
  const items = knownItems(list);
  return items && items.length > 0 && !list.reading ? anyOf(machine, items) : eachIn(list);
}

function partOfText(machine: Machine, { value }: Value & { kind: "str" }, index: Value): Value {
  if (value === undefined) return str(undefined);
  const characters = Array.from(value, str);
  if (index.kind === "int") return itemAt(characters, constantValue(index.value));
  const part = index.kind === "slice" ? sliced(machine, { kind: "tuple", items: characters }, characters, index) : none;
  const text = knownItems(part)?.map((character) => (character.kind === "str" ? character.value : ""));
  return str(text?.join(""));
}

function lookUp(machine: Machine, dict: DictValue, index: Value, site: Site, isStrict = true): Value {
  const key = dictKey(index);
  const entry = key === undefined ? undefined : dict.entries.get(key);
  if (entry && key !== undefined) return entry.maybe ? perhapsMade(machine, dict, key, entry, site) : entry.value;
  if (isCounter(dict) && (key === undefined || !knownEntries(dict))) return anyLike(int(0));
  if (isCounter(dict)) return int(0);
  if (dict.missing && key !== undefined && knownEntries(dict)) {
    const made = machine.call(dict.missing, args(), site);
    dict.entries.set(key, { key: index, value: made });
    return made;
  }
  if (dict.missing && key === undefined) {
    const made = machine.call(dict.missing, args(), site);
    storeSomewhere(dict, made);
  }
  const isMissing = key !== undefined && knownEntries(dict) !== undefined;
  if (isStrict && isMissing) machine.record.raise("KeyError");
  const isOpen = key === undefined || dict.entries.has(others);
  const reason = isMissing ? "the dict has no such key" : "what the dict holds under this key is not known";
  const held = isOpen ? dict.entries.values().map((one) => one.value) : [];
  return (isOpen ? anyValueIn(dict) : undefined) ?? oneAmong(unknown(reason), held);
}

/** What only one branch has put in: a dict that makes what is missing makes it in the other. */
function perhapsMade(machine: Machine, dict: DictValue, key: string, entry: DictEntry, site: Site): Value {
  const other = isCounter(dict) ? int(0) : dict.missing && machine.call(dict.missing, args(), site);
  if (!other) return entry.value;
  const value = join(entry.value, other, machine.facts);
  if (dict.missing) dict.entries.set(key, { key: entry.key, value });
  return value;
}

function sliced(machine: Machine, like: Value, items: readonly Value[], slice: SliceValue): Value {
  const part = placesOf(items.length, slice)?.map((place) => items[place]!);
  if (!part) return unknown("the slice is not known");
  return like.kind === "tuple"
    ? { kind: "tuple", items: part, ...(like.isSize && { isSize: true }) }
    : like.kind === "list"
      ? { ...machine.newList(part), ...(like.type !== undefined && { type: like.type }) }
      : containerOf(machine, like, part);
}

/** A part of so many items. */
function partOfOpen({ each, count }: OpenItems, slice: SliceValue): OpenItems {
  const isWhole = slice.lower.kind === "none" && slice.upper.kind === "none";
  const isTurned = slice.step.kind === "int" && constantValue(slice.step.value) === -1;
  if (isWhole && (slice.step.kind === "none" || isTurned)) return { each, count };
  const length = constantValue(count);
  const places = length === undefined || length > longest ? undefined : placesOf(length, slice);
  return { each, count: places ? constant(places.length) : unknownSize() };
}

/** A slice of a Sequential is a Sequential. */
function containerOf(machine: Machine, like: Value, part: readonly Value[]): Value {
  if (like.kind !== "instance" || like.type.kind !== "external") return machine.newList(part);
  const copy: InstanceValue = { ...like, attributes: machine.newTable("members") };
  // A slice of a Sequential keeps the names of its layers.
  const keepsNames = like.type.name === "torch.nn.Sequential";
  const names = keepsNames ? new Map(like.attributes.items().map(([name, child]) => [child, name])) : undefined;
  part.forEach((child, i) => {
    copy.attributes.set(names?.get(child) ?? String(i), child);
  });
  return copy;
}

function indexInstance(machine: Machine, value: InstanceValue, index: Value, site: Site): Value {
  if (index.kind === "str" && index.value !== undefined) {
    const child = value.attributes.get(index.value);
    if (child) return child;
  }
  const held = classAttribute(linearised(value.type), "__getitem__") ? undefined : dictIn(value);
  const missing = classAttribute(linearised(value.type), "__missing__");
  const key = held && missing ? dictKey(index) : undefined;
  if (key !== undefined && missing && knownEntries(held!) && !held!.entries.has(key))
    return machine.call(missing, args(value, index), site);
  if (held) return lookUp(machine, held, index, site, missing === undefined);
  const packed = packedPart(value, index);
  if (packed) return packed;
  return value.type.kind === "class" || value.type.name === "re.Match"
    ? machine.call(machine.attribute(value, "__getitem__", site), args(index), site)
    : unknown("the item is not known");
}

/** `x.shape`: a tuple of sizes, or a size that tells its dimensions as they are asked for. */
export function sizesOf(machine: Machine, value: TensorValue): Value {
  const dims = knownDims(machine.facts.resolveShape(value.shape));
  return dims ? { kind: "tuple", items: dims.map(measured), isSize: true } : { kind: "size", of: value };
}

function measured(size: Dim): Value {
  return { kind: "int", value: size, measured: true };
}

/** `x.shape[at]`. */
export function sizeAt(machine: Machine, value: TensorValue, at: number): Value {
  const shape = at >= 0 ? machine.facts.exposeFront(value.shape, at + 1) : machine.facts.exposeBack(value.shape, -at);
  const axis = shape?.at(at);
  return axis && !isRest(axis) ? measured(axis) : unknown("the size of that dimension is not known");
}

/** `B, T, C = x.shape`: an input that nobody described has the dimensions that its author names. */
export function unpackSize(
  machine: Machine,
  value: TensorValue,
  names: readonly string[],
): readonly Value[] | undefined {
  const shape = machine.facts.resolveShape(value.shape);
  const rest = shape.find(isRest);
  if (rest && names.length >= shape.length - 1) {
    const at = shape.indexOf(rest);
    const added = names
      .slice(at, at + names.length - shape.length + 1)
      .map((name, i) => newSymbol(/^_+$/.test(name) ? nameOfPlace(at + i) : name, "free"));
    if (!machine.facts.describe(rest, added)) return undefined;
  }
  const sizes = sizesOf(machine, value);
  return sizes.kind === "tuple" ? sizes.items : undefined;
}
