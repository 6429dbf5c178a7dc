/** Starts programs that start programs themselves, and makes sure that none of them outlives us. */
import { spawn, spawnSync, type ChildProcessByStdio } from "node:child_process";
import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import type { Readable } from "node:stream";

/** A program, its children, and their folder for temporary files, where VS Code leaves its sockets. */
export interface Tree {
  readonly head: ChildProcessByStdio<null, Readable, Readable>;
  readonly temporary: string;
}

const running = new Set<Tree>();

/** Starts a program as the head of its own process group. */
export function startTree(program: string, args: readonly string[]): Tree {
  endWithUs();
  const temporary = mkdtempSync(join(tmpdir(), "forward-pass-vscode-"));
  const head = spawn(program, args, {
    env: { ...process.env, TMPDIR: temporary, XDG_RUNTIME_DIR: temporary },
    stdio: ["ignore", "pipe", "pipe"],
    detached: process.platform !== "win32",
    windowsHide: true,
  });
  const tree = { head, temporary };
  running.add(tree);
  return tree;
}

/** Asks the whole group to end, insists after three seconds, and resolves when its head is gone. */
export async function stopTree(tree: Tree): Promise<void> {
  const { head } = tree;
  if (head.exitCode === null && head.signalCode === null) {
    const gone = new Promise((resolve) => head.once("exit", resolve));
    signalTree(tree, "SIGTERM");
    const insist = setTimeout(() => {
      signalTree(tree, "SIGKILL");
    }, 3000);
    await gone;
    clearTimeout(insist);
  }
  removeTree(tree); // Children may be slower than their parent.
}

function removeTree(tree: Tree): void {
  signalTree(tree, "SIGKILL");
  rmSync(tree.temporary, { recursive: true, force: true });
  running.delete(tree);
}

function signalTree({ head: { pid } }: Tree, signal: NodeJS.Signals): void {
  if (pid === undefined) return;
  if (process.platform === "win32") {
    spawnSync("taskkill", ["/pid", String(pid), "/t", "/f"]);
    return;
  }
  try {
    process.kill(-pid, signal);
  } catch {
    // The group is gone already.
  }
}

let watching = false;

/** Ends the trees when this process ends: by itself, by a signal, or because npm was killed, whose shell passes no signal on. */
function endWithUs(): void {
  if (watching) return;
  watching = true;
  process.on("exit", () => {
    for (const tree of running) removeTree(tree);
  });
  const statuses = { SIGINT: 130, SIGTERM: 143, SIGHUP: 129 } as const;
  for (const [signal, status] of Object.entries(statuses)) process.on(signal, () => process.exit(status));
  const parent = process.ppid;
  setInterval(() => {
    if (process.ppid !== parent) process.exit(statuses.SIGHUP);
  }, 500).unref();
}
