/** The settings in the nearest `pyproject.toml` that has some, for the files of a run. */
import { readFile } from "node:fs/promises";
import { dirname, join, relative, resolve } from "node:path";
import {
  type ProjectFile,
  type ProjectSettings,
  isExcluded as isExcludedIn,
  noProjectSettings,
  projectFileName,
  readProjectFile,
  settingsFor as settingsIn,
} from "../core/rules/projectFile";
import { type RuleSettings } from "../core/rules/settings";
import { complain } from "./outcome";

/** Plain data, so that threads can be given it. */
export interface Configuration extends ProjectSettings {
  /** The folder that patterns of paths are relative to. */
  readonly folder: string;
  /** The file could not be read, or says something that means nothing. */
  readonly failed: boolean;
}

/** Looks in a folder and those above it. */
export async function readConfiguration(folder: string): Promise<Configuration> {
  const found = await nearest(resolve(folder));
  if (!found) return { ...noProjectSettings, folder: resolve(folder), failed: false };
  const { source, settings, problems } = found;
  const name = relative(process.cwd(), source.path) || source.path;
  for (const { message, span } of problems) {
    const { line, column } = source.positionAt(span.start);
    complain(`${name}:${line + 1}:${column + 1}: ${message}`);
  }
  return { ...settings, folder: dirname(source.path), failed: problems.length > 0 };
}

async function nearest(folder: string): Promise<ProjectFile | undefined> {
  const above = dirname(folder);
  return (await readProject(join(folder, projectFileName))) ?? (above === folder ? undefined : nearest(above));
}

async function readProject(path: string): Promise<ProjectFile | undefined> {
  try {
    return readProjectFile(path, await readFile(path, "utf8"));
  } catch {
    return undefined;
  }
}

/** The settings for one file. */
export function settingsFor(configuration: Configuration, file: string): RuleSettings {
  return settingsIn(configuration, pathIn(configuration.folder, file));
}

export function isExcluded(configuration: Configuration, file: string): boolean {
  return isExcludedIn(configuration, pathIn(configuration.folder, file));
}

function pathIn(folder: string, file: string): string {
  return relative(folder, resolve(file)).replaceAll("\\", "/");
}
