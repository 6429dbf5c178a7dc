/** What two branches leave of one place in memory: a name, an attribute, a list's contents, an entry of a dict, a fact. */
import { unknown, unknownData } from "../../ops/value";
import { isUnknown } from "../../shape/dim";
import { type Facts } from "../../shape/facts";
import { type Axis, isRest, sameShape } from "../../shape/shape";
import { alternativesOf, choice, onOneSide } from "../values/choices";
import { type Sides } from "../statements/conditions";
import { join, saysNoMore } from "../values/join";
import { type Items, type OpenItems, isOpenItems, joinItems } from "../collections/lists";
import { type Change, type Places } from "./changes";
import { type Table } from "./table";
import { type DictEntry, type Value } from "../values/value";

export function isValue(value: unknown): value is Value {
  return typeof value === "object" && value !== null && "kind" in value && typeof value.kind === "string";
}

export function isEntry(value: unknown): value is DictEntry {
  return typeof value === "object" && value !== null && "key" in value && isValue(value.key);
}

/** What is in a list, not the axes of a shape. */
export function isItems(held: unknown): held is Items {
  return isOpenItems(held) || (Array.isArray(held) && held.every((item) => isValue(item) && !isAxis(item)));
}

/** The join of what a place holds after two branches, `undefined` where one of them leaves nothing there. */
export function joinPlace(table: Table<unknown>, a: unknown, b: unknown, facts: Facts, sides?: Sides): unknown {
  if (a === b) return a;
  // Whether a parameter was frozen or set free.
  if (table.use === "flags") return "perhaps";
  if (a === undefined || b === undefined) return oneSided(table, a ?? b);
  if (isValue(a) && isValue(b)) return kept(table, join(a, b, facts, sides));
  if (isEntry(a) && isEntry(b)) {
    return { key: a.key, value: join(a.value, b.value, facts, sides), ...((a.maybe ?? b.maybe) && { maybe: true }) };
  }
  if (table.use === "notes") return joinNotes(a, b);
  if (Array.isArray(a) && Array.isArray(b) && a.length === b.length) return joinAlike(a, b, facts);
  return isItems(a) && isItems(b) ? joinItems(a, b, facts) : undefined;
}

/** An attribute that may be a parameter or not counts as not known: who counts parameters cannot say whether it is one. */
function kept(table: Table<unknown>, joined: Value): Value {
  const isOpen = joined.kind === "tensor" && joined.stored?.kind === "perhaps" && table.use === "members";
  return isOpen ? unknown("which parameter it is differs between the branches before") : joined;
}

/** Who reads a name that only one branch sets has come through that branch; an attribute may just not be there. */
function oneSided(table: Table<unknown>, only: unknown): unknown {
  if (isEntry(only)) return { ...only, maybe: true };
  if (!isValue(only)) return undefined;
  if (table.use !== "members") return only;
  return choice(only, undefined, onOneSide) ?? (isPlain(only) ? unknownData(onOneSide) : unknown(onOneSide));
}

/** Numbers, texts and the like, which are no part of a model. */
const isPlain = ({ kind }: Value): boolean => ["int", "float", "bool", "str", "none", "size", "dtype"].includes(kind);

/** Of facts what both have learnt: shapes where they are the same, of lists of facts those that are in both. */
function joinNotes(a: unknown, b: unknown): unknown {
  if (!Array.isArray(a) || !Array.isArray(b)) return undefined;
  if (a.every(isAxis) && b.every(isAxis)) return sameShape(a, b) ? a : undefined;
  return a.filter((fact) => b.includes(fact));
}

/** Contents of lists item by item. */
function joinAlike(a: readonly unknown[], b: readonly unknown[], facts: Facts): unknown {
  return a.map((item, i) =>
    isValue(item) && isValue(b[i]) ? join(item, b[i], facts) : unknown("it differs between branches"),
  );
}

function isAxis(item: unknown): item is Axis {
  return typeof item === "object" && item !== null && ("terms" in item || isRest(item as Axis)) && !isOtherValue(item);
}

function isOtherValue(item: object): boolean {
  return "kind" in item && item.kind !== "rest";
}

/** Whether a loop's round leaves a place as its beginning describes it. `loosened` places stand for any value already. */
export function saysNothingNew({ table, key, value }: Change, loosened: Places, facts: Facts): boolean {
  const before = table.get(key);
  const joined = joinPlace(table, value, before, facts);
  if (before === joined) return true;
  const describes = loosened.has(table, key) ? saysNoMore : undefined;
  if (isValue(before) && isValue(joined)) return isAnything(before, joined) || (describes?.(before, joined) ?? false);
  if (isEntry(before) && isEntry(joined))
    return before.maybe === joined.maybe && (describes?.(before.value, joined.value) ?? false);
  if (isOpenItems(before) && isOpenItems(joined))
    return describes !== undefined && saysNoMoreOfItems(before, joined, describes);
  if (!Array.isArray(before) || !Array.isArray(joined) || before.length !== joined.length) return false;
  return before.every(
    (item: unknown, i) =>
      item === joined[i] || (isValue(item) && isValue(joined[i]) && (describes?.(item, joined[i]) ?? false)),
  );
}

/** Nothing was known before, and nothing is now, but that it may be one more object. */
function isAnything(before: Value, joined: Value): boolean {
  const isPlain = before.kind === "unknown" && before.name === undefined && !alternativesOf(before);
  return isPlain && joined.kind === "unknown" && joined.reason === before.reason;
}

function saysNoMoreOfItems(before: OpenItems, joined: OpenItems, describes: typeof saysNoMore): boolean {
  const isCountKept = before.count.key === joined.count.key || (isUnknown(before.count) && isUnknown(joined.count));
  if (!before.each || !joined.each) return isCountKept && before.each === joined.each;
  return isCountKept && (before.each === joined.each || describes(before.each, joined.each));
}
