/**
 * `[tool.forward-pass]` of a `pyproject.toml`: the settings of the rules, `exclude` for files to leave alone, and
 * `per-file-ignores` from patterns of paths to rules.
 */
import { TomlError, parse } from "smol-toml";
import { type Span, SourceText } from "../text/source";
import { fitsPattern } from "./pathPattern";
import { type Refuse, readSettings, ruleIds, tableOf } from "./readSettings";
import { type RuleSettings } from "./settings";

/** Plain data, so that threads can be given it. Patterns are of paths below the file's folder. */
export interface ProjectSettings {
  readonly rules: RuleSettings;
  /** Patterns of paths. */
  readonly excluded: readonly string[];
  readonly perFile: readonly { readonly files: string; readonly ignore: readonly string[] }[];
}

/** What is wrong in the file, and where. */
export interface ProjectProblem {
  readonly message: string;
  readonly span: Span;
}

export interface ProjectFile {
  readonly source: SourceText;
  readonly settings: ProjectSettings;
  readonly problems: readonly ProjectProblem[];
}

export const noProjectSettings: ProjectSettings = { rules: {}, excluded: [], perFile: [] };

/** The file's name, which many tools share. */
export const projectFileName = "pyproject.toml";

/** Undefined where the file has no settings of ours: another one further up may have. */
export function readProjectFile(path: string, text: string): ProjectFile | undefined {
  const source = new SourceText(path, text);
  try {
    const tool = tableOf(tableOf(parse(text).tool)?.["forward-pass"]);
    return tool && { source, ...settingsIn(tool, source) };
  } catch (error) {
    const reason = error instanceof Error ? error.message.split("\n")[0]! : String(error);
    const problem = { message: `${reason} Its settings are left out.`, span: placeOfError(error, source) };
    return { source, settings: noProjectSettings, problems: [problem] };
  }
}

function settingsIn(tool: Record<string, unknown>, source: SourceText): Omit<ProjectFile, "source"> {
  const problems: ProjectProblem[] = [];
  const refuse: Refuse = (problem, word) => {
    problems.push({ message: `[tool.forward-pass] ${problem}`, span: placeOf(source, word) });
  };
  const rules = readSettings(tool, refuse, ["exclude", "per-file-ignores"]);
  const excluded = patterns(tool.exclude ?? [], refuse);
  const perFile = Object.entries(tableOf(tool["per-file-ignores"] ?? {}) ?? {}).map(([pattern, ids]) => ({
    files: pattern,
    ignore: ruleIds(ids, `per-file-ignores of ${pattern}`, refuse),
  }));
  return { settings: { rules, excluded, perFile }, problems };
}

function patterns(value: unknown, refuse: Refuse): string[] {
  if (Array.isArray(value)) return value.map(String);
  refuse("wants a list of paths for exclude.", "exclude");
  return [];
}

const header = /^[ \t]*\[[ \t]*tool[ \t]*\.[ \t]*"?forward-pass"?[^\]\n]*\]/m;

/** Where a word stands behind the table's head; the head itself where it does not. */
function placeOf({ text }: SourceText, word: string | undefined): Span {
  const head = header.exec(text);
  const from = head ? head.index + head[0].length : 0;
  const escaped = word?.replace(/[^\w-]/g, "\\$&");
  const found = escaped ? new RegExp(`(?<![\\w-])${escaped}(?![\\w-])`).exec(text.slice(from)) : null;
  if (found) return { start: from + found.index, end: from + found.index + found[0].length };
  return { start: head?.index ?? 0, end: from };
}

function placeOfError(error: unknown, source: SourceText): Span {
  if (!(error instanceof TomlError)) return { start: 0, end: 0 };
  const line = error.line - 1;
  return {
    start: source.offsetAt({ line, column: error.column - 1 }),
    end: source.offsetAt({ line, column: Infinity }),
  };
}

/** The settings for one file, by its path below the project file's folder, with `/` between its parts. */
export function settingsFor({ rules, perFile }: ProjectSettings, path: string): RuleSettings {
  const ignored = perFile.filter(({ files }) => fitsPattern(path, files)).flatMap(({ ignore }) => ignore);
  return ignored.length === 0 ? rules : { ...rules, ignore: [...(rules.ignore ?? []), ...ignored] };
}

export function isExcluded({ excluded }: ProjectSettings, path: string): boolean {
  return excluded.some((pattern) => fitsPattern(path, pattern));
}
