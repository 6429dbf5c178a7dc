/**
 * What a function of the program says as its author wrote it. One that the program calls in several sizes shows none of
 * them; run once more by itself it has its author's names for them: `(B, planes, H, W)`. That is for the reader alone: it
 * is no call of the program, finds no problems and leaves nothing for the rules.
 */
import type { FunctionDef } from "../../python/syntax";
import { type TensorValue, tensor } from "../../ops/value";
import { newSymbol } from "../../shape/dim";
import { type Facts } from "../../shape/facts";
import { type Shape, knownDims, nameOfPlace, newRest, sameShape } from "../../shape/shape";
import { classAttribute, isModuleClass, linearised } from "../classes/classes";
import { type Machine } from "../machine";
import { type ModuleCall, Part } from "../record/part";
import { type Scope } from "../memory/scope";
import { type ClassValue, type FunctionValue, type InstanceValue, type MethodValue, type Value } from "../values/value";

/** A function whose calls differ in their sizes. */
export interface Form {
  readonly own: FunctionValue;
  /** Whose method it is. */
  readonly type: ClassValue | undefined;
  /** The functions whose lines it speaks for. */
  readonly functions: readonly FunctionDef[];
  /** How many dimensions its parameters have that are tensors in every call, as far as it is known; undefined where that differs. */
  readonly ranks: ReadonlyMap<string, number | undefined>;
}

/** The layers, the functions and the methods of a file that the program has called in several sizes. */
export function* formsOf(scope: Scope, part: Part, facts: Facts): Generator<Form> {
  const layers = callsByForward(part.moduleCalls);
  for (const value of scope.names.values()) {
    if (value.kind === "function" && value.scope === scope) yield* formOf(value, undefined, part, facts);
    if (value.kind !== "class") continue;
    const methods = ownMethods(value, scope.frame.path);
    const forward = isModuleClass(value) ? methods.find(({ name }) => name === "forward") : undefined;
    const calls = forward && layers.get(forward);
    if (forward && calls?.isOfOne && (!calls.isAlike || part.assumed.has(forward.node))) {
      const functions = methods.flatMap(({ node }) => (node.kind === "FunctionDef" ? [node] : []));
      yield { own: forward, type: value, functions, ranks: ranksOf(tensorsGiven(forward.node, part), facts) };
    } else for (const method of methods) yield* formOf(method, method.decorator ? undefined : value, part, facts);
  }
}

/** The methods that a class itself has, in this file; one without an object is a function. */
function ownMethods(type: ClassValue, path: string): FunctionValue[] {
  return type.attributes
    .values()
    .filter((value) => value.kind === "function")
    .filter(({ scope, decorator }) => scope.frame.path === path && (!decorator || decorator === "static"));
}

/** A function that gets tensors of several sizes. */
function* formOf(own: FunctionValue, type: ClassValue | undefined, part: Part, facts: Facts): Generator<Form> {
  const { node } = own;
  if (node.kind !== "FunctionDef" || node.isAsync || /^__\w+__$/.test(own.name)) return;
  const given = tensorsGiven(node, part);
  const isOpen = node.parameters.some(({ name }) => given.has(name.name) && part.isOpenAt(name));
  const isAlike =
    !isOpen && [...given.values()].every(([first, ...others]) => others.every((other) => isSame(first!, other)));
  if (!isAlike) yield { own, type, functions: [node], ranks: ranksOf(given, facts) };
}

type Tensors = readonly TensorValue[];

/** What its calls give to those parameters of a function that are tensors in all of them. */
function tensorsGiven(node: FunctionValue["node"], part: Part): ReadonlyMap<string, Tensors> {
  const inputs = node.parameters.map(({ name }) => {
    const seen = part.seenAt(name)?.filter(({ call }) => call.node === node) ?? [];
    return [name.name, seen.map(({ value }) => value)] as const;
  });
  const areTensors = (values: readonly Value[]): values is Tensors =>
    values.length > 0 && values.every(({ kind }) => kind === "tensor");
  return new Map(inputs.flatMap(([name, values]) => (areTensors(values) ? [[name, values]] : [])));
}

function ranksOf(given: ReadonlyMap<string, Tensors>, facts: Facts): Form["ranks"] {
  const shared = (tensors: Tensors): number | undefined => {
    const ranks = new Set(tensors.flatMap(({ shape }) => knownDims(facts.resolveShape(shape))?.length ?? []));
    return ranks.size === 1 ? [...ranks][0] : undefined;
  };
  return new Map([...given].map(([name, tensors]) => [name, shared(tensors)]));
}

/** How many dimensions the parameters of a form have, in words. */
export const rankNames = ({ ranks }: Form): string => [...ranks].map(([name, rank]) => `${name} ${rank}`).join();

/** What a form gets for its parameters: tensors of which nothing is known, or `ranked` no more than their rank. */
export function inputsOfForm({ ranks }: Form, ranked: boolean): ReadonlyMap<string, TensorValue> {
  return new Map(
    [...ranks].map(([name, rank]) => [name, tensor(ranked ? shapeOfRank(rank) : [newRest("free")], undefined)]),
  );
}

function shapeOfRank(rank: number | undefined): Shape {
  if (rank === undefined) return [newRest("free")];
  const names = Array.from({ length: rank }, (_, at) => nameOfPlace(at));
  // Four dimensions are pictures as a rule.
  if (rank === 4) names.splice(2, 2, "H", "W");
  return names.map((name) => newSymbol(name, "free"));
}

/** The calls of a `forward`, as far as they matter here. */
interface Calls {
  readonly first: ModuleCall;
  /** Of the one class that has it, in one size so far. */
  isOfOne: boolean;
  isAlike: boolean;
}

function callsByForward(calls: readonly ModuleCall[]): ReadonlyMap<Value, Calls> {
  const forwards = new Map<Value, Value | undefined>();
  const found = new Map<Value, Calls>();
  for (const call of calls) {
    const { type } = call.module;
    if (!forwards.has(type)) forwards.set(type, forwardOf(type));
    const forward = forwards.get(type);
    const known = forward && found.get(forward);
    if (forward && !known) found.set(forward, { first: call, isOfOne: true, isAlike: true });
    if (!known) continue;
    known.isOfOne &&= known.first.module.type === type;
    known.isAlike &&= isAlike(known.first, call);
  }
  return found;
}

function forwardOf(type: Value): Value | undefined {
  return type.kind === "class" ? classAttribute(linearised(type), "forward") : undefined;
}

function isAlike(a: ModuleCall, b: ModuleCall): boolean {
  const [first, second] = [a, b].map(({ inputs, output }) => [...inputs, output]);
  return first!.every((value, i) => isSame(value, second![i]));
}

function isSame(value: Value, other: Value | undefined): boolean {
  return value.kind !== "tensor" || (other?.kind === "tensor" && sameShape(value.shape, other.shape));
}

/** What is called to run a form, on an object of its class; undefined where that could not be built. */
export function calleeOf(
  { own, type }: Form,
  object: Value | undefined,
): FunctionValue | InstanceValue | MethodValue | undefined {
  if (!type) return own;
  if (object?.kind !== "instance") return undefined;
  return own.name === "forward" ? object : { kind: "method", receiver: object, callee: own };
}

/** Runs a form; only what is seen in its own lines stays on record. */
export function recordForm(machine: Machine, { own, functions }: Form, run: () => void): void {
  const { record } = machine;
  const apart = new Part();
  try {
    record.into(apart, run);
  } finally {
    record.part.takeForm(apart, functions, own.scope.frame.path);
  }
}
