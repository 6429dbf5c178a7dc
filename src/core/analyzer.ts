/** The door to the core: source text in, everything known about it out. */
import { type Inference, infer } from "./infer/analysis";
import { type PythonParser } from "./python/parser";
import { type RuleSettings, checkRules } from "./rules/check";
import { type Diagnostic } from "./text/diagnostic";
import { type SourceText } from "./text/source";

/** A file's inference and what the rules make of it. */
export interface Analysis extends Inference {
  /** In the order of their places. */
  readonly diagnostics: readonly Diagnostic[];
}

export interface AnalyzeOptions {
  readonly rules?: RuleSettings;
  /** Asked now and then; the analysis ends early where it says so, with what it knows. */
  readonly cancelled?: () => boolean;
}

export interface Analyzer {
  /** Never throws and always ends, whatever the text. */
  analyze(source: SourceText, options?: AnalyzeOptions): Analysis;
}

export function createAnalyzer(parser: PythonParser): Analyzer {
  return {
    analyze: (source, { rules, cancelled } = {}) => {
      const inference = infer(source, parser.parse(source), cancelled);
      return { ...inference, diagnostics: checkRules(inference, rules) };
    },
  };
}
