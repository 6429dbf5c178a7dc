/** Checks of sizes that a program makes itself: an `assert` that surely fails, a test that surely ends with a `raise`. */
import { refuse } from "../../ops/call";
import type { Compare, CompareOperator, Expression } from "../../python/syntax";
import { isKind, walk } from "../../python/visit";
import { printDim } from "../../shape/notation";
import { type Machine, type Site } from "../machine";
import { isModuleClass, linearised } from "../classes/classes";
import { knownItems } from "../collections/lists";
import { type Frame, type Scope } from "../memory/scope";
import { compare } from "../values/comparing";
import { type ClassValue, type Value } from "../values/value";

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
    if (![left, right].some((value) => isMeasured(value!)) && !isOfModule(machine, part, scope.frame)) continue;
    const says = wanted[truth ? (opposites[operator] ?? operator) : operator];
    const [gets, expected] = [left, right].map((value) => value && printed(value));
    if (!says || gets === undefined || expected === undefined) continue;
    machine.record.refuse(truth ? "raise" : "assert", refuse(`${says} ${expected}`, gets), site);
    return;
  }
}

/**
 * Whether the numbers are what a layer is built with, or called on, by the program itself, or a division has to come out
 * even. Elsewhere a number may be one that the program's user changes; counters go on in ways that are not followed, and what
 * is held back may never run.
 */
function isOfModule({ record }: Machine, test: Compare, { method, entered }: Frame): boolean {
  const isRemainder = test.left.kind === "BinaryOperation" && test.left.operator === "%";
  const type = method?.receiver.kind === "instance" ? method.receiver.type : undefined;
  if (record.held > 0 || (entered && !isRemainder) || type?.kind !== "class" || !isModuleClass(type)) return false;
  let isFixed = true as boolean;
  walk(test, (part) => {
    if (isKind(part, "Attribute"))
      isFixed &&= linearised(type).every((own) => own.kind !== "class" || isSetOnce(part.attribute.name, own));
    return undefined;
  });
  return isFixed;
}

/** Whether nothing but the constructor of a class sets an attribute. */
function isSetOnce(name: string, { node }: ClassValue): boolean {
  let isOnce = true as boolean;
  for (const method of node.body) {
    if (method.kind === "FunctionDef" && method.name.name === "__init__") continue;
    walk(method, (part) => {
      const targets = isKind(part, "Assign") ? part.targets : isKind(part, "AugAssign") ? [part.target] : [];
      if (targets.some((target) => target.kind === "Attribute" && target.attribute.name === name)) isOnce = false;
      return undefined;
    });
  }
  return isOnce;
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
    if (!isKind(node, "Call")) return undefined;
    const { callee } = node;
    const name = callee.kind === "Name" ? callee.id : callee.kind === "Attribute" ? callee.attribute.name : "";
    if (!askingCalls.has(name) || node.args.length > 1) repeatable = false;
    return undefined;
  });
  return repeatable;
}
