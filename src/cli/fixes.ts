/** Writes the fixes that are safe into the files that were asked for. */
import { writeFile } from "node:fs/promises";
import { applyEdits } from "../core/text/diagnostic";
import { type FileReport } from "./reports/entries";
import { pathOf } from "./reportsOf";

/** The paths of the files that were changed, as imports find them. Notebooks are left as they are. */
export async function writeFixes(
  reports: readonly FileReport[],
  wanted: ReadonlySet<string>,
): Promise<ReadonlySet<string>> {
  const changed = new Set<string>();
  for (const { source, notebook, diagnostics } of reports) {
    if (notebook || !wanted.has(source.path)) continue;
    const edits = diagnostics.flatMap(({ fixes }) => fixes.filter(({ safe }) => safe).flatMap((fix) => fix.edits));
    if (edits.length === 0) continue;
    await writeFile(source.path, applyEdits(source.text, edits));
    changed.add(pathOf(source.path));
  }
  return changed;
}
