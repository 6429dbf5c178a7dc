/** `forward-pass summary`: a model's modules with shapes, parameters and multiply-adds. */
import { createModuleFinder } from "../core/python/modules";
import { grouped } from "../core/features/values";
import { type InputSpec } from "../core/features/inputSpec";
import { type ModelSummary, type OutputSummary, summarise } from "../core/features/summary";
import { readSource } from "./files";
import { type ExitStatus, complain, print } from "./outcome";
import { loadParser } from "./parser";
import { diagnosticToJson } from "./reports/entries";
import { sourceFiles } from "./sourceFiles";
import { table } from "./table";

export async function summary(
  file: string,
  options: { readonly model: string; readonly inputs: readonly InputSpec[]; readonly format: "text" | "json" },
): Promise<ExitStatus> {
  const source = await readSource(file);
  if (!source) return 2;
  const parser = await loadParser();
  const result = summarise(parser, source, options.model, options.inputs, createModuleFinder(parser, sourceFiles()));
  if (typeof result === "string") {
    complain(result);
    return 2;
  }
  const diagnostics = result.diagnostics.map((diagnostic) => diagnosticToJson(diagnostic, { source }));
  if (options.format === "json") print(JSON.stringify({ ...result, diagnostics }, undefined, 2));
  else {
    print(textOf(result));
    for (const { line, column, severity, rule, message } of diagnostics)
      print(`${file}:${line}:${column} ${severity} ${rule}\n  ${message}`);
  }
  if (result.refusal !== undefined) complain(result.refusal);
  return diagnostics.length > 0 || result.refusal !== undefined ? 1 : 0;
}

function textOf(model: ModelSummary): string {
  const rows = model.modules.map((module) => [
    module.name || "(model)",
    module.type,
    shapesText(module.outputs),
    count(module.parameters),
    count(module.macs),
    module.receptiveField?.join("×") ?? "",
  ]);
  const head = ["Module", "Type", "Output", "Parameters", "Multiply-adds", "Receptive field"];
  const totals = `${count(model.parameters)} parameters, ${count(model.trainable)} trainable, ${count(model.macs)} multiply-adds`;
  return `${table([head, ...rows])}\n\n${totals}`;
}

function shapesText(outputs: readonly OutputSummary[] | null): string {
  return (
    outputs?.map(({ shape }) => (shape ? `(${shape.map((size) => size ?? "?").join(", ")})` : "?")).join(" ") ?? ""
  );
}

function count(value: number | string | null): string {
  return typeof value === "number" ? grouped(value) : (value ?? "?");
}
