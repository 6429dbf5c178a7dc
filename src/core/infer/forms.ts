/**
 * What a layer of the program says as its author wrote it. A block that a model calls in several sizes shows none of them;
 * run once more by itself it has its author's names for them: `(B, planes, H, W)`. That is for the reader alone: it is no
 * call of the program, finds no problems and leaves nothing for the rules.
 */
import type { FunctionDef } from "../python/syntax";
import { sameShape } from "../shape/shape";
import { classAttribute, isModuleClass, linearised } from "./classes";
import { type Machine } from "./machine";
import { type ModuleCall, Part } from "./part";
import { type ClassValue, type Value } from "./value";

/** A class of layers whose calls differ in their sizes. */
export interface Form {
  readonly type: ClassValue;
  /** The methods whose lines it speaks for. */
  readonly methods: readonly FunctionDef[];
}

/** The calls of a `forward`, as far as they matter here. */
interface Calls {
  readonly first: ModuleCall;
  /** Of the one class that has it, in one size so far. */
  isOfOne: boolean;
  isAlike: boolean;
}

/** The classes among some values whose own `forward` the program has called in several sizes, as no other class. */
export function* formsOf(values: Iterable<Value>, calls: readonly ModuleCall[], path: string): Generator<Form> {
  const byForward = callsByForward(calls);
  for (const type of values) {
    if (type.kind !== "class" || !isModuleClass(type)) continue;
    const [forward, build] = ["forward", "__init__"].map((name) => type.attributes.get(name));
    const seen = forward && byForward.get(forward);
    if (!seen || seen.isAlike || !seen.isOfOne) continue;
    const methods = [forward, build].flatMap((method) =>
      method?.kind === "function" && method.scope.frame.path === path && method.node.kind === "FunctionDef"
        ? [method.node]
        : [],
    );
    if (methods[0]?.name.name === "forward") yield { type, methods };
  }
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
  return first!.every((value, i) => {
    const other = second![i];
    return value.kind !== "tensor" || (other?.kind === "tensor" && sameShape(value.shape, other.shape));
  });
}

/** Runs a form; only what is seen in its own lines stays on record. */
export function recordForm(machine: Machine, { methods }: Form, run: () => void): void {
  const { record } = machine;
  const apart = new Part();
  try {
    record.into(apart, run);
  } finally {
    record.part.takeForm(apart, methods);
  }
}
