/** Lists and dicts written out, of which a test chooses one: `{"num_workers": 4} if cuda else {}`. Nobody else holds them. */
import type { Expression } from "../../python/syntax";
import { type Items, isOpenItems, itemsOf, joinItems } from "../collections/lists";
import { type Machine } from "../machine";
import { type Sides } from "../statements/conditions";
import { join } from "../values/join";
import { type DictEntry, type Value } from "../values/value";

/** What such a list or dict holds: taken down on the branch that has made it. */
export type Written = { readonly items: Items } | { readonly entries: ReadonlyMap<string, DictEntry> };

export function isWrittenOut(node: Expression): boolean {
  return node.kind === "List" || node.kind === "Dict" || (node.kind === "Comprehension" && node.form !== "generator");
}

export function writtenIn(value: Value): Written | undefined {
  if (value.kind === "dict") return { entries: new Map(value.entries.items()) };
  return value.kind === "list" && !value.reading ? { items: itemsOf(value) } : undefined;
}

/** What is one of the two, nobody knows which: an entry that only one has may be there or not. */
export function oneOfWritten(machine: Machine, a: Written, b: Written, sides: Sides | undefined): Value | undefined {
  const joined = (one: Value, other: Value): Value => join(one, other, machine.facts, sides);
  if ("items" in a && "items" in b) {
    const [one, other] = [a.items, b.items];
    const isAlike = !isOpenItems(one) && !isOpenItems(other) && one.length === other.length;
    const items = isAlike ? one.map((item, i) => joined(item, other[i]!)) : joinItems(one, other, machine.facts);
    return machine.newList(items);
  }
  if ("items" in a || "items" in b) return undefined;
  const entries = machine.newTable<DictEntry>();
  for (const [name, entry] of [...a.entries, ...b.entries]) {
    const [one, other] = [a.entries.get(name), b.entries.get(name)];
    const isSure = one && other && !one.maybe && !other.maybe;
    const value = one && other ? joined(one.value, other.value) : entry.value;
    entries.set(name, isSure ? { key: entry.key, value } : { key: entry.key, value, maybe: true });
  }
  return { kind: "dict", entries };
}
