/** What functions outside the program may do to the lists, dicts and objects that they are given. */
import { candidatesOf } from "../values/candidates";
import { forgetObject } from "../classes/classes";
import { type Arguments } from "../machine";
import { forgetNumbers } from "../tensors/tensorNumbers";
import { forgetMembers } from "../values/unknowns";
import { knownItems } from "../collections/lists";
import { forgetItems, isIterator } from "../collections/taking";
import { type Value, forget } from "../values/value";

/** Built-in functions that change none of their arguments. */
const pureBuiltins = new Set(
  (
    "round sorted filter open input id hash repr format dir slice frozenset bytes complex ord chr issubclass object " +
    "property staticmethod classmethod print"
  ).split(" "),
);

const pureLibraries =
  /^(math|typing|warnings|logging|operator(?!\.(i\w+|setitem|delitem)$)|itertools|functools|numpy|np|time|os|json|dataclasses|torchvision)\./;

/** Names of functions that look at a model, or fill its parameters, or wrap it. */
const looking = /summary|info|count|print|log|save|watch|profile|flops|plot|show|init|seed/i;

/** Whether a function outside the program leaves what it is given as it is, as far as the names in it go. */
export function changesNothing(name: string): boolean {
  const last = name.split(".").at(-1)!;
  if (name.startsWith("builtins.")) return pureBuiltins.has(last) || /(Error|Exception|Warning|Iteration)$/.test(last);
  if (name.startsWith("torch."))
    return !/\.(prune|parametri\w+|spectral_norm|weight_norm|fuse_\w+|quantization)\b/.test(name);
  return pureLibraries.test(name) || looking.test(last);
}

/** What is read by something that changes nothing else. */
export function readThrough({ positional, keywords }: Arguments): void {
  for (const value of [...positional, ...keywords.values()]) if (isIterator(value)) forgetItems(value);
}

const deepest = 6;

/** What something unknown gets hold of it may change, down to what is in it. */
export function handOver({ positional, keywords }: Arguments): void {
  for (const value of [...positional, ...keywords.values()]) giveAway(value, 0);
}

function giveAway(value: Value, depth: number): void {
  if (depth > deepest) return;
  forgetNumbers(value);
  const below = (part: Value): void => {
    giveAway(part, depth + 1);
  };
  for (const item of knownItems(value) ?? []) below(item);
  if (value.kind === "dict") for (const entry of value.entries.values()) below(entry.value);
  if (value.kind === "instance") for (const part of value.attributes.values()) below(part);
  if (value.kind === "dict" && value.owner) forgetObject(value.owner.object);
  // `out.append`, by which it can be filled.
  if (value.kind === "method" && value.callee.kind === "external") below(value.receiver);
  if (value.kind === "partial") for (const part of [...value.positional, ...value.keywords.values()]) below(part);
  if (value.kind === "list" || value.kind === "dict") forget(value);
  if (value.kind === "instance") forgetObject(value);
  if (value.kind === "unknown") forgetMembers(value);
  for (const one of candidatesOf(value)) below(one);
}
