/** Runs the terminal program as a process, as other programs do. */
import { spawnSync } from "node:child_process";
import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join, resolve } from "node:path";

export interface Run {
  readonly status: number | null;
  readonly stdout: string;
  readonly stderr: string;
}

/** What the runs keep goes with the tests. */
const cache = mkdtempSync(join(tmpdir(), "forward-pass-"));
process.on("exit", () => {
  rmSync(cache, { recursive: true, force: true });
});

export function forwardPass(
  args: readonly string[],
  cwd = process.cwd(),
  input = "",
  environment: NodeJS.ProcessEnv = { XDG_CACHE_HOME: cache },
): Run {
  const { status, stdout, stderr } = spawnSync(process.execPath, [resolve("out/cli.js"), ...args], {
    cwd,
    encoding: "utf8",
    input,
    env: { ...process.env, ...environment },
  });
  return { status, stdout, stderr };
}

export function json(run: Run): unknown {
  return JSON.parse(run.stdout);
}
