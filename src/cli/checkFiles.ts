/** Checks files one by one: reads, runs, and says what the run shows of the file and of the files that it imports. */
import { basename } from "node:path";
import { createAnalyzer } from "../core/analyzer";
import { isInPackages } from "../core/python/environment";
import { type SourceFiles } from "../core/python/modules";
import { elsewhere } from "../core/rules/elsewhere";
import { ownFunctions } from "../core/rules/reading/called";
import { isTraining } from "../core/rules/reading/training";
import { silencersIn } from "../core/rules/suppression";
import { readNotebook } from "../core/text/notebook";
import { SourceText } from "../core/text/source";
import { type Checked, type Sent, toSend } from "./checked";
import { type Configuration, isExcluded, settingsFor } from "./configuration";
import { readSource } from "./files";
import { notedFiles } from "./kept/noted";
import { type KeptResults, keptResults } from "./kept/results";
import { complain } from "./outcome";
import { loadParser } from "./parser";
import { type CheckedText } from "./reports/entries";
import { sourceFiles } from "./sourceFiles";

/** Plain data, so that threads can be given it. */
export interface CheckerOptions {
  readonly configuration: Configuration;
  /** Whether what is checked is kept for later runs. */
  readonly cache: boolean;
}

export interface Checker {
  /** Undefined where the file cannot be read. */
  checkFile(path: string): Promise<Checked | undefined>;
  checkText(path: string, text: string): Checked | undefined;
}

/** What earlier runs have kept of files. */
export function keptChecks(configuration: Configuration, files: SourceFiles): KeptResults<Sent> {
  return keptResults("check", configuration, files);
}

export async function createChecker({ configuration, cache }: CheckerOptions, parser = loadParser()): Promise<Checker> {
  const files = notedFiles(sourceFiles());
  const kept = cache ? keptChecks(configuration, files) : undefined;
  let failures = 0;
  const analyzer = createAnalyzer(await parser, files);
  const run = (text: CheckedText): Checked => {
    const { source } = text;
    const failed = (rule: string, error: unknown): void => {
      failures++;
      const reason = error instanceof Error ? error.message : String(error);
      complain(`${source.path}: ${rule} failed and is left out here (${reason}).`);
    };
    const analysis = analyzer.analyze(source, { rules: settingsFor(configuration, source.path), ruleFailed: failed });
    const { found, machine } = analysis;
    const silencers = silencersIn(analysis);
    const others = elsewhere(analysis, {
      name: basename(source.path),
      self: files.absolute(source.path),
      settingsFor: (path) =>
        isInPackages(path) || isExcluded(configuration, path) ? undefined : settingsFor(configuration, path),
      failed,
    });
    // Of a clean file nothing is shown: with thousands of them, their texts would fill the memory.
    const isClean = found.length === 0 && silencers.length === 0;
    return {
      ...(isClean ? { source: emptied(source) } : text),
      found,
      ran: ownFunctions(analysis).map(({ start }) => start),
      trains: isTraining(analysis),
      silencers,
      elsewhere: others.map((one) => (one.shown.length > 0 ? one : { ...one, source: emptied(one.source) })),
      opened: [...machine.imports.opened.keys()].filter((path) => !isInPackages(path)),
    };
  };
  const checkText: Checker["checkText"] = (path, text) => {
    const read = textOf(path, text);
    return read && run(read);
  };
  return {
    checkText,
    checkFile: async (path) => {
      const source = await readSource(path);
      if (!source) return undefined;
      files.take();
      const before = failures;
      const isAsRead = files.read(files.absolute(path)) === source.text;
      const checked = attempt(path, () => checkText(path, source.text));
      if (checked === "failed") return undefined;
      if (!checked) complain(`${path} is no notebook.`);
      else if (isAsRead && failures === before) kept?.keep(path, toSend(checked), files.take());
      return checked;
    },
  };
}

/** A mistake of ours in one file leaves the others to be checked. */
function attempt<T>(path: string, run: () => T): T | "failed" {
  try {
    return run();
  } catch (error) {
    complain(`${path} cannot be checked, which is a mistake of this program: ${String(error)}.`);
    return "failed";
  }
}

function emptied({ path }: SourceText): SourceText {
  return new SourceText(path, "");
}

function textOf(path: string, text: string): CheckedText | undefined {
  if (!path.endsWith(".ipynb")) return { source: new SourceText(path, text) };
  const notebook = readNotebook(path, text);
  return notebook && { source: notebook.source, notebook };
}
