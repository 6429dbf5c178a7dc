/** `forward-pass check`: finds bugs in files and folders. */
import { availableParallelism } from "node:os";
import { type RuleSettings } from "../core/rules/settings";
import { findRule } from "../core/rules/registry";
import { type Preset } from "../core/rules/define";
import { createChecker } from "./checkFiles";
import { type Configuration, isExcluded, readConfiguration } from "./configuration";
import { findFiles, readStandardInput } from "./files";
import { type Shard, type checkFormats } from "./options";
import { type ExitStatus, complain, print } from "./outcome";
import { type FileReport } from "./reports/entries";
import { githubReport } from "./reports/github";
import { jsonReport } from "./reports/json";
import { textReport } from "./reports/text";
import { checkInThreads } from "./threads";
import { version } from "./version";

export interface CheckOptions {
  readonly format: (typeof checkFormats)[number];
  readonly fix: boolean;
  /** Only every N-th file, beginning with the I-th. */
  readonly shard: Shard | undefined;
  readonly preset: Preset | undefined;
  readonly select: readonly string[] | undefined;
  readonly ignore: readonly string[] | undefined;
  /** The name of the text that is read from standard input. */
  readonly stdinFilename: string;
  /** How many threads; undefined for one a core where there is enough to do. */
  readonly jobs: number | undefined;
}

/** What checking some files came to. */
interface Outcome {
  readonly reports: readonly FileReport[];
  readonly failed: boolean;
}

export async function check(paths: readonly string[], options: CheckOptions): Promise<ExitStatus> {
  const unknown = [...(options.select ?? []), ...(options.ignore ?? [])].filter((id) => !findRule(id));
  for (const id of unknown) complain(`${id} is no rule.`);
  if (unknown.length > 0) return 2;
  const configuration = withOptions(await readConfiguration("."), options);
  const outcome = paths.includes("-")
    ? await checkStandardInput(configuration, options)
    : await checkPaths(paths, configuration, options);
  const { reports } = outcome;
  if (options.fix && reports.some(({ diagnostics }) => diagnostics.some(({ fixes }) => fixes.length > 0))) {
    complain("The fixes that are left need your judgement: the editor offers them one by one.");
  }
  print(await renderers[options.format](reports));
  if (outcome.failed || configuration.failed) return 2;
  return reports.some(({ diagnostics }) => diagnostics.length > 0) ? 1 : 0;
}

/** What is said at the terminal goes before the file. */
function withOptions(configuration: Configuration, { preset, select, ignore }: CheckOptions): Configuration {
  const rules: RuleSettings = {
    ...configuration.rules,
    ...(preset && { preset }),
    select: [...(configuration.rules.select ?? []), ...(select ?? [])],
    ignore: [...(configuration.rules.ignore ?? []).filter((id) => !select?.includes(id)), ...(ignore ?? [])],
  };
  return { ...configuration, rules };
}

async function checkStandardInput(configuration: Configuration, options: CheckOptions): Promise<Outcome> {
  const checker = await createChecker(configuration);
  const text = await readStandardInput();
  const report = checker.checkText(options.stdinFilename, text);
  if (!report) complain(`${options.stdinFilename} is no notebook.`);
  return { reports: report ? [report] : [], failed: !report };
}

async function checkPaths(
  paths: readonly string[],
  configuration: Configuration,
  { shard, fix, jobs }: CheckOptions,
): Promise<Outcome> {
  const found = await findFiles(paths.length > 0 ? paths : ["."]);
  // A file that was named is checked, whatever the configuration leaves out.
  const wanted = found.files.filter((file) => paths.includes(file) || !isExcluded(configuration, file));
  const files = wanted.filter((_, i) => !shard || i % shard.count === shard.index - 1);
  if (found.files.length === 0 && !found.failed) complain("No Python files here.");
  const threads = Math.min(jobs ?? availableParallelism(), Math.ceil(files.length / fewestPerThread));
  const reports =
    threads > 1 ? await checkInThreads(files, fix, threads, configuration) : await checkHere(files, fix, configuration);
  const read = reports.filter((report) => report !== undefined);
  return { reports: read, failed: found.failed || read.length < files.length };
}

/** Starting a thread costs as much as checking some tens of files. */
const fewestPerThread = 40;

async function checkHere(
  files: readonly string[],
  fix: boolean,
  configuration: Configuration,
): Promise<(FileReport | undefined)[]> {
  const checker = await createChecker(configuration);
  const reports: (FileReport | undefined)[] = [];
  for (const file of files) reports.push(await checker.checkFile(file, fix));
  return reports;
}

const renderers: Readonly<
  Record<CheckOptions["format"], (reports: readonly FileReport[]) => string | Promise<string>>
> = {
  text: (reports) => textReport(reports, process.stdout.isTTY),
  json: jsonReport,
  sarif: async (reports) => (await import("./reports/sarif")).sarifReport(reports, version),
  github: githubReport,
};
