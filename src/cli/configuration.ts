/**
 * `[tool.forward-pass]` in the nearest `pyproject.toml`: the settings of the rules, `exclude` for files to leave alone, and
 * `per-file-ignores` from patterns of paths to rules.
 */
import { readFile } from "node:fs/promises";
import { dirname, join, relative, resolve } from "node:path";
import { TomlError, parse } from "smol-toml";
import { type Refuse, readSettings, ruleIds, tableOf } from "../core/rules/readSettings";
import { type RuleSettings } from "../core/rules/settings";
import { fitsPattern } from "./pathPattern";
import { complain } from "./outcome";

/** Plain data, so that threads can be given it. */
export interface Configuration {
  readonly rules: RuleSettings;
  /** Patterns of paths. */
  readonly excluded: readonly string[];
  readonly perFile: readonly { readonly files: string; readonly ignore: readonly string[] }[];
  /** The folder that patterns of paths are relative to. */
  readonly folder: string;
  /** The file could not be read, or says something that means nothing. */
  readonly failed: boolean;
}

/** Looks in a folder and those above it. */
export async function readConfiguration(folder: string): Promise<Configuration> {
  const found = await nearest(resolve(folder));
  if (!found) return { ...nothing, folder: resolve(folder), failed: false };
  const name = relative(process.cwd(), found.path) || found.path;
  const home = dirname(found.path);
  try {
    return settingsOf(parse(found.text), name, home);
  } catch (error) {
    const place = error instanceof TomlError ? `:${error.line}:${error.column}` : "";
    const reason = error instanceof Error ? error.message.split("\n")[0]! : String(error);
    complain(`${name}${place}: ${reason} Its settings are left out.`);
    return { ...nothing, folder: home, failed: true };
  }
}

const nothing = { rules: {}, excluded: [], perFile: [] };

async function nearest(folder: string): Promise<{ path: string; text: string } | undefined> {
  const path = join(folder, "pyproject.toml");
  try {
    return { path, text: await readFile(path, "utf8") };
  } catch {
    return dirname(folder) === folder ? undefined : nearest(dirname(folder));
  }
}

function settingsOf(document: Record<string, unknown>, name: string, folder: string): Configuration {
  const tool = tableOf(tableOf(document.tool)?.["forward-pass"]) ?? {};
  let failed = false;
  const refuse: Refuse = (problem) => {
    complain(`${name}: [tool.forward-pass] ${problem}`);
    failed = true;
  };
  const rules = readSettings(tool, refuse, ["exclude", "per-file-ignores"]);
  const excluded = patterns(tool.exclude ?? [], refuse);
  const perFile = Object.entries(tableOf(tool["per-file-ignores"] ?? {}) ?? {}).map(([pattern, ids]) => ({
    files: pattern,
    ignore: ruleIds(ids, `per-file-ignores of ${pattern}`, refuse),
  }));
  return { rules, excluded, perFile, folder, failed };
}

function patterns(value: unknown, refuse: Refuse): string[] {
  if (Array.isArray(value)) return value.map(String);
  refuse("wants a list of paths for exclude.");
  return [];
}

/** The settings for one file. */
export function settingsFor({ rules, perFile, folder }: Configuration, file: string): RuleSettings {
  const path = pathIn(folder, file);
  const ignored = perFile.filter(({ files }) => fitsPattern(path, files)).flatMap(({ ignore }) => ignore);
  return ignored.length === 0 ? rules : { ...rules, ignore: [...(rules.ignore ?? []), ...ignored] };
}

export function isExcluded({ excluded, folder }: Configuration, file: string): boolean {
  const path = pathIn(folder, file);
  return excluded.some((pattern) => fitsPattern(path, pattern));
}

function pathIn(folder: string, file: string): string {
  return relative(folder, resolve(file)).replaceAll("\\", "/");
}
