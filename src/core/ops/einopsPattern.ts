/** The patterns of einops, `b (h w) c -> b c h w`: how they are read, and the sizes that they give their names. */
import { type Dim, constant, constantValue, multiply, newSymbol, onlyAtom, product, unknownSize } from "../shape/dim";
import { type Facts } from "../shape/facts";
import { printDim, printShape } from "../shape/notation";
import { type Shape, isRest } from "../shape/shape";
import { type Refusal, isRefusal, refuse } from "./call";
import { type TensorValue, type UnknownValue, unknown } from "./value";

/** One dimension: the names that it is the product of. The ellipsis stands for any number of dimensions. */
export type Group = readonly string[];

export const ellipsis = "...";

/** Stands beside an ellipsis in parentheses, which is one dimension: `b ... d -> b (...) d`. */
const one = "1";

/** A number above 1 is an axis of that size, which no other one is: its name holds the place where it stands. */
const numbered = /^#\d+:(\d+)$/;

export const isNumber = (name: string): boolean => numbered.test(name);

/** The sizes that the pattern itself says. */
export function* numbersIn({ left, right }: Pattern): Iterable<[name: string, size: Dim]> {
  for (const name of [...left, ...right].flat()) {
    const size = numbered.exec(name)?.[1];
    if (size !== undefined) yield [name, constant(Number(size))];
  }
}

/** A name as its author wrote it. */
export function shownName(name: string): string {
  return numbered.exec(name)?.[1] ?? name;
}

/** The names on one side. */
export function namesOf(groups: readonly Group[]): string[] {
  return groups.flat().filter((name) => name !== one);
}

export interface Pattern {
  readonly left: readonly Group[];
  readonly right: readonly Group[];
}

/** One side of a pattern, which is the how many-th; undefined where it is malformed. A `1` is a dimension without names. */
export function parseSide(text: string, side = 0): readonly Group[] | undefined {
  const tokens = text.match(/\.\.\.|…|[A-Za-z_]\w*|\d+|[()]|\S/g) ?? [];
  const groups: Group[] = [];
  let open: string[] | undefined;
  for (const [place, token] of tokens.entries()) {
    if (token === "(") {
      if (open) return undefined;
      open = [];
    } else if (token === ")") {
      if (!open) return undefined;
      groups.push(open.length === 1 && open[0] === ellipsis ? [ellipsis, one] : open);
      open = undefined;
    } else {
      const name = token === "…" ? ellipsis : token;
      if (name !== ellipsis && !/^([A-Za-z_]\w*|[1-9]\d*)$/.test(name)) return undefined;
      const names = name === "1" ? [] : [/^\d/.test(name) ? `#${2 * place + side}:${name}` : name];
      if (open) open.push(...names);
      else groups.push(names);
    }
  }
  const all = namesOf(groups);
  return open || new Set(all).size < all.length ? undefined : groups;
}

export function parsePattern(text: string): Pattern | undefined {
  const sides = text.split("->");
  if (sides.length !== 2) return undefined;
  const [left, right] = sides.map((side, i) => parseSide(side, i));
  return left && right && !left.some((group) => group.length > 1 && group.includes(ellipsis))
    ? { left, right }
    : undefined;
}

/** The sizes of all names; the ellipsis has a shape of its own. */
export interface NamedSizes {
  readonly kind: "sizes";
  readonly byName: Map<string, Dim>;
  readonly dots: Shape;
}

/** Takes an input apart as the left side says; `given` are the sizes that the call names, undefined where not known. */
export function matchPattern(
  left: readonly Group[],
  input: TensorValue,
  given: ReadonlyMap<string, Dim | undefined>,
  facts: Facts,
): NamedSizes | Refusal | UnknownValue {
  const shape = describedShape(left, input, facts);
  if (!shape) return unknown("the rank of the input is not known");
  if (isRefusal(shape)) return shape;
  const at = left.findIndex((group) => group.includes(ellipsis));
  const behind = at < 0 ? 0 : left.length - 1 - at;
  const byName = new Map<string, Dim>();
  for (const [i, group] of left.entries()) {
    if (i === at) continue;
    const axis = at >= 0 && i > at ? shape.length - (left.length - i) : i;
    const problem = takeApart(group, shape[axis] as Dim, axis, input, given, byName, facts);
    if (problem) return problem;
  }
  return { kind: "sizes", byName, dots: at < 0 ? [] : shape.slice(at, shape.length - behind) };
}

function describedShape(left: readonly Group[], input: TensorValue, facts: Facts): Shape | Refusal | undefined {
  const at = left.findIndex((group) => group.includes(ellipsis));
  const shape = facts.resolveShape(input.shape);
  const rest = shape.find(isRest);
  const names = left.map((group) => (group.length === 1 ? group[0]! : "D"));
  if (rest && at < 0) {
    const index = shape.indexOf(rest);
    const missing = left.length - shape.length + 1;
    if (missing < 0) return undefined;
    const added = names.slice(index, index + missing).map((name) => newSymbol(name, "free"));
    return facts.describe(rest, added) ? facts.resolveShape(shape) : undefined;
  }
  if (rest) {
    const front = facts.exposeFront(shape, at, names);
    return front && facts.exposeBack(front, left.length - 1 - at, [...names].reverse());
  }
  const fits = at < 0 ? shape.length === left.length : shape.length >= left.length - 1;
  const wanted = at < 0 ? `${left.length}` : `at least ${left.length - 1}`;
  return fits ? shape : refuse(`names ${wanted} dimensions, which are not those of`, printShape(shape), input);
}

/** The sizes of a group's names: one of them may follow from the others. */
function takeApart(
  group: Group,
  size: Dim,
  axis: number,
  input: TensorValue,
  given: ReadonlyMap<string, Dim | undefined>,
  byName: Map<string, Dim>,
  facts: Facts,
): Refusal | undefined {
  const named = group.filter((name) => given.has(name));
  const open = group.filter((name) => !given.has(name));
  if (open.length > 1) return refuse(`leaves the sizes of ${open.join(" and ")} open in`, size, input, axis);
  const sizes = named.map((name) => given.get(name));
  const isKnown = !sizes.includes(undefined);
  named.forEach((name, i) => byName.set(name, sizes[i] ?? (group.length === 1 ? size : unknownSize())));
  const part = product(sizes.filter((one) => one !== undefined));
  const [only] = open;
  if (only === undefined) {
    if (!isKnown || facts.equate(size, part) !== "no") return undefined;
    const what = group.length === 0 ? "1" : `${group.map(shownName).join("*")} = ${printDim(part)}`;
    return refuse(`expects ${what} at dimension ${axis}`, size, input, axis);
  }
  const [whole, divisor] = [constantValue(size), isKnown ? constantValue(part) : undefined];
  if (whole !== undefined && divisor !== undefined && (divisor === 0 || whole % divisor !== 0))
    return refuse(`divides dimension ${axis} by ${divisor}, which does not come out even:`, size, input, axis);
  byName.set(only, isKnown ? (madeOf(only, size, part, facts) ?? facts.quotient(size, part)) : unknownSize());
  return undefined;
}

/** A size that nobody described is so many times the part, under the pattern's name. */
function madeOf(name: string, size: Dim, part: Dim, facts: Facts): Dim | undefined {
  const atom = onlyAtom(size);
  if (atom?.kind !== "symbol" || atom.origin !== "free" || constantValue(part) === 1) return undefined;
  const own = newSymbol(name, "free");
  const whole = multiply(own, part);
  facts.equate(size, whole);
  return facts.resolve(size).key === whole.key ? own : undefined;
}

/** The shape that a right side puts together. */
export function compose(right: readonly Group[], { byName, dots }: NamedSizes): Shape {
  return right.flatMap((group): Shape => {
    if (group.length === 1 && group[0] === ellipsis) return dots;
    const sizes = group.flatMap((name) =>
      name === ellipsis ? dots : name === one ? [] : [byName.get(name) ?? unknownSize()],
    );
    return [sizes.some(isRest) ? unknownSize() : sizes.length === 0 ? constant(1) : product(sizes as readonly Dim[])];
  });
}
