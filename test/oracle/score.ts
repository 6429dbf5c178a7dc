/** What the engine says of a case against what PyTorch said: exact, unknown or wrong, figure by figure. */
import { type Analyzer } from "../../src/core/analyzer";
import { type ModelSummary, type ModuleSummary, type OutputSummary } from "../../src/core/features/summary";
import { dtypeOf } from "../../src/core/ops/dtype";
import { type Diagnostic } from "../../src/core/text/diagnostic";
import { SourceText } from "../../src/core/text/source";
import { questionOf } from "./runs";
import { type OracleCase, type RefusedCase, type RunningCase } from "./cases";

export type Verdict = "exact" | "unknown" | "wrong";

export interface Mark {
  /** `parameters`, `outputs`, `module outputs`, `reports`, … */
  readonly figure: string;
  readonly verdict: Verdict;
  readonly note: string;
}

export function markCase(analyzer: Analyzer, oracleCase: OracleCase): Mark[] {
  const source = new SourceText(oracleCase.path, oracleCase.text);
  const inputs = oracleCase.inputs.map(({ shape, dtype }) => ({ shape, dtype: dtypeOf(dtype)! }));
  const summary = analyzer.summarise(source, questionOf(oracleCase, inputs));
  return oracleCase.kind === "runs" ? markRunning(oracleCase, summary) : markRefused(oracleCase, summary, source);
}

function markRunning(expected: RunningCase, summary: ModelSummary | string): Mark[] {
  if (typeof summary === "string") {
    const figures = ["outputs", ...(expected.parameters === undefined ? [] : ["parameters", "trainable"])];
    return figures.map((figure) => ({ figure, verdict: "unknown", note: summary }));
  }
  const counts = (["parameters", "trainable"] as const).flatMap((figure): Mark[] => {
    const theirs = expected[figure];
    const ours = summary[figure];
    if (theirs === undefined) return [];
    const verdict = typeof ours !== "number" ? "unknown" : ours === theirs ? "exact" : "wrong";
    return [{ figure, verdict, note: `${ours ?? "?"}, PyTorch says ${theirs}` }];
  });
  return [...counts, markOutputs(expected, summary), ...markModules(expected, summary), ...falseReports(summary)];
}

function markOutputs({ outputs }: RunningCase, summary: ModelSummary): Mark {
  const ours = summary.outputs;
  const note = `${JSON.stringify(ours.map(({ shape }) => shape))}, PyTorch says ${JSON.stringify(outputs)}`;
  const known = ours.length > 0 && ours.every((output) => isKnown(output));
  if (known && JSON.stringify(ours.map(({ shape }) => shape)) === JSON.stringify(outputs))
    return { figure: "outputs", verdict: "exact", note };
  const clash = ours.length === outputs.length ? ours.some((output, i) => contradicts(output, outputs[i]!)) : known;
  return { figure: "outputs", verdict: clash ? "wrong" : "unknown", note };
}

function isKnown({ shape }: OutputSummary): boolean {
  return shape?.every((size) => typeof size === "number") ?? false;
}

/** A number that PyTorch contradicts, or another rank. */
function contradicts({ shape }: OutputSummary, theirs: readonly number[]): boolean {
  if (!shape) return false;
  const hasRest = shape.some((size) => size === "...");
  if (hasRest) return false;
  return shape.length !== theirs.length || shape.some((size, i) => typeof size === "number" && size !== theirs[i]);
}

/** The record stops at this many modules. */
const mostModules = 400;

function markModules({ modules }: RunningCase, summary: ModelSummary): Mark[] {
  if (!modules) return [];
  const ours = new Map(summary.modules.map((module) => [module.name, module]));
  const names = new Set(modules.map(([name]) => name));
  const marks = modules.flatMap(([name, type, parameters, output]): Mark[] => {
    const module = ours.get(name);
    if (!module) return [{ figure: "modules", verdict: "unknown", note: `${name} is missing` }];
    const marks: Mark[] = [];
    if (module.type !== type.split(".").at(-1))
      marks.push({ figure: "module types", verdict: "wrong", note: `${name}: ${module.type}, PyTorch says ${type}` });
    if (typeof module.parameters === "number" && module.parameters !== parameters) {
      const note = `${name}: ${module.parameters}, PyTorch says ${parameters}`;
      marks.push({ figure: "module parameters", verdict: "wrong", note });
    }
    return output ? [...marks, markModuleOutput(module, output)] : marks;
  });
  if (modules.length < mostModules)
    for (const { name } of summary.modules)
      if (!names.has(name)) marks.push({ figure: "modules", verdict: "wrong", note: `PyTorch has no ${name}` });
  return marks;
}

function markModuleOutput({ name, outputs }: ModuleSummary, theirs: readonly number[]): Mark {
  const [only] = outputs ?? [];
  const known = outputs?.length === 1 && only !== undefined && isKnown(only);
  const note = `${name}: ${JSON.stringify(only?.shape)}, PyTorch says ${JSON.stringify(theirs)}`;
  const wrong = outputs?.length === 1 && only !== undefined && contradicts(only, theirs);
  return { figure: "module outputs", verdict: wrong ? "wrong" : known ? "exact" : "unknown", note };
}

const refusing = new Set(["shape-mismatch", "dtype-mismatch", "missing-attribute", "wrong-arguments"]);
const isRefusal = ({ rule }: Diagnostic): boolean => refusing.has(rule);

/** Nothing may be reported where PyTorch runs. */
function falseReports({ diagnostics }: ModelSummary): Mark[] {
  return diagnostics.filter(isRefusal).map(({ severity, message }) => ({
    figure: severity === "error" ? "no errors" : "no warnings",
    verdict: "wrong",
    note: message,
  }));
}

function markRefused({ lines, edit, error }: RefusedCase, summary: ModelSummary | string, source: SourceText): Mark[] {
  const figure = "errors found";
  if (typeof summary === "string") return [{ figure, verdict: "unknown", note: summary }];
  const errors = summary.diagnostics.filter((diagnostic) => isRefusal(diagnostic) && diagnostic.severity === "error");
  const lineOf = ({ span }: Diagnostic): number => source.positionAt(span.start).line + 1;
  const note = `${edit}: ${error}; wanted at ${lines.join(" or ")}, found at ${errors.map(lineOf).join(", ") || "none"}`;
  const isRight = (found: Diagnostic): boolean => lines.length === 0 || lines.includes(lineOf(found));
  if (errors.some(isRight)) return [{ figure, verdict: "exact", note }];
  const claims = summary.outputs.length > 0 && summary.outputs.every(isKnown);
  return [{ figure, verdict: claims ? "wrong" : "unknown", note }];
}
