/** Taking values apart: `a, *rest = values`, `B, T, C = x.shape`, and what its parts are called. */
import { refuse } from "../../ops/call";
import { unknown } from "../../ops/value";
import type { Expression } from "../../python/syntax";
import { isUnknown, onlyAtom } from "../../shape/dim";
import { type Span } from "../../text/source";
import { type Machine } from "../machine";
import { type Scope } from "../memory/scope";
import { elementsOf } from "../collections/elements";
import { unpackSize } from "../collections/sequences";
import { type Value, hasNoItems } from "../values/value";

/** The targets that take a value apart, each with its part, in their order. */
export function* unpacked(
  machine: Machine,
  targets: readonly Expression[],
  value: Value,
  scope: Scope,
): Generator<readonly [Expression, Value]> {
  const names = namesOf(targets);
  const star = targets.findIndex((target) => target.kind === "Starred");
  const items = value.kind === "size" && star < 0 ? unpackSize(machine, value.of, names) : elementsOf(machine, value);
  if (hasNoItems(value)) machine.record.raise("TypeError");
  if (items && star < 0 && items.length !== targets.length) machine.record.raise("ValueError");
  if (items && targets.length > 0 && isOfTensors(items)) refuseUnpacking(machine, targets, star, items, scope);
  for (const [i, target] of targets.entries()) {
    if (!items || (star < 0 ? items.length !== targets.length : items.length < targets.length - 1)) {
      yield [target, partOf(value)];
    } else if (i === star) {
      yield [target, machine.newList(items.slice(star, items.length - (targets.length - 1 - star)))];
    } else {
      const item = items[star >= 0 && i > star ? items.length - (targets.length - i) : i]!;
      yield [target, target.kind === "Name" ? sizeNamed(machine, item, target.id, scope) : item];
    }
  }
}

/** What the sizes are called that go to some targets. */
function namesOf(targets: readonly Expression[]): readonly string[] {
  return targets.map((target) => (target.kind === "Name" ? target.id : "D"));
}

/** `B, T = x.shape`: a size that is not known is called what its author calls it. */
function sizeNamed(machine: Machine, item: Value, name: string, scope: Scope): Value {
  if (item.kind !== "int" || !item.measured || name.startsWith("_")) return item;
  nameSize(name, item, scope);
  return { ...item, value: machine.facts.name(item.value, name) };
}

/** The first name that a size, or a number that a loop counts, gets in a function is what its shapes are shown with. */
export function nameSize(name: string, value: Value, { frame }: Scope): void {
  if (value.kind !== "int" || /^_+$/.test(name)) return;
  const atom = onlyAtom(value.value);
  const isCounted = atom?.kind === "symbol" && atom.below !== undefined;
  const isOpen = atom?.kind === "symbol" || isUnknown(value.value);
  if ((!isCounted && !(frame.node && value.measured && isOpen)) || frame.sizeNames?.has(value.value.key)) return;
  frame.sizeNames ??= new Map();
  frame.sizeNames.set(value.value.key, name);
}

/** Pieces of a tensor, its sizes, or tensors and what goes with them: what else is unpacked has nothing to do with shapes. */
function isOfTensors(items: readonly Value[]): boolean {
  const isTensor = (item: Value): boolean => item.kind === "tensor" || (item.kind === "int" && item.measured === true);
  return items.some(isTensor) && items.every((item) => item.kind !== "unknown");
}

function refuseUnpacking(
  machine: Machine,
  targets: readonly Expression[],
  star: number,
  items: readonly Value[],
  scope: Scope,
): void {
  const fewest = star < 0 ? targets.length : targets.length - 1;
  if (targets.length === 0 || (star < 0 ? items.length === fewest : items.length >= fewest)) return;
  const [first] = items;
  const source = first?.kind === "tensor" ? first : undefined;
  const wanted = `expects ${star < 0 ? "" : "at least "}${fewest} values`;
  const node = fromTo(targets[0]!, targets.at(-1)!);
  machine.record.refuse("unpacking", refuse(wanted, String(items.length), source), { node, scope });
}

/** From one node to another, wherever they have been moved to. */
function fromTo(first: Span, last: Span): Span {
  return {
    get start() {
      return first.start;
    },
    get end() {
      return last.end;
    },
  };
}

/** A part of something that is not known. */
function partOf(value: Value): Value {
  return unknown(value.kind === "unknown" ? value.reason : "what is unpacked is not known");
}

/**
 * `height, width = pair(size)`: what a function of the program makes of something that nobody describes. Its parts go by
 * their author's names, and are numbers where they are used as sizes.
 */
export function partsByName(value: Value, target: Expression): Value {
  if (value.kind !== "unknown" || target.kind !== "Tuple") return value;
  const names = target.elements.map((element) => (element.kind === "Name" ? element.id : undefined));
  return names.includes(undefined)
    ? value
    : { kind: "tuple", items: names.map((name) => ({ ...unknown(value.reason), name: name! })) };
}

/**
 * `b, n, _, h = *x.shape, self.heads`: an input that nobody described gets as many dimensions as there are names left,
 * before the right side is evaluated.
 */
export function describeStarred(machine: Machine, value: Expression, target: Expression, scope: Scope): void {
  if (value.kind !== "Tuple" || target.kind !== "Tuple") return;
  const stars = value.elements.filter((element) => element.kind === "Starred");
  const [star] = stars;
  const shape = star?.value;
  // A name alone may be evaluated twice.
  if (shape?.kind !== "Attribute" || shape.value.kind !== "Name" || shape.attribute.name !== "shape") return;
  const left = target.elements.length - (value.elements.length - 1);
  if (stars.length > 1 || left < 0 || target.elements.some(({ kind }) => kind === "Starred")) return;
  const at = value.elements.indexOf(star!);
  const owner = machine.evaluate(shape.value, scope);
  if (owner.kind === "tensor") unpackSize(machine, owner, namesOf(target.elements).slice(at, at + left));
}
