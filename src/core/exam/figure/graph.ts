/** A graph: nodes in columns from left to right, arrows between them. Networks, computation graphs, unrolled recurrences. */
import { fieldReader, type FieldValue, type Report } from "../answerBlock";
import type { Span } from "../../text/source";
import { arcBetween, arrowHead, straightBetween, type Placed } from "./arrows";
import { lineHeight, reachOf, textMark, widthOf, type Drawing, type Mark, type Point } from "./drawing";
import type { FigureContext } from "./reading";

export type NodeShape = "circle" | "box" | "none";

export interface GraphNode {
  readonly id: string;
  readonly label: string;
  readonly shape: NodeShape;
}

interface Edge {
  readonly from: string;
  readonly to: string;
  readonly label: string;
}

export interface Graph {
  /** Top to bottom; nothing where a place stays empty. */
  readonly columns: readonly (readonly (GraphNode | undefined)[])[];
  /** Under the columns. */
  readonly captions: readonly string[];
  readonly edges: readonly Edge[];
}

export const graphFields = ["columns", "captions", "edges", "shape"] as const;
export const nodeFields = ["id", "label", "shape"] as const;

const shapes: readonly string[] = ["circle", "box", "none"] satisfies readonly NodeShape[];
const mostNodes = 120;
const mostEdges = 800;

export function readGraph(context: FigureContext): Graph | undefined {
  const { fields, report } = context;
  const given = fields.required("columns");
  if (!given) return undefined;
  const shape = readShape(fields.text("shape"), report) ?? "circle";
  const seen = new Set<string>();
  const items = fields.list("columns").map((column) => (column.kind === "list" ? column.items : [column]));
  const columns = items.map((column) =>
    column.map((item) => {
      const node = readNode(item, shape, report);
      if (node && seen.has(node.id)) report("figure", `There is a node “${node.id}” before this one.`, item.span);
      if (node) seen.add(node.id);
      return node;
    }),
  );
  const count = items.flat().length;
  if (count === 0 || count > mostNodes) report("figure", `A graph has nodes, up to ${mostNodes}.`, given.span);
  if (seen.size === 0) return undefined;
  const captions = fields.list("captions").flatMap((item) => (item.kind === "scalar" ? [item.text] : []));
  return { columns, captions, edges: readEdges(fields.value("edges"), columns, report) };
}

function readShape(text: { text: string; span: Span } | undefined, report: Report): NodeShape | undefined {
  if (!text) return undefined;
  if (shapes.includes(text.text)) return text.text as NodeShape;
  report("figure", `A node's shape is ${shapes.join(", ")}.`, text.span);
  return undefined;
}

/** A name, which is its label as well, or a mapping with both; nothing for an empty place. */
function readNode(item: FieldValue, shape: NodeShape, report: Report): GraphNode | undefined {
  if (item.kind === "scalar") return item.text === "" ? undefined : { id: item.text, label: item.text, shape };
  if (item.kind === "list") {
    report("field-form", "A node is a name, or has “id”, “label” and “shape”.", item.span);
    return undefined;
  }
  const fields = fieldReader(item.fields, nodeFields, item.span, report);
  fields.required("id");
  const id = fields.text("id")?.text;
  if (id === undefined) return undefined;
  return { id, label: fields.text("label")?.text ?? id, shape: readShape(fields.text("shape"), report) ?? shape };
}

/** `dense`, from each drawn node to each of the next column, or a list of `a -> b` and `a -> b: label`. */
function readEdges(value: FieldValue | undefined, columns: Graph["columns"], report: Report): readonly Edge[] {
  if (!value) return [];
  if (value.kind === "scalar" && value.text === "dense") return denseEdges(columns);
  if (value.kind !== "list" || value.items.length > mostEdges) {
    report("field-form", "Edges are “dense”, or a list of arrows: “a -> b”.", value.span);
    return [];
  }
  const known = new Set(columns.flat().flatMap((node) => (node ? [node.id] : [])));
  return value.items.flatMap((item) => {
    const [text, label] = edgeText(item);
    const ends = text.split("->").map((end) => end.trim());
    if (ends.length !== 2 || !ends.every((end) => known.has(end))) {
      const lost = ends.find((end) => !known.has(end));
      const says = ends.length === 2 && lost ? `There is no node “${lost}”.` : "An arrow is written “a -> b”.";
      report("figure", says, item.span);
      return [];
    }
    return [{ from: ends[0]!, to: ends[1]!, label }];
  });
}

/** YAML takes `a -> b: w` for a mapping. */
function edgeText(item: FieldValue): readonly [text: string, label: string] {
  if (item.kind === "scalar") return [item.text, ""];
  const [field, ...others] = item.kind === "map" ? item.fields : [];
  return field?.value.kind === "scalar" && others.length === 0 ? [field.name, field.value.text] : ["", ""];
}

function denseEdges(columns: Graph["columns"]): readonly Edge[] {
  const present = columns.map((column) => column.flatMap((node) => (node && node.shape !== "none" ? [node.id] : [])));
  const edges = present.flatMap((column, place) =>
    column.flatMap((from) => (present[place + 1] ?? []).map((to) => ({ from, to, label: "" }))),
  );
  return edges.slice(0, mostEdges);
}

const rowHeight = 56;
const nodeHeight = 30;
const margin = 8;

export function drawGraph({ columns, captions, edges }: Graph): Omit<Drawing, "says"> {
  const arcs = edges.filter((edge) => isBlocked(edge, columns));
  const top = margin + (arcs.length > 0 ? 34 : 0);
  const rows = Math.max(...columns.map((column) => column.length));
  const placed = placeNodes({ columns, captions, edges }, top, rows);
  const marks: Mark[] = edges.flatMap(({ from, to, label }) => {
    const [source, target] = [placed.nodes.get(from)!, placed.nodes.get(to)!];
    const blocked = arcs.some((arc) => arc.from === from && arc.to === to);
    const line = blocked ? arcBetween(source, target, 30) : straightBetween(source, target);
    return edgeMarks(line, label, blocked);
  });
  for (const node of columns.flat()) {
    if (!node) continue;
    const { at, size } = placed.nodes.get(node.id)!;
    const corner: Point = [at[0] - size[0] / 2, at[1] - size[1] / 2];
    const round = node.shape === "circle" ? size[1] / 2 : 4;
    if (node.shape !== "none") marks.push({ kind: "box", from: corner, size, round, style: "node" });
    marks.push(textMark(node.label, at));
  }
  const bottom = top + rows * rowHeight - (rowHeight - nodeHeight - 4);
  for (const [place, caption] of captions.entries())
    if (placed.middles[place] !== undefined && caption !== "") marks.push(textMark(caption, [placed.middles[place], bottom + lineHeight / 2], "middle", "quiet")); // prettier-ignore
  const height = bottom + (captions.length > 0 ? lineHeight : 0) + margin - 4;
  // Labels beside the last column's arrows stand out to the right.
  const reach = marks.map((mark) => (mark.kind === "text" ? reachOf(mark)[1] + 10 : 0));
  return { width: Math.ceil(Math.max(placed.width, ...reach)), height, marks };
}

/** Whether a straight arrow would run through a node between its ends. */
function isBlocked({ from, to }: Edge, columns: Graph["columns"]): boolean {
  const find = (id: string): { column: number; row: number } => {
    const column = columns.findIndex((nodes) => nodes.some((node) => node?.id === id));
    return {
      column,
      row: rowOf(
        columns,
        column,
        columns[column]!.findIndex((node) => node?.id === id),
      ),
    };
  };
  const [a, b] = [find(from), find(to)];
  if (a.row !== b.row) return false;
  const [first, last] = [Math.min(a.column, b.column), Math.max(a.column, b.column)];
  return columns.some(
    (nodes, column) =>
      column > first && column < last && nodes.some((node, row) => node && rowOf(columns, column, row) === a.row),
  );
}

/** Where a node stands, in rows from the top: each column is centred. */
function rowOf(columns: Graph["columns"], column: number, row: number): number {
  const rows = Math.max(...columns.map((nodes) => nodes.length));
  return row + (rows - columns[column]!.length) / 2;
}

interface Layout {
  readonly nodes: ReadonlyMap<string, Placed>;
  readonly middles: readonly number[];
  readonly width: number;
}

function placeNodes({ columns, captions, edges }: Graph, top: number, rows: number): Layout {
  const nodes = new Map<string, Placed>();
  const middles: number[] = [];
  // Between columns there is room for the longest label of an arrow.
  const narrow = rows === 1 ? 28 : 46;
  const between = Math.max(narrow, ...edges.map(({ label }) => (label === "" ? 0 : widthOf(label) + 26)));
  let left = margin;
  for (const [place, column] of columns.entries()) {
    const sizes = column.map((node) => (node ? Math.max(nodeHeight, widthOf(node.label) + 16) : 0));
    // Inside, a caption may use the room between columns.
    const spare = place === 0 || place === columns.length - 1 ? 0 : between - 12;
    const captionWidth = widthOf(captions[place] ?? "") - spare;
    const width = Math.max(nodeHeight, ...sizes, captionWidth);
    for (const [row, node] of column.entries()) {
      const y = top + nodeHeight / 2 + rowHeight * (row + (rows - column.length) / 2);
      if (node) nodes.set(node.id, { at: [left + width / 2, y], size: [sizes[row]!, nodeHeight] });
    }
    middles.push(left + width / 2);
    left += width + between;
  }
  return { nodes, middles, width: left - between + margin };
}

function edgeMarks(points: readonly Point[], label: string, arc: boolean): Mark[] {
  const marks: Mark[] = [
    { kind: "line", points, style: "edge" },
    { kind: "polygon", points: arrowHead(points.at(-2)!, points.at(-1)!), style: "head" },
  ];
  if (label === "") return marks;
  const [a, b] = arc
    ? [points[Math.floor(points.length / 2)]!, points[Math.floor(points.length / 2)]!]
    : [points[0]!, points.at(-1)!];
  const [x, y] = [(a[0] + b[0]) / 2, (a[1] + b[1]) / 2];
  const steep = Math.abs(b[1] - a[1]) > 2 * Math.abs(b[0] - a[0]);
  marks.push(steep ? textMark(label, [x + 6, y], "start") : textMark(label, [x, y - (arc ? 0 : 9)]));
  return marks;
}
