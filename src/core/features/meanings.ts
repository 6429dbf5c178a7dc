/** What the names of a form stand for in each call of its functions. */
import { type Inference } from "../infer/analysis";
import { classAttribute, linearised } from "../infer/classes/classes";
import { type Part } from "../infer/record/part";
import { type Frame } from "../infer/memory/scope";
import type { FunctionDef } from "../python/syntax";
import { isKind, walk } from "../python/visit";
import { type Dim, constantValue, isUnknown } from "../shape/dim";
import { type Meanings, learnMeanings } from "./forms";
import { ownNames, sizesOf } from "./sizes";

/** What its arguments and those of its object's constructor say, else what the names mean where they come up first. */
export function meaningsIn(call: Frame, inference: Inference): Meanings {
  return meaningsOf(inference).inCalls.get(call) ?? new Map<string, Dim>();
}

/** The numbers that all objects of a class were built with, under the names of its constructor, for a call of a method. */
export function numbersOfAll(call: Frame, inference: Inference): Meanings {
  const { method } = enclosing(call);
  const type = method?.owner && method.receiver.kind === "instance" ? method.receiver.type : undefined;
  const objects = inference.record.instances.filter((object) => object.type === type);
  const [first, ...others] = objects.map(({ attributes }) => meaningsOf(inference).given.get(attributes));
  const isShared = (name: string, size: Dim): boolean => others.every((other) => other?.get(name)?.key === size.key);
  return new Map(
    [...(first ?? [])].filter(([name, size]) => constantValue(size) !== undefined && isShared(name, size)),
  );
}

interface AllMeanings {
  readonly given: ReadonlyMap<object, Meanings>;
  readonly inCalls: ReadonlyMap<Frame, Meanings>;
}

const known = new WeakMap<Part, AllMeanings>();

function meaningsOf(inference: Inference): AllMeanings {
  const { record } = inference;
  const before = known.get(record);
  if (before) return before;
  const given = argumentsGiven(record);
  const found = { given, inCalls: meaningsInCalls(inference, given) };
  known.set(record, found);
  return found;
}

function meaningsInCalls(
  { record, facts }: Inference,
  given: ReadonlyMap<object, Meanings>,
): ReadonlyMap<Frame, Meanings> {
  const all = new Map<Frame, Meanings>();
  for (const [node, forms] of record.forms) {
    const shapes = forms.flatMap(([first]) => {
      const form = first && sizesOf(first.value);
      return form ? [ownNames(facts.resolveShape(form), first.call)] : [];
    });
    for (const { value, call } of record.seenAt(node) ?? []) {
      const sizes = sizesOf(value);
      const outer = enclosing(call);
      const told = [objectOf(outer), outer].flatMap((holder) => [...((holder && given.get(holder)) ?? [])]);
      const meanings = all.get(call) ?? new Map(told);
      all.set(call, meanings);
      if (sizes) for (const form of shapes) learnMeanings(form, { shape: facts.resolveShape(sizes), meanings });
    }
  }
  return all;
}

/** The numbers that were given: to constructors by the objects that they built, to other functions by their calls. */
function argumentsGiven(record: Part): ReadonlyMap<object, Meanings> {
  const calls = [...record.forms.values()].flat(2).map(({ call }) => enclosing(call));
  const functions = new Set(calls.flatMap((call) => [call.node, constructorOf(call)]));
  const found = new Map<object, Meanings>();
  for (const node of functions) if (node?.kind === "FunctionDef") takeArguments(node, record, found);
  return found;
}

function takeArguments(node: FunctionDef, record: Part, found: Map<object, Meanings>): void {
  const names = new Set(node.parameters.map(({ name }) => name.name));
  walk(node, (part) => {
    if (!isKind(part, "Name") || !names.has(part.id)) return undefined;
    for (const { value, call } of record.seenAt(part) ?? []) {
      const holder = call.node === node ? (node.name.name === "__init__" ? objectOf(call) : call) : undefined;
      // Where a place is seen often, what many calls share is all that is kept of the last.
      if (!holder || value.kind !== "int" || isUnknown(value.value)) continue;
      const meanings = found.get(holder) ?? new Map<string, Dim>();
      found.set(holder, meanings);
      if (!meanings.has(part.id)) meanings.set(part.id, value.value);
    }
    return undefined;
  });
}

/** The constructor of what a method was called on. */
function constructorOf({ method }: Frame): FunctionDef | undefined {
  const type = method?.owner && method.receiver.kind === "instance" ? method.receiver.type : undefined;
  const found = type && classAttribute(linearised(type), "__init__");
  return found?.kind === "function" && found.node.kind === "FunctionDef" ? found.node : undefined;
}

/** The call of the function in which a function of its own was called, such as a `lambda`. */
function enclosing(call: Frame): Frame {
  const { node, caller, path } = call;
  const isInside =
    node && caller?.node && caller.path === path && caller.node.start <= node.start && node.end <= caller.node.end;
  return isInside && caller.node !== node ? enclosing(caller) : call;
}

/** What a method was called on. */
function objectOf({ method }: Frame): object | undefined {
  return method?.owner && method.receiver.kind === "instance" ? method.receiver.attributes : undefined;
}
