/**
 * Makes one file of the many that past windows have left. At every moment each confirmed line stands in some file: a file
 * is first taken aside under a name that nobody writes to, then read, and removed only when the merged one is written.
 * A window that is still open and finds its file gone writes all of its lines again with its next answer.
 */
import { mergeLogs, readLog, writeLog, type LogLine, type ProgressLog } from "../progress";
import { type KeptFolder, writeWhole } from "./folder";
import { isLog } from "./progressStore";

/** More files than this are merged. */
export const mostFiles = 50;

/** `window`: what the names of this window's files begin with, which stay. `fresh` gives a name that no window uses. */
export async function compactProgress(
  folder: KeptFolder,
  window: string,
  fresh: (place: number) => string,
): Promise<void> {
  const names = (await folder.list()).filter((name) => isLog(name) && !name.startsWith(window));
  if (names.length <= mostFiles) return;
  const aside: string[] = [];
  const lines: LogLine[] = [];
  for (const [place, name] of names.entries()) {
    const log = await takeAside(folder, name, fresh(place));
    if (!log) continue;
    aside.push(fresh(place));
    lines.push(...log);
  }
  if (aside.length === 0) return;
  await writeWhole(folder, fresh(names.length), writeLog(mergeLogs(lines, [])));
  // What another window has taken on in the meantime is its own to remove.
  for (const name of aside) await folder.remove(name).catch(() => undefined);
}

/** Nothing where another window was faster, or the file cannot be read: it then stays as it is. */
async function takeAside(folder: KeptFolder, name: string, to: string): Promise<ProgressLog | undefined> {
  try {
    await folder.rename(name, to);
    return readLog(await folder.read(to));
  } catch {
    return undefined;
  }
}
