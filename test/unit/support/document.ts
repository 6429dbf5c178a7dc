/**
 * Programs with their expectations inside. `# shape: (B, 10)` behind an assignment or a return says what its value's
 * shape prints as; `# error: rule-id` (or warning, information) says what is reported on its line. Every diagnostic must
 * be expected, and every expectation met.
 */
import { createAnalyzer } from "../../../src/core/analyzer";
import { shapesOf } from "../../../src/core/features/shapes";
import { SourceText } from "../../../src/core/text/source";
import { loadPythonParser } from "./parser";

const expectation = /#\s*(shape|error|warning|information):\s*(.+?)\s*(?=#|$)/g;

/** What does not hold, a line each; empty for a document that is right. */
export async function checkDocument(text: string): Promise<string[]> {
  const source = new SourceText("document.py", text);
  const analysis = createAnalyzer(await loadPythonParser()).analyze(source);
  const lineOf = (offset: number): number => source.positionAt(offset).line;

  const reported = analysis.diagnostics.map(
    ({ span, severity, rule }) => `${lineOf(span.start) + 1}: ${severity}: ${rule}`,
  );
  const messages = new Map(analysis.diagnostics.map((diagnostic, i) => [reported[i]!, diagnostic.message]));
  const values = shapesOf(analysis).filter(({ kind }) => kind !== "call");
  const shapeOn = (line: number): string | undefined => values.find(({ span }) => lineOf(span.start) === line)?.text;

  const expected: string[] = [];
  const problems: string[] = [];
  for (let line = 0; line < source.lineCount; line++) {
    for (const [, kind, value] of source.lineAt(line).matchAll(expectation)) {
      if (kind !== "shape") expected.push(`${line + 1}: ${kind!}: ${value!}`);
      else if (shapeOn(line) !== value)
        problems.push(`${line + 1}: shape is ${shapeOn(line) ?? "not known"}, not ${value!}`);
    }
  }
  for (const one of reported)
    if (!expected.includes(one)) problems.push(`${one} is not expected: ${messages.get(one)!}`);
  for (const one of expected) if (!reported.includes(one)) problems.push(`${one} is not reported`);
  return problems;
}
