/** What two shapes have in common: of a tensor that has the one or the other, no more is known. */
import { type Dim, isUnknown, unknownSize } from "../../shape/dim";
import { type Axis, type Shape, isRest, restIndex, sameShape, unknownShape } from "../../shape/shape";
import { type Sides, commonSize } from "../statements/conditions";

/** Whether two sizes are one for those who ask. */
export type Agreement = (a: Dim, b: Dim) => boolean;

/** Equal sizes have equal keys. */
const haveOneKey: Agreement = (a, b) => a.key === b.key;

/** Sizes that agree stay; where the ranks differ, or are not known, those at the front and at the end. */
export function joinShapes(a: Shape, b: Shape, agree: Agreement = haveOneKey, sides?: Sides): Shape {
  if (sameShape(a, b)) return a;
  const common = (x: Axis, y: Axis): Dim =>
    (agree(x as Dim, y as Dim) ? (x as Dim) : sides && commonSize(x as Dim, y as Dim, sides)) ?? unknownSize();
  if (a.length === b.length && !a.some(isRest) && !b.some(isRest)) return a.map((axis, i) => common(axis, b[i]!));
  const [front, back] = commonEnds(a, b, (x, y) => !isUnknown(common(x, y)));
  const first = a.slice(0, front).map((axis, i) => common(axis, b[i]!));
  const last = back === 0 ? [] : a.slice(-back).map((axis, i) => common(axis, b[b.length - back + i]!));
  const [rest, other] = [a, b].map((shape) => shape.find(isRest));
  if (rest && rest.id === other?.id) return [...first, rest, ...last];
  const isKnown = (axis: Dim): boolean => !isUnknown(axis);
  const [known, from] = [first.findLastIndex(isKnown) + 1, last.findIndex(isKnown)];
  return [...first.slice(0, known), ...unknownShape(), ...(from < 0 ? [] : last.slice(from))];
}

/** How many sizes two shapes both have at the front, and how many at the end, each of them counted once. */
function commonEnds(a: Shape, b: Shape, agree: (x: Axis, y: Axis) => boolean): readonly [number, number] {
  const [frontA, backA] = ends(a);
  const [frontB, backB] = ends(b);
  const [front, back] = [Math.min(frontA, frontB), Math.min(backA, backB)];
  const most = Math.min(...[a, b].filter((shape) => !shape.some(isRest)).map(({ length }) => length));
  if (front + back <= most) return [front, back];
  const differing = a.slice(0, front).findIndex((axis, i) => !agree(axis, b[i]!));
  const alike = Math.min(differing < 0 ? front : differing, most);
  return [alike, Math.min(back, most - alike)];
}

/** How many sizes stand before what is not known of a shape, and how many behind it. */
function ends(shape: Shape): readonly [number, number] {
  const at = restIndex(shape);
  return at < 0 ? [shape.length, shape.length] : [at, shape.length - at - 1];
}
