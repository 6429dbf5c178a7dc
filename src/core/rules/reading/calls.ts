/** Recorded calls as rules read them: their arguments as values, and as places in the source. */
import { type Inference } from "../../infer/analysis";
import { type Value } from "../../infer/values/value";
import { type CallRecord } from "../../infer/record/part";
import { type OpValue } from "../../ops/value";
import type { Call, Expression } from "../../python/syntax";
import { type Span } from "../../text/source";

type ByOperation = Map<string, CallRecord[]>;

/** By the file that they stand in, which is one of several where imports are followed. */
const byPath = new WeakMap<Inference["record"], ReadonlyMap<string, ByOperation>>();

/** The calls of operations by their qualified names that stand in the file itself, in the order of the run. */
export function callsOf({ record, source }: Inference, ...operations: readonly string[]): readonly CallRecord[] {
  const index = filesOf(record).get(source.path);
  return index ? operations.flatMap((operation) => index.get(operation) ?? []) : [];
}

/** Likewise in all files of the run, file by file. */
export function callsOfRun({ record }: Inference, ...operations: readonly string[]): readonly CallRecord[] {
  return [...filesOf(record).values()].flatMap((index) =>
    operations.flatMap((operation) => index.get(operation) ?? []),
  );
}

function filesOf(record: Inference["record"]): ReadonlyMap<string, ByOperation> {
  const files = byPath.get(record) ?? indexCalls(record);
  byPath.set(record, files);
  return files;
}

function indexCalls({ calls }: Inference["record"]): ReadonlyMap<string, ByOperation> {
  const files = new Map<string, ByOperation>();
  for (const call of calls) {
    const index: ByOperation = files.get(call.origin.path) ?? new Map<string, CallRecord[]>();
    files.set(call.origin.path, index);
    const same = index.get(call.operation);
    if (same) same.push(call);
    else index.set(call.operation, [call]);
  }
  return files;
}

const modelled = /^(torch|Tensor|Module|Optimizer|Scheduler|GradScaler|builtins|numpy|math|list|dict|str|tuple)\./;

/** A call of something that is neither the program's nor Python's, NumPy's or PyTorch's: nobody knows what it does. */
export function isForeign({ operation }: CallRecord): boolean {
  return !modelled.test(operation);
}

/** An argument by name, or by position where the operation's signature is not in the table. */
export function argumentOf(call: CallRecord, name: string, position: number): Value | OpValue | undefined {
  return call.values.get(name) ?? call.keywords.get(name) ?? call.positional[position];
}

/** Whether a call may work in place, by name or by position: what it returns need not be kept then. */
export function mayWorkInPlace({ values, result }: CallRecord): boolean {
  const flag =
    values.get("inplace") ?? (result.kind === "tensor" ? result.producer?.values?.get("inplace") : undefined);
  return flag !== undefined && flag.kind !== "none" && !(flag.kind === "bool" && flag.value === false);
}

/** A number that is known: an integer or a float. */
export function numberOf(value: Value | OpValue | undefined): number | undefined {
  if (value?.kind === "float") return value.value;
  if (value?.kind !== "int") return undefined;
  return /^-?\d+$/.test(value.value.key) ? Number(value.value.key) : undefined;
}

/** The call expression at a recorded place. */
export function callAt(span: Span): Call | undefined {
  return "kind" in span && span.kind === "Call" ? (span as Call) : undefined;
}

/** Where an argument is written in a call; `position` counts what stands between the parentheses. */
export function argumentExpression(call: Call, name: string, position: number): Expression | undefined {
  const byName = call.keywords.find((keyword) => keyword.name?.name === name);
  return byName?.value ?? call.args[position];
}
