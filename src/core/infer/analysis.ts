/** One file, analysed: what was run and what came of it. */
import type { Module } from "../python/syntax";
import { type SourceText } from "../text/source";
import { runModule } from "./entries";
import { Interpreter } from "./interpreter";
import { type Recorder } from "./record";
import { type Scope } from "./scope";
import { type Facts } from "../shape/facts";

/** What an analysis found out about a module. */
export interface Inference {
  readonly source: SourceText;
  readonly module: Module;
  readonly record: Recorder;
  /** What was learnt about the sizes of inputs; values are shown with it put in. */
  readonly facts: Facts;
  readonly scope: Scope;
  readonly machine: Interpreter;
  /** The analysis was cancelled or took too many steps: what it says is right, but not all there is. */
  readonly incomplete: boolean;
}

export function infer(source: SourceText, module: Module, cancelled?: () => boolean): Inference {
  const machine = new Interpreter(cancelled);
  const scope = runModule(machine, module, source.path);
  return { source, module, record: machine.record, facts: machine.facts, scope, machine, incomplete: machine.stopped };
}
