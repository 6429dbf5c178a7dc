/** Checks files one by one: reads, analyses, applies the fixes that are safe. */
import { writeFile } from "node:fs/promises";
import { createAnalyzer } from "../core/analyzer";
import { type RuleSettings } from "../core/rules/settings";
import { applyEdits } from "../core/text/diagnostic";
import { readNotebook } from "../core/text/notebook";
import { SourceText } from "../core/text/source";
import { type Configuration, settingsFor } from "./configuration";
import { readSource } from "./files";
import { complain } from "./outcome";
import { loadParser } from "./parser";
import { type CheckedText, type FileReport } from "./reports/entries";
import { sourceFiles } from "./sourceFiles";

export interface Checker {
  /** With `fix`, safe fixes are written, and what is left is reported. Undefined where the file cannot be read. */
  checkFile(path: string, fix: boolean): Promise<FileReport | undefined>;
  checkText(path: string, text: string): FileReport | undefined;
}

export async function createChecker(configuration: Configuration): Promise<Checker> {
  const analyzer = createAnalyzer(await loadParser(), sourceFiles());
  const report = (text: CheckedText, rules: RuleSettings): FileReport => {
    const ruleFailed = (rule: string, error: unknown): void => {
      const reason = error instanceof Error ? error.message : String(error);
      complain(`${text.source.path}: ${rule} failed and is left out here (${reason}).`);
    };
    const { diagnostics } = analyzer.analyze(text.source, { rules, ruleFailed });
    // Of a clean file nothing is shown: with thousands of them, their texts would fill the memory.
    return diagnostics.length > 0
      ? { ...text, diagnostics }
      : { source: new SourceText(text.source.path, ""), diagnostics };
  };
  const checkText: Checker["checkText"] = (path, text) => {
    const read = textOf(path, text);
    return read && report(read, settingsFor(configuration, path));
  };
  return {
    checkText,
    checkFile: async (path, fix) => {
      const source = await readSource(path);
      const found = source && checkText(path, source.text);
      if (source && !found) complain(`${path} is no notebook.`);
      if (!found || !fix || found.notebook) return found;
      const edits = found.diagnostics.flatMap(({ fixes }) =>
        fixes.filter(({ safe }) => safe).flatMap((safe) => safe.edits),
      );
      if (edits.length === 0) return found;
      const fixed = applyEdits(found.source.text, edits);
      await writeFile(path, fixed);
      return checkText(path, fixed);
    },
  };
}

function textOf(path: string, text: string): CheckedText | undefined {
  if (!path.endsWith(".ipynb")) return { source: new SourceText(path, text) };
  const notebook = readNotebook(path, text);
  return notebook && { source: notebook.source, notebook };
}
