/** Runs the terminal program as a process, as other programs do. */
import { spawnSync } from "node:child_process";
import { resolve } from "node:path";

export interface Run {
  readonly status: number | null;
  readonly stdout: string;
  readonly stderr: string;
}

export function forwardPass(args: readonly string[], cwd = process.cwd(), input = ""): Run {
  const { status, stdout, stderr } = spawnSync(process.execPath, [resolve("out/cli.js"), ...args], {
    cwd,
    encoding: "utf8",
    input,
  });
  return { status, stdout, stderr };
}

export function json(run: Run): unknown {
  return JSON.parse(run.stdout);
}
