/** One file, analysed: what was run and what came of it. */
import type { FunctionDef, Module } from "../python/syntax";
import { unknown } from "../ops/value";
import { type PythonParser } from "../python/parser";
import { SourceText } from "../text/source";
import { type Site } from "./machine";
import { bindFromMain } from "./entries/mainBlock";
import { type Value } from "./values/value";
import { Interpreter, type InterpreterOptions } from "./interpreter";
import { type Part } from "./record/part";
import { outsidePath } from "./record/record";
import { guarded } from "./machine";
import { type Run, runAgain, runModule } from "./entries/run";
import { type Scope } from "./memory/scope";
import { type Facts } from "../shape/facts";

/** What an analysis found out about a module. */
export interface Inference {
  readonly source: SourceText;
  readonly module: Module;
  readonly record: Part;
  /** What was learnt about the sizes of inputs; values are shown with it put in. */
  readonly facts: Facts;
  readonly scope: Scope;
  readonly machine: Interpreter;
  /** The analysis was cancelled or took too many steps: what it says is right, but not all there is. */
  readonly incomplete: boolean;
  /** What an analysis of the file's next text can go on from. */
  readonly kept?: Run;
  /** The file that is run, where this is another one that the same run has led into. */
  readonly main?: Pick<Inference, "source" | "module">;
}

export function infer(source: SourceText, module: Module, options: InterpreterOptions = {}): Inference {
  const machine = new Interpreter(options);
  return inferenceOf(source, module, machine, runModule(machine, module, source.path));
}

/**
 * The inference of a text that differs from the last one in the body of `changed` alone, which is the same node in both
 * trees; what it does not concern is not run again. Undefined where it may concern everything. The last inference is used
 * up, whatever comes of it.
 */
export function inferAgain(
  last: Inference,
  source: SourceText,
  module: Module,
  changed: FunctionDef | "nothing",
  cancelled?: InterpreterOptions["cancelled"],
): Inference | undefined {
  const { machine } = last;
  machine.cancelled = cancelled;
  const run = last.kept && runAgain(machine, last.kept, module, changed);
  return run && inferenceOf(source, module, machine, run);
}

function inferenceOf(source: SourceText, module: Module, machine: Interpreter, run: Run): Inference {
  const { scope, whole } = run;
  return {
    source,
    module,
    record: whole,
    facts: machine.facts,
    scope,
    machine,
    incomplete: machine.stopped,
    ...(machine.isFollowed && { kept: run }),
  };
}

/** An expression in a file's namespace, evaluated; more can be run behind it. */
export interface ExpressionInference extends Inference {
  readonly value: Value;
  readonly site: Site;
  /** Runs more in the same state; a value that is not known where it takes too many steps. */
  run(what: () => Value): Value;
}

/**
 * Runs a file as an import does and evaluates an expression in its namespace; names that the expression needs and only the
 * file's main block makes are taken from there. A string says why the expression cannot be
 * read. `names` are there beside those of the file, `functions` are what the external ones among them do.
 */
export function inferExpression(
  parser: PythonParser,
  source: SourceText,
  expression: string,
  more: Omit<InterpreterOptions, "cancelled"> & { readonly names?: ReadonlyMap<string, Value> } = {},
): ExpressionInference | string {
  const text = new SourceText(outsidePath, expression);
  const parsed = parser.parse(text);
  const [statement, ...others] = parsed.body;
  const problem = parsed.errors[0];
  if (problem) return `Cannot read ${expression}: ${problem.message}`;
  if (statement?.kind !== "ExpressionStatement" || others.length > 0) return `${expression} is no expression.`;
  const machine = new Interpreter({ ...more, parse: (text) => parser.parse(text) });
  const module = parser.parse(source);
  const scope = machine.moduleScope(source.path, "file");
  machine.runMain(module);
  guarded(() => {
    bindFromMain(machine, module, statement.value, scope);
  });
  // What the file does of itself was not asked for.
  machine.record.part.problems.length = 0;
  for (const [name, value] of more.names ?? []) scope.names.set(name, value);
  const outside: Scope = { ...scope, frame: { ...scope.frame, path: text.path } };
  const site: Site = { node: statement, scope: outside };
  const run = (what: () => Value): Value => {
    let value: Value = unknown("the analysis took too many steps");
    guarded(() => {
      value = what();
    });
    return value;
  };
  const value = run(() => machine.evaluate(statement.value, outside));
  return {
    source,
    module,
    record: machine.record.part,
    facts: machine.facts,
    scope,
    machine,
    incomplete: machine.stopped,
    value,
    site,
    run,
  };
}
