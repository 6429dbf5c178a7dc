/** A value that is one of several, nobody knows which: a layer or None, one of two layers, an attribute set on one branch. */
import { type UnknownValue, none, unknown } from "../../ops/value";
import { classAttribute, isModule, linearised } from "../classes/classes";
import { type Equalities, type Sides, conditionOf } from "../statements/conditions";
import { type Value } from "./value";

/** One of the values, with the sizes that are equal if it is this one. */
export interface Alternative {
  readonly value: Value;
  readonly under: Equalities;
}

const alternatives = new WeakMap<UnknownValue, readonly Alternative[]>();

export function alternativesOf(value: Value): readonly Alternative[] | undefined {
  return value.kind === "unknown" ? alternatives.get(value) : undefined;
}

/** Why something is not known that may not even be there. */
export const onOneSide = "it is set on one side of a test only";

/** More are not followed. */
const most = 4;

/** The join of two values of which at least one is a layer or a function; undefined for other values. */
export function choice(a: Value, b: Value | undefined, reason: string, sides?: Sides): UnknownValue | undefined {
  const all = [...asAlternatives(a, sides?.first), ...(b ? asAlternatives(b, sides?.second) : [])];
  const known = [...new Set(all.map(({ value }) => value))].map((value) =>
    merged(all.filter((one) => one.value === value)),
  );
  const areFollowed = known.every(({ value }) => isFollowed(value) || value.kind === "none");
  if (!areFollowed || known.length > most || !known.some(({ value }) => isFollowed(value))) return undefined;
  const made = unknown(reason);
  alternatives.set(made, known);
  return made;
}

/** What may be the same value for several reasons is so where one of them holds: no more is equal then than in all. */
function merged([first, ...others]: readonly Alternative[]): Alternative {
  const isIn = (pair: Equalities[number], under: Equalities): boolean =>
    under.some(([a, b]) => a.key === pair[0].key && b.key === pair[1].key);
  const under = first!.under.filter((pair) => others.every((other) => isIn(pair, other.under)));
  return { value: first!.value, under };
}

function asAlternatives(value: Value, under: Equalities = []): readonly Alternative[] {
  const own = alternativesOf(value);
  return own
    ? own.map((one) => ({ ...one, under: [...one.under, ...under] }))
    : [{ value: value.kind === "none" ? none : value, under }];
}

/** Layers, functions, and what may be one once its import is followed. Of other objects a test mostly says which one it is before it is used. */
function isFollowed(value: Value): boolean {
  const { kind } = value;
  if (kind === "import") return value.name !== undefined;
  return isModule(value) || kind === "function" || kind === "method" || kind === "partial" || kind === "external";
}

/** What `self.project is not None` says of a layer that is only there where sizes differ. */
export function sidesOfPresence(value: Value): Sides | undefined {
  const all = alternativesOf(value);
  const absent = all?.find((one) => one.value.kind === "none");
  const present = all?.filter((one) => one.value.kind !== "none") ?? [];
  return absent && { first: present.length === 1 ? present[0]!.under : [], second: absent.under };
}

/** What a test of the value's truth says: that of a comparison, or of a layer or None where layers are true. */
export function sidesOf(value: Value): Sides | undefined {
  const present = alternativesOf(value)?.filter((one) => one.value.kind !== "none");
  return present?.every((one) => isTrue(one.value)) ? sidesOfPresence(value) : conditionOf(value);
}

/** A container may be empty, and a class may say what its objects' truth is. */
function isTrue(value: Value): boolean {
  if (!isModule(value)) return true;
  const holds = /(Sequential|List|Dict)$/.test(value.layer.get("layer")?.operation.qualifiedName ?? "");
  return !holds && !["__bool__", "__len__"].some((name) => classAttribute(linearised(value.type), name));
}
