/** Where results are kept: the folder that the system has for what can be computed again. */
import { homedir } from "node:os";
import { join } from "node:path";

/** `~/.cache/forward-pass` on Linux, or as `XDG_CACHE_HOME` says; its like on macOS and Windows. */
export function keptFolder({ XDG_CACHE_HOME, LOCALAPPDATA }: NodeJS.ProcessEnv = process.env): string {
  // One that is set to nothing counts as not set.
  const folder = [XDG_CACHE_HOME, LOCALAPPDATA].find((path) => path !== undefined && path !== "");
  return join(folder ?? usualFolder(), "forward-pass");
}

function usualFolder(): string {
  return join(homedir(), process.platform === "darwin" ? "Library/Caches" : ".cache");
}
