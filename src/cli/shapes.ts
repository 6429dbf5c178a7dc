/** `forward-pass shapes`: every tensor of a file with its shape. */
import { createAnalyzer } from "../core/analyzer";
import { shapesOf } from "../core/features/shapes";
import { readSource } from "./files";
import { type ExitStatus, print } from "./outcome";
import { loadParser } from "./parser";
import { diagnosticToJson, placeToJson } from "./reports/entries";
import { sourceFiles } from "./sourceFiles";
import { table } from "./table";

export async function shapes(file: string, format: "text" | "json"): Promise<ExitStatus> {
  const source = await readSource(file);
  if (!source) return 2;
  const analysis = createAnalyzer(await loadParser(), sourceFiles()).analyze(source);
  const entries = shapesOf(analysis);
  const diagnostics = analysis.diagnostics.map((diagnostic) => diagnosticToJson(diagnostic, { source }));
  if (format === "json") {
    const values = entries.map(({ span, scope, name, kind, shape, dtype, text }) => ({
      ...placeToJson(span, { source }),
      scope,
      name,
      kind,
      shape,
      dtype,
      text,
    }));
    print(JSON.stringify({ file, values, diagnostics }, undefined, 2));
  } else {
    const rows = entries.map(({ span, scope, name, text, dtype }) => {
      const { line, column } = placeToJson(span, { source });
      return [`${line}:${column}`, scope, name.replace(/\s+/g, " ").slice(0, 40), text, dtype ?? ""];
    });
    print(rows.length > 0 ? table(rows) : "No tensors are known in this file.");
    for (const { line, column, severity, rule, message } of diagnostics)
      print(`${file}:${line}:${column} ${severity} ${rule}\n  ${message}`);
  }
  return diagnostics.length > 0 ? 1 : 0;
}
