/** Makes the .vsix, looks at what is in it, and installs it into a server the way a user would. */
import { execFile } from "node:child_process";
import { readdir, readFile, rm, stat } from "node:fs/promises";
import { join } from "node:path";
import { promisify } from "node:util";
import { root, scratch } from "./places";
import { dataArguments, installServer } from "./server";
import { add, failure, nothing, type Tally } from "./tally";

const run = promisify(execFile);

/**
 * Megabytes that the package must stay below; its present size is printed. It holds the core twice: the web's extension has
 * to be one file.
 */
const sizeLimit = 3.5;

/** Everything that a package may hold. */
const wanted = [
  /^\.vsixmanifest$/,
  /^package\.json$/,
  /^(readme|changelog|license)(\.\w+)?$/i,
  /^out\/(extension|extension\.web|cli|thread|part-\w+)\.js$/,
  /^out\/(web-tree-sitter|tree-sitter-python|sql-wasm)\.wasm$/,
  /^out\/webview\//,
  /^media\/(icon\.svg|icon\.png|readme\/|walkthrough\/)/,
  /^snippets\/[\w-]+\.json$/,
];

/** Nothing of these, wherever it lies. */
const unwanted = /\.(map|ts)$/;

export interface InstalledPackage {
  readonly vsix: string;
  /** The server's data folder. */
  readonly data: string;
  /** The extension as it was unpacked. */
  readonly folder: string;
}

/** Packages the working tree and installs the file into a fresh server. */
export async function installPackage(): Promise<InstalledPackage> {
  const { version } = JSON.parse(await readFile(join(root, "package.json"), "utf8")) as { version: string };
  const vsix = join(root, `forward-pass-${version}.vsix`);
  await rm(vsix, { force: true });
  await run("npm", ["run", "package"], { cwd: root, shell: process.platform === "win32" });

  const data = scratch("data", "packaged");
  await rm(data, { recursive: true, force: true });
  const main = await installServer();
  await run(process.execPath, [main, ...dataArguments(data), "--install-extension", vsix]);
  const folder = join(data, "extensions", `forward-pass.forward-pass-${version}`);
  await stat(folder);
  return { vsix, data, folder };
}

/** Checks what the package weighs and holds; each check counts as one test. */
export async function checkPackage({ vsix, folder }: InstalledPackage): Promise<Tally> {
  const megabytes = (await stat(vsix)).size / 1e6;
  const entries = await readdir(folder, { recursive: true, withFileTypes: true });
  const files = entries
    .filter((entry) => entry.isFile())
    .map((entry) =>
      join(entry.parentPath, entry.name)
        .slice(folder.length + 1)
        .replaceAll("\\", "/"),
    );
  const surplus = files.filter((file) => unwanted.test(file) || !wanted.some((pattern) => pattern.test(file)));
  const required = ["package.json", "out/extension.js", "out/extension.web.js", "out/cli.js", "out/thread.js"];
  const missing = required.filter((file) => !files.includes(file));
  return [
    check(`weighs ${megabytes.toFixed(2)} MB, below ${sizeLimit}`, megabytes < sizeLimit),
    check(`holds ${files.length} files, none of them needless ${surplus.join(" ")}`, surplus.length === 0),
    check(`holds what it needs ${missing.join(" ")}`, missing.length === 0),
  ].reduce(add, nothing);
}

function check(claim: string, holds: boolean): Tally {
  const name = `the package ${claim.trimEnd()}`;
  console.log(`  ${holds ? "✔" : "✘"} ${name}`);
  return holds ? { ...nothing, passed: 1 } : failure(name);
}
