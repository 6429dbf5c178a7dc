/** Functions that something unknown was given: it may call them at once, and whenever something unknown is called again. */
import { unknown } from "../../ops/value";
import type { FunctionDef, Lambda } from "../../python/syntax";
import { isKind, walk } from "../../python/visit";
import { targetsOf } from "../entries/writes";
import { perhapsWritten } from "../statements/branches";
import { type Arguments, type Machine, type Site, args } from "../machine";
import { type Frame } from "../memory/scope";
import { type FunctionValue, type Value } from "../values/value";

/** Under this name they are kept; nothing of a library is called so. */
const place = "<callbacks>";

/** More are not kept. */
const most = 8;

/** While one is run, another one that it may call is not. */
const running = new WeakSet<Machine>();

/** To be told of every call of something unknown. */
export function noteCallbacks(machine: Machine, { positional, keywords }: Arguments, site: Site): void {
  const { patches } = machine;
  if (running.has(machine)) return;
  const before = patches.size > 0 ? patches.get(place) : undefined;
  const known = before?.kind === "tuple" ? before.items : [];
  const more = [...positional, ...keywords.values()].filter((value) => isWriting(value) && !known.includes(value));
  if (more.length > 0) patches.set(place, { kind: "tuple", items: [...known, ...more].slice(-most) });
  running.add(machine);
  try {
    for (const one of [...known, ...more])
      if (isReachable(one, site.scope.frame)) perhapsWritten(machine, site.scope, () => void run(machine, one, site));
  } finally {
    running.delete(machine);
  }
}

function functionOf(value: Value): FunctionValue | undefined {
  if (value.kind === "partial") return functionOf(value.callee);
  const callee = value.kind === "method" ? value.callee : value;
  return callee.kind === "function" ? callee : undefined;
}

/** What it writes belongs to a call that is running, or to a file. */
function isReachable(value: Value, frame: Frame): boolean {
  const scope = functionOf(value)?.scope;
  for (let at: Frame | undefined = frame; at; at = at.caller) if (at === scope?.frame) return true;
  return scope?.kind === "module";
}

function run(machine: Machine, callback: Value, site: Site): Value {
  const parameters = functionOf(callback)?.node.parameters.slice(callback.kind === "method" ? 1 : 0) ?? [];
  const given = parameters.filter(({ kind }) => kind === "ordinary" || kind === "positional-only");
  const values = given.map(({ name }) => unknown(`nobody knows with which ${name.name} it is called`));
  return machine.record.asGuarded(() => machine.call(callback, args(...values), site));
}

const known = new WeakMap<FunctionDef["body"] | Lambda["body"], boolean>();

/** Methods that change what they are called on. */
const changing = /^(append|extend|insert|add|update|pop|clear|setdefault|remove|discard|add_module|__setitem__|\w+_)$/;

/** Whether a function of the program may write something that outlives it. */
function isWriting(value: Value): boolean {
  const node = functionOf(value)?.node;
  if (!node) return false;
  const before = known.get(node.body);
  if (before !== undefined) return before;
  let found = false as boolean;
  walk(node, (part) => {
    const { callee } = isKind(part, "Call") ? part : {};
    const isChange =
      callee?.kind === "Attribute"
        ? changing.test(callee.attribute.name)
        : callee?.kind === "Name" && callee.id === "setattr";
    found ||= isChange || isKind(part, "Nonlocal") || isKind(part, "Global");
    found ||= targetsOf(part).some(({ kind }) => kind === "Attribute" || kind === "Subscript");
    return undefined;
  });
  known.set(node.body, found);
  return found;
}
