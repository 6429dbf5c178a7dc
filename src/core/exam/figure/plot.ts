/** A plot: curves of expressions in one variable, or through given points. */
import type { FieldValue } from "../answerBlock";
import { fieldReader } from "../answerBlock";
import { evaluate } from "../formula/evaluate";
import type { Expression } from "../formula/expression";
import { parseFormula } from "../formula/parse";
import { latexOfName, real } from "../formula/symbols";
import { lineHeight, textMark, widthOf, type Drawing, type Mark, type Point, type Style } from "./drawing";
import { numbersOf, type FigureContext } from "./reading";

export interface Range {
  readonly low: number;
  readonly high: number;
}

interface Curve {
  readonly label: string;
  readonly points: readonly Point[];
}

export interface Plot {
  readonly x: Range;
  readonly y: Range;
  readonly labels: { readonly x: string; readonly y: string };
  /** Without ticks the axes show the course of the curves only. */
  readonly ticks: boolean;
  readonly curves: readonly Curve[];
}

export const plotFields = ["variable", "from", "to", "low", "high", "x", "y", "ticks", "curves"] as const;
export const curveFields = ["of", "points", "label"] as const;

const samples = 240;
const mostCurves = 4;
/** From one sample to the next; more, as a part of the whole height, is a jump. */
const steepest = 0.2;

export function readPlot({ fields, place, report }: FigureContext): Plot | undefined {
  const variable = fields.text("variable")?.text ?? "x";
  const [from, to] = ["from", "to"].map((name) => fields.required(name) && fields.number(name)?.value);
  const listed = fields.required("curves");
  if (from === undefined || to === undefined || !listed) return undefined;
  if (!(from < to)) {
    report("figure", "The range is empty: “from” is less than “to”.", fields.value("to")?.span ?? place);
    return undefined;
  }
  const x: Range = { low: from, high: to };
  const items = fields.list("curves");
  if (items.length === 0 || items.length > mostCurves)
    report("figure", `A plot has one to ${mostCurves} curves: more cannot be told apart.`, listed.span);
  const curves = items
    .slice(0, mostCurves)
    .flatMap((item) => readCurve(item, variable, x, { fields, place, report }) ?? []);
  if (curves.length === 0) return undefined;
  const values = curves.flatMap(({ points }) => points.map(([, value]) => value)).filter(Number.isFinite);
  const [lowest, highest] = [Math.min(...values), Math.max(...values)];
  const room = 0.06 * (highest - lowest || 1);
  const y = { low: fields.number("low")?.value ?? lowest - room, high: fields.number("high")?.value ?? highest + room };
  if (values.length === 0 || !(y.low < y.high)) {
    report("figure", "There is nothing to see in this range.", place);
    return undefined;
  }
  const ticks = fields.value("ticks") ? fields.flag("ticks") : true;
  const labels = { x: fields.text("x")?.text ?? variable, y: fields.text("y")?.text ?? "" };
  return { x, y, labels, ticks, curves };
}

function readCurve(item: FieldValue, variable: string, x: Range, { report }: FigureContext): Curve | undefined {
  if (item.kind !== "map") {
    report("field-form", "A curve has “of”, an expression, and a “label”.", item.span);
    return undefined;
  }
  const fields = fieldReader(item.fields, curveFields, item.span, report);
  const label = fields.text("label")?.text ?? "";
  const given = fields.value("points");
  if (given) {
    const points = fields.list("points").map((pair) => numbersOf(pair, report));
    if (points.every((pair) => pair.length === 2)) return { label, points: points as unknown as readonly Point[] };
    report("field-form", "Points are pairs: [[1, 0.9], [2, 0.6]].", given.span);
    return undefined;
  }
  fields.required("of");
  const of = fields.text("of");
  if (!of) return undefined;
  const symbol = { name: variable, latex: latexOfName(variable), also: [], domain: real, says: "" };
  const parsed = parseFormula(of.text, [symbol]);
  if ("problem" in parsed) {
    report("formula", parsed.problem, of.span);
    return undefined;
  }
  return { label: label === "" ? of.text : label, points: sampled(parsed.expression, variable, x) };
}

function sampled(expression: Expression, variable: string, { low, high }: Range): Point[] {
  return Array.from({ length: samples + 1 }, (_sample, place): Point => {
    const at = low + ((high - low) * place) / samples;
    return [at, evaluate(expression, new Map([[variable, at]]))];
  });
}

const [width, plane] = [440, 200];
const margin = { left: 46, right: 14, top: 14, bottom: 22 };

export function drawPlot({ x, y, labels, ticks, curves }: Plot): Omit<Drawing, "says"> {
  const top = margin.top + (labels.y === "" ? 0 : lineHeight);
  const bottom = top + plane;
  const right = width - margin.right;
  const across = (value: number): number =>
    round(margin.left + ((value - x.low) / (x.high - x.low)) * (right - margin.left));
  const up = (value: number): number => round(bottom - ((value - y.low) / (y.high - y.low)) * plane);
  const marks: Mark[] = [];
  const line = (points: readonly Point[], style: Style): number => marks.push({ kind: "line", points, style });
  for (const value of ticks ? ticksOf(x, 6) : []) {
    line([[across(value), top], [across(value), bottom]], "guide"); // prettier-ignore
    marks.push(textMark(tickText(value), [across(value), bottom + 12], "middle", "quiet"));
  }
  for (const value of ticks ? ticksOf(y, 5) : []) {
    line([[margin.left, up(value)], [right, up(value)]], "guide"); // prettier-ignore
    marks.push(textMark(tickText(value), [margin.left - 6, up(value)], "end", "quiet"));
  }
  line([[margin.left, top], [margin.left, bottom], [right, bottom]], "axis"); // prettier-ignore
  if (y.low < 0 && y.high > 0) line([[margin.left, up(0)], [right, up(0)]], "axis"); // prettier-ignore
  if (x.low < 0 && x.high > 0) line([[across(0), top], [across(0), bottom]], "axis"); // prettier-ignore
  for (const [place, { points }] of curves.entries()) {
    for (const piece of pieces(points, y)) line(piece.map(([at, value]): Point => [across(at), up(value)]), `curve-${place + 1}`); // prettier-ignore
  }
  if (labels.y !== "") marks.push(textMark(labels.y, [margin.left, margin.top], "start"));
  const below = bottom + (ticks ? margin.bottom : 6) + lineHeight / 2;
  marks.push(textMark(labels.x, [(margin.left + right) / 2, below]));
  const legend = legendMarks(curves, below + lineHeight);
  return { width, height: Math.ceil(legend.bottom), marks: [...marks, ...legend.marks] };
}

/** A line sample with its label for each curve, in as many rows as it takes. */
function legendMarks(curves: readonly Curve[], top: number): { marks: Mark[]; bottom: number } {
  const marks: Mark[] = [];
  const [sample, gap] = [30, 18];
  let [left, row] = [margin.left, top + 4];
  for (const [place, { label }] of curves.entries()) {
    if (label === "") continue;
    const needed = sample + 6 + widthOf(label);
    if (left > margin.left && left + needed > width - margin.right) [left, row] = [margin.left, row + lineHeight + 2];
    marks.push({ kind: "line", points: [[left, row], [left + sample, row]], style: `curve-${place + 1}` }); // prettier-ignore
    marks.push(textMark(label, [left + sample + 6, row], "start"));
    left += needed + gap;
  }
  return { marks, bottom: marks.length > 0 ? row + lineHeight / 2 + 2 : top - lineHeight / 2 + 2 };
}

/** The stretches of a curve that lie in the range, cut where they leave it and where the curve jumps. */
function pieces(points: readonly Point[], { low, high }: Range): Point[][] {
  const found: Point[][] = [[]];
  const inside = ([, value]: Point): boolean => value >= low && value <= high;
  const jumps = (a: Point, b: Point): boolean =>
    points.length > samples && Math.abs(b[1] - a[1]) > steepest * (high - low);
  for (const [place, point] of points.entries()) {
    const before = points[place - 1];
    const joined = before && Number.isFinite(before[1]) && Number.isFinite(point[1]) && !jumps(before, point);
    if (before && !joined) found.push([]);
    if (joined && inside(before) !== inside(point)) found.at(-1)!.push(crossing(before, point, inside(before) ? point[1] > high ? high : low : before[1] > high ? high : low)); // prettier-ignore
    if (inside(point)) found.at(-1)!.push(point);
    else found.push([]);
  }
  return found.filter((piece) => piece.length > 1);
}

function crossing(a: Point, b: Point, value: number): Point {
  return [a[0] + ((b[0] - a[0]) * (value - a[1])) / (b[1] - a[1]), value];
}

/** Round numbers in a range, about so many. */
export function ticksOf({ low, high }: Range, about: number): readonly number[] {
  const raw = (high - low) / about;
  const power = 10 ** Math.floor(Math.log10(raw));
  const step = power * ([1, 2, 5, 10].find((factor) => factor * power >= raw * 0.999) ?? 10);
  const first = Math.ceil(low / step - 1e-9);
  const last = Math.floor(high / step + 1e-9);
  return Array.from({ length: last - first + 1 }, (_tick, place) => Number(((first + place) * step).toPrecision(10)));
}

const tickText = (value: number): string => String(value).replace("-", "−");
const round = (value: number): number => Math.round(value * 100) / 100;
