/** Jupyter notebooks as one Python text: the code cells in order, with what belongs to IPython taken out. */
import { SourceText } from "./source";

export interface Notebook {
  /** All code cells, each beginning on a line of its own. */
  readonly source: SourceText;
  readonly cells: readonly NotebookCell[];
}

export interface NotebookCell {
  /** Its place among all cells of the notebook, from 1. */
  readonly number: number;
  /** The line of the text on which it begins, from 0. */
  readonly firstLine: number;
}

/** Undefined for a text that is no notebook. https://nbformat.readthedocs.io/en/latest/format_description.html */
export function readNotebook(path: string, json: string): Notebook | undefined {
  const document = parsed(json);
  if (!isRecord(document) || !Array.isArray(document.cells)) return undefined;
  const cells: NotebookCell[] = [];
  const texts: string[] = [];
  let line = 0;
  for (const [index, cell] of (document.cells as unknown[]).entries()) {
    if (!isRecord(cell) || cell.cell_type !== "code") continue;
    const text = withoutMagics(joined(cell.source));
    cells.push({ number: index + 1, firstLine: line });
    texts.push(text);
    line += text.split("\n").length;
  }
  return { source: new SourceText(path, texts.join("\n")), cells };
}

/** The cell that a line of the text belongs to. */
export function cellAt({ cells }: Notebook, line: number): NotebookCell | undefined {
  return cells.findLast(({ firstLine }) => firstLine <= line);
}

function parsed(json: string): unknown {
  try {
    return JSON.parse(json);
  } catch {
    return undefined;
  }
}

function isRecord(value: unknown): value is Record<string, unknown> {
  return typeof value === "object" && value !== null;
}

function joined(source: unknown): string {
  return Array.isArray(source) ? source.map(String).join("") : typeof source === "string" ? source : "";
}

/** Cells in another language: `%%bash`, `%%html`. Timing and capturing cells are Python. */
const pythonCells = /^%%(time|timeit|capture|prun|python3?)\b/;

/** Lines for IPython or the shell become comments or `pass` of the same length, so that all places stay where they are. */
export function withoutMagics(text: string): string {
  const lines = text.replace(/\r\n?/g, "\n").split("\n");
  const first = lines.find((line) => line.trim() !== "") ?? "";
  const isOther = first.startsWith("%%") && !pythonCells.test(first);
  return lines.map((line) => (isOther ? silenced(line) : magicless(line))).join("\n");
}

function magicless(line: string): string {
  if (/^\s*[%!]/.test(line) || /^\s*[\w.]+\?{1,2}\s*$/.test(line)) return silenced(line);
  // `files = !ls` and `out = %sql …` bind a name.
  return line.replace(
    /^(\s*[\w.,\s]+=\s*)([!%])(.*)$/,
    (_, target: string, _mark, rest: string) => `${target}0${"#".repeat(Math.min(1, rest.length))}${rest.slice(1)}`,
  );
}

/** A block must not be empty: where there is room for it, the line is a statement that does nothing. */
function silenced(line: string): string {
  const indent = /^\s*/.exec(line)![0];
  const body = line.slice(indent.length);
  if (body === "") return line;
  if (indent !== "" && body.length >= 4) return `${indent}pass${body.length > 4 ? `#${body.slice(5)}` : ""}`;
  return `${indent}#${body.slice(1)}`;
}
