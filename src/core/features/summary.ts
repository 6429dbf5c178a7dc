/** A model's summary: its modules with their parameters, shapes, multiply-adds and receptive fields. */
import { isTrainable } from "../infer/modules/moduleMethods";
import { type Inference, inferExpression } from "../infer/analysis";
import { args } from "../infer/machine";
import { isModule } from "../infer/classes/classes";
import { type ModuleCall } from "../infer/record/part";
import { type NamedModule, namedModules } from "../infer/modules/modules";
import { namedTensors } from "../infer/modules/moduleState";
import { type InstanceValue, type Value } from "../infer/values/value";
import { type TensorValue, bool, tensor } from "../ops/value";
import { type ModuleFinder } from "../python/modules";
import { type PythonParser } from "../python/parser";
import { syntaxError } from "../rules/house/syntax-error";
import { runRule } from "../rules/run";
import { dtypeMismatch } from "../rules/shapes/dtype-mismatch";
import { missingAttribute } from "../rules/shapes/missing-attribute";
import { refusalOutside } from "../rules/shapes/refusals";
import { shapeMismatch } from "../rules/shapes/shape-mismatch";
import { wrongArguments } from "../rules/shapes/wrong-arguments";
import { silencersIn, suppress } from "../rules/suppression";
import { type Dim, add, constant, constantValue, isUnknown, newSymbol, symbolsOf, unknownSize } from "../shape/dim";
import { shapeToJson, sizeToJson } from "../shape/notation";
import { isRest } from "../shape/shape";
import { type Diagnostic } from "../text/diagnostic";
import { type SourceText } from "../text/source";
import { type InputSpec } from "./inputSpec";
import { type KnownFields, receptiveField } from "./receptiveField";
import { bufferCount, countOf, outputsOf, parameterCount, typeName } from "./values";

type Size = number | string | null;

export interface OutputSummary {
  readonly shape: Size[] | null;
  readonly dtype: string | null;
}

export interface ModuleSummary {
  /** As `named_modules()` gives it; the root is "". */
  readonly name: string;
  readonly type: string;
  readonly parameters: Size;
  /** Of the first call in that run; null where the module was not called or gives no tensors. */
  readonly outputs: OutputSummary[] | null;
  readonly macs: Size;
  readonly receptiveField: readonly number[] | null;
}

export interface ModelSummary {
  readonly model: string;
  readonly parameters: Size;
  readonly trainable: Size;
  readonly buffers: Size;
  readonly macs: Size;
  readonly outputs: OutputSummary[];
  readonly modules: ModuleSummary[];
  /** Places that are no Python, or that PyTorch refuses. */
  readonly diagnostics: readonly Diagnostic[];
  /** What PyTorch refuses of the model or its inputs at no place of the file. */
  readonly refusal?: string;
}

export interface SummaryQuestion {
  /** An expression in the file's namespace. */
  readonly model: string;
  /** Without any the model is built, not called. */
  readonly inputs: readonly InputSpec[];
  /** The words behind the program's name with which it is run; options that are not among them have their defaults. */
  readonly words?: readonly string[] | undefined;
  /** Runs the model in training mode; else in evaluation mode. */
  readonly training?: boolean | undefined;
}

/** Builds the model and runs it; a string says why that cannot be done. */
export function summarise(
  parser: PythonParser,
  source: SourceText,
  { model, inputs, words, training = false }: SummaryQuestion,
  modules?: ModuleFinder,
): ModelSummary | string {
  const inference = inferExpression(parser, source, model, { modules, words });
  if (typeof inference === "string") return inference;
  const { value, site, machine } = inference;
  if (!isModule(value))
    return `${model} is not known to be a model${value.kind === "unknown" ? `: ${value.reason}` : ""}.`;
  const tensors = tensorsOf(inputs);
  const { part } = machine.record;
  const before: Mark = { calls: part.moduleCalls.length, work: part.work.length };
  const evaluate = (): Value => {
    machine.call(machine.attribute(value, "train", site), args(bool(training)), site);
    return machine.call(value, args(...tensors), site);
  };
  const output = inputs.length > 0 ? inference.run(evaluate) : undefined;
  const runs = runsSince(before, inference);
  const modulesBelow = namedModules(value);
  const refusal = refusalOutside(inference);
  return {
    model,
    parameters: sizeToJson(parameterCount(value)),
    trainable: sizeToJson(trainableCount(value, inference)),
    buffers: sizeToJson(bufferCount(value)),
    macs: output ? macsBelow(modulesBelow, runs) : null,
    outputs: output ? summariseOutputs(output, inference) : [],
    modules: modulesBelow.map((named) => summariseModule(named, runs, inference)),
    diagnostics: problemsIn(inference),
    ...(refusal !== undefined && { refusal }),
  };
}

/** What keeps the model from running as it should. Other findings are about training, which a summary is not. */
function problemsIn(inference: Inference): readonly Diagnostic[] {
  const found = [syntaxError, shapeMismatch, dtypeMismatch, missingAttribute, wrongArguments].flatMap((rule) =>
    runRule(rule, inference),
  );
  return suppress(found, silencersIn(inference), inference.source).left;
}

/** Where the records stood before the model was called: the file may have run it too. */
interface Mark {
  readonly calls: number;
  readonly work: number;
}

/** What a module did in the run: its first call, and its own multiply-adds. */
interface Run {
  readonly first: ModuleCall | undefined;
  /** Undefined where one of its operations, or what one of its calls gives, is not known. */
  readonly macs: Dim | undefined;
}

interface Runs {
  /** By the table of a module's attributes, which copies of a value share. */
  readonly of: ReadonlyMap<object, Run>;
  /** Receptive fields that are known already. */
  readonly fields: KnownFields;
}

function runsSince(before: Mark, { record }: Inference): Runs {
  const of = new Map<object, Run>();
  const own = (module: InstanceValue): Run => of.get(module.attributes) ?? { first: undefined, macs: constant(0) };
  for (const call of record.moduleCalls.slice(before.calls)) {
    const { first, macs } = own(call.module);
    of.set(call.module.attributes, {
      first: first ?? call,
      macs: call.output.kind === "unknown" ? undefined : macs,
    });
  }
  for (const { module, macs: more } of record.work.slice(before.work)) {
    if (!module) continue;
    const { first, macs } = own(module);
    of.set(module.attributes, { first, macs: macs && more && add(macs, more) });
  }
  return { of, fields: new Map() };
}

/** Inputs of the sizes that are asked for; names become symbols. */
function tensorsOf(inputs: readonly InputSpec[]): TensorValue[] {
  const symbols = new Map<string, Dim>();
  const sizeOf = (size: number | string): Dim => {
    if (typeof size === "number") return constant(size);
    const symbol = symbols.get(size) ?? newSymbol(size, "given");
    symbols.set(size, symbol);
    return symbol;
  };
  return inputs.map(({ shape, dtype }) => tensor(shape.map(sizeOf), dtype));
}

function trainableCount(model: InstanceValue, { machine }: Inference): Dim {
  if (isUnknown(parameterCount(model))) return unknownSize();
  const parameters = namedTensors(model, "parameter").map(([, value]) => value);
  const isTrained = parameters.map((value) => isTrainable(machine, value));
  return isTrained.includes(undefined) ? unknownSize() : countOf(parameters.filter((_, i) => isTrained[i]));
}

function summariseModule({ name, module }: NamedModule, runs: Runs, inference: Inference): ModuleSummary {
  const output = runs.of.get(module.attributes)?.first?.output;
  const field = output?.kind === "tensor" ? receptiveField(output, runs.fields) : undefined;
  return {
    name,
    type: typeName(module),
    parameters: sizeToJson(parameterCount(module)),
    outputs: output ? summariseOutputs(output, inference) : null,
    macs: output ? macsBelow(namedModules(module), runs) : null,
    receptiveField: field ?? null,
  };
}

function summariseOutputs(output: Value, { facts }: Inference): OutputSummary[] {
  return outputsOf(output)
    .filter((value) => value.kind !== "none")
    .map((value) => {
      if (value.kind !== "tensor") return { shape: null, dtype: null };
      const told = facts
        .resolveShape(value.shape)
        .map((axis) => (isRest(axis) || isOfInputs(axis) ? axis : unknownSize()));
      return { shape: shapeToJson(told), dtype: value.dtype ?? null };
    });
}

/** Whether a size comes from the inputs; by any other name, also if it is one of theirs, nobody would know it. */
function isOfInputs(size: Dim): boolean {
  return [...symbolsOf(size)].every(({ origin }) => origin === "given");
}

/** The multiply-adds of some modules' own calls; null where one of them, or what one of them gives, is not known. */
function macsBelow(modules: readonly NamedModule[], { of }: Runs): Size {
  let total: Dim = constant(0);
  for (const { module } of modules) {
    const run = of.get(module.attributes);
    if (run && !run.macs) return null;
    if (run?.macs) total = add(total, run.macs);
  }
  return constantValue(total) ?? sizeToJson(isOfInputs(total) ? total : unknownSize());
}
