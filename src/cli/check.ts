/** `forward-pass check`: finds bugs in files and folders. */
import { availableParallelism } from "node:os";
import { type RuleSettings } from "../core/rules/settings";
import { findRule } from "../core/rules/registry";
import { type Preset } from "../core/rules/define";
import { type CheckerOptions, createChecker, keptChecks } from "./checkFiles";
import { type Configuration, isExcluded, readConfiguration } from "./configuration";
import { findFiles, readStandardInput } from "./files";
import { writeFixes } from "./fixes";
import { type Shard, type checkFormats } from "./options";
import { type ExitStatus, complain, print } from "./outcome";
import { type FileReport } from "./reports/entries";
import { githubReport } from "./reports/github";
import { jsonReport } from "./reports/json";
import { textReport } from "./reports/text";
import { pathOf, reportsOf } from "./reportsOf";
import { type Checked, received } from "./checked";
import { filesOfShard } from "./shards";
import { sourceFiles } from "./sourceFiles";
import { checkInThreads } from "./threads";
import { version } from "./version";

export interface CheckOptions {
  readonly format: (typeof checkFormats)[number];
  readonly fix: boolean;
  /** Only the I-th part of the files of N; files that import each other are in one part. */
  readonly shard: Shard | undefined;
  readonly preset: Preset | undefined;
  readonly select: readonly string[] | undefined;
  readonly ignore: readonly string[] | undefined;
  /** The name of the text that is read from standard input. */
  readonly stdinFilename: string;
  /** How many threads; undefined for one a core where there is enough to do. */
  readonly jobs: number | undefined;
  /** Whether what earlier runs have kept is said again. */
  readonly cache: boolean;
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

/** A text that is given alone is asked about alone: what its run shows of other files is left out. */
async function checkStandardInput(configuration: Configuration, options: CheckOptions): Promise<Outcome> {
  const checker = await createChecker({ configuration, cache: false });
  const checked = checker.checkText(options.stdinFilename, await readStandardInput());
  if (!checked) complain(`${options.stdinFilename} is no notebook.`);
  const alone = checked ? [{ ...checked, elsewhere: [] }] : [];
  return { reports: reportsOf(alone, new Set([options.stdinFilename]), configuration), failed: !checked };
}

async function checkPaths(
  paths: readonly string[],
  configuration: Configuration,
  { shard, fix, jobs, cache }: CheckOptions,
): Promise<Outcome> {
  const found = await findFiles(paths.length > 0 ? paths : ["."]);
  const named = new Set(paths);
  // A file that was named is checked, whatever the configuration leaves out.
  const wanted = found.files.filter((file) => named.has(file) || !isExcluded(configuration, file));
  const files = shard ? await filesOfShard(wanted, shard) : wanted;
  if (found.files.length === 0 && !found.failed) complain("No Python files here.");
  const run = (some: readonly string[]): Promise<(Checked | undefined)[]> =>
    checkFiles(some, jobs, { configuration, cache });
  const report = (checked: readonly (Checked | undefined)[]): FileReport[] =>
    reportsOf(
      checked.filter((one) => one !== undefined),
      named,
      configuration,
    );
  let checked = await run(files);
  let reports = report(checked);
  const changed = fix ? await writeFixes(reports, new Set(files)) : undefined;
  if (changed && changed.size > 0) {
    const again = files.filter(
      (file, i) => changed.has(pathOf(file)) || checked[i]?.opened.some((path) => changed.has(path)),
    );
    const anew = new Map((await run(again)).map((one, i) => [again[i]!, one]));
    checked = files.map((file, i) => (anew.has(file) ? anew.get(file) : checked[i]));
    reports = report(checked);
  }
  return { reports, failed: found.failed || checked.includes(undefined) };
}

/** Starting a thread costs as much as checking some tens of files. */
const fewestPerThread = 40;

async function checkFiles(
  files: readonly string[],
  jobs: number | undefined,
  options: CheckerOptions,
): Promise<(Checked | undefined)[]> {
  const kept = options.cache ? keptChecks(options.configuration, sourceFiles()) : undefined;
  const before = files.map((file) => kept?.recall(file));
  const anew = await checkAnew(
    files.filter((_, i) => before[i] === undefined),
    jobs,
    options,
  );
  return before.map((sent) => (sent ? received(sent) : anew.shift()));
}

async function checkAnew(
  files: readonly string[],
  jobs: number | undefined,
  options: CheckerOptions,
): Promise<(Checked | undefined)[]> {
  const threads = Math.min(jobs ?? availableParallelism(), Math.ceil(files.length / fewestPerThread));
  if (threads > 1) return checkInThreads(files, threads, options);
  const checked: (Checked | undefined)[] = [];
  if (files.length === 0) return checked;
  const checker = await createChecker(options);
  for (const file of files) checked.push(await checker.checkFile(file));
  return checked;
}

const renderers: Readonly<
  Record<CheckOptions["format"], (reports: readonly FileReport[]) => string | Promise<string>>
> = {
  text: (reports) => textReport(reports, process.stdout.isTTY),
  json: jsonReport,
  sarif: async (reports) => (await import("./reports/sarif")).sarifReport(reports, version),
  github: githubReport,
};
