/** The sample workspace, as a scratch copy: edits made in it leave the repository clean. */
import { existsSync } from "node:fs";
import { cp, mkdir, rm } from "node:fs/promises";
import { resolve } from "node:path";
import { root, scratch } from "./places";

/** Makes a fresh copy of test/workspace under a name and returns its folder. */
export async function copySample(name: string): Promise<string> {
  const copy = scratch("workspaces", name);
  await rm(copy, { recursive: true, force: true });
  await mkdir(copy, { recursive: true });
  const sample = resolve(root, "test/workspace");
  if (existsSync(sample)) await cp(sample, copy, { recursive: true });
  return copy;
}
