/** Checks files one by one: reads, runs, and says what the run shows of the file and of the files that it imports. */
import { basename } from "node:path";
import { createAnalyzer } from "../core/analyzer";
import { isInPackages } from "../core/python/environment";
import { type Own } from "../core/rules/agreement";
import { type Elsewhere, elsewhere } from "../core/rules/elsewhere";
import { ownFunctions } from "../core/rules/reading/called";
import { isTraining } from "../core/rules/reading/training";
import { type Silencer, silencersIn } from "../core/rules/suppression";
import { readNotebook } from "../core/text/notebook";
import { SourceText } from "../core/text/source";
import { type Configuration, isExcluded, settingsFor } from "./configuration";
import { readSource } from "./files";
import { complain } from "./outcome";
import { loadParser } from "./parser";
import { type CheckedText } from "./reports/entries";
import { sourceFiles } from "./sourceFiles";

/** What the run of a file shows. */
export interface Checked extends CheckedText, Own {
  readonly silencers: readonly Silencer[];
  readonly elsewhere: readonly Elsewhere[];
  /** The files of the user's that the run opened. */
  readonly opened: readonly string[];
}

export interface Checker {
  /** Undefined where the file cannot be read. */
  checkFile(path: string): Promise<Checked | undefined>;
  checkText(path: string, text: string): Checked | undefined;
}

export async function createChecker(configuration: Configuration, parser = loadParser()): Promise<Checker> {
  const files = sourceFiles();
  const analyzer = createAnalyzer(await parser, files);
  const run = (text: CheckedText): Checked => {
    const { source } = text;
    const failed = (rule: string, error: unknown): void => {
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
      const checked = source && checkText(path, source.text);
      if (source && !checked) complain(`${path} is no notebook.`);
      return checked;
    },
  };
}

function emptied({ path }: SourceText): SourceText {
  return new SourceText(path, "");
}

function textOf(path: string, text: string): CheckedText | undefined {
  if (!path.endsWith(".ipynb")) return { source: new SourceText(path, text) };
  const notebook = readNotebook(path, text);
  return notebook && { source: notebook.source, notebook };
}
