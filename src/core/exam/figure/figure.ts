/** A `figure` block of a bank: its fields read by kind, and drawn. */
import { fieldReader, type Report } from "../answerBlock";
import { yamlFields } from "../reader/yamlFields";
import type { Drawing } from "./drawing";
import { drawGraph, graphFields, readGraph } from "./graph";
import { drawGrids, gridFields, readGrids } from "./grid";
import { drawPlot, plotFields, readPlot } from "./plot";
import type { FigureContext } from "./reading";

type Draw = () => Omit<Drawing, "says">;

interface FigureKind {
  readonly fields: readonly string[];
  /** Nothing where a fault was reported that leaves no picture. */
  readonly read: (context: FigureContext) => Draw | undefined;
}

const kinds: Readonly<Record<string, FigureKind>> = {
  plot: {
    fields: plotFields,
    read: (context) => {
      const plot = readPlot(context);
      return plot && (() => drawPlot(plot));
    },
  },
  graph: {
    fields: graphFields,
    read: (context) => {
      const graph = readGraph(context);
      return graph && (() => drawGraph(graph));
    },
  },
  grid: {
    fields: gridFields,
    read: (context) => {
      const grids = readGrids(context);
      return grids && (() => drawGrids(grids));
    },
  },
};

/** Draws what a block's YAML describes; `offset` is where it starts in its file. Nothing where there is no picture. */
export function readFigure(yaml: string, offset: number, report: Report): Drawing | undefined {
  const { fields, sound } = yamlFields(yaml, offset, report);
  if (!sound) return undefined;
  const place = { start: offset, end: offset + Math.max(1, yaml.length) };
  const named = fields.find(({ name }) => name === "kind")?.value;
  const name = named?.kind === "scalar" ? named.text : "";
  const kind = Object.hasOwn(kinds, name) ? kinds[name] : undefined;
  if (!kind) {
    const known = Object.keys(kinds).join(", ");
    const problem = name === "" ? "A figure needs its “kind”" : `“${name}” is no kind of figure`;
    report("figure", `${problem}. Known: ${known}.`, named?.span ?? place);
    return undefined;
  }
  let faults = 0;
  const counting: Report = (rule, message, span, severity) => {
    if (severity !== "warning") faults++;
    report(rule, message, span, severity);
  };
  const reader = fieldReader(fields, ["kind", "says", ...kind.fields], place, counting);
  const says = reader.required("says") && reader.text("says");
  if (says?.text.trim() === "") counting("figure", "“says” tells in words what is to be seen.", says.span);
  const draw = kind.read({ fields: reader, place, report: counting });
  return draw && faults === 0 ? { ...draw(), says: oneLine(says?.text ?? "") } : undefined;
}

export const oneLine = (text: string): string => text.replace(/\s+/g, " ").trim();
