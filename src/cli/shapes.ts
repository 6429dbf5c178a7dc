/** `forward-pass shapes`: every tensor of a file with its shape. */
import { createAnalyzer } from "../core/analyzer";
import { type ShapeEntry, shapesOf } from "../core/features/shapes";
import { type SourceFiles } from "../core/python/modules";
import { type SourceText } from "../core/text/source";
import { type Answer } from "./outcome";
import { loadParser } from "./parser";
import { diagnosticLine, diagnosticToJson, placeToJson } from "./reports/entries";
import { table } from "./table";

export interface ShapesOptions {
  readonly format: "text" | "json";
  /** The words behind the program's name with which it is run; undefined where nobody says. */
  readonly words?: readonly string[] | undefined;
}

export async function shapes(
  source: SourceText,
  files: SourceFiles,
  { format, words }: ShapesOptions,
): Promise<Answer> {
  const analysis = createAnalyzer(await loadParser(), files).analyze(source, { words });
  const entries = shapesOf(analysis);
  const diagnostics = analysis.diagnostics.map((diagnostic) => diagnosticToJson(diagnostic, { source }));
  const output =
    format === "json"
      ? JSON.stringify({ file: source.path, values: valuesOf(entries, source), diagnostics }, undefined, 2)
      : [textOf(entries, source), ...diagnostics.map(diagnosticLine)].join("\n");
  return { status: diagnostics.length > 0 ? 1 : 0, output };
}

function valuesOf(entries: readonly ShapeEntry[], source: SourceText): unknown[] {
  return entries.map(({ span, scope, name, kind, shape, dtype, text }) => ({
    ...placeToJson(span, { source }),
    scope,
    name,
    kind,
    shape,
    dtype,
    text,
  }));
}

function textOf(entries: readonly ShapeEntry[], source: SourceText): string {
  const rows = entries.map(({ span, scope, name, text, dtype }) => {
    const { line, column } = placeToJson(span, { source });
    return [`${line}:${column}`, scope, name.replace(/\s+/g, " ").slice(0, 40), text, dtype ?? ""];
  });
  return rows.length > 0 ? table(rows) : "No tensors are known in this file.";
}
