/** Checks of sizes that a program makes itself: an `assert` that surely fails, a test that surely ends with a `raise`. */
import { refuse } from "../ops/call";
import type { CompareOperator, Expression } from "../python/syntax";
import { isKind, walk } from "../python/visit";
import { printDim } from "../shape/notation";
import { type Machine, type Site } from "./machine";
import { type Scope } from "./scope";
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
};

const opposites: Partial<Record<CompareOperator, CompareOperator>> = {
  "==": "!=",
  "!=": "==",
  "<": ">=",
  ">=": "<",
  ">": "<=",
  "<=": ">",
};

/** Reports the comparison by which a test comes out as it must not, if it is one of sizes. */
export function refuseCheck(machine: Machine, test: Expression, truth: boolean, scope: Scope, site: Site): void {
  // Nobody may resume a generator behind its first `yield`.
  if (machine.record.uncertainty > 0 || scope.frame.yielded) return;
  const parts = test.kind === "BooleanOperation" && test.operator === (truth ? "or" : "and") ? test.values : [test];
  for (const part of parts) {
    if (part.kind !== "Compare" || part.operators.length !== 1 || !isRepeatable(part)) continue;
    const [left, right] = [part.left, part.comparators[0]!].map((side) => machine.evaluate(side, scope));
    const operator = part.operators[0]!;
    if (compare(operator, left!, right!, machine.facts) !== truth || !isOfSizes(part, left!, right!)) continue;
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

const isMeasured = (value: Value): boolean =>
  value.kind === "int" ? value.measured === true : value.kind === "tuple" && value.items.some(isMeasured);

function printed(value: Value): string | undefined {
  if (value.kind === "int") return printDim(value.value);
  if (value.kind !== "tuple") return undefined;
  const items = value.items.map(printed);
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
