/** Functions that something unknown was given: it may call them at once, and whenever something unknown is called again. */
import { unknown } from "../../ops/value";
import type { Call, FunctionDef, Lambda } from "../../python/syntax";
import { isKind, walk } from "../../python/visit";
import { classAttribute, linearised } from "../classes/classes";
import { knownItems } from "../collections/lists";
import { filling, targetsOf } from "../entries/writes";
import { perhapsWritten } from "../statements/branches";
import { type Arguments, type Machine, type Site, args } from "../machine";
import { type Frame, type Scope, lookup } from "../memory/scope";
import { type Part } from "../record/part";
import { type FunctionValue, type Value, knownEntries } from "../values/value";

/** Under this name they are kept; nothing of a library is called so. */
const place = "<callbacks>";

/** More are not kept. */
const most = 8;

/** They are run so often while one entry is: without an end nothing new comes of it. */
const mostRuns = 60;
const runs = new WeakMap<Part, number>();

/** While one is run, another one that it may call is not. */
const running = new WeakSet<Machine>();

/** To be told of every call of something unknown, and of what is stored in something unknown. */
export function noteCallbacks(machine: Machine, { positional, keywords }: Arguments, site: Site): void {
  const { patches } = machine;
  if (running.has(machine)) return;
  const before = patches.size > 0 ? patches.get(place) : undefined;
  const known = before?.kind === "tuple" ? before.items : [];
  const given = [...positional, ...keywords.values()].flatMap((value) => functionsIn(value, 0));
  const more = given.filter((value) => !known.includes(value) && mayWrite(machine, value, 0));
  if (more.length > 0) patches.set(place, { kind: "tuple", items: [...known, ...more].slice(-most) });
  running.add(machine);
  try {
    for (const one of [...known, ...more])
      if (isReachable(one, site.scope.frame) && isWorthwhile(machine.record.part))
        perhapsWritten(machine, site.scope, () => void run(machine, one, site), false);
  } finally {
    running.delete(machine);
  }
}

/** A function of the program, or those in a list or a dict. */
function functionsIn(value: Value, depth: number): readonly Value[] {
  if (functionOf(value)) return [value];
  if (depth > 2) return [];
  const items = value.kind === "dict" ? knownEntries(value)?.map((entry) => entry.value) : knownItems(value);
  return (items ?? []).flatMap((item) => functionsIn(item, depth + 1));
}

function functionOf(value: Value): FunctionValue | undefined {
  if (value.kind === "partial") return functionOf(value.callee);
  const callee = value.kind === "method" ? value.callee : value;
  return callee.kind === "function" ? callee : undefined;
}

/** What it writes belongs to a file, or to what is run by itself just now. */
function isReachable(value: Value, { entered }: Frame): boolean {
  const scope = functionOf(value)?.scope;
  return scope?.kind === "module" || scope?.frame.entered?.node === entered?.node;
}

function isWorthwhile(part: Part): boolean {
  const count = (runs.get(part) ?? 0) + 1;
  runs.set(part, count);
  return count <= mostRuns;
}

function run(machine: Machine, callback: Value, site: Site): Value {
  const open = (functionOf(callback)?.node.parameters ?? []).slice(boundTo(callback));
  const isNamed = (name: string): boolean => callback.kind === "partial" && callback.keywords.has(name);
  const given = open.filter(({ kind }) => kind === "ordinary" || kind === "positional-only");
  const values = given
    .filter(({ name }) => !isNamed(name.name))
    .map(({ name }) => unknown(`nobody knows with which ${name.name} it is called`));
  return machine.record.asGuarded(() => machine.call(callback, args(...values), site));
}

/** How many of its parameters it has got already. */
function boundTo(callback: Value): number {
  if (callback.kind === "partial") return callback.positional.length + boundTo(callback.callee);
  return callback.kind === "method" ? 1 : 0;
}

/** Functions that call others are followed so far. */
const deepest = 3;

/** Whether a function may write something that outlives it, by itself or through those that it calls. */
function mayWrite(machine: Machine, value: Value, depth: number): boolean {
  const callee = functionOf(value);
  if (!callee || depth > deepest) return false;
  machine.record.part.read.add(callee.node);
  const { writes, calls } = readingOf(callee.node);
  return writes || calls.some((call) => mayWriteThrough(machine, call, callee.scope, depth));
}

function mayWriteThrough(machine: Machine, { callee }: Call, scope: Scope, depth: number): boolean {
  if (callee.kind === "Name") {
    const value = lookup(scope, callee.id);
    return value !== undefined && mayWrite(machine, value, depth + 1);
  }
  if (callee.kind !== "Attribute" || callee.value.kind !== "Name") return false;
  const owner = lookup(scope, callee.value.id);
  const method = owner?.kind === "instance" ? classAttribute(linearised(owner.type), callee.attribute.name) : undefined;
  return method !== undefined && mayWrite(machine, method, depth + 1);
}

interface Reading {
  readonly writes: boolean;
  readonly calls: readonly Call[];
}

const known = new WeakMap<FunctionDef["body"] | Lambda["body"], Reading>();

/** Methods that change what they are called on, beside those that fill it. */
const changing = /^(add|discard|reverse|sort|register_\w+|__setitem__|\w+_)$/;

/** Whether a function writes something itself, and what it calls. */
function readingOf(node: FunctionDef | Lambda): Reading {
  const before = known.get(node.body);
  if (before) return before;
  const calls: Call[] = [];
  let writes = false as boolean;
  walk(node, (part) => {
    if (isKind(part, "Call")) {
      const { callee } = part;
      calls.push(part);
      writes ||=
        callee.kind === "Attribute"
          ? filling.has(callee.attribute.name) || changing.test(callee.attribute.name)
          : callee.kind === "Name" && callee.id === "setattr";
    }
    writes ||= isKind(part, "Nonlocal") || isKind(part, "Global");
    writes ||= targetsOf(part).some(({ kind }) => kind === "Attribute" || kind === "Subscript");
    return undefined;
  });
  const found = { writes, calls };
  known.set(node.body, found);
  return found;
}
