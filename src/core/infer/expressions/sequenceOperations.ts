/** Python's operators over texts, lists, tuples, dicts, sets and types. */
import { unknown } from "../../ops/value";
import type { BinaryOperator } from "../../python/syntax";
import { constantValue } from "../../shape/dim";
import { type Machine } from "../machine";
import { isCounter } from "../collections/dictValues";
import { combinedSets } from "../collections/sets";
import { percentFormat } from "../library/strings";
import { joinedTexts } from "../values/texts";
import { boundOf, extended, itemsOf, knownItems, repeated } from "../collections/lists";
import { type DictEntry, type Value, knownEntries } from "../values/value";
import { toInteger } from "./numberOperations";

/** Longer lists and texts are not followed. */
const longest = 10_000;

export function sequenceOperation(
  machine: Machine,
  operator: BinaryOperator,
  left: Value,
  right: Value,
): Value | undefined {
  if (left.kind === "str" && operator === "+" && right.kind === "str") return joinedTexts([left, right]);
  if (left.kind === "str" && operator === "%") return percentFormat(left, right);
  if (left.kind === "str") return operator === "*" ? repeatedText(left, right) : undefined;
  if (operator === "|" && [left, right].every(isType)) return { kind: "tuple", items: [left, right] };
  // A queue of limited length keeps its limit.
  if ([left, right].some((value) => value.kind === "list" && boundOf(value))) return unknown("the queue is not known");
  const combined = ofKeys(machine, operator, left, right);
  if (combined) return combined;
  if (operator === "+" && left.kind === right.kind && (left.kind === "list" || left.kind === "tuple")) {
    if (left.kind === "list" && right.kind === "list") return machine.newList(extended(itemsOf(left), itemsOf(right)));
    const [a, b] = [knownItems(left), knownItems(right)];
    return sequence(machine, left, a && b && a.length + b.length <= longest ? [...a, ...b] : undefined);
  }
  const isHeld = right.kind === "list" || right.kind === "tuple";
  const items = isHeld ? right : left;
  const times = toInteger(isHeld ? left : right);
  if (operator === "*" && (items.kind === "list" || items.kind === "tuple") && times) {
    const count = constantValue(times.value);
    const known = knownItems(items);
    const isRepeated = known && count !== undefined && count * known.length <= longest;
    if (!isRepeated && items.kind === "list") return machine.newList(repeated(itemsOf(items), times.value));
    return sequence(
      machine,
      items,
      isRepeated ? Array.from({ length: Math.max(0, count) }, () => known).flat() : undefined,
    );
  }
  return undefined;
}

/** `int | None`: one of several types, as a tuple of them is. */
const isType = (value: Value): boolean =>
  value.kind === "class" ||
  value.kind === "none" ||
  (value.kind === "external" &&
    /^(builtins\.(int|float|str|bool|list|dict|tuple|set)|torch\.Tensor)$/.test(value.name)) ||
  (value.kind === "tuple" && value.items.length > 1 && value.items.every(isType));

function repeatedText(text: Value & { kind: "str" }, times: Value): Value {
  const count = times.kind === "int" ? constantValue(times.value) : undefined;
  const isKnown = text.value !== undefined && count !== undefined && text.value.length * count <= longest;
  return { kind: "str", value: isKnown ? text.value.repeat(Math.max(0, count)) : undefined };
}

/** `|` of dicts, and the operators of sets. */
function ofKeys(machine: Machine, operator: BinaryOperator, left: Value, right: Value): Value | undefined {
  if (operator === "|" && left.kind === "dict" && right.kind === "dict") {
    if (isCounter(left) || isCounter(right)) return unknown("how often each is met is not known");
    if (!knownEntries(right)) return unknown("which keys the dict has is not known");
    const entries = machine.newTable<DictEntry>();
    for (const [name, entry] of [...left.entries.items(), ...right.entries.items()]) entries.set(name, entry);
    return { kind: "dict", entries };
  }
  const isOfSets = operator === "|" || operator === "&" || operator === "-" || operator === "^";
  return isOfSets ? combinedSets(machine, operator, left, right) : undefined;
}

function sequence(machine: Machine, like: Value, items: readonly Value[] | undefined): Value {
  if (like.kind === "tuple") return items ? { kind: "tuple", items } : unknown("the tuple is not known");
  return machine.newList(items);
}
