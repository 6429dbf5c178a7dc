/** Cases run on named sizes: with the numbers put back, the answers are those of PyTorch. */
import { type Analyzer } from "../../src/core/analyzer";
import { type Compute } from "../../src/core/features/compute";
import { type OutputSummary } from "../../src/core/features/summary";
import { dtypeOf } from "../../src/core/ops/dtype";
import { SourceText } from "../../src/core/text/source";
import { type InputRecord, type RunningCase } from "./cases";
import { questionOf } from "./runs";
import { type Mark } from "./score";

/** The batch and an image's sides get names; channels and features are what the layers ask for. */
export function markSymbolic(analyzer: Analyzer, compute: Compute, expected: RunningCase): Mark[] {
  const sizes: Record<string, number> = {};
  const inputs = expected.inputs.map((input, i) => ({ shape: named(input, i, sizes), dtype: dtypeOf(input.dtype)! }));
  const summary = analyzer.summarise(new SourceText(expected.path, expected.text), questionOf(expected, inputs));
  const figure = "outputs on named sizes";
  if (typeof summary === "string") return [{ figure, verdict: "unknown", note: summary }];
  const refused = summary.diagnostics.find(({ rule, severity }) => rule === "shape-mismatch" && severity === "error");
  if (refused) return [{ figure, verdict: "wrong", note: refused.message }];
  const ours = summary.outputs.map((output) => valuesOf(output, sizes, compute));
  const note = `${JSON.stringify(summary.outputs.map(({ shape }) => shape))}, PyTorch says ${JSON.stringify(expected.outputs)}`;
  if (JSON.stringify(ours) === JSON.stringify(expected.outputs)) return [{ figure, verdict: "exact", note }];
  const isWhole = ours.every((shape) => shape && !shape.includes(undefined));
  // A list of unknown length stands for itself, so that what comes behind it has other places.
  const clash =
    ours.length === expected.outputs.length &&
    ours.some((shape, i) => shape?.some((size, j) => size !== undefined && size !== expected.outputs[i]?.[j]));
  return [{ figure, verdict: ours.length > 0 && (isWhole || clash) ? "wrong" : "unknown", note }];
}

function named({ shape, dtype }: InputRecord, index: number, sizes: Record<string, number>): (number | string)[] {
  return shape.map((size, axis) => {
    const isSide = shape.length === 4 && axis >= 2;
    if (axis > 0 && !isSide) return size;
    const name = axis === 0 ? "B" : `${axis === 2 ? "H" : "W"}${dtype === "float32" ? "" : "i"}${index}`;
    if (sizes[name] !== undefined && sizes[name] !== size) return size;
    sizes[name] = size;
    return name;
  });
}

/** The numbers of a shape; undefined for a size that is not known. */
function valuesOf(
  { shape }: OutputSummary,
  sizes: Record<string, number>,
  compute: Compute,
): (number | undefined)[] | undefined {
  return shape?.map((size) => {
    const value = typeof size === "string" ? compute(size, sizes) : size;
    return typeof value === "number" ? value : undefined;
  });
}
