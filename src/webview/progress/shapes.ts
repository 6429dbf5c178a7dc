/** The shapes of the charts: bars, columns, small lines and a calendar. Colours are classes of the page's style sheet. */
import { svg, type Drawing } from "../ui/chart";

export interface Bar {
  readonly label: string;
  /** 0 to 1. */
  readonly share: number;
  readonly value: string;
}

const rowHeight = 26;
const narrow = 420;

/** One bar under the other, each with its name before it and its number behind it. */
export function bars(rows: readonly Bar[], width: number): Drawing {
  // Where there is no room beside a bar, its name stands above it.
  const isNarrow = width < narrow;
  const names = isNarrow ? 0 : 170;
  const numbers = 110;
  const room = Math.max(20, width - names - numbers);
  const each = isNarrow ? 2 * rowHeight - 8 : rowHeight;
  const shapes = rows.flatMap(({ label, share, value }, place) => {
    const top = place * each;
    const y = isNarrow ? top + rowHeight - 8 : top;
    const size = { x: names, y: y + 6, height: 14 };
    return [
      svg("text", { class: "label", x: 0, y: top + 18 }, label),
      svg("rect", { class: "track", ...size, width: room }),
      svg("rect", { class: "bar", ...size, width: Math.max(0, Math.min(1, share)) * room }),
      svg("text", { class: "label", x: names + room + 8, y: y + 18 }, value),
    ];
  });
  return { height: rows.length * each, shapes };
}

export interface Column {
  readonly label: string;
  readonly count: number;
}

const columnsHeight = 150;
const labelWidth = 56;

/** Columns side by side; a label under some of them, the highest count above its column. */
export function columns(items: readonly Column[], width: number): Drawing {
  const most = Math.max(1, ...items.map(({ count }) => count));
  const step = width / items.length;
  const labelled = step * 5 < labelWidth ? 10 : 5;
  const base = columnsHeight - 22;
  const shapes = items.flatMap(({ label, count }, place) => {
    const height = (count / most) * (base - 20);
    const x = place * step;
    const isHighest = count === most && items.findIndex((item) => item.count === most) === place;
    return [
      svg("rect", { class: "bar", x: x + 1, y: base - height, width: Math.max(1, step - 3), height }),
      ...(isHighest ? [svg("text", { class: "label", x, y: base - height - 5 }, String(count))] : []),
      ...(place % labelled === 0 ? [svg("text", { class: "label small", x, y: columnsHeight - 6 }, label)] : []),
    ];
  });
  const axis = svg("line", { class: "axis", x1: 0, x2: width, y1: base + 0.5, y2: base + 0.5 });
  return { height: columnsHeight, shapes: [...shapes, axis] };
}

export interface Line {
  readonly label: string;
  /** 0 to 1 in the order of time; undefined where there is nothing. */
  readonly values: readonly (number | undefined)[];
}

const small = { width: 160, height: 84, gap: 16, plot: 44 };

/** A small line chart for each name, all on the same scale from nothing to all points. */
export function smallLines(lines: readonly Line[], width: number): Drawing {
  const across = Math.max(1, Math.floor((width + small.gap) / (small.width + small.gap)));
  const size = (width + small.gap) / across - small.gap;
  const shapes = lines.flatMap(({ label, values }, place) => {
    const left = (place % across) * (size + small.gap);
    const top = Math.floor(place / across) * small.height;
    return [svg("text", { class: "label", x: left, y: top + 16 }, label), ...lineShapes(values, left, top + 24, size)];
  });
  return { height: Math.ceil(lines.length / across) * small.height, shapes };
}

function lineShapes(values: Line["values"], left: number, top: number, width: number): SVGElement[] {
  const step = values.length > 1 ? (width - 8) / (values.length - 1) : 0;
  const points = values.flatMap((value, place) =>
    value === undefined ? [] : [{ x: left + 4 + place * step, y: top + 4 + (1 - value) * (small.plot - 8) }],
  );
  return [
    svg("rect", { class: "track", x: left, y: top, width, height: small.plot }),
    svg("polyline", { class: "line", points: points.map(({ x, y }) => `${x},${y}`).join(" ") }),
    ...points.map(({ x, y }) => svg("circle", { class: "bar", cx: x, cy: y, r: 3 })),
  ];
}

const cell = { size: 15, gap: 4 };

/** A column for each week, Monday on top; the fuller a square, the more was answered. */
export function calendar(counts: readonly number[], width: number): Drawing {
  const step = cell.size + cell.gap;
  const weeks = Math.ceil(counts.length / 7);
  const shown = Math.min(weeks, Math.max(1, Math.floor((width - 40) / step)));
  const shapes = counts.slice((weeks - shown) * 7).flatMap((count, place) => {
    const x = 40 + Math.floor(place / 7) * step;
    const y = (place % 7) * step;
    const filled = fillOf(count) * cell.size;
    const inset = (cell.size - filled) / 2;
    const square = { x: x + 0.5, y: y + 0.5, width: cell.size, height: cell.size };
    return [
      svg("rect", { class: "track", ...square, rx: 2 }),
      ...(count > 0
        ? [svg("rect", { class: "bar", x: x + 0.5 + inset, y: y + 0.5 + inset, width: filled, height: filled })]
        : []),
    ];
  });
  const names = ["Mon", "Wed", "Fri"].map((name, place) =>
    svg("text", { class: "label small", x: 0, y: place * 2 * step + 12 }, name),
  );
  return { height: 7 * step, shapes: [...names, ...shapes] };
}

const fillOf = (count: number): number => (count >= 12 ? 1 : count >= 5 ? 0.8 : 0.55);
