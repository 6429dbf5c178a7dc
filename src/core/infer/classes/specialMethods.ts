/** What a class of the program says to Python's operators: `a + b`, `a < b`, `-a`, `a in b`. */
import type { BinaryOperator, CompareOperator, UnaryOperator } from "../../python/syntax";
import { classAttribute, linearised } from "./classes";
import { type Machine, type Site, args } from "../machine";
import { truthOf } from "../values/truth";
import { bool } from "../../ops/value";
import { type FunctionValue, type Value } from "../values/value";

const arithmetic: Readonly<Record<BinaryOperator, string>> = {
  "+": "add",
  "-": "sub",
  "*": "mul",
  "/": "truediv",
  "//": "floordiv",
  "%": "mod",
  "**": "pow",
  "@": "matmul",
  "<<": "lshift",
  ">>": "rshift",
  "&": "and",
  "|": "or",
  "^": "xor",
};

/** Of each comparison the method of the left side, and that of the right side. */
const comparisons: Partial<Record<CompareOperator, readonly [left: string, right: string]>> = {
  "==": ["__eq__", "__eq__"],
  "!=": ["__ne__", "__ne__"],
  "<": ["__lt__", "__gt__"],
  "<=": ["__le__", "__ge__"],
  ">": ["__gt__", "__lt__"],
  ">=": ["__ge__", "__le__"],
};

const signs: Partial<Record<UnaryOperator, string>> = { "-": "__neg__", "+": "__pos__", "~": "__invert__" };

/** A method that the object's class, or one of the program that it derives from, defines under such a name. */
export function ownMethod(value: Value, name: string): FunctionValue | undefined {
  if (value.kind !== "instance" || value.type.kind !== "class") return undefined;
  const found = classAttribute(linearised(value.type), name);
  return found?.kind === "function" ? found : undefined;
}

/** What the method of that name says, if there is one and it does not leave the answer to the other side. */
function askedOf(machine: Machine, value: Value, name: string, given: readonly Value[], site: Site): Value | undefined {
  const own = ownMethod(value, name);
  const result = own && machine.call(own, args(value, ...given), site);
  return result?.kind === "external" && result.name === "builtins.NotImplemented" ? undefined : result;
}

/** Whether the right side is of a class that derives from the left one's: it is asked first. */
function derivesFrom(right: Value, left: Value): boolean {
  if (right.kind !== "instance" || left.kind !== "instance" || right.type === left.type) return false;
  const { type } = left;
  return linearised(right.type).some((base) => base === type);
}

/** An operator between two values of which one is an object with a method for it; undefined where neither is. */
export function ownArithmetic(
  machine: Machine,
  operator: BinaryOperator,
  left: Value,
  right: Value,
  site: Site,
): Value | undefined {
  if (left.kind !== "instance" && right.kind !== "instance") return undefined;
  const name = arithmetic[operator];
  const [own, reflected] = [`__${name}__`, `__r${name}__`];
  const isOther = ownMethod(right, reflected) !== ownMethod(left, reflected);
  const first = isOther && derivesFrom(right, left) ? askedOf(machine, right, reflected, [left], site) : undefined;
  return first ?? askedOf(machine, left, own, [right], site) ?? askedOf(machine, right, reflected, [left], site);
}

/** `target += value` of an object with a method for that. */
export function ownChange(
  machine: Machine,
  operator: BinaryOperator,
  target: Value,
  value: Value,
  site: Site,
): Value | undefined {
  return askedOf(machine, target, `__i${arithmetic[operator]}__`, [value], site);
}

/** A comparison in which one side is an object that says how it is compared. */
export function ownComparison(
  machine: Machine,
  operator: CompareOperator,
  left: Value,
  right: Value,
  site: Site,
): Value | undefined {
  if (operator === "in" || operator === "not in") {
    const answer = askedOf(machine, right, "__contains__", [left], site);
    const truth = answer && truthOf(answer);
    return answer && bool(truth === undefined ? undefined : truth === (operator === "in"));
  }
  const names = comparisons[operator];
  if (!names || (left.kind !== "instance" && right.kind !== "instance")) return undefined;
  const [own, other] = names;
  const first = derivesFrom(right, left) ? askedOf(machine, right, other, [left], site) : undefined;
  const answer = first ?? askedOf(machine, left, own, [right], site) ?? askedOf(machine, right, other, [left], site);
  if (answer || operator !== "!=") return answer;
  // Unequal is what is not equal, unless the class says something else.
  const equal = ownComparison(machine, "==", left, right, site);
  const truth = equal && truthOf(equal);
  return equal && bool(truth === undefined ? undefined : !truth);
}

/** `-value` of an object that has a method for that. */
export function ownSign(machine: Machine, operator: UnaryOperator, value: Value, site: Site): Value | undefined {
  const name = signs[operator];
  return name === undefined ? undefined : askedOf(machine, value, name, [], site);
}
