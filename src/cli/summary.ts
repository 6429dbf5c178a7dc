/** `forward-pass summary`: a model's modules with shapes, parameters and multiply-adds. */
import { type InputSpec, type ModelSummary, type OutputSummary, summarise } from "../core/features/summary";
import { dtypeOf } from "../core/ops/dtype";
import { readSource } from "./files";
import { type ExitStatus, complain, print } from "./outcome";
import { loadParser } from "./parser";
import { diagnosticToJson } from "./reports/entries";
import { table } from "./table";

/** Reads `2,3,224,224:float32`; a string says what is wrong. */
export function parseInput(text: string): InputSpec | string {
  const [sizes, type = "float32"] = text.split(":") as [string, string | undefined];
  const dtype = dtypeOf(type.replace(/^torch\./, ""));
  const shape = sizes === "" ? [] : sizes.split(",").map((size) => (/^\s*\d+\s*$/.test(size) ? Number(size) : NaN));
  if (shape.includes(NaN)) return `"${text}" is no shape: write sizes with commas, such as 2,3,224,224 or 8,16:int64.`;
  return dtype === undefined ? `"${type}" is no element type of PyTorch.` : { shape, dtype };
}

export async function summary(
  file: string,
  options: { readonly model: string; readonly inputs: readonly InputSpec[]; readonly format: "text" | "json" },
): Promise<ExitStatus> {
  const source = await readSource(file);
  if (!source) return 2;
  const result = summarise(await loadParser(), source, options.model, options.inputs);
  if (typeof result === "string") {
    complain(result);
    return 2;
  }
  const diagnostics = result.diagnostics.map((diagnostic) => diagnosticToJson(diagnostic, source));
  if (options.format === "json") print(JSON.stringify({ ...result, diagnostics }, undefined, 2));
  else {
    print(textOf(result));
    for (const { line, column, severity, rule, message } of diagnostics)
      print(`${file}:${line}:${column} ${severity} ${rule}\n  ${message}`);
  }
  return diagnostics.length > 0 ? 1 : 0;
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
  return typeof value === "number" ? value.toLocaleString("en-US") : (value ?? "?");
}
