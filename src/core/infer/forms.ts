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

/** The classes among some values whose own `forward` the program has called in several sizes, as no other class. */
export function* formsOf(values: Iterable<Value>, calls: readonly ModuleCall[], path: string): Generator<Form> {
  const firsts = new Map<Value, ModuleCall>();
  const differing = new Set<Value>();
  for (const call of calls) {
    const forward = forwardOf(call.module.type);
    if (!forward || differing.has(forward)) continue;
    const first = firsts.get(forward);
    if (!first) firsts.set(forward, call);
    else if (first.module.type !== call.module.type || !isAlike(first, call)) differing.add(forward);
  }
  for (const type of values) {
    if (type.kind !== "class" || !isModuleClass(type)) continue;
    const own = ["forward", "__init__"].map((name) => type.attributes.get(name));
    const methods = own.flatMap((method) =>
      method?.kind === "function" && method.scope.frame.path === path ? [method] : [],
    );
    const [forward] = methods;
    const isOnlyOne = calls.every(({ module }) => module.type === type || forwardOf(module.type) !== forward);
    if (forward?.name === "forward" && differing.has(forward) && isOnlyOne)
      yield { type, methods: methods.flatMap(({ node }) => (node.kind === "FunctionDef" ? [node] : [])) };
  }
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

/** Runs a form; only what the tensors of its own lines are stays on record. */
export function recordForm(machine: Machine, { methods }: Form, run: () => void): void {
  const { record } = machine;
  const apart = new Part();
  try {
    record.into(apart, run);
  } finally {
    record.part.takeForm(apart, methods);
  }
}
