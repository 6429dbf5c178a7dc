/** What the values of a dict have in common, where nobody knows which of its keys is meant; and dicts that count. */
import { numberLike } from "../../ops/value";
import { type DictValue, type Value, anyLike, forget, others } from "../values/value";

/** Any of the values in a dict, where all are numbers, or all are texts; undefined for other dicts. */
export function anyValueIn({ entries }: DictValue): Value | undefined {
  return anyOfKind(entries.values().map(({ value }) => value));
}

/** Any number or text of the kind that all of some values are; undefined where they are of several kinds. */
export function anyOfKind(values: readonly Value[]): Value | undefined {
  const [first] = values;
  const isPlain = first && ["int", "float", "str"].includes(first.kind);
  if (!isPlain || !values.every(({ kind }) => kind === first.kind)) return undefined;
  const ofNumpy = new Set(values.map((value) => value.kind === "float" && value.ofNumpy));
  return ofNumpy.size > 1 ? numberLike(undefined, "perhaps") : anyLike(first);
}

/** What a `Counter` calls for what it has not met, which gets no place by being asked for. */
export const zero = "collections.Counter.<zero>";

export function isCounter({ missing }: DictValue): boolean {
  return missing?.kind === "external" && missing.name === zero;
}

/** Something was stored under a key that is not known: the others are there still, each with its value or this one. */
export function storeSomewhere(dict: DictValue, value: Value): void {
  const any = anyOfKind([...dict.entries.values().map((entry) => entry.value), value]);
  if (!any) {
    forget(dict);
    return;
  }
  for (const [name, entry] of dict.entries.items()) dict.entries.set(name, { ...entry, value: any });
  dict.entries.set(others, { key: { kind: "unknown", reason: "the key is not known" }, value: any, maybe: true });
}
