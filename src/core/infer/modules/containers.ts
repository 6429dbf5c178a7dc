/** What modules that hold others hold: by number in a list, by name in a dict. */
import { isHook } from "./hooks";
import { type UnknownValue, int, str } from "../../ops/value";
import { candidatesOf } from "../values/candidates";
import { alternativesOf, onOneSide } from "../values/choices";
import { classAttribute, isModule, linearised } from "../classes/classes";
import { keysOfDict, namespaces } from "../classes/dictObjects";
import { childCount, eachChild } from "../collections/iterators";
import { type Items, type OpenItems, isOpenItems } from "../collections/lists";
import { type InstanceValue, type Value } from "../values/value";

const containers = new Set(["torch.nn.Sequential", "torch.nn.ModuleList", "torch.nn.ParameterList"]);

/** Whether an object holds modules or parameters by number. */
export function isContainer({ layer }: InstanceValue): boolean {
  return containers.has(layer.get("layer")?.operation.qualifiedName ?? "");
}

/** Likewise by number or by name. */
export function holdsParts(instance: InstanceValue): boolean {
  return isContainer(instance) || dictionaries.has(instance.layer.get("layer")?.operation.qualifiedName ?? "");
}

/** Whether a container surely holds nothing; an empty `nn.Sequential` is a layer that changes nothing. */
export function isToBeFilled(instance: InstanceValue): boolean {
  const name = instance.layer.get("layer")?.operation.qualifiedName;
  if (!holdsParts(instance) || name === "torch.nn.Sequential" || openChildren(instance)) return false;
  return (isContainer(instance) ? childrenOf(instance) : keysOf(instance))?.length === 0;
}

/** The modules in a container, in order; undefined for any other object. */
export function childrenOf(value: InstanceValue): Value[] | undefined {
  const layer = value.layer.get("layer");
  if (!layer || !isContainer(value) || value.attributes.has("?")) return undefined;
  const [isSequential, isParameters] = ["Sequential", "ParameterList"].map(
    (name) => layer.operation.qualifiedName === `torch.nn.${name}`,
  );
  const isNumber = (name: string): boolean => /^\d+$/.test(name);
  const isNamed = (name: string): boolean => !isNumber(name) && !name.startsWith("?") && !isParameters;
  const isChild = (item: [string, Value]): item is [string, Value] =>
    isNumber(item[0]) || (isNamed(item[0]) && (isModule(item[1]) || isOpen(item[1])));
  const items = value.attributes.itemsThat(isChild);
  // Layers that one side of a test has added or taken away are there or not.
  if (items.some(([, child]) => child.kind === "unknown" && child.reason === onOneSide)) return undefined;
  // What a list holds under another name is a layer of it, if it is one.
  if (!isSequential && items.some(([name, child]) => isNamed(name) && isOpen(child))) return undefined;
  return items.map(([, child]) => child);
}

/** Something that may be a layer: its mode and the like are none. */
const isOpen = (part: Value): part is UnknownValue => part.kind === "unknown" && !part.isData;

/** Gives a container layers that are not known one by one. */
export function holdOpen(instance: InstanceValue, items: Items): void {
  if (!isOpenItems(items) || !items.each || items.each.kind === "unknown") return;
  instance.attributes.set(eachChild, items.each);
  instance.attributes.set(childCount, int(items.count));
}

/** What is known of the layers in a container that are not known one by one. */
export function openChildren(value: Value): OpenItems | undefined {
  if (value.kind !== "instance") return undefined;
  const [each, count] = [eachChild, childCount].map((name) => value.attributes.get(name));
  return each && count?.kind === "int" ? { each, count: count.value } : undefined;
}

const dictionaries = new Set(["torch.nn.ModuleDict", "torch.nn.ParameterDict"]);

/**
 * Whether an object has parts of which nobody knows: something that only one branch has set or that some call gave, or that
 * stands among the layers of a container. What a constructor was given is mostly a setting, and mere data is no part.
 */
export function mayHoldMore(instance: InstanceValue): boolean {
  return holdsOpen(instance, ({ name }) => name === undefined);
}

/** Likewise modules, of which more is known where one branch has set one: what a call gave is looked at as if it were none. */
export function mayHoldModules(instance: InstanceValue): boolean {
  return holdsOpen(instance, (part) => part.reason === onOneSide || hasModules(part));
}

function holdsOpen(instance: InstanceValue, isDoubtful: (part: UnknownValue) => boolean): boolean {
  const { attributes } = instance;
  const isOne = ([name, part]: [string, Value]): boolean =>
    isOpen(part) && !isHook(name) && (isDoubtful(part) || isPlace(instance, name));
  return attributes.has("?") || attributes.items().some(isOne);
}

/** Where a container keeps a layer. */
const isPlace = (instance: InstanceValue, name: string): boolean => /^\d+$/.test(name) && isContainer(instance);

const hasModules = (part: UnknownValue): boolean =>
  [...(alternativesOf(part) ?? []).map(({ value }) => value), ...candidatesOf(part)].some(isModule);

/** The names in a dict of modules or parameters, or in a namespace, in order; undefined for any other object. */
export function keysOf(value: InstanceValue): readonly Value[] | undefined {
  const held = keysOfDict(value, (name) => classAttribute(linearised(value.type), name) !== undefined);
  if (held) return held;
  if (value.type.kind === "external" && namespaces.has(value.type.name) && !value.attributes.has("?"))
    return value.attributes.keys().map(str);
  const layer = value.layer.get("layer");
  if (!layer || !dictionaries.has(layer.operation.qualifiedName) || value.attributes.has("?")) return undefined;
  if (mayHoldMore(value)) return undefined;
  const isPart = (part: Value): boolean => isModule(part) || part.kind === "tensor" || part.kind === "unknown";
  return value.attributes
    .items()
    .filter(([name, part]) => isPart(part) && !name.startsWith("?"))
    .map(([name]) => str(name));
}
