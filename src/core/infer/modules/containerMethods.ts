/** Methods of `nn.Module` that change what a container holds or what a layer gives. */
import { none, unknown } from "../../ops/value";
import { constantValue } from "../../shape/dim";
import { forgetObject, loseTrack } from "../classes/classes";
import { type Arguments, type Machine } from "../machine";
import { elementsOf } from "../collections/elements";
import { type InstanceValue, type Value, knownEntries } from "../values/value";
import { setPair } from "../calls/instantiation";
import { childrenOf, keysOf } from "./containers";
import { placesOf } from "../collections/slices";
import { removePart, setPart } from "./stored";

type Change = (machine: Machine, self: InstanceValue, args: Arguments) => Value;

/** Takes the numbered children out and puts others in; false where there are children with names. */
export function renumber(self: InstanceValue, children: readonly Value[]): boolean {
  const names = self.attributes.keys().filter((name) => /^\d+$/.test(name));
  if (names.length !== childrenOf(self)?.length) return false;
  for (const name of names) removePart(self, name);
  for (const [index, child] of children.entries()) setPart(self, String(index), child);
  return true;
}

/** The place that a number means in a list, negative ones from the end. */
function placeOf(at: Value | undefined, count: number): number | undefined {
  const number = at?.kind === "int" ? constantValue(at.value) : undefined;
  return number !== undefined && number < 0 ? number + count : number;
}

const insert: Change = (_, self, { positional: [at, child] }) => {
  const children = childrenOf(self);
  const place = placeOf(at, children?.length ?? 0);
  const isKnown = children && child && place !== undefined && place >= 0;
  if (!isKnown || !renumber(self, [...children.slice(0, place), child, ...children.slice(place)])) forgetObject(self);
  return self;
};

/** `update` of a dict of modules: with a dict, another such container, or pairs. */
const update: Change = (machine, self, { positional: [more] }) => {
  const own = more?.kind === "instance" ? keysOf(more) : undefined;
  const entries = more?.kind === "dict" ? knownEntries(more) : undefined;
  const pairs = own
    ? own.map((key) => [key, more?.kind === "instance" && key.kind === "str" ? more.attributes.get(key.value!)! : none])
    : entries
      ? entries.map(({ key, value }) => [key, value])
      : more && more.kind !== "dict" && more.kind !== "instance"
        ? elementsOf(machine, more)?.map((pair) => elementsOf(machine, pair))
        : undefined;
  if (!keysOf(self) || !pairs) forgetObject(self);
  else for (const pair of pairs) setPair(machine, self, { kind: "tuple", items: pair ?? [] });
  return none;
};

const clear: Change = (_, self) => {
  const keys = keysOf(self);
  if (!keys) forgetObject(self);
  for (const key of keys ?? []) if (key.kind === "str") removePart(self, key.value!);
  return none;
};

const pop: Change = (_, self, { positional: [at] }) => {
  if (keysOf(self) && at?.kind === "str" && at.value !== undefined) {
    const child = self.attributes.get(at.value);
    removePart(self, at.value);
    return child ?? unknown("there is no layer of that name");
  }
  const children = childrenOf(self);
  const place = at ? placeOf(at, children?.length ?? 0) : (children?.length ?? 0) - 1;
  const taken = place === undefined ? undefined : children?.[place];
  if (
    !taken ||
    !renumber(
      self,
      children!.filter((__, i) => i !== place),
    )
  ) {
    forgetObject(self);
    return unknown("which layer is taken out is not known");
  }
  return taken;
};

/** `del container[at]`. */
export function removeChild(machine: Machine, self: InstanceValue, at: Value): void {
  const children = at.kind === "slice" ? childrenOf(self) : undefined;
  const places = children && at.kind === "slice" ? placesOf(children.length, at) : undefined;
  if (
    places &&
    renumber(
      self,
      children!.filter((_, i) => !places.includes(i)),
    )
  )
    return;
  if (childrenOf(self) ?? keysOf(self)) pop(machine, self, { positional: [at], keywords: new Map(), open: false });
  else forgetObject(self);
}

/** The part of that name; undefined where it is not known whether there is one. */
function partNamed(self: InstanceValue, key: Value | undefined): Value | "none" | undefined {
  const name = keysOf(self) && key?.kind === "str" ? key.value : undefined;
  return name === undefined ? undefined : (self.attributes.get(name) ?? "none");
}

const get: Change = (_, self, { positional: [key, otherwise] }) => {
  const part = partNamed(self, key);
  return part === "none" ? (otherwise ?? none) : (part ?? unknown("whether there is such a part is not known"));
};

const setDefault: Change = (machine, self, given) => {
  const [key, otherwise] = given.positional;
  const part = partNamed(self, key);
  if (part === undefined) return unmodelled(machine, self, given);
  if (part === "none" && otherwise) setPair(machine, self, { kind: "tuple", items: [key!, otherwise] });
  return part === "none" ? (otherwise ?? none) : part;
};

const unmodelled: Change = (_, self) => {
  forgetObject(self);
  loseTrack(self, "its layers were changed in a way that is not modelled");
  return none;
};

export const containerMethods: readonly (readonly [string, Change])[] = [
  ["insert", insert],
  ["pop", pop],
  ["update", update],
  ["clear", clear],
  ["setdefault", setDefault],
  ["get", get],
  ...["popitem", "__setitem__", "__delitem__"].map((name): [string, Change] => [name, unmodelled]),
];
