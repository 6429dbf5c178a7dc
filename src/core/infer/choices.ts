/** A value that is one of several, nobody knows which: a layer or None, one of two layers, an attribute set on one branch. */
import { type UnknownValue, unknown } from "../ops/value";
import { isModule } from "./classes";
import { type Equalities, type Sides, conditionOf } from "./conditions";
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

/** More are not followed. */
const most = 4;

/** The join of two values of which at least one can be called or has attributes; undefined for other values. */
export function choice(a: Value, b: Value | undefined, reason: string, sides?: Sides): UnknownValue | undefined {
  const all = [...asAlternatives(a, sides?.first), ...(b ? asAlternatives(b, sides?.second) : [])];
  const known = all.filter(({ value }, i) => all.findIndex((other) => other.value === value) === i);
  const areFollowed = known.every(({ value }) => isFollowed(value) || value.kind === "none");
  if (!areFollowed || known.length > most || !known.some(({ value }) => isFollowed(value))) return undefined;
  const made = unknown(reason);
  alternatives.set(made, known);
  return made;
}

function asAlternatives(value: Value, under: Equalities = []): readonly Alternative[] {
  const own = alternativesOf(value);
  return own ? own.map((one) => ({ ...one, under: [...one.under, ...under] })) : [{ value, under }];
}

/** Layers and functions. Of other objects a test mostly says which one it is before it is used. */
function isFollowed(value: Value): boolean {
  const { kind } = value;
  return isModule(value) || kind === "function" || kind === "method" || kind === "partial" || kind === "external";
}

/** What a test of the value itself says: `self.project is not None` of a layer that is only there where sizes differ. */
export function sidesOf(value: Value): Sides | undefined {
  const all = alternativesOf(value);
  const [absent, ...others] = all?.filter((one) => one.value.kind === "none") ?? [];
  const [present, ...more] = all?.filter((one) => one.value.kind !== "none") ?? [];
  if (!absent || others.length > 0) return conditionOf(value);
  return { first: present && more.length === 0 ? present.under : [], second: absent.under };
}
