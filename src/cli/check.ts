/** `forward-pass check`: finds bugs in files and folders. */
import { writeFile } from "node:fs/promises";
import { createAnalyzer } from "../core/analyzer";
import { applyEdits } from "../core/text/diagnostic";
import { SourceText } from "../core/text/source";
import { readConfiguration } from "./configuration";
import { findFiles, readSource } from "./files";
import { type ExitStatus, complain, print } from "./outcome";
import { loadParser } from "./parser";
import { type FileReport, diagnosticToJson } from "./reports/entries";
import { githubReport } from "./reports/github";
import { sarifReport } from "./reports/sarif";
import { textReport } from "./reports/text";
import { sourceFiles } from "./sourceFiles";
import { version } from "./version";

export const checkFormats = ["text", "json", "sarif", "github"] as const;

export interface CheckOptions {
  readonly format: (typeof checkFormats)[number];
  readonly fix: boolean;
  /** Only every N-th file, beginning with the I-th. */
  readonly shard: Shard | undefined;
}

export interface Shard {
  readonly index: number;
  readonly count: number;
}

/** Reads `I/N`; undefined for anything else. */
export function parseShard(text: string): Shard | undefined {
  const match = /^(\d+)\/(\d+)$/.exec(text);
  const [index, count] = [Number(match?.[1]), Number(match?.[2])];
  return match && index >= 1 && index <= count ? { index, count } : undefined;
}

export async function check(paths: readonly string[], options: CheckOptions): Promise<ExitStatus> {
  const configuration = await readConfiguration(".");
  const found = await findFiles(paths.length > 0 ? paths : ["."]);
  const files = found.files.filter((_, i) => !options.shard || i % options.shard.count === options.shard.index - 1);
  const analyzer = createAnalyzer(await loadParser(), sourceFiles());
  const reports: FileReport[] = [];
  let failed = found.failed || configuration.failed;
  for (const file of files) {
    const source = await readSource(file);
    if (!source) failed = true;
    else reports.push(await checkFile(analyzer, source, configuration.rules, options.fix));
  }
  if (found.files.length === 0 && !failed) complain("No Python files here.");
  if (options.fix && reports.some(({ diagnostics }) => diagnostics.some(({ fixes }) => fixes.length > 0))) {
    complain("The fixes that are left need your judgement: the editor offers them one by one.");
  }
  print(render(reports, options.format));
  if (failed) return 2;
  return reports.some((report) => report.diagnostics.length > 0) ? 1 : 0;
}

/** With `fix`, safe fixes are written, and what is left is reported. */
async function checkFile(
  analyzer: ReturnType<typeof createAnalyzer>,
  source: SourceText,
  rules: Awaited<ReturnType<typeof readConfiguration>>["rules"],
  fix: boolean,
): Promise<FileReport> {
  const { diagnostics } = analyzer.analyze(source, { rules });
  const edits = fix
    ? diagnostics.flatMap(({ fixes }) => fixes.filter(({ safe }) => safe).flatMap((safe) => safe.edits))
    : [];
  if (edits.length === 0) return { source, diagnostics };
  const fixed = new SourceText(source.path, applyEdits(source.text, edits));
  await writeFile(source.path, fixed.text);
  return { source: fixed, diagnostics: analyzer.analyze(fixed, { rules }).diagnostics };
}

function render(reports: readonly FileReport[], format: CheckOptions["format"]): string {
  switch (format) {
    case "text":
      return textReport(reports, process.stdout.isTTY);
    case "json":
      return JSON.stringify(
        reports.flatMap(({ source, diagnostics }) =>
          diagnostics.map((diagnostic) => diagnosticToJson(diagnostic, source)),
        ),
        undefined,
        2,
      );
    case "sarif":
      return sarifReport(reports, version);
    case "github":
      return githubReport(reports);
  }
}
