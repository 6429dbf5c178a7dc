/** Calls of single operations, run by the engine and by PyTorch. */
import { execFileSync } from "node:child_process";
import { infer } from "../../../src/core/infer/analysis";
import { typeName } from "../../../src/core/features/values";
import { namedModules } from "../../../src/core/infer/modules/modules";
import { namedTensors } from "../../../src/core/infer/modules/moduleState";
import { type Value } from "../../../src/core/infer/values/value";
import { isModule } from "../../../src/core/infer/classes/classes";
import { type PythonParser } from "../../../src/core/python/parser";
import { shapeToJson } from "../../../src/core/shape/notation";
import { SourceText } from "../../../src/core/text/source";

export interface Input {
  readonly shape: readonly number[];
  readonly dtype: string;
}

/** A layer that is built and called with the inputs, or an expression over the inputs `x`, `y`, `z`, `w`. */
export interface OperationCase {
  readonly expression: string;
  readonly isLayer: boolean;
  /** It changes `x`, which is the result. */
  readonly isStatement?: boolean;
  readonly inputs: readonly Input[];
}

export type Size = number | string | null;

/** What came of a case. No outputs where it was refused, or (ours) where the result is not known. */
export interface Result {
  readonly outputs: readonly { readonly shape: readonly Size[] | null; readonly dtype: string | null }[] | null;
  readonly refused: string | null;
  readonly parameters: readonly (readonly [string, readonly Size[] | null])[];
  /** The modules inside of a layer, with their classes. */
  readonly modules: readonly (readonly [string, string])[];
}

/** Results that are no tensors are not compared. */
const scalars = new Set(["none", "bool", "int", "float", "str"]);

const names = ["x", "y", "z", "w"];

export function programOf({ expression, isLayer, isStatement, inputs }: OperationCase): string {
  const given = inputs.map(
    ({ shape, dtype }, i) => `${names[i]!} = torch.zeros(${JSON.stringify(shape)}, dtype=torch.${dtype})`,
  );
  const call = `layer(${names.slice(0, inputs.length).join(", ")})`;
  return [
    ...(expression.includes("einops.") ? ["import einops", "import einops.layers.torch"] : []),
    "import torch",
    "from torch import nn",
    "import torch.nn.functional as F",
    ...given,
    ...(isLayer ? [`layer = ${expression}`, `result = ${call}`] : []),
    ...(isStatement ? [expression, "result = x"] : []),
    ...(isLayer || isStatement ? [] : [`result = ${expression}`]),
  ].join("\n");
}

export function runOurs(parser: PythonParser, test: OperationCase): Result {
  const source = new SourceText("case.py", programOf(test));
  const { scope, record, facts } = infer(source, parser.parse(source));
  const layer = scope.names.get("layer");
  const parameters = layer && isModule(layer) ? namedTensors(layer, "parameter") : [];
  const inside = layer && isModule(layer) ? namedModules(layer).slice(1) : [];
  const outputsOf = (value: Value | undefined): Result["outputs"] => {
    if (value?.kind === "tensor") {
      return [{ shape: shapeToJson(facts.resolveShape(value.shape)), dtype: value.dtype ?? null }];
    }
    if (value?.kind === "none") return [];
    if (value && scalars.has(value.kind)) return [];
    if (value?.kind !== "tuple") return null;
    const parts = value.items.map(outputsOf);
    return parts.includes(null) ? null : parts.flatMap((part) => part!);
  };
  return {
    outputs: outputsOf(scope.names.get("result")),
    refused: record.problems[0]?.refusal.expects ?? null,
    parameters: parameters.map(([name, value]) => [name, shapeToJson(facts.resolveShape(value.shape))] as const),
    modules: inside.map(({ name, module }) => [name, typeName(module)] as const),
  };
}

/** The version of the PyTorch that an interpreter has: `1.13.1`. */
export function torchVersion(python: string): string {
  return execFileSync(python, ["-c", "import torch; print(torch.__version__)"]).toString().trim();
}

/** All cases in one process. */
export function runTorch(python: string, cases: readonly OperationCase[]): Result[] {
  const input = JSON.stringify(cases.map((test) => programOf(test)));
  const output = execFileSync(python, ["test/unit/ops/runCases.py"], { input, maxBuffer: 2 ** 26 });
  return JSON.parse(output.toString()) as Result[];
}

/** What is wrong with our result of a case, beside PyTorch's; undefined where nothing is. */
export function contradiction(ours: Result, theirs: Result): string | undefined {
  if (ours.refused !== null)
    return theirs.refused === null ? `refused (${ours.refused}), and PyTorch runs it` : undefined;
  if (!ours.outputs?.some(({ shape }) => shape !== null)) return undefined;
  if (theirs.outputs === null)
    return `claims ${JSON.stringify(ours.outputs)}, and PyTorch says ${String(theirs.refused)}`;
  const said = JSON.stringify([ours.outputs, theirs.outputs]);
  if (ours.outputs.length !== theirs.outputs.length) return `results: ${said}`;
  const fits = ours.outputs.every(({ shape, dtype }, i) => {
    const other = theirs.outputs![i]!;
    const sameType = dtype === null || dtype === other.dtype;
    return sameType && (shape === null || sameSizes(shape, other.shape!));
  });
  if (!fits) return `results: ${said}`;
  const parameters = JSON.stringify(ours.parameters) === JSON.stringify(theirs.parameters);
  if (!parameters) return `parameters: ${JSON.stringify([ours.parameters, theirs.parameters])}`;
  const modules = JSON.stringify(ours.modules) === JSON.stringify(theirs.modules);
  return modules ? undefined : `modules: ${JSON.stringify([ours.modules, theirs.modules])}`;
}

function sameSizes(ours: readonly Size[], theirs: readonly Size[]): boolean {
  return ours.length === theirs.length && ours.every((size, i) => size === null || size === theirs[i]);
}
