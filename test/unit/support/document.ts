/**
 * Programs with their expectations inside. At a line's end `# shape: (B, 10)` says how the value is printed that the line
 * assigns or returns (`?` where it must not be known; several targets with commas), and `# error: rule-id` (or `warning`,
 * `information`) that the rule reports the line; words behind a second colon stand in its message. Every diagnostic must be
 * expected and every expectation met.
 */
import { createAnalyzer, type Analysis } from "../../../src/core/analyzer";
import { shapesOf } from "../../../src/core/features/shapes";
import { type PythonParser } from "../../../src/core/python/parser";
import { sourceFiles } from "../../../src/cli/sourceFiles";
import { type Diagnostic } from "../../../src/core/text/diagnostic";
import { SourceText } from "../../../src/core/text/source";
import { loadPythonParser } from "./parser";

/** What is wrong with a program's expectations, one text for each; empty where all of them are met. */
export async function checkDocument(text: string, path = "document.py", of?: RulesOfTest): Promise<string[]> {
  return checkWith(await loadPythonParser(), text, path, of);
}

/** Rules that run beside the recommended ones; `alone` where the others are none of the test's business. */
export interface RulesOfTest {
  readonly rules: readonly string[];
  readonly alone: boolean;
}

/** Likewise with a parser at hand. */
export function checkWith(parser: PythonParser, text: string, path = "document.py", of?: RulesOfTest): string[] {
  const source = new SourceText(path, text);
  const rules = of && { select: of.rules };
  const all = createAnalyzer(parser, sourceFiles()).analyze(source, { ...(rules && { rules }) });
  const isOurs = ({ rule }: Diagnostic): boolean => !of?.alone || of.rules.includes(rule);
  const analysis = { ...all, diagnostics: all.diagnostics.filter(isOurs) };
  return [...shapeProblems(analysis), ...diagnosticProblems(analysis)].map((problem) => `${path}:${problem}`);
}

interface Expectation {
  readonly line: number;
  readonly text: string;
}

/** What a comment of a kind says, by line (from 1). */
function expectations({ module, source }: Analysis, kind: RegExp): Expectation[] {
  return module.comments.flatMap((comment) => {
    const match = kind.exec(comment.text);
    return match ? [{ line: source.positionAt(comment.start).line + 1, text: match[1]!.trim() }] : [];
  });
}

function shapeProblems(analysis: Analysis): string[] {
  const lineOf = (offset: number): number => analysis.source.positionAt(offset).line + 1;
  const entries = shapesOf(analysis);
  return expectations(analysis, /^# shape: (.*)$/).flatMap(({ line, text }) => {
    const here = entries.filter(({ kind, span }) => kind !== "call" && lineOf(span.start) === line);
    const found = here.map((entry) => entry.text).join(", ") || "?";
    return found === text || (text === "?" && found === "(…,)") ? [] : [`${line}: expected ${text}, got ${found}`];
  });
}

function diagnosticProblems(analysis: Analysis): string[] {
  const expected = ["error", "warning", "information"].flatMap((severity) =>
    expectations(analysis, new RegExp(`# ${severity}: ([\\w-]+(?:: .*)?)`)).map(({ line, text }) => {
      const [rule = "", ...words] = text.split(": ");
      return { key: `${line}: ${severity} ${rule}`, words: words.join(": ") };
    }),
  );
  const found = analysis.diagnostics.map(({ span, severity, rule, message }) => ({
    key: `${analysis.source.positionAt(span.start).line + 1}: ${severity} ${rule}`,
    message,
  }));
  const isMet = ({ key, words }: (typeof expected)[number]): boolean =>
    found.some((one) => one.key === key && one.message.includes(words));
  const keys = new Set(expected.map(({ key }) => key));
  return [
    ...expected
      .filter((one) => !isMet(one))
      .map(({ key, words }) => `${key} was not reported${words && ` with “${words}”`}`),
    ...found.filter(({ key }) => !keys.has(key)).map(({ key, message }) => `${key} was not expected: ${message}`),
  ];
}
