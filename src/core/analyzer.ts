/** The door to the core: source text in, everything known about it out. */
import { type ModelSummary, type SummaryQuestion, summarise } from "./features/summary";
import { type Inference, infer, inferAgain } from "./infer/analysis";
import { type PythonParser } from "./python/parser";
import { type SourceFiles, createModuleFinder } from "./python/modules";
import type { Module } from "./python/syntax";
import { findingsIn, settled } from "./rules/check";
import { type RuleFailed } from "./rules/run";
import { type RuleSettings } from "./rules/settings";
import { silencersIn } from "./rules/suppression";
import { type Diagnostic } from "./text/diagnostic";
import { type SourceText } from "./text/source";

/** A file's inference and what the rules make of it. */
export interface Analysis extends Inference {
  /** What the rules find, before any comment silences it. */
  readonly found: readonly Diagnostic[];
  /** In the order of their places. */
  readonly diagnostics: readonly Diagnostic[];
}

export interface AnalyzeOptions {
  readonly rules?: RuleSettings;
  /** Told of a rule that failed itself, which then finds nothing; without it the failure is thrown. */
  readonly ruleFailed?: RuleFailed;
  /** Asked now and then; the analysis ends early where it says so, with what it knows. */
  readonly cancelled?: () => boolean;
  /** The words behind the program's name with which it is run; options that are not among them have their defaults. */
  readonly words?: readonly string[] | undefined;
}

export interface Analyzer {
  /** Never throws and always ends, whatever the text. */
  analyze(source: SourceText, options?: AnalyzeOptions): Analysis;
  /** For a file that is being written. */
  follow(): FollowedFile;
  /** Builds a model and runs it; a string says why that cannot be done. */
  summarise(source: SourceText, question: SummaryQuestion): ModelSummary | string;
}

/**
 * A file that is being written: each analysis goes on from the last one, and what an edit does not concern is neither read
 * nor run again. What it says is the same. The last analysis must not be used any more.
 */
export interface FollowedFile {
  analyze(source: SourceText, options?: AnalyzeOptions): Analysis;
}

/** `files` are those that imports may mean; without them no import is followed. */
export function createAnalyzer(parser: PythonParser, files?: SourceFiles): Analyzer {
  const modules = files && createModuleFinder(parser, files);
  const parse = (text: SourceText): Module => parser.parse(text);
  const run = (
    source: SourceText,
    module: Module,
    { cancelled, words }: AnalyzeOptions,
    isFollowed = false,
  ): Inference => infer(source, module, { cancelled, modules, parse, words, isFollowed });
  const follow = (): FollowedFile => {
    const text = parser.follow();
    let last: Inference | undefined;
    return {
      analyze: (source, options = {}) => {
        const { module, changed } = text.read(source.text);
        const again =
          last && changed !== "more" ? inferAgain(last, source, module, changed, options.cancelled) : undefined;
        const inference = again ?? run(source, module, options, true);
        // A text that cannot be read is soon another one, which is compared with the last that could.
        if (module.errors.length === 0) last = inference;
        return checked(inference, options);
      },
    };
  };
  return {
    analyze: (source, options = {}) => checked(run(source, parse(source), options), options),
    follow,
    summarise: (source, question) => summarise(parser, source, question, modules),
  };
}

function checked(inference: Inference, { rules, ruleFailed }: AnalyzeOptions): Analysis {
  const found = findingsIn(inference, rules, ruleFailed);
  const diagnostics = settled(found, inference.source, silencersIn(inference), rules);
  return { ...inference, found, diagnostics };
}
