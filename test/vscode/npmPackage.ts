/** Puts tools of the harness that are too large for devDependencies on the disk: npm packages of one fixed version each. */
import { spawn } from "node:child_process";
import { existsSync } from "node:fs";
import { mkdir, rename, rm, writeFile } from "node:fs/promises";
import { join } from "node:path";
import { scratch } from "./places";

export interface NpmPackage {
  readonly name: string;
  readonly version: string;
  /** A folder inside the package that carries its own package.json and wants its dependencies installed as well. */
  readonly inner?: string;
}

/** Installs a package once and returns its folder. A broken or interrupted installation leaves nothing behind. */
export async function installNpmPackage({ name, version, inner }: NpmPackage): Promise<string> {
  const folder = scratch("tools", `${name.replace(/^@/, "").replace("/", "-")}-${version}`);
  const place = join("node_modules", name);
  if (existsSync(folder)) return join(folder, place);

  const partial = `${folder}.${process.pid}`;
  try {
    await mkdir(partial, { recursive: true });
    await writeFile(join(partial, "package.json"), JSON.stringify({ private: true }));
    await npm(partial, "install", `${name}@${version}`);
    if (inner) await npm(join(partial, place, inner), "install", "--omit=dev");
    await rename(partial, folder).catch((error: unknown) => {
      if (!existsSync(folder)) throw error; // Another run was quicker.
    });
  } finally {
    await rm(partial, { recursive: true, force: true });
  }
  return join(folder, place);
}

async function npm(folder: string, ...args: string[]): Promise<void> {
  const all = [...args, "--prefix", folder, "--ignore-scripts", "--no-audit", "--no-fund", "--loglevel=error"];
  const program = process.env.npm_execpath;
  const child = program
    ? spawn(process.execPath, [program, ...all], { cwd: folder, stdio: ["ignore", "pipe", "pipe"] })
    : spawn("npm", all, { cwd: folder, stdio: ["ignore", "pipe", "pipe"], shell: process.platform === "win32" });
  let output = "";
  for (const stream of [child.stdout, child.stderr]) stream.on("data", (text: Buffer) => (output += text.toString()));
  await new Promise<void>((resolve, reject) => {
    child.on("error", reject);
    child.on("close", (status) => {
      if (status === 0) resolve();
      else reject(new Error(`npm ${args.join(" ")} ended with status ${status}.\n${output}`));
    });
  });
}
