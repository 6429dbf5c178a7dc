/** What two branches leave of one place in memory: a name, an attribute, a list's contents, an entry of a dict, a fact. */
import { unknown } from "../ops/value";
import { type Axis, isRest } from "../shape/shape";
import { join, sameShape, saysNoMore } from "./join";
import { type Change, type Places } from "./changes";
import { type Table } from "./table";
import { type DictEntry, type Value } from "./value";

export function isValue(value: unknown): value is Value {
  return typeof value === "object" && value !== null && "kind" in value && typeof value.kind === "string";
}

export function isEntry(value: unknown): value is DictEntry {
  return typeof value === "object" && value !== null && "key" in value && isValue(value.key);
}

/** The join of what a place holds after two branches, `undefined` where one of them leaves nothing there. */
export function joinPlace(table: Table<unknown>, a: unknown, b: unknown): unknown {
  if (a === b) return a;
  if (a === undefined || b === undefined) return oneSided(table, a ?? b);
  if (isValue(a) && isValue(b)) return join(a, b);
  if (isEntry(a) && isEntry(b)) {
    return { key: a.key, value: join(a.value, b.value), ...((a.maybe ?? b.maybe) && { maybe: true }) };
  }
  return Array.isArray(a) && Array.isArray(b) ? joinLists(a, b) : undefined;
}

/** Who reads a name that only one branch sets has come through that branch; an attribute may just not be there. */
function oneSided(table: Table<unknown>, only: unknown): unknown {
  if (isEntry(only)) return { ...only, maybe: true };
  if (!isValue(only)) return undefined;
  return table.use === "members" ? unknown("it is set on one side of a test only") : only;
}

/** Contents of lists item by item; shapes (of facts) only where they are the same. */
function joinLists(a: readonly unknown[], b: readonly unknown[]): unknown {
  if (a.length !== b.length) return undefined;
  if (a.every(isAxis) && b.every(isAxis) && a.length > 0) return sameShape(a, b) ? a : undefined;
  return a.map((item, i) =>
    isValue(item) && isValue(b[i]) ? join(item, b[i]) : unknown("it differs between branches"),
  );
}

function isAxis(item: unknown): item is Axis {
  return typeof item === "object" && item !== null && ("terms" in item || isRest(item as Axis)) && !isOtherValue(item);
}

function isOtherValue(item: object): boolean {
  return "kind" in item && item.kind !== "rest";
}

/** Whether a loop's round leaves a place as its beginning describes it. `loosened` places stand for any value already. */
export function saysNothingNew({ table, key, value }: Change, loosened: Places): boolean {
  const before = table.get(key);
  const joined = joinPlace(table, value, before);
  if (before === joined) return true;
  const describes = loosened.has(table, key) ? saysNoMore : undefined;
  if (isValue(before) && isValue(joined)) return describes?.(before, joined) ?? false;
  if (isEntry(before) && isEntry(joined))
    return before.maybe === joined.maybe && (describes?.(before.value, joined.value) ?? false);
  if (!Array.isArray(before) || !Array.isArray(joined) || before.length !== joined.length) return false;
  return before.every(
    (item: unknown, i) =>
      item === joined[i] || (isValue(item) && isValue(joined[i]) && (describes?.(item, joined[i]) ?? false)),
  );
}
