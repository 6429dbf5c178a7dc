/** The geometry of arrows between boxes. */
import type { Point } from "./drawing";

/** A node's middle and its size. */
export interface Placed {
  readonly at: Point;
  readonly size: Point;
}

/** From border to border on the line between two middles. */
export function straightBetween(source: Placed, target: Placed): readonly Point[] {
  return [onBorder(source, target.at), onBorder(target, source.at)];
}

/** Over what stands between: up from one node's top, across, and down on the other's. */
export function arcBetween(source: Placed, target: Placed, rise: number): readonly Point[] {
  const [from, to] = [source, target].map(({ at, size }): Point => [at[0], at[1] - size[1] / 2 - 1]) as [Point, Point];
  const peak = Math.min(from[1], to[1]) - (4 / 3) * rise;
  const steps = 24;
  return Array.from({ length: steps + 1 }, (_step, place): Point => {
    const t = place / steps;
    const [near, inner, outer, far] = [(1 - t) ** 3, 3 * t * (1 - t) ** 2, 3 * t ** 2 * (1 - t), t ** 3];
    const x = near * from[0] + inner * from[0] + outer * to[0] + far * to[0];
    return [rounded(x), rounded(near * from[1] + (inner + outer) * peak + far * to[1])];
  });
}

/** A small triangle whose tip is the line's end. */
export function arrowHead(before: Point, tip: Point): readonly Point[] {
  const [x, y] = [tip[0] - before[0], tip[1] - before[1]];
  const length = Math.hypot(x, y) || 1;
  const [along, aside] = [7 / length, 3.5 / length];
  const back: Point = [tip[0] - x * along, tip[1] - y * along];
  return [
    tip,
    [rounded(back[0] - y * aside), rounded(back[1] + x * aside)],
    [rounded(back[0] + y * aside), rounded(back[1] - x * aside)],
  ];
}

/** Where the line from a box's middle to a point leaves the box, a unit outside of it. */
function onBorder({ at, size }: Placed, towards: Point): Point {
  const [x, y] = [towards[0] - at[0], towards[1] - at[1]];
  const scale = Math.min(
    x === 0 ? Infinity : (size[0] / 2 + 1) / Math.abs(x),
    y === 0 ? Infinity : (size[1] / 2 + 1) / Math.abs(y),
  );
  return Number.isFinite(scale) ? [rounded(at[0] + x * scale), rounded(at[1] + y * scale)] : at;
}

const rounded = (value: number): number => Math.round(value * 100) / 100;
