/** Checks of sizes that a program makes itself: an `assert` that surely fails, a test that surely ends with a `raise`. */
import { refuse } from "../ops/call";
import type { CompareOperator, Expression } from "../python/syntax";
import { isKind, walk } from "../python/visit";
import { printDim } from "../shape/notation";
import { type Machine, type Site } from "./machine";
import { isModuleClass } from "./classes";
import { knownItems } from "./lists";
import { type Frame, type Scope } from "./scope";
import { compare } from "./comparing";
import { type Value } from "./value";

/** What is expected where a comparison is to hold. */
const wanted: Partial<Record<CompareOperator, string>> = {
  "==": "expects",
  "!=": "expects anything but",
  "<": "expects less than",
  "<=": "expects at most",
  ">": "expects more than",
  ">=": "expects at least",
  in: "expects one of",
  "not in": "expects none of",
};

const opposites: Partial<Record<CompareOperator, CompareOperator>> = {
  "==": "!=",
  "!=": "==",
  "<": ">=",
  ">=": "<",
  ">": "<=",
  "<=": ">",
  in: "not in",
  "not in": "in",
};

/** Reports the comparison by which a test comes out as it must not, if it is one of sizes, or of numbers in a module. */
export function refuseCheck(machine: Machine, test: Expression, truth: boolean, scope: Scope, site: Site): void {
  // Nobody may resume a generator behind its first `yield`.
  if (machine.record.uncertainty > 0 || scope.frame.yielded) return;
  const parts = test.kind === "BooleanOperation" && test.operator === (truth ? "or" : "and") ? test.values : [test];
  for (const part of parts) {
    if (part.kind !== "Compare" || part.operators.length !== 1 || !isRepeatable(part)) continue;
    const [left, right] = [part.left, part.comparators[0]!].map((side) => machine.evaluate(side, scope));
    const operator = part.operators[0]!;
    if (compare(operator, left!, right!, machine.facts) !== truth) continue;
    if (!isOfSizes(part, left!, right!) && !isInModule(scope.frame)) continue;
    const says = wanted[truth ? (opposites[operator] ?? operator) : operator];
    const [gets, expected] = [left, right].map((value) => value && printed(value));
    if (!says || gets === undefined || expected === undefined) continue;
    machine.record.refuse(truth ? "raise" : "assert", refuse(`${says} ${expected}`, gets), site);
    return;
  }
}

/** A number that comes from a tensor's shape, or the rest of a division that has to come out even. */
function isOfSizes({ left }: Expression & { kind: "Compare" }, ...values: readonly Value[]): boolean {
  const isRemainder = left.kind === "BinaryOperation" && left.operator === "%";
  return isRemainder || values.some(isMeasured);
}

/** What a layer is built with, or called on, by the program itself; elsewhere a number may be one that its user changes. */
function isInModule({ method, entered }: Frame): boolean {
  return !entered && method?.receiver.kind === "instance" && isModuleClass(method.receiver.type);
}

const isMeasured = (value: Value): boolean =>
  value.kind === "int" ? value.measured === true : value.kind === "tuple" && value.items.some(isMeasured);

function printed(value: Value): string | undefined {
  if (value.kind === "int") return printDim(value.value);
  const items = (value.kind === "tuple" ? value.items : knownItems(value))?.map(printed);
  if (!items) return undefined;
  return items.includes(undefined) ? undefined : `(${items.join(", ")}${items.length === 1 ? "," : ""})`;
}

const askingCalls = new Set(["len", "size", "dim", "numel"]);

/** Whether evaluating an expression once more changes nothing. */
export function isRepeatable(expression: Expression): boolean {
  let repeatable = true;
  walk(expression, (node) => {
    if (!isKind(node, "Call") || node.args.length > 1) return undefined;
    const { callee } = node;
    const name = callee.kind === "Name" ? callee.id : callee.kind === "Attribute" ? callee.attribute.name : "";
    if (!askingCalls.has(name)) repeatable = false;
    return undefined;
  });
  return repeatable;
}
