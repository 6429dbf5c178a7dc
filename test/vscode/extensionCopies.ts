/** The extension in folders of its own, for each kind of host. */
import { cp, mkdir, readFile, rm, symlink, writeFile } from "node:fs/promises";
import { join } from "node:path";
import { listFiles, PackageManager } from "@vscode/vsce";
import { root, scratch } from "./places";

/**
 * The extension from source, as links. Not the repository itself: VS Code would take everything below that folder for
 * the extension in development, its own themes in our scratch folder included, and show the first of them.
 */
export async function linkSource(): Promise<string> {
  const folder = scratch("extensions", "source");
  await mkdir(folder, { recursive: true });
  await cp(join(root, "package.json"), join(folder, "package.json"));
  for (const name of ["out", "media", "snippets"]) {
    const link = join(folder, name);
    await rm(link, { force: true });
    await symlink(join(root, name), link, "junction");
  }
  return folder;
}

/**
 * The files that the package would hold, with a manifest that knows only the web: VS Code then has no other choice.
 * The tests are copied into it too, because VS Code runs them in the host of the extension in whose folder they lie.
 */
export async function copyForWeb(tests: string): Promise<{ extension: string; tests: string }> {
  const copy = scratch("extensions", "web");
  await rm(copy, { recursive: true, force: true });
  const files = await listFiles({ cwd: root, packageManager: PackageManager.None });
  for (const file of files) await cp(join(root, file), join(copy, file));
  const manifest = JSON.parse(await readFile(join(root, "package.json"), "utf8")) as Record<string, unknown>;
  const { main, ...rest } = manifest;
  if (typeof main !== "string") throw new Error("package.json has no main.");
  await writeFile(join(copy, "package.json"), JSON.stringify(rest));
  await cp(tests, join(copy, "tests.js"));
  return { extension: copy, tests: join(copy, "tests.js") };
}

/** An extension that does nothing: VS Code runs tests only beside an extension in development. */
export async function emptyExtension(): Promise<string> {
  const folder = scratch("extensions", "empty");
  await mkdir(folder, { recursive: true });
  const manifest = { name: "empty", publisher: "forward-pass", version: "0.0.0", engines: { vscode: "*" } };
  await writeFile(join(folder, "package.json"), JSON.stringify(manifest));
  return folder;
}
