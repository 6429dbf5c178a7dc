/** How a Python environment is laid out: where its packages are, for hosts that look for them without running it. */

/** Environments that stand beside the code. */
export const environmentFolders = [".venv", "venv", "env"];

/** Folders of an environment that hold a folder for each version of Python. */
export const libraryFolders = ["lib", "lib64", "local/lib"];

/** On Windows, without a version. */
export const windowsPackages = "Lib/site-packages";

/** Where packages may be below a library folder with such entries; Debian has its own in `dist-packages`. */
export function packageFolders(library: string, entries: readonly string[]): string[] {
  return entries
    .filter((name) => /^python3(\.\d+)?$/.test(name))
    .flatMap((name) => ["site-packages", "dist-packages"].map((kind) => `${library}/${name}/${kind}`));
}

/** Whether a file belongs to an installed package, and so to somebody else. */
export function isInPackages(path: string): boolean {
  return /[\\/](site|dist)-packages[\\/]/.test(path);
}
