/** What Python's comparisons say of two values: `is`, `==`, `in` and `<`; undefined where that is not known. */
import { atMost, equals } from "../../shape/bounds";
import { type CompareOperator } from "../../python/syntax";
import { type Facts } from "../../shape/facts";
import { classAttribute, linearised, membersName } from "../classes/classes";
import { fieldsOf } from "../classes/fields";
import { enumerationOf, membership } from "../classes/enumMembers";
import { isPerhapsNone } from "../tensors/gradients";
import { knownItems } from "../collections/lists";
import { isCounter } from "../collections/dictValues";
import { type DictValue, type InstanceValue, knownEntries, type Value } from "./value";
import { has } from "../classes/absence";
import { namesOfObject } from "./kindNames";
import { comparedSets } from "../collections/sets";
import { keysOf } from "../modules/containers";
import { asNumber, boundsOf } from "./truth";

/** A member of an enumeration is equal to itself only. */
const isMember = ({ type }: InstanceValue): boolean => type.kind === "class" && type.attributes.has(membersName);

export function compare(operator: CompareOperator, left: Value, right: Value, facts: Facts): boolean | undefined {
  switch (operator) {
    case "is":
    case "is not": {
      const same = identical(left, right);
      return same === undefined ? undefined : same === (operator === "is");
    }
    case "==":
    case "!=": {
      const equal = equalValues(left, right, facts);
      return equal === undefined ? undefined : equal === (operator === "==");
    }
    case "in":
    case "not in": {
      const inside = isIn(left, right, facts);
      return inside === undefined ? undefined : inside === (operator === "in");
    }
    default:
      return ordered(operator, left, right, facts);
  }
}

/** `is`: decided for None and for things of different kinds, else only for the same object. */
function identical(left: Value, right: Value): boolean | undefined {
  if (left.kind === "unknown" || right.kind === "unknown") return undefined;
  if (isPerhapsNone(left) || isPerhapsNone(right)) return left === right ? true : undefined;
  if (left.kind === "none" || right.kind === "none") return left.kind === right.kind;
  if (left === right) return true;
  if (left.kind === "bool" && right.kind === "bool") return equalConstants(left.value, right.value);
  if (left.kind === "external" && right.kind === "external") return left.name === right.name;
  if (left.kind === "dtype" && right.kind === "dtype") return left.dtype === right.dtype;
  if (left.kind === "class" || right.kind === "class") return left === right;
  if (left.kind === "instance" && right.kind === "instance") return left.attributes === right.attributes;
  if (enumerationOf(left) && enumerationOf(right))
    return membership(left)!.name === membership(right)!.name && enumerationOf(left) === enumerationOf(right);
  return left.kind === right.kind ? undefined : false;
}

function equalConstants<T>(a: T | undefined, b: T | undefined): boolean | undefined {
  return a === undefined || b === undefined ? undefined : a === b;
}

/** Lists may contain themselves. */
const deepest = 8;

function equalValues(left: Value, right: Value, facts: Facts, depth = 0): boolean | undefined {
  const [a, b] = [asNumber(left), asNumber(right)];
  if (left.kind === "int" && right.kind === "int") {
    const answer = equals(facts.resolve(left.value), facts.resolve(right.value));
    return answer === "maybe" ? undefined : answer === "yes";
  }
  if (a !== undefined && b !== undefined) return a === b;
  if (left.kind === "str" && right.kind === "str") return equalConstants(left.value, right.value);
  if (left.kind === "tuple" && right.kind === "tuple") return equalTuples(left.items, right.items, facts, depth);
  if (left.kind === "list" && right.kind === "list") {
    const [x, y] = [knownItems(left), knownItems(right)];
    if (left.reading ?? right.reading) return comparedSets("==", left, right);
    // A range, a queue or a view is equal to no list.
    if (left.type !== right.type) return undefined;
    return x && y ? equalTuples(x, y, facts, depth) : undefined;
  }
  if (left.kind === "dict" && right.kind === "dict") return equalDicts(left, right, facts, depth);
  if (left.kind === "instance" && right.kind === "instance" && isMember(left) && isMember(right))
    return left.attributes === right.attributes;
  if (left.kind === "instance" && right.kind === "instance" && differInField(left, right, facts, depth)) return false;
  if (left.kind === "external" && isDefined(right)) return false;
  if (right.kind === "external" && isDefined(left)) return false;
  if ((left.kind === "external") !== (right.kind === "external")) return undefined;
  const vague = new Set(["unknown", "tensor", "instance", "int", "float", "bool", "size"]);
  if (vague.has(left.kind) || vague.has(right.kind)) {
    return differsFrom(left, right) ?? differsFrom(right, left);
  }
  return identical(left, right);
}

/** Dicts are as equal as what they hold under the same keys, in any order. */
function equalDicts(left: DictValue, right: DictValue, facts: Facts, depth: number): boolean | undefined {
  // What a counter has none of counts for as much as what it does not have.
  if (!knownEntries(left) || !knownEntries(right) || depth > deepest || isCounter(left) || isCounter(right))
    return undefined;
  const names = left.entries.keys();
  if (names.length !== right.entries.keys().length || names.some((name) => !right.entries.has(name))) return false;
  const values = [left, right].map(({ entries }) => names.map((name) => entries.get(name)!.value));
  const equal = equalTuples(values[0]!, values[1]!, facts, depth + 1);
  // Of two ordered dicts the order counts.
  const isOneOrder = right.entries.keys().every((name, i) => name === names[i]);
  return equal === true && !isOneOrder ? undefined : equal;
}

/** Two objects of one dataclass are as equal as what their fields hold, unless the class says something else. */
function differInField(left: InstanceValue, right: InstanceValue, facts: Facts, depth: number): boolean {
  if (left.type !== right.type || left.type.kind !== "class" || depth > deepest) return false;
  const fields = fieldsOf(left);
  if (!fields || classAttribute(linearised(left.type), "__eq__")) return false;
  return fields.values().some(({ key, value }) => {
    const isCompared = value.kind === "instance" && !value.attributes.has("compare");
    const [a, b] = [left, right].map(({ attributes }) => attributes.get(key.kind === "str" ? (key.value ?? "") : ""));
    return isCompared && a && b && equalValues(a, b, facts, depth + 1) === false;
  });
}

/** What is surely no number is equal to none. */
function differsFrom(left: Value, right: Value): boolean | undefined {
  const numbers = new Set(["int", "float", "bool"]);
  const others = new Set(["none", "str", "list", "tuple", "dict", "class", "function"]);
  return numbers.has(left.kind) && others.has(right.kind) ? false : undefined;
}

/** What the program defines itself is no part of a library. */
const isDefined = ({ kind }: Value): boolean => kind === "class" || kind === "function";

function equalTuples(a: readonly Value[], b: readonly Value[], facts: Facts, depth: number): boolean | undefined {
  if (a.length !== b.length) return false;
  if (depth > deepest) return undefined;
  let result: boolean | undefined = true;
  for (const [i, item] of a.entries()) {
    const equal = equalValues(item, b[i]!, facts, depth + 1);
    if (equal === false) return false;
    if (equal === undefined) result = undefined;
  }
  return result;
}

function isIn(item: Value, container: Value, facts: Facts): boolean | undefined {
  if (container.kind === "partial" && container.callee.kind === "external" && container.callee.name === namesOfObject)
    return item.kind === "str" && item.value !== undefined ? has(container.positional[0]!, item.value) : undefined;
  if (container.kind === "str" && item.kind === "str") {
    return item.value === undefined || container.value === undefined ? undefined : container.value.includes(item.value);
  }
  if (container.kind === "instance" && item.kind === "str") {
    const keys = keysOf(container);
    return keys && item.value !== undefined
      ? keys.some((key) => key.kind === "str" && key.value === item.value)
      : undefined;
  }
  const items = container.kind === "dict" ? knownEntries(container)?.map((entry) => entry.key) : knownItems(container);
  if (!items) return undefined;
  const answers = items.map((other) => equalValues(item, other, facts));
  return answers.includes(true) ? true : answers.includes(undefined) ? undefined : false;
}

const orders: Record<string, (a: number, b: number) => boolean> = {
  "<": (a, b) => a < b,
  "<=": (a, b) => a <= b,
  ">": (a, b) => a > b,
  ">=": (a, b) => a >= b,
};

function ordered(operator: string, left: Value, right: Value, facts: Facts, depth = 0): boolean | undefined {
  if (left.kind === "int" && right.kind === "int") {
    const [a, b] = [facts.resolve(left.value), facts.resolve(right.value)];
    const [low, high] = operator.startsWith("<") ? [a, b] : [b, a];
    const answer = operator.endsWith("=") ? atMost(low, high) : atMost(high, low);
    if (answer === "maybe") return undefined;
    return operator.endsWith("=") ? answer === "yes" : answer === "no";
  }
  if (left.kind === "tuple" && right.kind === "tuple")
    return orderedItems(operator, left.items, right.items, facts, depth);
  if (left.kind === "str" && right.kind === "str") return orderedTexts(operator, left.value, right.value);
  if (left.kind === "list" && right.kind === "list") {
    if (left.reading ?? right.reading) return comparedSets(operator, left, right);
    const [x, y] = [knownItems(left), knownItems(right)];
    return x && y ? orderedItems(operator, x, y, facts, depth) : undefined;
  }
  const [a, b] = [boundsOf(left), boundsOf(right)];
  if (!a || !b) return undefined;
  const answers = a.flatMap((x) => b.map((y) => orders[operator]!(x, y)));
  return answers.every((answer) => answer === answers[0]) ? answers[0] : undefined;
}

/** As words in a dictionary: the first items that differ decide. */
function orderedItems(
  operator: string,
  left: readonly Value[],
  right: readonly Value[],
  facts: Facts,
  depth: number,
): boolean | undefined {
  if (depth > deepest) return undefined;
  for (const [i, item] of left.entries()) {
    const other = right[i];
    if (!other) return operator.startsWith(">");
    const equal = equalValues(item, other, facts);
    if (equal === false) return ordered(operator[0]!, item, other, facts, depth + 1);
    if (equal === undefined) {
      const [surely, perhaps] = [operator[0]!, `${operator[0]!}=`].map((sign) =>
        ordered(sign, item, other, facts, depth + 1),
      );
      return surely === true ? true : perhaps === false ? false : undefined;
    }
  }
  return left.length === right.length ? operator.endsWith("=") : operator.startsWith("<");
}

function orderedTexts(operator: string, a: string | undefined, b: string | undefined): boolean | undefined {
  if (a === undefined || b === undefined || a === b)
    return a === undefined || b === undefined ? undefined : operator.endsWith("=");
  return a < b === operator.startsWith("<");
}
