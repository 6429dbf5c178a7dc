/** Two sides of a test that describe one input, each in names of its own: its sizes go by those of the first side then. */
import { type Dim, onlyAtom, symbolsOf } from "./dim";
import { type Axis, type Shape, isRest } from "./shape";

/** What one side has learnt, by the keys of the facts: `*` and a rest's number, `#` and a symbol's. */
export type Written = ReadonlyMap<string, unknown>;

/** What is known of both sides' names behind the test. */
export function united(first: Written, second: Written): [key: string, value: Shape | Dim][] {
  return [...first.keys()].flatMap((key) => {
    const [a, b] = [described(key, first), described(key, second)];
    if (!a || a.length !== b?.length || a.some((axis, i) => isRest(axis) !== isRest(b[i]!))) return [];
    const renamed = a.flatMap((axis, i) => [...renaming(b[i]!, axis), ...common(axis, first, b[i]!, second)]);
    return [...renamed, [key, a]];
  });
}

/** Which of what was learnt describes an input, and what it says of the sizes that the input has by that description. */
export function descriptionsIn(written: Written): [key: string, value: unknown][] {
  const descriptions = [...written].filter(([key, shape]) => key.startsWith("*") && shape !== undefined);
  const sizes = descriptions.flatMap(([, shape]) =>
    (shape as Shape).flatMap((axis) => (isRest(axis) ? [] : [...symbolsOf(axis)])),
  );
  const keys = new Set(sizes.map(({ id }) => `#${id}`));
  return [...descriptions, ...[...written].filter(([key]) => keys.has(key))];
}

/** What was written of a rest, with what was written of the rests in it. */
function described(key: string, written: Written): Shape | undefined {
  const shape = key.startsWith("*") ? (written.get(key) as Shape | undefined) : undefined;
  return shape?.flatMap((axis) => (isRest(axis) ? (described(`*${axis.id}`, written) ?? [axis]) : [axis]));
}

function renaming(axis: Axis, as: Axis): [string, Shape | Dim][] {
  if (isRest(axis) || isRest(as)) return isRest(axis) && axis !== as ? [[`*${axis.id}`, [as]]] : [];
  const symbol = onlyAtom(axis);
  const isFree = symbol?.kind === "symbol" && symbol.origin === "free";
  return isFree && axis.key !== as.key ? [[`#${symbol.id}`, as]] : [];
}

/** The value of a size that both sides have learnt. */
function common(a: Axis, first: Written, b: Axis, second: Written): [string, Dim][] {
  const [key, value] = valueIn(a, first);
  const [, other] = valueIn(b, second);
  return value && value.key === other?.key ? [[key, value]] : [];
}

function valueIn(axis: Axis, written: Written): [key: string, value: Dim | undefined] {
  const symbol = isRest(axis) ? undefined : onlyAtom(axis);
  const key = symbol?.kind === "symbol" ? `#${symbol.id}` : "";
  return [key, written.get(key) as Dim | undefined];
}
