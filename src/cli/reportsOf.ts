/** Puts together what the runs of several files say: each finding once, in the file where the mistake stands. */
import { isAbsolute, relative, resolve } from "node:path";
import { foundElsewhere } from "../core/rules/agreement";
import { createCauses } from "../core/rules/causes";
import { settled } from "../core/rules/check";
import { type Elsewhere } from "../core/rules/elsewhere";
import { unusedSuppression } from "../core/rules/house/unused-suppression";
import { type Diagnostic } from "../core/text/diagnostic";
import { SourceText } from "../core/text/source";
import { type Checked } from "./checked";
import { type Configuration, settingsFor } from "./configuration";
import { type FileReport } from "./reports/entries";

/**
 * The reports in the files' order; behind them, by their paths, those of files that were only imported and have findings.
 * `named` are the files that the user named one by one: what else uses them is not known.
 */
export function reportsOf(
  checked: readonly Checked[],
  named: ReadonlySet<string>,
  configuration: Configuration,
): FileReport[] {
  const runs = new Map<string, Elsewhere[]>();
  for (const one of checked.flatMap((each) => each.elsewhere)) {
    const same = runs.get(one.path);
    if (same) same.push(one);
    else runs.set(one.path, [one]);
  }
  const causes = createCauses(pathOf);
  for (const { source, found } of checked) for (const one of found) causes.take(source.path, one);
  const newCauses = (path: string, more: readonly Diagnostic[]): Diagnostic[] =>
    more.filter((one) => causes.take(path, one));
  const own = checked.map((one): FileReport => {
    const { source, notebook, found, silencers } = one;
    const path = pathOf(source.path);
    const views = runs.get(path) ?? [];
    runs.delete(path);
    const more = newCauses(path, foundElsewhere(one, views));
    const text = more.length > 0 ? new SourceText(source.path, textOf(views)) : source;
    const isWhole = !named.has(source.path);
    const settings = settingsFor(configuration, source.path);
    return { source: text, notebook, diagnostics: settled([...found, ...more], text, silencers, settings, isWhole) };
  });
  const imported = [...runs]
    .sort(([a], [b]) => (a < b ? -1 : 1))
    .map((each) => reportOfImported(...each, configuration, newCauses));
  return [...own, ...imported.filter(({ diagnostics }) => diagnostics.length > 0)];
}

function reportOfImported(
  path: string,
  views: readonly Elsewhere[],
  configuration: Configuration,
  newCauses: (path: string, more: readonly Diagnostic[]) => Diagnostic[],
): FileReport {
  const settings = settingsFor(configuration, path);
  const source = new SourceText(shownPath(path), textOf(views));
  const found = newCauses(path, foundElsewhere(undefined, views));
  // What the file itself has to say was not asked for, and so no comment is known to be idle.
  const rules = { ...settings, ignore: [...(settings.ignore ?? []), unusedSuppression.id] };
  return { source, diagnostics: settled(found, source, views[0]!.silencers, rules) };
}

/** From here, for files below. */
function shownPath(path: string): string {
  const below = relative(".", path).replaceAll("\\", "/");
  return below.startsWith("../") || isAbsolute(below) ? path : below;
}

function textOf(views: readonly Elsewhere[]): string {
  return views.find(({ shown }) => shown.length > 0)?.source.text ?? "";
}

/** As imports find it. */
export function pathOf(file: string): string {
  return resolve(file).replaceAll("\\", "/");
}
