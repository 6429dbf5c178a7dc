/** `forward-pass summary`: a model's modules with shapes, parameters and multiply-adds. */
import { grouped } from "../core/features/values";
import { type ModelSummary, type OutputSummary, type SummaryQuestion, summarise } from "../core/features/summary";
import { type SourceFiles, createModuleFinder } from "../core/python/modules";
import { type SourceText } from "../core/text/source";
import { type Answer, cannot } from "./outcome";
import { loadParser } from "./parser";
import { diagnosticLine, diagnosticToJson } from "./reports/entries";
import { table } from "./table";

export interface SummaryOptions extends SummaryQuestion {
  readonly format: "text" | "json";
}

export async function summary(source: SourceText, files: SourceFiles, options: SummaryOptions): Promise<Answer> {
  const parser = await loadParser();
  const result = summarise(parser, source, options, createModuleFinder(parser, files));
  if (typeof result === "string") return cannot(result);
  const diagnostics = result.diagnostics.map((diagnostic) => diagnosticToJson(diagnostic, { source }));
  const output =
    options.format === "json"
      ? JSON.stringify({ ...result, diagnostics }, undefined, 2)
      : [textOf(result), ...diagnostics.map(diagnosticLine)].join("\n");
  const status = diagnostics.length > 0 || result.refusal !== undefined ? 1 : 0;
  return { status, output, complaint: result.refusal };
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
